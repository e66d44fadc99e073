import type { Results } from '../../model/results.js';
import { prose } from '../../text/printable.js';
import { timelineSection } from '../history/html-timeline.js';
import { accountNames } from '../parts/accounts.js';
import { describeOrganization, describeSource, isSample, sampleNote } from '../parts/describe.js';
import { causesOf } from '../parts/findings.js';
import { verdictOf } from '../parts/verdict.js';
import type { ReportOptions } from '../options.js';
import { integritySection } from '../verification/html-section.js';
import { script } from './assets.js';
import { pageHead } from './head.js';
import { pageData } from './page-data.js';
import { controlsSection } from './sections/controls.js';
import { coverageSection } from './sections/coverage.js';
import { findingsSection } from './sections/findings.js';
import { originSection } from './sections/origin.js';
import { policiesSection } from './sections/policies.js';
import { summarySection } from './sections/summary.js';
import { gapsSection, waiversSection } from './sections/unknown.js';
import { escaped } from './shared/markup.js';
import type { PageData } from './shared/page-data.js';

/**
 * The results as one HTML file for people: it needs no network and opens from disk. Verdict, coverage by account and
 * Region, findings with search and filters, policies, controls, waivers, gaps, and how it was made. Without JavaScript
 * the findings can be read, the worst first.
 */
export function* html(results: Results, options: ReportOptions = {}): Generator<string> {
  const { history, verifications = [] } = options;
  const names = accountNames(results);
  const causes = causesOf(results);
  const data = pageData(results);
  const verdict = verdictOf(results, causes);
  const hasWaivers = (results.waivers ?? []).length > 0 || causes.accepted.length > 0;
  yield pageHead(`CloudTrail compliance: ${prose(results.organization?.id ?? 'account')}`, script.hash);
  yield '<a class="skip" href="#findings">Skip to the findings</a>\n';
  yield '<header class="top"><div class="wide"><h1>CloudTrail compliance</h1>';
  if (isSample(results)) yield `<p><strong>${escaped(sampleNote)}</strong></p>`;
  yield `<p class="verdict">${escaped(verdict.outcome)}: ${escaped(prose(verdict.text))}</p><dl>`;
  yield `<div><dt>Organization</dt><dd>${escaped(prose(describeOrganization(results, names)))}</dd></div>`;
  yield `<div><dt>Source</dt><dd>${escaped(prose(describeSource(results)))}</dd></div></dl></div></header>\n`;
  yield navigation(hasWaivers, options);
  yield '<main class="wide">\n';
  const sections = [
    summarySection(results, causes),
    coverageSection(results, data.accounts),
    findingsSection(results, data),
    ...(history === undefined ? [] : [timelineSection(history, names)]),
    policiesSection(results),
    controlsSection(results, options.policySet),
    waiversSection(results, causes, names),
    ...(verifications.length === 0 ? [] : [integritySection(verifications)]),
    gapsSection(results, names),
    originSection(results, names),
  ];
  for (const section of sections) {
    yield* section;
    yield '\n';
  }
  yield `</main>\n<footer class="wide">${escaped(prose(`${results.tool.name} ${results.tool.version}`))}</footer>\n`;
  yield '<script id="data" type="application/json">';
  yield* dataPieces(data);
  yield `</script>\n<script>${script.text}</script>\n</body>\n</html>\n`;
}

function navigation(hasWaivers: boolean, { history, verifications = [] }: ReportOptions): string {
  const targets = [
    ['summary', 'Summary'],
    ['coverage', 'Coverage'],
    ['findings', 'Findings'],
    ...(history === undefined ? [] : [['timeline', 'Timeline']]),
    ['policies', 'Policies'],
    ['controls', 'Controls'],
    ...(hasWaivers ? [['waivers', 'Waivers']] : []),
    ...(verifications.length === 0 ? [] : [['integrity', 'Log files']]),
    ['gaps', 'Gaps'],
    ['origin', 'How this was made'],
  ];
  const links = targets.map(([id = '', label = '']) => `<li><a href="#${id}">${label}</a></li>`);
  return `<nav aria-label="Sections"><ul class="wide">${links.join('')}</ul></nav>\n`;
}

/** JSON in which no text can end the element, or command a runner. One entry at a time: a string could not hold every organization's. */
function* dataPieces({ entries, ...lists }: PageData): Generator<string> {
  yield inElement(JSON.stringify(lists)).slice(0, -1);
  yield ',"entries":[';
  let separator = '\n';
  for (const entry of entries) {
    yield separator + inElement(JSON.stringify(entry));
    separator = ',\n';
  }
  yield ']}';
}

function inElement(json: string): string {
  return json.replaceAll('<', String.raw`\u003c`).replaceAll('##[', String.raw`\u0023#[`);
}
