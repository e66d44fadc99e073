import type { History, Severity } from '../../../model/history.js';
import { severityRank } from '../../../text/order.js';
import { exitCodes, leavesOpen, type FailOn } from '../../process/exit-codes.js';

/**
 * The exit code of a history, as of a scan: 1 when something at or above `--fail-on` was out of compliance at any time
 * without a waiver, 3 when something is unknown because it could not be read. What AWS Config does not record, or did
 * not record at that time, changes nothing.
 */
export function historyExitCode(history: History, failOn: FailOn, allowIncomplete: boolean): number {
  if (!allowIncomplete && isIncomplete(history)) return exitCodes.incomplete;
  return failOn !== 'none' && wasEverFailing(history, failOn) ? exitCodes.findings : exitCodes.ok;
}

function isIncomplete({ timelines, gaps, runs }: History): boolean {
  if (runs !== undefined && runs.missed.length > 0) return true;
  // A file that was skipped may have held any change.
  if (gaps.some((gap) => gap.call === 'config:DeliveryFile' && gap.reason !== 'not-recorded-by-config')) return true;
  const harmless = new Set(gaps.filter((gap) => gap.reason === 'not-recorded-by-config').map((gap) => gap.id));
  return timelines.some((it) =>
    it.intervals.some(({ state, gaps: ids }) => state === 'INSUFFICIENT_DATA' && leavesOpen(ids, harmless)),
  );
}

function wasEverFailing({ timelines }: History, failOn: Severity): boolean {
  return timelines.some((it) =>
    it.intervals.some(
      ({ state, severity = it.severity, waived }) =>
        state === 'NON_COMPLIANT' && waived !== true && severityRank(severity) <= severityRank(failOn),
    ),
  );
}
