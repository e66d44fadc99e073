import {
  bucketReach,
  type BucketUse,
  changing,
  changingAcls,
  effectiveBlock,
  erasing,
  isCutOff,
  type OpenList,
  type Reach,
  reading,
  writing,
} from '../facts/index.js';
import type { Bucket } from '../model/inventory.js';
import { accessObject } from './access.js';
import { controlPolicyCalls } from './controls.js';
import { fromOpenList } from './convert.js';
import { bucketSetting } from './documents.js';
import { evidenceOfNamers } from './destinations.js';
import { derived, evidenceOf, fields } from './fields.js';
import type { Field, Shape } from './object.js';
import { ownersBlock } from './owners-block.js';
import type { World } from './world.js';

const documents = [
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:GetBucketAcl',
  's3:GetBucketOwnershipControls',
];

function evidence(bucket: Bucket, world: World): readonly (readonly string[])[] {
  const { organization } = world.inventory;
  return [
    evidenceOf(bucket, [...documents, 's3:GetPublicAccessBlock', 's3:GetBucketVersioning']),
    organization === null ? [] : evidenceOf(organization, controlPolicyCalls),
    ...evidenceOfNamers('log-bucket', bucket, world),
  ];
}

function whoCan(field: string, use: BucketUse): Field<Bucket> {
  return derived(evidence, (bucket, world, self) =>
    fromOpenList(reachOf(bucket, use, world), (it) => accessObject(it, self, field)),
  );
}

function reachOf(bucket: Bucket, use: BucketUse, world: World): OpenList<Reach> {
  const block = effectiveBlock(bucket, ownersBlock(bucket, world));
  return bucketReach(bucket, use, isCutOff(bucket, block), block.ignorePublicAcls, bucketSetting(bucket, world));
}

/** What erases a log depends on versions; where they were not read, whatever only one of both cases has is doubtful. */
function erasers(bucket: Bucket, world: World): OpenList<Reach> {
  const { versioning } = bucket;
  if (versioning.state !== 'unknown') {
    const isVersioned = versioning.state === 'known' && versioning.value.status === 'Enabled';
    return reachOf(bucket, erasing(isVersioned), world);
  }
  const gaps = [versioning.gap];
  const lists = [true, false].map((it) => reachOf(bucket, erasing(it), world));
  const seen = lists.flatMap(({ members }) => members.map((value) => ({ value, gaps })));
  const rest = lists.find((it) => it.rest !== undefined)?.rest;
  return {
    members: [],
    doubtful: [...seen, ...lists.flatMap(({ doubtful }) => doubtful)],
    ...(rest === undefined ? {} : { rest }),
  };
}

export const bucketReachShape: Shape<Bucket> = {
  type: 'BucketReach',
  label: (bucket) => bucket.name,
  cause: (bucket) => ({ targetType: 'log-bucket', id: bucket.arn, field: 'reach' }),
  fields: fields<Bucket>({
    readObjects: whoCan('readObjects', reading),
    writeObjects: whoCan('writeObjects', writing),
    eraseObjects: derived(evidence, (bucket, world, self) =>
      fromOpenList(erasers(bucket, world), (it) => accessObject(it, self, 'eraseObjects')),
    ),
    changeProtection: whoCan('changeProtection', changing),
    changeObjectAcls: whoCan('changeObjectAcls', changingAcls),
  }),
};
