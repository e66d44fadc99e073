import { exitCodes, isIncomplete } from '../cli/index.js';
import type { Results } from '../model/results.js';
import type { Upload } from './upload.js';
import type { WrittenFiles } from './written-files.js';

/** What the action tells later steps: counts, paths and states, never an account id, which runners may mask. */
export type Outputs = Readonly<Record<string, string>>;

/** The outputs of a run that wrote its results. */
export function outputsOf(results: Results, { file }: WrittenFiles, exitCode: number, upload: Upload): Outputs {
  const { summary, coverage } = results;
  const { listed, evaluated, unreadable } = coverage.accounts;
  const severities = Object.entries(summary.bySeverity).map(
    ([severity, count]) => [`findings-${severity}`, String(count)] as const,
  );
  const status = statusOf(results, exitCode);
  const sarif = file('sarif');
  return {
    status,
    'findings-total': String(summary.findings),
    ...Object.fromEntries(severities),
    'accounts-listed': String(listed),
    'accounts-evaluated': String(evaluated),
    'accounts-unreadable': String(unreadable.length),
    'sarif-file': sarif ?? '',
    'sarif-uploadable': String(upload.is === 'allowed'),
    'json-file': file('json') ?? '',
    'markdown-file': file('markdown') ?? '',
  };
}

/** The outputs of a run that came to nothing. */
export const outputsOfFailure: Outputs = { status: 'error', 'sarif-uploadable': 'false' };

function statusOf(results: Results, exitCode: number): string {
  if (isError(exitCode)) return 'error';
  if (isIncomplete(results)) return 'incomplete';
  return results.summary.findings > 0 ? 'fail' : 'pass';
}

/** True where the command line came to no verdict, whatever it wrote before. */
export function isError(exitCode: number): boolean {
  return exitCode !== exitCodes.ok && exitCode !== exitCodes.findings && exitCode !== exitCodes.incomplete;
}
