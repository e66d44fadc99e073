import { isListed, targetOf, type ListedType } from '../model/resource-kinds.js';
import type { Target as ResultTarget, TargetType } from '../model/results.js';
import { recorderId, recordersOf, type RecorderOf } from './recorder.js';
import type { ViewObject } from '../expression/index.js';
import type { World } from './world.js';

/** What a policy speaks of: as results name it, and as expressions see it. */
export interface Target extends ResultTarget {
  readonly object: ViewObject;
}

/** The targets of a type, sorted by ARN or id. */
export function targetsOf(type: TargetType, world: World): readonly Target[] {
  if (type === 'organization') return organizations(world);
  if (type === 'config-recorder') return [...eachRecorder(world)];
  // Of topics nothing is read yet.
  return isListed(type) ? listedTargets(type, world) : [];
}

/**
 * The same one after the other. Recorders are made anew each time, as there are as many as accounts and Regions, and
 * nothing but their own policies asks for them.
 */
export function* eachRecorder(world: World): Generator<Target> {
  for (const account of world.lookup.accounts) {
    for (const it of recordersOf(account, world)) yield recorderTarget(it);
  }
}

function listedTargets(kind: ListedType, world: World): readonly Target[] {
  return world.lookup.existing(kind).map((it) => Object.assign(targetOf(kind, it), { object: world.object(kind, it) }));
}

function recorderTarget({ accountId, region, object }: RecorderOf): Target {
  return { type: 'config-recorder', id: recorderId(accountId, region), accountId, region, object };
}

function organizations({ inventory: { organization }, organization: show }: World): readonly Target[] {
  if (organization === null) return [];
  const { id, managementAccountId: accountId } = organization;
  return [{ type: 'organization', id, accountId, region: 'global', object: show(organization) }];
}
