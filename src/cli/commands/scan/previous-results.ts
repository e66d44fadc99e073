import { UsageError } from '../../../model/errors.js';
import type { Results } from '../../../model/results.js';
import { categoryOf } from '../../../report/index.js';
import { checkResults, readJson } from '../../../storage/index.js';
import type { PreviousRun, Terminal } from '../../process/terminal.js';
import { byText } from '../../../text/order.js';
import { counted } from '../../../text/plural.js';

/** The last run, and when it is known. */
export interface EarlierRun {
  /** Before anything is read; undefined where there is none, or it is found only afterwards. */
  readonly known: PreviousRun | undefined;
  readonly find: (results: Results) => Promise<PreviousRun | undefined>;
}

/**
 * What `--previous` comes to. A file is read at once, so that a mistake ends the run before it begins; `auto` is found
 * after the state was read, by whoever started the run.
 *
 * @throws UsageError for a file that is missing or broken, and for `auto` where nothing keeps earlier runs.
 */
export async function previousOf(given: string | undefined, { findPrevious }: Terminal): Promise<EarlierRun> {
  if (given !== 'auto') {
    const loaded = given === undefined ? undefined : await loadPrevious(given);
    return { known: loaded, find: () => Promise.resolve(loaded) };
  }
  if (findPrevious === undefined) {
    throw new UsageError(
      '--previous auto is for the GitHub Action, which keeps the results of each run.',
      'Give the results.json of the last run, or none for a first run.',
    );
  }
  return {
    known: undefined,
    find: async (results) => await findPrevious({ results, category: categoryOf(results) }),
  };
}

/**
 * Reads the results of the last run.
 *
 * @throws UsageError when they are missing or broken. A missing file is no first run: findings would close in silence.
 */
async function loadPrevious(file: string): Promise<PreviousRun> {
  if (file === 'none') return { results: undefined };
  return { results: checkResults(await readJson(file, whereLost), file) };
}

const whereLost =
  'For a first run: --previous none. If the results of the last run are lost, leave --previous out, and upload only when the run is complete.';

/** What became of earlier findings, and whether the SARIF report may be uploaded; nothing without `--previous`. */
export function sayUploadable({ evaluations, previous }: Results): readonly string[] {
  if (previous === undefined) return [];
  const carried = evaluations.filter((it) => it.carriedForward !== undefined && it.causedBy === undefined).length;
  const reasons = new Map<string, number>();
  for (const { reason } of previous.closed) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [
    ...(carried > 0 ? [`Carried forward, not evaluated again: ${counted(carried, 'finding')}`] : []),
    ...[...reasons]
      .toSorted(([a], [b]) => byText(a, b))
      .map(([why, count]) => `Closed ${counted(count, 'finding')}: ${why}`),
    `The SARIF report may ${previous.sarifUploadable ? '' : 'not '}be uploaded: ${previous.reason}`,
  ];
}
