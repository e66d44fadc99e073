import type { Results } from '../model/results.js';
import { visible } from './print-error.js';
import { checkResults, readJson } from './read-results.js';

/** What `--previous` names: the results of the last run, or, as `none`, that there was no earlier run. */
export interface PreviousRun {
  readonly results: Results | undefined;
}

/**
 * Reads the results of the last run.
 *
 * @throws UsageError when they are missing or broken. A missing file is no first run: findings would close in silence.
 */
export async function loadPrevious(file: string): Promise<PreviousRun> {
  if (file === 'none') return { results: undefined };
  return { results: checkResults(await readJson(file, whereLost), file) };
}

const whereLost =
  'For a first run: --previous none. If the results of the last run are lost, leave --previous out, and upload only when the run is complete.';

/** What became of earlier findings, and whether the SARIF report may be uploaded; nothing without `--previous`. */
export function sayUploadable({ evaluations, previous }: Results): string {
  if (previous === undefined) return '';
  const carried = evaluations.filter((it) => it.carriedForward !== undefined && it.causedBy === undefined).length;
  const reasons = new Map<string, number>();
  for (const { reason } of previous.closed) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [
    ...(carried > 0 ? [`Carried forward, not evaluated again: ${findings(carried)}`] : []),
    ...[...reasons].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([why, count]) => `Closed ${findings(count)}: ${why}`),
    `The SARIF report may ${previous.sarifUploadable ? '' : 'not '}be uploaded: ${previous.reason}`,
  ]
    .map((line) => `${visible(line)}\n`)
    .join('');
}

function findings(count: number): string {
  return `${count} ${count === 1 ? 'finding' : 'findings'}`;
}
