import { expect, test } from 'vitest';
import {
  aBucket,
  aKey,
  aLargeOrganization,
  aLogGroup,
  anAccount,
  anEventDataStore,
  anOrganization,
  anOrganizationalUnit,
  aTrail,
  aWorld,
  type World,
} from './index.js';
import { checkWorld } from './world/check-world.js';
import { indexWorld } from './world/index-world.js';

const elsewhere = { accountId: '999999999999' };

test.each<[string, Partial<World>, string]>([
  [
    'an account twice',
    { accounts: [anAccount({ id: '111122223333' }), anAccount({ id: '111122223333' })] },
    'account 111122223333 is there twice',
  ],
  ['an id with a missing digit', { accounts: [anAccount({ id: '11112222333' })] }, 'has not 12 digits'],
  [
    'a trail twice',
    { trails: [aTrail(), aTrail()] },
    'trail arn:aws:cloudtrail:us-east-1:111122223333:trail/audit is there twice',
  ],
  [
    'a bucket name twice',
    { buckets: [aBucket(), aBucket({ region: 'eu-west-1' })] },
    'bucket example-trail-logs is there twice',
  ],
  ['a trail of nobody', { trails: [aTrail(elsewhere)] }, 'belongs to account 999999999999, which does not exist'],
  ['an event data store of nobody', { eventDataStores: [anEventDataStore(elsewhere)] }, 'which does not exist'],
  ['a bucket of nobody', { buckets: [aBucket(elsewhere)] }, 'bucket example-trail-logs belongs to'],
  ['a key of nobody', { keys: [aKey(elsewhere)] }, 'which does not exist'],
  ['a log group of nobody', { logGroups: [aLogGroup(elsewhere)] }, 'log group cloudtrail belongs to'],
  ['an ARN of another partition', { partition: 'aws-cn', trails: [aTrail()] }, 'is not in the partition aws-cn'],
  ['no management account', { accounts: [] }, 'the management account 111122223333 is not in the organization'],
  [
    'an account in no OU',
    { accounts: [anAccount({ id: '111122223333', parent: 'ou-x' })] },
    'is in ou-x, which does not exist',
  ],
  [
    'an OU below nothing',
    { organization: anOrganization({ organizationalUnits: [anOrganizationalUnit({ id: 'ou-a', parent: 'ou-x' })] }) },
    'OU ou-a is below ou-x, which does not exist',
  ],
  [
    'a delegated administrator outside',
    { organization: anOrganization({ delegatedAdministrators: [{ ...elsewhere, service: 'x' }] }) },
    'the delegated administrator 999999999999 is not a member',
  ],
  [
    'an organization trail of a member',
    {
      accounts: [anAccount({ id: '111122223333' }), anAccount({ id: '222222222222' })],
      trails: [aTrail({ accountId: '222222222222', IsOrganizationTrail: true })],
    },
    'does not belong to the management account',
  ],
  [
    'an organization trail without one',
    { organization: null, trails: [aTrail({ IsOrganizationTrail: true })] },
    'does not belong',
  ],
])('a world with %s is refused', (_, parts, message) => {
  expect(() => checkWorld(aWorld(parts))).toThrow(message);
});

test('all that is wrong is told at once', () => {
  const world = aWorld({ trails: [aTrail(elsewhere)], buckets: [aBucket(elsewhere)] });
  expect(() => checkWorld(world)).toThrow(/contradicts itself:\n- trail .*\n- bucket /);
});

test('OUs that hang below themselves are refused', () => {
  const organizationalUnits = [
    anOrganizationalUnit({ id: 'ou-a', parent: 'ou-b' }),
    anOrganizationalUnit({ id: 'ou-b', parent: 'ou-a' }),
  ];
  const world = aWorld({ organization: anOrganization({ organizationalUnits }) });
  expect(() => indexWorld(world)).toThrow('the OUs ou-a, ou-b hang below themselves');
});

test('a large organization has its members, and every 50th with a trail of its own', () => {
  const world = aLargeOrganization(120);
  expect(() => indexWorld(world)).not.toThrow();
  expect(world.accounts).toHaveLength(122);
  expect(world.trails.map((trail) => trail.accountId)).toEqual(['111122223333', '000000000050', '000000000100']);
  expect(world.buckets.map((bucket) => bucket.name)).toEqual([
    'example-organization-logs-222233334444',
    'example-trail-logs-000000000050',
    'example-trail-logs-000000000100',
  ]);
});
