import type { Results } from '../../model/results.js';

/** Whether a run may replace the last one in code scanning, and why. */
export interface Uploadable {
  readonly sarifUploadable: boolean;
  readonly reason: string;
  /** What to do where it may not; in sentences. */
  readonly recovery?: string;
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
  if (results.run.interrupted) return no('the run was stopped before it was done', again);
  if (evaluated === 0) return no('not one account was evaluated', access);
  if (results.evaluations.every((it) => it.outcome === 'INSUFFICIENT_DATA' || it.carriedForward !== undefined))
    return no('nothing could be evaluated', access);
  if (unreadable.some(({ id }) => id === 'unknown'))
    return no('the accounts could not be listed to the end', `The log says which call failed. ${again}`);
  if (unreadable.length * oneIn > inScope) {
    return no(`${unreadable.length} of ${inScope} accounts could not be read, more than a fifth`, access);
  }
  const isComplete = unreadable.length === 0 && results.evaluations.every((it) => it.outcome !== 'INSUFFICIENT_DATA');
  if (isComplete) return yes('everything was evaluated');
  return knowsEarlier
    ? yes('what could not be evaluated again stays open')
    : no('not everything could be evaluated, and the findings of the last run are not known', anew);
}

const again = 'Run it again: the alerts stay as they are until then.';
const access =
  'trailproof doctor says which accounts cannot be read, and why. Once enough can be, the next run uploads by itself; the alerts stay as they are until then.';
const anew =
  'A run that evaluates everything uploads by itself. To begin anew without one, run it once with previous: none: alerts on what cannot be read then close, until it can be read.';

function yes(reason: string): Uploadable {
  return { sarifUploadable: true, reason };
}

function no(reason: string, recovery: string): Uploadable {
  return { sarifUploadable: false, reason, recovery };
}
