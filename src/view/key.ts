import { ABSENT, type Value } from '../expression/index.js';
import { doubt, fromKnown, iam, listOf, sure, type Tri } from '../facts/index.js';
import type { Key, KeyMetadata, KeyRotation } from '../model/inventory.js';
import { absent } from '../model/known.js';
import { callsNaming, idsOf, kindsNaming, listedKinds, namesOf, type ListedType } from '../model/resource-kinds.js';
import { fromOpenList, fromTri, optional, orAbsent, required, timeOrAbsent } from './convert.js';
import { trailsNaming } from './destinations.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import { given, knownOneOf } from './given.js';
import { keyReachShape } from './key-reach.js';
import { LazyObject, type Field, type Shape } from './object.js';
import type { World } from './world.js';

const described = ['kms:DescribeKey'];

function metadata(show: (it: KeyMetadata) => Value): Field<Key> {
  return observed(described, (key) => required(key.metadata, ABSENT, show));
}

/** A member of DescribeKey's answer that it may have lacked. */
function member(name: string, show: (it: KeyMetadata) => Value | undefined): Field<Key> {
  return observed(described, ({ metadata: told, arn, accountId, region }, world) =>
    required(told, ABSENT, (it) =>
      given(show(it), name, { call: 'kms:DescribeKey', accountId, region, resource: arn }, world),
    ),
  );
}

/** Deleted is AWS Config's. Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
const keyStates = new Set([
  'Creating',
  'Enabled',
  'Disabled',
  'Deleted',
  'PendingDeletion',
  'PendingImport',
  'PendingReplicaDeletion',
  'Unavailable',
  'Updating',
]);

function stateOf(state: string, { arn, accountId, region }: Key, world: World): Value {
  const place = { call: 'kms:DescribeKey', accountId, region, resource: arn };
  return knownOneOf(keyStates, state, `Key ${arn} is in the state`, place, world);
}

function rotation(show: (it: KeyRotation) => Value): Field<Key> {
  return observed(['kms:GetKeyRotationStatus'], (key) => optional(key.rotation, show));
}

/** The resources of a kind that name the key; one of which the key could not be read may. */
function namers(kind: ListedType): Field<Key> {
  return derived(
    (_, { lookup }) => lookup.existing(kind).map((it) => evidenceOf(it, callsNaming(kind, 'kms-key'))),
    (key, world) => {
      const ids = new Set(idsOf('kms-key', key));
      const candidates = world.lookup.existing(kind).map((value) => {
        const [name = absent] = namesOf(kind, value, 'kms-key');
        return { value, isMember: fromKnown(name, false, (id) => ids.has(id)) };
      });
      return fromOpenList(listOf(candidates), (it) => world.object(kind, it));
    },
  );
}

/** What the key encrypts, under the name of each kind's list. */
const encrypted = Object.fromEntries(kindsNaming('kms-key').map((kind) => [listedKinds[kind].list, namers(kind)]));

/** Whether the key policy lets principals of any account in; a key without a policy is closed. */
function isPublic({ arn, accountId, region, policy }: Key, world: World): Tri<boolean> {
  if (policy.state !== 'known') return fromKnown(policy, false, () => false);
  const { verdict, because } = iam.keyIsPublic(iam.parseIamDocument(policy.value, 'key'), arn);
  if (verdict !== 'unknown') return sure(verdict === 'yes');
  const message = `Whether the policy of key ${arn} is public could not be decided. ${because.join(' ')}`;
  return doubt([
    world.note({ call: 'kms:GetKeyPolicy', accountId, region, resource: arn, reason: 'unsupported', message }),
  ]);
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
    keyState: observed(described, (key, world) =>
      required(key.metadata, ABSENT, (it) => stateOf(it.keyState, key, world)),
    ),
    keyManager: member('KeyManager', (it) => it.keyManager),
    origin: member('Origin', (it) => it.origin),
    keySpec: member('KeySpec', (it) => it.keySpec),
    keyUsage: member('KeyUsage', (it) => it.keyUsage),
    multiRegion: metadata((it) => it.multiRegion),
    deletionDate: metadata((it) => timeOrAbsent(it.deletionDate)),
    keyRotationEnabled: rotation((it) => it.enabled),
    rotationPeriodInDays: rotation((it) => orAbsent(it.periodInDays)),
    nextRotationDate: rotation((it) => timeOrAbsent(it.nextRotationDate)),
    isPublic: derived(
      (key) => [evidenceOf(key, ['kms:GetKeyPolicy'])],
      (key, world) => fromTri(isPublic(key, world), (it) => it),
    ),
    // What it says is asked of its fields, each with the evidence of its own.
    reach: derived(
      (key) => [evidenceOf(key, ['kms:GetKeyPolicy'])],
      (key, world) => new LazyObject(keyReachShape, key, world),
    ),
    ...encrypted,
    trails: trailsNaming('kms-key'),
  }),
};
