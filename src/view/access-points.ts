import { Unknown, ViewList, type Value, type ViewObject } from '../expression/index.js';
import type { AccessPoint, Bucket } from '../model/inventory.js';
import { absent } from '../model/known.js';
import { nowhere } from '../model/naming.js';
import { required } from './convert.js';
import { observed } from './fields.js';
import { PartObject, type Field, type Values } from './object.js';
import { neverRecorded, type World } from './world.js';

const calls = ['s3control:ListAccessPoints', 's3control:GetAccessPoint', 's3control:ListMultiRegionAccessPoints'];

/** The access points that lead to a bucket, of the account that owns it. */
export const accessPointsOfBucket: Field<Bucket> = observed(calls, (bucket, world, self) => {
  const { accessPoints, owner } = bucket;
  if (accessPoints === undefined && owner.state === 'known') {
    const message = `The access points of bucket ${bucket.name} were not read: run the scan again, with a pack that asks for them.`;
    return notRead(bucket, message, world);
  }
  // To a bucket that does not exist nothing leads; whose it is must be known to ask.
  const all = accessPoints ?? (owner.state === 'unknown' ? owner : absent);
  return required(all, new ViewList([]), (its) => new ViewList(its.map((it) => accessPoint(it, bucket, self, world))));
});

function accessPoint(it: AccessPoint, bucket: Bucket, self: ViewObject, world: World): Value {
  const { arn, networkOrigin, publicAccessBlock: block } = it;
  const values: Values = {
    arn,
    networkOrigin,
    // The ARN of a Multi-Region access point names no Region.
    isMultiRegion: arn.split(':')[3] === '',
    blocksPublicAccess:
      block === undefined
        ? notRead(bucket, `Block Public Access of access point ${arn} was not kept: run the scan again.`, world)
        : required(block, false, (settings) => Object.values(settings).every((on) => on)),
  };
  return new PartObject('AccessPoint', values, self, 'accessPoints');
}

function notRead({ name, owner: it }: Bucket, message: string, world: World): Unknown {
  const place = it.state === 'known' ? it.value : nowhere;
  const reason = neverRecorded(world.inventory);
  return new Unknown([world.note({ call: 's3control:ListAccessPoints', ...place, resource: name, reason, message })]);
}
