import { UsageError } from '../../model/errors.js';

/** For what the design fixes and this version lacks: it says so, and does not pretend. */
export function notBuiltYet(what: string): UsageError {
  return new UsageError(`${what} is not built yet in this version of Trailproof.`, 'trailproof --help lists what is.');
}
