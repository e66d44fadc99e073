import type { Results } from '../../model/results.js';
import { checkGitHubRules } from '../github-rules.js';
import { jsonPieces } from '../parts/json-lines.js';
import type { ReportOptions } from '../options.js';
import { codeScanningLimits } from '../../model/code-scanning.js';
import { alertsOf, isForUpload, sarifLog } from './build.js';
import { groupedSentence } from './notifications.js';
import type { SarifLog } from './log.js';
import { checkOasisSchema } from './oasis-schema.js';
import { whatIsOpen } from '../parts/verdict.js';
import { prose } from '../../text/printable.js';

/** Written with one line for each rule, notification and result. */
const expanded: ReadonlySet<string> = new Set([
  '',
  '.runs',
  '.runs[]',
  '.runs[].tool',
  '.runs[].tool.driver',
  '.runs[].tool.driver.rules',
  '.runs[].tool.driver.notifications',
  '.runs[].invocations',
  '.runs[].invocations[]',
  '.runs[].invocations[].toolExecutionNotifications',
  '.runs[].results',
]);

/**
 * The findings as SARIF 2.1.0 for GitHub code scanning. The log is checked against the OASIS schema and GitHub's
 * rules before the first piece is given out: an Error then is our bug.
 */
export function sarif(results: Results, options: ReportOptions = {}): Iterable<string> {
  const log = sarifLog(results, options.policySet);
  const problems = [...checkOasisSchema(log), ...checkGitHubRules(asIfSuccessful(log))];
  if (problems.length > 0) throw new Error(`The SARIF report would be refused. ${problems.slice(0, 5).join(' ')}`);
  return jsonPieces(log, expanded);
}

/** What the user should know before uploading the SARIF report; empty when all is well. */
export function sarifWarnings(results: Results): readonly string[] {
  return [...groupedWarning(results), ...uploadWarning(results)];
}

/** That not each finding is an alert of its own in the SARIF report; undefined where each is. */
export function groupedNote(results: Results): string | undefined {
  // Nothing is grouped below the limit: most runs need not look.
  if (results.summary.findings <= codeScanningLimits.keptResults) return undefined;
  const { groups } = alertsOf(results);
  return groups.length === 0 ? undefined : groupedSentence(groups);
}

function groupedWarning(results: Results): readonly string[] {
  const note = groupedNote(results);
  return note === undefined ? [] : [note];
}

function uploadWarning(results: Results): readonly string[] {
  if (!isForUpload(results)) {
    return [
      'Do not upload the SARIF report: the run was stopped or could evaluate nothing, and GitHub would close the alert of every finding that is not in it as fixed.',
    ];
  }
  if (results.previous?.sarifUploadable === false) {
    return [`Do not upload the SARIF report: ${prose(results.previous.reason)}.`];
  }
  const open = whatIsOpen(results);
  if (open === '' || results.previous !== undefined) return [];
  return [
    `The SARIF report is not complete: ${open}. When it is uploaded, GitHub closes the alerts of earlier findings that could not be evaluated again.`,
  ];
}

/** A run that says of itself that it is not for upload is a valid report all the same; the other rules hold for it. */
function asIfSuccessful(log: SarifLog): unknown {
  return {
    ...log,
    runs: log.runs.map((run) => ({
      ...run,
      invocations: run.invocations.map((invocation) => ({ ...invocation, executionSuccessful: true })),
    })),
  };
}
