import type { Results } from '../../model/results.js';
import { describeOrganization, describeSource, isSample, sampleNote } from '../parts/describe.js';
import type { Causes } from '../parts/findings.js';
import { logsText } from '../parts/incident.js';
import { countOf } from '../parts/outcomes.js';
import { severities } from '../../text/order.js';
import { prose, visible } from '../../text/printable.js';
import { block, labelled, margin, type Page } from './page.js';
import { severityLooks } from './paint.js';
import { counted, plural } from '../../text/plural.js';

const column = 14;

/** What was looked at, when, and by whom. */
export function headline(page: Page, results: Results, names: ReadonlyMap<string, string>): readonly string[] {
  const { listed, evaluated, outOfScope, unreadable } = results.coverage.accounts;
  const accounts = [
    `${evaluated} of ${listed} evaluated`,
    ...(outOfScope.length > 0 ? [`${outOfScope.length} out of scope`] : []),
    ...(unreadable.length > 0 ? [`${unreadable.length} not readable`] : []),
  ].join(' · ');
  const policies = `${results.policies.length}, ${counted(results.evaluations.length, 'evaluation')}`;
  const line = (label: string, text: string) => labelled(page, label, text, margin, column);
  return [
    page.paint('bold', `${visible(results.tool.name)} ${visible(results.tool.version)}`),
    ...(isSample(results) ? block(page, sampleNote, '', 'bold') : []),
    '',
    ...line('Organization', describeOrganization(results, names)),
    ...line('Accounts', accounts),
    ...line('Policies', policies),
    ...line('Source', describeSource(results)),
    ...line('Caller', prose(results.run.caller)),
    ...(results.coverage.logs === undefined ? [] : line('Logs', logsText(results.coverage.logs))),
  ];
}

/** `Findings  5 · 1 critical · 2 high`, and how many a waiver accepts. */
export function findingsHeading(page: Page, results: Results, causes: Causes): string {
  const { findings, waived } = causes;
  const bySeverity = severities.flatMap((severity) => {
    const count = findings.filter((it) => it.evaluation.severity === severity).length;
    return count === 0 ? [] : [page.paint(severityLooks[severity], `${count} ${severity}`)];
  });
  const following = countOf(results, 'NON_COMPLIANT') - waived - findings.length;
  const rest = [
    ...(following > 0
      ? [`${counted(following, 'more evaluation')} ${plural(following, 'follows', 'follow')} from them`]
      : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
  ].map((it) => page.paint('dim', it));
  const count = findings.length === 0 ? 'none' : `${findings.length}`;
  return `${page.paint('bold', 'Findings')}  ${[count, ...bySeverity, ...rest].join(' · ')}`;
}
