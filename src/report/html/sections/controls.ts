import type { Results } from '../../../model/results.js';
import { prose, visible } from '../../../text/printable.js';
import {
  frameworkRows,
  verdictCounts,
  verdictLabels,
  type ControlRow,
  type FrameworkRows,
} from '../../framework/rows.js';
import { accountsText } from '../../framework/accounts.js';
import { answersOf, decidingOf, evidenceCalls, gapName, type Answers } from '../../framework/deciding.js';
import { evaluationsText } from '../../framework/evaluations-text.js';
import { whatItSays } from '../../framework/limits.js';
import { profileNote, profileOf } from '../../framework/profile.js';
import { listed } from '../../parts/accounts.js';
import { escaped } from '../shared/markup.js';

const shownCalls = 6;

/** Every control of the frameworks that the policies serve, with its verdict and the policies behind it. */
export function* controlsSection(results: Results, policySet: string | undefined): Generator<string> {
  yield '<section id="controls"><h2>Controls</h2>';
  yield `<p class="hint">${whatItSays}</p>`;
  yield `<p class="hint">Accounts: ${accountsText(results)} (<a href="#coverage">which, and why</a>).</p>`;
  const answers = answersOf(results);
  for (const it of frameworkRows(results, policySet)) yield* frameworkDetails(it, answers);
  yield '</section>';
}

function* frameworkDetails(
  { framework: { id, title, note }, rows }: FrameworkRows,
  answers: Answers,
): Generator<string> {
  const name = escaped(prose(title));
  const counts = verdictCounts(rows).map(([label, count]) => `${count} ${label}`);
  yield `<details class="policy"><summary><strong>${name}</strong> <span class="soft">${counts.join(' · ')}</span></summary><div>`;
  const hasProfiles = rows.some((it) => profileOf(it.control) !== '');
  yield `<p>${escaped(prose(note))}${hasProfiles ? ` ${profileNote}` : ''}</p><div class="scroll" tabindex="0" role="region" aria-label="Controls of ${name}"><table class="stacked">`;
  yield '<thead><tr><th scope="col">Control</th><th scope="col">What it asks</th><th scope="col">Verdict</th><th scope="col">Why</th></tr></thead><tbody>';
  for (const row of rows) yield controlRow(id, row, answers);
  yield '</tbody></table></div></div></details>';
}

/** The look of a verdict: a class that the style knows. */
const looks: Readonly<Record<ControlRow['verdict'], string>> = {
  NON_COMPLIANT: 'non-compliant',
  INSUFFICIENT_DATA: 'insufficient-data',
  WAIVED: 'waived',
  ATTESTED: 'waived',
  COMPLIANT: 'compliant',
  NOT_APPLICABLE: 'not-applicable',
  NOT_ASKED: 'not-applicable',
  MANUAL: 'waived',
  INHERITED: 'waived',
};

function controlRow(framework: string, row: ControlRow, answers: Answers): string {
  const { control, verdict, reason, policies } = row;
  const profile = profileOf(control);
  const id = `${escaped(visible(control.id))}${profile === '' ? '' : ` <span class="soft">${profile}</span>`}`;
  const shown = verdict === 'WAIVED' ? 'waived' : verdict;
  const filter = new URLSearchParams({ show: shown, control: `${visible(framework)} ${visible(control.id)}` });
  const isJudged = policies.length > 0 && verdict !== 'ATTESTED';
  const label = `<span class="badge ${looks[verdict]}">${verdictLabels[verdict]}</span>`;
  const badge = isJudged ? `<a href="#findings" data-filter="${escaped(filter.toString())}">${label}</a>` : label;
  const decided = decidingOf(row, answers);
  const links = policies.map((it) => {
    const came = decided.find(({ policyId }) => policyId === it.id)?.came;
    const link = `<a href="#policy-${escaped(visible(it.id))}">${escaped(visible(it.id))}</a>`;
    return came === undefined ? link : `${link} ${came}`;
  });
  const came = evaluationsText(row);
  const missing = [...new Set(decided.flatMap((it) => it.gaps.map(gapName)))];
  const calls = evidenceCalls(row, answers);
  const why = [
    ...(came === '' ? [] : [`${came}: ${links.join(', ')}`]),
    ...(missing.length === 0 ? [] : [`Not read: ${escaped(prose(listed(missing, shownCalls)))}`]),
    ...(reason === undefined ? [] : [escaped(prose(reason))]),
    ...(calls.length === 0
      ? []
      : [`<span class="soft">Evidence: answers of ${escaped(prose(listed(calls, shownCalls)))}</span>`]),
  ].join('. ');
  return `<tr><th scope="row">${id}</th><td>${escaped(prose(control.title))}</td><td>${badge}</td><td>${why}</td></tr>`;
}
