import { join } from 'node:path';
import { exitCodes, isIncomplete } from '../cli/exit-codes.js';
import { uploadable } from '../evaluate/index.js';
import type { Results } from '../model/results.js';

/** What the action tells later steps: counts, paths and states, never an account id, which runners may mask. */
export type Outputs = Readonly<Record<string, string>>;

/**
 * The outputs of a run that wrote its results.
 *
 * @param knowsEarlier false where something was uploaded before and nobody knows what: then nothing may replace it.
 */
export function outputsOf(
  results: Results,
  folder: string,
  formats: readonly string[],
  exitCode: number,
  knowsEarlier = true,
): Outputs {
  const { summary, coverage } = results;
  const { listed, evaluated, unreadable } = coverage.accounts;
  const severities = Object.entries(summary.bySeverity).map(
    ([severity, count]) => [`findings-${severity}`, String(count)] as const,
  );
  return {
    status: statusOf(results, exitCode),
    'findings-total': String(summary.findings),
    ...Object.fromEntries(severities),
    'accounts-listed': String(listed),
    'accounts-evaluated': String(evaluated),
    'accounts-unreadable': String(unreadable.length),
    'sarif-file': formats.includes('sarif') ? join(folder, 'results.sarif') : '',
    'sarif-uploadable': String(formats.includes('sarif') && knowsEarlier && uploadable(results).sarifUploadable),
    'json-file': join(folder, 'results.json'),
    'markdown-file': formats.includes('markdown') ? join(folder, 'report.md') : '',
  };
}

/** The outputs of a run that came to nothing. */
export const outputsOfFailure: Outputs = { status: 'error', 'sarif-uploadable': 'false' };

function statusOf(results: Results, exitCode: number): string {
  if (exitCode === exitCodes.usage || exitCode === exitCodes.bug || exitCode === exitCodes.interrupted) return 'error';
  if (isIncomplete(results)) return 'incomplete';
  return results.summary.findings > 0 ? 'fail' : 'pass';
}
