import type { Evaluation } from '../../model/results.js';
import { listed, listedAs } from '../parts/accounts.js';
import type { Causes, Finding } from '../parts/findings.js';
import { eventLine } from '../parts/incident.js';
import { byId, severities } from '../../text/order.js';
import { inWords } from '../parts/in-words.js';
import { controlLabels, recipes } from '../parts/remediation.js';
import { shortened } from '../../text/printable.js';
import { markdownAccount, markdownName, markdownTarget } from './account.js';
import { code, escapedName, escapedProse, fenced } from './escape.js';
import { resourceLabel } from '../parts/resource.js';
import { failingParagraphs, unwaivedReasons, waivedAssertions } from '../parts/failing-message.js';
import { counted, plural } from '../../text/plural.js';

const shownAccounts = 50;
const shownAlike = 50;
const shownValues = 10;
const longestValue = 300;

/** The findings by severity, one for each cause. */
export function* findingsSection(causes: Causes, names: ReadonlyMap<string, string>): Generator<string> {
  const { findings, waived } = causes;
  yield '## Findings';
  yield '';
  if (findings.length === 0) yield 'None.';
  else yield `One for each cause. Fixing it also resolves the evaluations that follow from it.`;
  if (waived > 0)
    yield `${counted(waived, 'evaluation')} that ${plural(waived, 'does', 'do')} not comply ${plural(waived, 'is', 'are')} accepted by waivers: see Waived below.`;
  yield '';
  for (const severity of severities) {
    const group = findings.filter((it) => it.evaluation.severity === severity);
    if (group.length === 0) continue;
    yield `### ${severity.charAt(0).toUpperCase()}${severity.slice(1)} (${group.length})`;
    yield '';
    for (const finding of group) yield* findingEntry(finding, names);
  }
}

function* findingEntry(finding: Finding, names: ReadonlyMap<string, string>): Generator<string> {
  const { evaluation, policy, accounts, evaluations, alike } = finding;
  const controls = controlLabels(policy.controls);
  const values = unwaivedReasons(evaluation)
    .flatMap(({ because }) => because)
    .flatMap((it) => inWords(it) ?? [])
    .map(short);
  const account = (id: string): string => markdownAccount(id, names);
  const following = evaluations - 1 - alike.length;
  yield `#### ${code(policy.id)}: ${markdownName(resourceLabel(evaluation.target))}`;
  yield '';
  for (const paragraph of failingParagraphs(evaluation)) {
    yield escapedProse(paragraph);
    yield '';
  }
  yield `- Where: ${markdownTarget(evaluation.target, names)}`;
  if (accounts.length > 0) {
    const also =
      following > 0
        ? `; ${counted(following, 'more evaluation')} ${plural(following, 'follows', 'follow')} from it`
        : '';
    yield `- Touches ${counted(accounts.length, 'account')}: ${listedAs(accounts, account, shownAccounts, 'account')}${also}`;
  }
  if (alike.length > 0) {
    const place = (it: Evaluation): string => markdownTarget(it.target, names);
    yield `- The same in ${counted(alike.length, 'more place')}: ${listedAs(alike, place, shownAlike, 'place')}`;
  }
  for (const event of evaluation.incident?.events ?? [])
    yield `- Event: ${escapedProse(eventLine(event))}, ${code(event.eventID)}`;
  if (values.length > 0) yield `- Decided by: ${listed([...new Set(values)], shownValues, 'value')}`;
  const waived = waivedAssertions(evaluation);
  if (waived.length > 0) yield `- Waived here: ${waived.map(escapedName).join(', ')}`;
  yield `- Fix: ${escapedProse(evaluation.fix ?? policy.remediation.text)}`;
  if (controls.length > 0) yield `- Controls: ${controls.map(escapedName).join(', ')}`;
  yield `- Fingerprint: ${code(evaluation.fingerprint)}`;
  yield '';
}

/** How to fix it with each tool: once a policy, however many findings it has. */
export function* recipesSection(findings: readonly Finding[]): Generator<string> {
  // Where a landing zone manages the resource, its way is told with the finding, and a recipe would be drift.
  const own = findings.filter(({ evaluation }) => evaluation.fix === undefined);
  const policies = [...new Set(own.map(({ policy }) => policy))]
    .filter(({ remediation }) => recipes(remediation).length > 0)
    .toSorted(byId);
  if (policies.length === 0) return;
  yield '## How to fix';
  yield '';
  for (const { id, remediation } of policies) {
    yield `### ${code(id)}`;
    yield '';
    const about = own
      .filter(({ policy }) => policy.id === id)
      .flatMap(({ evaluation, alike }) => [evaluation, ...alike].map((it) => it.target));
    for (const { label, language, content } of recipes(remediation, about)) {
      yield language === undefined
        ? `**${label}.** ${escapedProse(content)}`
        : `**${label}**\n\n${fenced(language, content)}`;
      yield '';
    }
  }
}

function short(text: string): string {
  return escapedProse(shortened(text, longestValue));
}
