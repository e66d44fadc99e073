import { isListed, targetOf, type ListedType } from '../model/resource-kinds.js';
import type { Target as ResultTarget, TargetType } from '../model/results.js';
import { recorderId, recordersOf, type RecorderOf } from './recorder.js';
import type { ViewObject } from '../expression/index.js';
import type { World } from './world.js';

/** What a policy speaks of: as results name it, and as expressions see it. */
export interface Target extends ResultTarget {
  readonly object: ViewObject;
}

/** The targets of a type one after the other, sorted by ARN or id. */
export function* eachTarget(type: TargetType, world: World): Generator<Target> {
  if (type === 'organization') yield* organizations(world);
  else if (type === 'config-recorder') yield* eachRecorder(world);
  // Of topics nothing is read yet.
  else if (isListed(type)) yield* listedTargets(type, world);
}

/** Made anew each time: there are as many as accounts and Regions, and nothing but their own policies asks for them. */
function* eachRecorder(world: World): Generator<Target> {
  for (const account of world.lookup.accounts) {
    for (const it of recordersOf(account, world)) yield recorderTarget(it);
  }
}

function* listedTargets(kind: ListedType, world: World): Generator<Target> {
  for (const it of world.lookup.existing(kind)) {
    yield Object.assign(targetOf(kind, it), { object: world.object(kind, it) });
  }
}

function recorderTarget({ accountId, region, object }: RecorderOf): Target {
  return { type: 'config-recorder', id: recorderId(accountId, region), accountId, region, object };
}

function organizations({ inventory: { organization }, organization: show }: World): readonly Target[] {
  if (organization === null) return [];
  const { id, managementAccountId: accountId } = organization;
  return [{ type: 'organization', id, accountId, region: 'global', object: show(organization) }];
}
