import type { CompiledPolicy } from './compiled-policy.js';
import { mentions } from './names-in.js';

/**
 * True when a policy's verdict may change as time passes and nothing else does: it compares `now` with one of these
 * fields.
 *
 * @param timeFields - fields of the View that hold a time, as `Key.deletionDate`
 */
export function isTimeBound({ when, assertions, reads }: CompiledPolicy, timeFields: ReadonlySet<string>): boolean {
  if (!reads.some((field) => timeFields.has(field))) return false;
  const expressions = [...(when === undefined ? [] : [when]), ...assertions.map((it) => it.expression)];
  return expressions.some((it) => mentions(it, 'now'));
}
