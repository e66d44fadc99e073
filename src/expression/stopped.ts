import { UsageError } from '../model/errors.js';
import { TooManySteps } from './budget.js';

/**
 * What to throw for an error that ended an evaluation: where it took too many steps, whose fault it is and on what; else
 * the error itself.
 *
 * @param on - what was judged: a target or an event
 */
export function stopped(error: unknown, policyId: string, on: string | undefined): unknown {
  if (!(error instanceof TooManySteps)) return error;
  const where = on === undefined ? '' : ` on ${on}`;
  return new UsageError(`Policy ${policyId} was stopped${where}: ${error.message}, so it has no verdict.`, error.help, {
    cause: error,
  });
}
