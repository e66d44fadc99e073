import type { Results } from '../../../model/results.js';
import { byId, byText, outcomes, severities } from '../../../text/order.js';
import { visible } from '../../../text/printable.js';
import { entryHtml } from '../shared/entry.js';
import { escaped, outcomeLabels } from '../shared/markup.js';
import type { PageData } from '../shared/page-data.js';

/** As many are there before the script runs, and without it. */
const withoutScript = 300;
/** A list of more accounts is not offered: the search finds them. */
const offeredAccounts = 500;

/** The findings and all other evaluations, with search, filters and groups. */
export function* findingsSection(results: Results, data: PageData): Generator<string> {
  yield '<section id="findings"><h2>Findings and evaluations</h2>';
  yield '<p class="hint">A finding is a cause: fixing it also resolves the evaluations that follow from it.</p>';
  yield* filters(results, data);
  yield '<p id="shown" class="soft" role="status"></p><div id="entries">';
  const findings = data.entries.filter((it) => it.isFinding === true);
  for (const severity of severities) {
    const group = findings.slice(0, withoutScript).filter((it) => it.severity === severity);
    if (group.length === 0) continue;
    yield `<section class="group"><h3>${severity}</h3>`;
    for (const entry of group) yield entryHtml(entry, data);
    yield '</section>';
  }
  if (findings.length === 0) yield '<p>No findings.</p>';
  yield '</div><button id="more" type="button" hidden>Show more</button>';
  const rest = findings.length - withoutScript;
  const more = rest > 0 ? ` ${rest} more findings are shown with JavaScript, and are in results.json.` : '';
  yield `<noscript><p class="hint">Search, filters and the other evaluations need JavaScript.${more}</p></noscript>`;
  yield '</section>';
}

type Options = readonly (readonly [value: string, label: string])[];

function* filters(results: Results, { accounts, policies }: PageData): Generator<string> {
  const frameworks = new Map<string, string[]>();
  for (const label of [...new Set(policies.flatMap((it) => it.controls))].toSorted(byText)) {
    const framework = label.split(' ')[0] ?? label;
    frameworks.set(framework, [...(frameworks.get(framework) ?? []), label]);
  }
  const hasWaivers = results.evaluations.some((it) => it.waiver !== undefined);
  yield '<form id="filters" class="filters" hidden>';
  yield '<div class="search"><label for="search">Search</label><input id="search" name="search" type="search" autocomplete="off"></div>';
  yield select('show', 'Show', [
    ['findings', 'Findings'],
    ['', 'All evaluations'],
    ...outcomes.map((it) => [it, outcomeLabels[it] ?? it] as const),
    ...(hasWaivers ? [['waived', 'Waived'] as const] : []),
  ]);
  yield select('severity', 'Severity', [['', 'Any'], ...severities.map((it) => [it, it] as const)]);
  yield select('policy', 'Policy', [['', 'Any'], ...policies.map((it) => [it.id, it.title] as const)]);
  yield select('control', 'Control', [['', 'Any'], ...[...frameworks].flatMap(withAny)]);
  const ous = allOus(accounts.map((it) => it.ou));
  if (ous.length > 0) yield select('ou', 'OU', [['', 'Any'], ...ous.map((it) => [it, it] as const)]);
  if (accounts.length <= offeredAccounts) {
    const names = accounts
      .toSorted(byId)
      .map((it) => [it.id, it.name === '' ? it.id : `${it.name} (${it.id})`] as const);
    yield select('account', 'Account', [['', 'Any'], ...names]);
  }
  yield select('group', 'Group by', [
    ['severity', 'Severity'],
    ['policy', 'Policy'],
    ['account', 'Account'],
    ['ou', 'OU'],
    ['control', 'Control'],
  ]);
  yield '<button type="reset">Clear</button></form>';
}

function select(name: string, label: string, options: Options): string {
  const items = options.map(([value, text]) => `<option value="${escaped(value)}">${escaped(visible(text))}</option>`);
  return `<div><label for="${name}">${label}</label><select id="${name}" name="${name}">${items.join('')}</select></div>`;
}

/** The framework as a whole, then each of its controls. */
function withAny([name, labels]: readonly [name: string, labels: readonly string[]]): Options {
  return [[name, `${name}: any`], ...labels.map((it) => [it, it] as const)];
}

/** Each OU and those above it, by path. */
function allOus(paths: readonly string[]): readonly string[] {
  const all = paths.flatMap((path) => {
    const names = path === '' ? [] : path.split(' / ');
    return names.map((_, at) => names.slice(0, at + 1).join(' / '));
  });
  return [...new Set(all)].toSorted(byText);
}
