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
