import { ABSENT, type Value } from '../expression/index.js';
import { fromKnown, listOf, sure, type Tri } from '../facts/index.js';
import type { Bucket, Key, KeyMetadata, KeyRotation } from '../model/inventory.js';
import { fromOpenList, optional, orAbsent, required, timeOrAbsent } from './convert.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import type { KeyName, Lookup } from './lookup.js';
import type { Field, Shape } from './object.js';
import type { World } from './world.js';

const described = ['kms:DescribeKey'];

function metadata(show: (it: KeyMetadata) => Value): Field<Key> {
  return observed(described, (key) => required(key.metadata, ABSENT, show));
}

function rotation(show: (it: KeyRotation) => Value): Field<Key> {
  return observed(['kms:GetKeyRotationStatus'], (key) => optional(key.rotation, show));
}

function names(key: Key, lookup: Lookup, name: KeyName): Tri<boolean> {
  return sure(lookup.key(name) === key);
}

/** The trails that set it; one that could not be described may. */
function trailsOf(key: Key, { lookup, trail }: World): Value {
  const named = lookup.trailsOfKey(key).map((value) => ({ value, isMember: sure(true) }));
  const open = lookup.undescribed.map((value) => ({
    value,
    isMember: fromKnown(value.description, false, () => false),
  }));
  return fromOpenList(listOf([...named, ...open]), trail);
}

function storesOf(key: Key, { lookup, eventDataStore }: World): Value {
  const candidates = lookup.stores.map((value) => ({
    value,
    isMember: where(
      value.details,
      (it) => it.kmsKeyId,
      (name) => names(key, lookup, { ...value, name }),
    ),
  }));
  return fromOpenList(listOf(candidates), eventDataStore);
}

function bucketsOf(key: Key, { lookup, bucket }: World): Value {
  const candidates = lookup.buckets.map((value) => ({ value, isMember: isEncryptedBy(value, key, lookup) }));
  return fromOpenList(listOf(candidates), bucket);
}

function isEncryptedBy({ encryption, owner }: Bucket, key: Key, lookup: Lookup): Tri<boolean> {
  if (owner.state !== 'known') return fromKnown(owner, false, () => false);
  return where(
    encryption,
    (it) => it.kmsMasterKeyId,
    (name) => names(key, lookup, { ...owner.value, name }),
  );
}

function logGroupsOf(key: Key, { lookup, logGroup }: World): Value {
  const candidates = lookup.logGroups.map((value) => ({
    value,
    isMember: where(
      value.details,
      (it) => it.kmsKeyId,
      (name) => names(key, lookup, { ...value, name }),
    ),
  }));
  return fromOpenList(listOf(candidates), logGroup);
}

function where<T>(
  it: Parameters<typeof fromKnown<T, boolean>>[0],
  keyName: (value: T) => string | undefined,
  isIt: (name: string) => Tri<boolean>,
): Tri<boolean> {
  if (it.state !== 'known') return fromKnown(it, false, () => false);
  const name = keyName(it.value);
  return name === undefined ? sure(false) : isIt(name);
}

export const keyShape: Shape<Key> = {
  type: 'Key',
  label: (key) => key.arn,
  cause: (key, field) => ({ targetType: 'kms-key', id: key.arn, field }),
  fields: fields<Key>({
    arn: observed(described, (key) => key.arn),
    keyId: observed(described, (key) => key.keyId),
    accountId: observed(described, (key) => key.accountId),
    region: observed(described, (key) => key.region),
    keyState: metadata((it) => it.keyState),
    keyManager: metadata((it) => it.keyManager),
    origin: metadata((it) => it.origin),
    keySpec: metadata((it) => it.keySpec),
    keyUsage: metadata((it) => it.keyUsage),
    multiRegion: metadata((it) => it.multiRegion),
    deletionDate: metadata((it) => timeOrAbsent(it.deletionDate)),
    keyRotationEnabled: rotation((it) => it.enabled),
    rotationPeriodInDays: rotation((it) => orAbsent(it.periodInDays)),
    nextRotationDate: rotation((it) => timeOrAbsent(it.nextRotationDate)),
    trails: derived(
      (key, { lookup }) => lookup.trailsOfKey(key).map((trail) => evidenceOf(trail, ['cloudtrail:DescribeTrails'])),
      trailsOf,
    ),
    eventDataStores: derived(
      (_, { lookup }) => lookup.stores.map((store) => evidenceOf(store, ['cloudtrail:GetEventDataStore'])),
      storesOf,
    ),
    buckets: derived(
      (_, { lookup }) => lookup.buckets.map((bucket) => evidenceOf(bucket, ['s3:GetBucketEncryption'])),
      bucketsOf,
    ),
    logGroups: derived(
      (_, { lookup }) => lookup.logGroups.map((group) => evidenceOf(group, ['logs:DescribeLogGroups'])),
      logGroupsOf,
    ),
  }),
};
