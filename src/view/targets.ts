import type { Target as ResultTarget, TargetType } from '../model/results.js';
import { recorderId, recordersOf, type RecorderOf } from './recorder.js';
import type { ViewObject } from '../expression/index.js';
import type { World } from './world.js';

/** What a policy speaks of: as results name it, and as expressions see it. */
export interface Target extends ResultTarget {
  readonly object: ViewObject;
}

/** The targets of a type, sorted by ARN or id. Of topics nothing is read yet. */
export function targetsOf(type: TargetType, world: World): readonly Target[] {
  switch (type) {
    case 'organization': {
      return organizations(world);
    }
    case 'account': {
      return world.lookup.accounts.map((it) => ({
        type,
        id: it.id,
        name: it.name,
        accountId: it.id,
        region: 'global',
        object: world.account(it),
      }));
    }
    case 'trail': {
      return world.lookup.trails.map((it) => ({ type, ...named(it), region: it.homeRegion, object: world.trail(it) }));
    }
    case 'event-data-store': {
      return world.lookup.stores.map((it) => ({
        type,
        ...named(it),
        region: it.region,
        object: world.eventDataStore(it),
      }));
    }
    case 'log-bucket': {
      return world.lookup.buckets.map((it) => {
        const { accountId, region } = it.owner.state === 'known' ? it.owner.value : ownerUnknown;
        return { type, id: it.arn, arn: it.arn, name: it.name, accountId, region, object: world.bucket(it) };
      });
    }
    case 'kms-key': {
      return world.lookup.keys.map((it) => ({
        type,
        ...named({ ...it, name: it.keyId }),
        region: it.region,
        object: world.key(it),
      }));
    }
    case 'log-group': {
      return world.lookup.logGroups.map((it) => ({
        type,
        ...named(it),
        region: it.region,
        object: world.logGroup(it),
      }));
    }
    case 'config-recorder': {
      return world.lookup.accounts.flatMap((account) => recordersOf(account, world).map(recorderTarget));
    }
    case 'topic': {
      return [];
    }
  }
}

function recorderTarget({ accountId, region, object }: RecorderOf): Target {
  return { type: 'config-recorder', id: recorderId(accountId, region), accountId, region, object };
}

const ownerUnknown = { accountId: 'unknown', region: 'unknown' };

function organizations({ inventory: { organization }, organization: show }: World): readonly Target[] {
  if (organization === null) return [];
  const { id, managementAccountId: accountId } = organization;
  return [{ type: 'organization', id, accountId, region: 'global', object: show(organization) }];
}

function named({ arn, name, accountId }: { readonly arn: string; readonly name: string; readonly accountId: string }) {
  return { id: arn, arn, name, accountId };
}
