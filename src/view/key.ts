import type { Value } from '../expression/index.js';
import { fromKnown, listOf } from '../facts/index.js';
import type { Key, KeyMetadata, KeyRotation } from '../model/inventory.js';
import { absent } from '../model/known.js';
import { callsNaming, idsOf, kindsNaming, listedKinds, namesOf, type ListedType } from '../model/resource-kinds.js';
import { fromOpenList, optional, orAbsent, timeOrAbsent, toldMember } from './convert.js';
import { trailsNaming } from './destinations.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import type { Field, Shape } from './object.js';

const described = ['kms:DescribeKey'];

function metadata<M extends keyof KeyMetadata>(member: M, show: (value: KeyMetadata[M]) => Value): Field<Key> {
  return observed(described, (key) => toldMember(key.metadata, key.told, member, show));
}

function same(value: string | boolean): Value {
  return value;
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

export const keyShape: Shape<Key> = {
  type: 'Key',
  label: (key) => key.arn,
  cause: (key, field) => ({ targetType: 'kms-key', id: key.arn, field }),
  fields: fields<Key>({
    arn: observed(described, (key) => key.arn),
    keyId: observed(described, (key) => key.keyId),
    accountId: observed(described, (key) => key.accountId),
    region: observed(described, (key) => key.region),
    keyState: metadata('keyState', same),
    keyManager: metadata('keyManager', same),
    origin: metadata('origin', same),
    keySpec: metadata('keySpec', same),
    keyUsage: metadata('keyUsage', same),
    multiRegion: metadata('multiRegion', same),
    deletionDate: metadata('deletionDate', timeOrAbsent),
    keyRotationEnabled: rotation((it) => it.enabled),
    rotationPeriodInDays: rotation((it) => orAbsent(it.periodInDays)),
    nextRotationDate: rotation((it) => timeOrAbsent(it.nextRotationDate)),
    ...encrypted,
    trails: trailsNaming('kms-key'),
  }),
};
