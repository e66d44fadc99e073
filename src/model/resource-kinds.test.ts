import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aBucket, aKey, aLogGroup, aTrail } from '../../test/support/inventory-builders.js';
import { absent, known, unknown } from './known.js';
import { idsOf, kindsNaming, listedKinds, listedTypes, namesOf, resourceKinds, targetOf } from './resource-kinds.js';
import type { TargetType } from './results.js';

function schema(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8'));
}

const inventorySchema = schema('inventory.v1.json') as {
  readonly properties: Readonly<Record<string, { readonly type?: string }>>;
};

const view = schema('view.v1.json') as {
  readonly 'x-targets': Readonly<Record<string, { readonly name: string; readonly by?: readonly string[] }>>;
};

test('each target of the View is a kind under the same name', () => {
  const names = Object.entries(view['x-targets']).map(([kind, { name }]) => [kind, name]);
  expect(names.map(([kind]) => [kind, resourceKinds[kind as TargetType].variable])).toEqual(names);
});

test('what names a kind in the table names it in the View, too', () => {
  const types = { Trail: 'trail', EventDataStore: 'event-data-store', Bucket: 'log-bucket', LogGroup: 'log-group' };
  for (const [kind, { by = [] }] of Object.entries(view['x-targets'])) {
    if (by.length === 0) continue;
    const namers = by.map((path) => types[path.split('.')[0] as keyof typeof types]);
    expect([kind, kindsNaming(kind as TargetType)]).toEqual([kind, namers]);
  }
});

test('every list of an inventory is that of a kind, but for alarms, event rules, other event buses and roles, which are no targets, evidence and gaps', () => {
  const lists = Object.entries(inventorySchema.properties).flatMap(([name, { type }]) =>
    type === 'array' ? name : [],
  );
  const others = ['alarms', 'eventRules', 'evidence', 'gaps', 'roles', 'targetBuses'];
  expect([...listedTypes.map((kind) => listedKinds[kind].list), ...others].toSorted()).toEqual(lists.toSorted());
});

const trail = aTrail({ accountId: '111122223333', homeRegion: 'eu-west-1', description: { kmsKeyId: 'alias/logs' } });
const keyOfTrail = 'arn:aws:kms:eu-west-1:111122223333:alias/logs';

test('a key without an ARN is one of the account and Region of what names it', () => {
  expect(namesOf('trail', trail, 'kms-key')).toEqual([known(keyOfTrail)]);
  expect(idsOf('kms-key', aKey({ arn: 'arn:aws:kms:eu-west-1:111122223333:key/k', names: ['alias/logs'] }))).toEqual([
    'arn:aws:kms:eu-west-1:111122223333:key/k',
    keyOfTrail,
  ]);
  const cn = 'arn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/t';
  expect(namesOf('trail', { ...trail, arn: cn, homeRegion: 'cn-north-1' }, 'kms-key')).toEqual([
    known('arn:aws-cn:kms:cn-north-1:111122223333:alias/logs'),
  ]);
});

test('what names something that could not be read names something unknown', () => {
  const refused = unknown('gap');
  expect(namesOf('trail', { ...trail, description: refused }, 'log-group')).toEqual([refused]);
  expect(namesOf('log-bucket', aBucket({ owner: refused }), 'kms-key')).toEqual([refused]);
  expect(namesOf('log-bucket', aBucket({ encryption: refused }), 'kms-key')).toEqual([refused]);
  expect(namesOf('log-group', aLogGroup({ details: absent }), 'kms-key')).toEqual([absent]);
});

test('a bucket whose owner is not known is nowhere', () => {
  expect(targetOf('log-bucket', aBucket({ name: 'logs', owner: unknown('gap') }))).toEqual({
    type: 'log-bucket',
    id: 'arn:aws:s3:::logs',
    arn: 'arn:aws:s3:::logs',
    name: 'logs',
    accountId: 'unknown',
    region: 'unknown',
  });
});
