import { describe, expect, test } from 'vitest';
import {
  absent,
  aBucket,
  aGap,
  aKey,
  aLogGroup,
  anAccount,
  anEventDataStore,
  anInventory,
  aTrail,
  keyArn,
  known,
  logGroupArn,
  MANAGEMENT,
  MEMBER,
  NOW,
  ORGANIZATION,
  REGION,
  trailArn,
  unknown,
} from '../../test/support/inventory-builders.js';
import { at, plain } from '../../test/support/view-values.js';
import type { Inventory } from '../model/inventory.js';
import type { TargetType } from '../model/results.js';
import { buildView, type Target } from './index.js';

/** Targets with the type of their object in its place. */
function named(inventory: Inventory, type: TargetType) {
  return buildView(inventory).targets(type).map(withType);
}

function withType({ object, ...target }: Target) {
  return { ...target, is: object.type };
}

describe('targets', () => {
  test('the organization is one, in the account that manages it', () => {
    expect(named(anInventory(), 'organization')).toEqual([
      { type: 'organization', id: ORGANIZATION, accountId: MANAGEMENT, region: 'global', is: 'Organization' },
    ]);
    expect(named(anInventory({ organization: null }), 'organization')).toEqual([]);
  });

  test('accounts in scope, sorted', () => {
    const accounts = [
      anAccount({ id: MEMBER, name: 'prod' }),
      anAccount({ id: '333333333333', state: 'SUSPENDED', outOfScope: 'its state is SUSPENDED' }),
      anAccount({ id: MANAGEMENT, name: 'management' }),
    ];
    expect(named(anInventory({ accounts }), 'account')).toEqual([
      { type: 'account', id: MANAGEMENT, name: 'management', accountId: MANAGEMENT, region: 'global', is: 'Account' },
      { type: 'account', id: MEMBER, name: 'prod', accountId: MEMBER, region: 'global', is: 'Account' },
    ]);
  });

  test('trails, but for one that is gone', () => {
    const trails = [
      aTrail({ name: 'z' }),
      aTrail({ name: 'gone', description: absent }),
      aTrail({ name: 'a', description: unknown('d') }),
    ];
    expect(named(anInventory({ trails }), 'trail')).toEqual(
      ['a', 'z'].map((name) => {
        const arn = trailArn(name);
        return { type: 'trail', id: arn, arn, name, accountId: MANAGEMENT, region: REGION, is: 'Trail' };
      }),
    );
  });

  test('event data stores, but for one that is gone', () => {
    const eventDataStores = [anEventDataStore({ name: 'all' }), anEventDataStore({ id: 'gone', details: absent })];
    const arn = `arn:aws:cloudtrail:${REGION}:${MANAGEMENT}:eventdatastore/lake`;
    expect(named(anInventory({ eventDataStores }), 'event-data-store')).toEqual([
      {
        type: 'event-data-store',
        id: arn,
        arn,
        name: 'all',
        accountId: MANAGEMENT,
        region: REGION,
        is: 'EventDataStore',
      },
    ]);
  });

  test('log buckets that exist, though their owner may not be known', () => {
    const buckets = [
      aBucket({ name: 'b' }),
      aBucket({ name: 'a', owner: unknown('o') }),
      aBucket({ name: 'c', owner: absent }),
    ];
    expect(named(anInventory({ buckets }), 'log-bucket')).toEqual([
      {
        type: 'log-bucket',
        id: 'arn:aws:s3:::a',
        arn: 'arn:aws:s3:::a',
        name: 'a',
        accountId: 'unknown',
        region: 'unknown',
        is: 'Bucket',
      },
      {
        type: 'log-bucket',
        id: 'arn:aws:s3:::b',
        arn: 'arn:aws:s3:::b',
        name: 'b',
        accountId: MANAGEMENT,
        region: REGION,
        is: 'Bucket',
      },
    ]);
  });

  test('keys and log groups that exist, or may', () => {
    const keys = [
      aKey({ arn: keyArn('gone'), metadata: absent }),
      aKey({ arn: keyArn('a') }),
      aKey({ arn: keyArn('b'), metadata: unknown('m') }),
    ];
    const logGroups = [aLogGroup({ arn: logGroupArn('gone'), details: absent }), aLogGroup({ details: unknown('d') })];
    const inventory = anInventory({ keys, logGroups });
    expect(named(inventory, 'kms-key').map(({ arn }) => arn)).toEqual([keyArn('a'), keyArn('b')]);
    expect(named(inventory, 'log-group').map(({ arn, name }) => [arn, name])).toEqual([[logGroupArn(), 'trail']]);
  });

  test('nothing is read of a topic yet', () => {
    expect(named(anInventory(), 'topic')).toEqual([]);
  });
});

function theOnly(inventory: Inventory, type: TargetType): { target: Target; scope: ReadonlyMap<string, unknown> } {
  const view = buildView(inventory);
  const [target] = view.targets(type);
  if (target === undefined) throw new Error(`There is no ${type}.`);
  const scope = new Map([...view.scope(target)].map(([name, value]) => [name, plain(value)]));
  return { target, scope };
}

describe('names in scope', () => {
  test.each<[TargetType, object]>([
    ['organization', { organization: ORGANIZATION, now: NOW }],
    ['account', { organization: ORGANIZATION, now: NOW, account: MANAGEMENT }],
    ['trail', { organization: ORGANIZATION, now: NOW, account: MANAGEMENT, trail: trailArn() }],
    ['log-bucket', { organization: ORGANIZATION, now: NOW, account: MANAGEMENT, bucket: 'trail-logs' }],
    ['kms-key', { organization: ORGANIZATION, now: NOW, account: MANAGEMENT, key: keyArn() }],
    [
      'config-recorder',
      { organization: ORGANIZATION, now: NOW, account: MANAGEMENT, recorder: `${MANAGEMENT}/unknown` },
    ],
    ['log-group', { organization: ORGANIZATION, now: NOW, account: MANAGEMENT, logGroup: logGroupArn() }],
  ])('of a %s', (type, expected) => {
    expect(Object.fromEntries(theOnly(anInventory(), type).scope)).toEqual(expected);
  });

  test('no organization', () => {
    expect([...theOnly(anInventory({ organization: null }), 'trail').scope.keys()].toSorted()).toEqual([
      'account',
      'now',
      'trail',
    ]);
  });

  function owner(inventory: Inventory, type: TargetType) {
    const view = buildView(inventory);
    const [target] = view.targets(type);
    const account = target === undefined ? undefined : view.scope(target).get('account');
    if (typeof account !== 'object' || !('get' in account) || 'isMap' in account) throw new Error('no account');
    return { account, view };
  }

  test('of an owner outside the organization nothing but the id is known', () => {
    const buckets = [aBucket({ owner: known({ accountId: '999999999999', region: REGION }) })];
    const { account, view } = owner(anInventory({ buckets }), 'log-bucket');
    expect(at(account, 'id')).toBe('999999999999');
    expect(at(account, 'name')).toEqual({ unknown: [expect.any(String)] });
    expect(view.gaps()).toMatchObject([{ accountId: '999999999999', reason: 'not-collected' }]);
  });

  test('of an owner out of scope nothing but the id is known', () => {
    const accounts = [
      anAccount({ id: MANAGEMENT, outOfScope: 'excluded by --exclude-account' }),
      anAccount({ id: MEMBER }),
    ];
    const { account, view } = owner(anInventory({ accounts }), 'trail');
    expect([at(account, 'id'), at(account, 'trails')]).toEqual([MANAGEMENT, { unknown: [expect.any(String)] }]);
    expect(view.gaps()[0]?.message).toContain('excluded by --exclude-account');
  });

  test('of an unknown owner not even the id is known', () => {
    const { account } = owner(anInventory({ buckets: [aBucket({ owner: unknown('o') })] }), 'log-bucket');
    expect([at(account, 'id'), at(account, 'name')]).toEqual([{ unknown: ['o'] }, { unknown: ['o'] }]);
  });
});

test("the gaps are the inventory's, and those that were found on the way", () => {
  const view = buildView(anInventory({ gaps: [aGap({ id: 'z' })], keys: [] }));
  expect(view.gaps().map(({ id }) => id)).toEqual(['z']);
  const [trail] = view.targets('trail');
  expect(trail === undefined ? undefined : at(trail.object, 'key')).toEqual({ unknown: [expect.any(String)] });
  expect(view.gaps().map(({ call }) => call)).toEqual(
    expect.arrayContaining(['kms:DescribeKey', 'cloudtrail:GetTrailStatus']),
  );
});
