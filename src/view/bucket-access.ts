import { ABSENT, type Value, type ViewObject } from '../expression/index.js';
import { effectiveBlock, type AccessPointNotes, type EffectiveBlock, type PublicGrant } from '../facts/index.js';
import type { Bucket } from '../model/inventory.js';
import { nowhere } from '../model/naming.js';
import { texts } from './convert.js';
import { evidenceOf } from './fields.js';
import { PartObject, type Values } from './object.js';
import { ownersBlock } from './owners-block.js';
import type { World } from './world.js';

/** What tells whose a bucket is. */
export const owned = ['s3:HeadBucket', 's3:ListBuckets'];

/** Block Public Access of the bucket and of its account. */
export function blockOf(bucket: Bucket, world: World): EffectiveBlock {
  return effectiveBlock(bucket, ownersBlock(bucket, world));
}

export function evidenceOfBlock(bucket: Bucket, { lookup }: World): readonly string[] {
  const account = bucket.owner.state === 'known' ? lookup.account(bucket.owner.value.accountId) : undefined;
  return [
    ...evidenceOf(bucket, ['s3:GetPublicAccessBlock']),
    ...(account === undefined ? [] : evidenceOf(account, ['s3control:GetPublicAccessBlock'])),
  ];
}

export function accessPointNotes({ name, owner: it }: Bucket, world: World): AccessPointNotes {
  const place = it.state === 'known' ? it.value : nowhere;
  const note = (reason: 'not-collected' | 'unsupported', message: string) => () =>
    world.note({ call: 's3control:ListAccessPoints', ...place, resource: name, reason, message });
  const what = `The policy of bucket ${name} leaves access to`;
  return {
    unread: note('not-collected', `${what} its access points, whose policies were not read.`),
    ofOthers: note(
      'unsupported',
      `${what} access points of other accounts, which only these may list. Name the account of the bucket in s3:DataAccessPointAccount.`,
    ),
  };
}

/** Notes what is not known of a bucket; gives the gap's id. */
export function noteOnBucket({ name, owner: it }: Bucket, call: string, message: string, world: World): string {
  const { accountId, region } = it.state === 'known' ? it.value : nowhere;
  return world.note({ call, accountId, region, resource: name, reason: 'unsupported', message });
}

const openness = [
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:GetBucketAcl',
  's3:GetBucketOwnershipControls',
  's3control:ListAccessPoints',
  's3control:GetAccessPoint',
  's3control:GetAccessPointPolicyStatus',
  's3control:ListMultiRegionAccessPoints',
  's3control:GetMultiRegionAccessPointPolicyStatus',
];

/** The evidence of who gets in without being named. */
export function evidenceOfAccess(bucket: Bucket, world: World): readonly (readonly string[])[] {
  return [evidenceOf(bucket, openness), evidenceOfBlock(bucket, world)];
}

/** A grant to anyone. */
export function grantOf({ class: reach, principal, statement, actions }: PublicGrant, self: ViewObject): Value {
  const values: Values = {
    class: reach,
    principal,
    accountId: ABSENT,
    statement,
    actions: texts(actions),
    conditions: texts([]),
    isGranted: true,
  };
  return new PartObject('Access', values, self, 'publicAccess');
}
