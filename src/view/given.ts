import { Unknown, type Value } from '../expression/index.js';
import type { Gap } from '../model/inventory.js';
import type { World } from './world.js';

/** Which answer a member belongs to. */
export type AnswerPlace = Pick<Gap, 'call' | 'accountId' | 'region' | 'resource'>;

/** A member that AWS always gives: where an answer lacked it all the same, it is unknown, and nothing else is. */
export function given(value: Value | undefined, member: string, place: AnswerPlace, world: World): Value {
  if (value !== undefined) return value;
  const message = `AWS's answer to ${place.call} lacked ${member}.`;
  return new Unknown([world.note({ ...place, reason: 'error', message })]);
}

/**
 * One of the values that this version knows; one that AWS added since tells nothing of what it means.
 *
 * @param what the resource, and what of it has the value: `Key arn:… is in the state`
 */
export function knownOneOf(
  values: ReadonlySet<string>,
  value: string,
  what: string,
  place: Pick<Gap, 'call' | 'accountId' | 'region' | 'resource'>,
  world: World,
): Value {
  if (values.has(value)) return value;
  const message = `${what} ${value}, which this version of Trailproof does not know.`;
  return new Unknown([world.note({ ...place, reason: 'unsupported', message })]);
}
