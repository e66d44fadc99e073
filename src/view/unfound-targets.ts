import { unfoundOf } from '../facts/index.js';
import { parseArn } from '../model/identifiers.js';
import { nowhere } from '../model/naming.js';
import { resourceKinds } from '../model/resource-kinds.js';
import type { Target, TargetType } from '../model/results.js';
import type { World } from './world.js';

/** A target that may be there, as results name it, and why it was not found. */
export interface UnfoundTarget {
  readonly target: Target;
  readonly gaps: readonly string[];
}

/** The targets of a type that may be there and were not found. */
export function unfoundTargets(type: TargetType, { inventory, gaps: sink }: World): readonly UnfoundTarget[] {
  return unfoundOf(type, inventory, sink).map(({ id, accountId, region, gaps }) => ({
    target: { type, ...nameOf(type, id, accountId), accountId, region },
    gaps,
  }));
}

/** By its ARN where something names it, else by the place in which it may be. */
function nameOf(type: TargetType, id: string | undefined, accountId: string): Pick<Target, 'id' | 'arn' | 'name'> {
  if (id === undefined) return { id: accountId === nowhere.accountId ? accountId : `${accountId}/unknown` };
  const { resource = '' } = parseArn(id) ?? {};
  return { id, arn: id, name: resource.slice(resourceKinds[type].arn.prefix.length) };
}
