import type { Trail } from '../model/inventory.js';
import type { Known } from '../model/known.js';
import { ABSENT, Unknown, type Value, type ViewObject } from '../expression/index.js';
import type { World } from './world.js';

/** Something that names a destination. */
interface Namer {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
}

/** The bucket that a trail names; absent when AWS said that there is none. */
export function bucketValue(name: string, trail: Trail, world: World): Value {
  const bucket = world.lookup.bucket(name);
  if (bucket === undefined) return neverRead(name, namerOf(trail), 's3:HeadBucket', world);
  return whereItExists(bucket.owner, () => world.bucket(bucket));
}

/** The key that a resource names; absent when it names none, or AWS said that there is none. */
export function keyValue(name: string | undefined, by: Namer, world: World): Value {
  if (name === undefined) return ABSENT;
  const key = world.lookup.key({ name, accountId: by.accountId, region: by.region });
  if (key === undefined) return neverRead(name, by, 'kms:DescribeKey', world);
  return whereItExists(key.metadata, () => world.key(key));
}

/** The log group that a trail names; absent when it names none, or AWS said that there is none. */
export function logGroupValue(arn: string | undefined, trail: Trail, world: World): Value {
  if (arn === undefined) return ABSENT;
  const group = world.lookup.logGroup(arn);
  if (group === undefined) return neverRead(arn, namerOf(trail), 'logs:DescribeLogGroups', world);
  return whereItExists(group.details, () => world.logGroup(group));
}

function namerOf({ arn, accountId, homeRegion }: Trail): Namer {
  return { arn, accountId, region: homeRegion };
}

function whereItExists(it: Known<unknown>, show: () => ViewObject): Value {
  if (it.state === 'unknown') return new Unknown([it.gap]);
  return it.state === 'absent' ? ABSENT : show();
}

function neverRead(resource: string, { arn, accountId, region }: Namer, call: string, world: World): Value {
  const message = `The inventory tells nothing of ${resource}, which ${arn} names.`;
  return new Unknown([world.note({ call, accountId, region, resource, reason: 'not-collected', message })]);
}
