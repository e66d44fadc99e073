import { groupFindings } from '../../model/finding-groups.js';
import { codeScanningLimits } from '../../model/code-scanning.js';
import type { Results } from '../../model/results.js';
import { severityRank } from '../../text/order.js';

/** Whether a run may replace the last one in code scanning, and why. */
export interface Uploadable {
  readonly sarifUploadable: boolean;
  readonly reason: string;
}

/** More than one account in so many: then it is the run that failed, not these accounts. */
const oneIn = 5;

/**
 * Whether the SARIF report may be uploaded. Code scanning takes a finding that is missing from a report for fixed, so
 * it may not where findings can be missing for any other reason.
 *
 * @param knowsEarlier the findings of the earlier run are known, or there was none: what could not be evaluated again
 * is in the report all the same. By default as the results say.
 */
export function uploadable(results: Results, knowsEarlier = results.previous !== undefined): Uploadable {
  const { listed, outOfScope, unreadable, evaluated } = results.coverage.accounts;
  const inScope = listed - outOfScope.length;
  if (results.run.interrupted) return no('the run was stopped before it was done');
  if (evaluated === 0) return no('not one account was evaluated');
  if (results.evaluations.every((it) => it.outcome === 'INSUFFICIENT_DATA' || it.carriedForward !== undefined))
    return no('nothing could be evaluated');
  if (unreadable.some(({ id }) => id === 'unknown')) return no('the accounts could not be listed to the end');
  if (unreadable.length * oneIn > inScope) {
    return no(`${unreadable.length} of ${inScope} accounts could not be read, more than a fifth`);
  }
  // Alerts are one for each cause, though findings that are alike are counted once.
  const findings = groupFindings(results.evaluations, severityRank).length;
  if (findings > codeScanningLimits.keptResults) {
    return no(
      `GitHub keeps the ${codeScanningLimits.keptResults} most severe of ${findings} findings, and would close the alerts of the others as fixed; scan with fewer policies at once, as each set of packs has its own alerts`,
    );
  }
  const isComplete = unreadable.length === 0 && results.evaluations.every((it) => it.outcome !== 'INSUFFICIENT_DATA');
  if (isComplete) return yes('everything was evaluated');
  return knowsEarlier
    ? yes('what could not be evaluated again stays open')
    : no('not everything could be evaluated, and the findings of the last run are not known');
}

function yes(reason: string): Uploadable {
  return { sarifUploadable: true, reason };
}

function no(reason: string): Uploadable {
  return { sarifUploadable: false, reason };
}
