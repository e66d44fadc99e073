import { uploadable } from '../evaluate/index.js';
import { groupedNote } from '../report/index.js';
import type { Results } from '../model/results.js';
import type { Earlier } from './earlier/find-earlier.js';

/** Whether the SARIF report may replace the last one in code scanning. */
export type Upload =
  /** `note`: what the alerts do not show. */
  | { readonly is: 'allowed'; readonly note?: string }
  /** Somebody has to know: the alerts stay as they are. */
  | { readonly is: 'refused'; readonly reason: string; readonly recovery: string }
  /** Nobody asked for it, or there is nothing to upload to. */
  | { readonly is: 'none' };

const ownId =
  'Give each scan of this repository a scan-id of its own, and the name of an artifact of its own (previous-artifact).';
const failed = 'The log says what went wrong. The alerts stay as they are until a run succeeds.';

/**
 * What becomes of the SARIF report of a run that wrote its results.
 *
 * @param hasSarif the run wrote one
 * @param earlier what was looked for, if it was
 */
export function uploadOf(
  results: Results,
  run: { readonly hasSarif: boolean; readonly isWanted: boolean; readonly hasFailed: boolean },
  earlier: Earlier | undefined,
): Upload {
  if (earlier?.is === 'off' || !run.isWanted) return { is: 'none' };
  if (run.hasFailed) return { is: 'refused', reason: 'the run failed', recovery: failed };
  if (!run.hasSarif) return { is: 'refused', reason: 'the SARIF report was not written', recovery: failed };
  if (earlier?.is === 'shared') return { is: 'refused', reason: earlier.reason, recovery: ownId };
  const { sarifUploadable, reason, recovery = failed } = uploadable(results);
  const note = groupedNote(results);
  if (sarifUploadable) return { is: 'allowed', ...(note === undefined ? {} : { note }) };
  const lost = earlier?.is === 'lost' ? `: ${earlier.reason}` : '';
  return { is: 'refused', reason: `${reason}${lost}`, recovery };
}
