import { administering, decrypting, encrypting, keyReach, type KeyUse } from '../facts/index.js';
import type { Key } from '../model/inventory.js';
import { accessObject } from './access.js';
import { fromOpenList } from './convert.js';
import { evidenceOfNamers } from './destinations.js';
import { documentSetting } from './documents.js';
import { derived, evidenceOf, fields } from './fields.js';
import type { Field, Shape } from './object.js';
import type { World } from './world.js';

function evidence(key: Key, world: World): readonly (readonly string[])[] {
  const { organization } = world.inventory;
  return [
    evidenceOf(key, ['kms:GetKeyPolicy', 'kms:ListGrants']),
    organization === null ? [] : evidenceOf(organization, ['organizations:ListRoots']),
    ...evidenceOfNamers('kms-key', key, world),
  ];
}

function whoCan(field: string, use: KeyUse): Field<Key> {
  return derived(evidence, (key, world, self) => {
    const trails = world.lookup.trailsNaming('kms-key', key).map(({ arn }) => arn);
    return fromOpenList(keyReach(key, use, trails, documentSetting(key, world)), (it) => accessObject(it, self, field));
  });
}

export const keyReachShape: Shape<Key> = {
  type: 'KeyReach',
  label: (key) => key.arn,
  cause: (key) => ({ targetType: 'kms-key', id: key.arn, field: 'reach' }),
  fields: fields<Key>({
    encrypt: whoCan('encrypt', encrypting),
    decrypt: whoCan('decrypt', decrypting),
    administer: whoCan('administer', administering),
  }),
};
