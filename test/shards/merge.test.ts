import { describe, expect, test } from 'vitest';
import { mergeShards } from '../../src/storage/index.js';
import { UsageError } from '../../src/model/errors.js';
import type { Inventory } from '../../src/model/inventory.js';
import {
  aLargeOrganization,
  anEventBus,
  anEventRule,
  aSendingRole,
  aSendingRule,
  aTopic,
  aTrail,
  type World,
} from '../support/fake-aws/index.js';
import { evaluateInventory } from '../support/scan-world.js';
import {
  anOrganizationWithATrail,
  anOwnTrail,
  archiveBucket,
  dev,
  joined,
  logArchive,
  management,
  prod,
} from '../support/worlds.js';
import { readShards, timeless } from './read-shards.js';

const named = (shards: readonly Inventory[]) =>
  shards.map((inventory, position) => ({ file: `shard-${position + 1}.json`, inventory }));

const changes = { source: ['aws.cloudtrail'] };

const worlds: readonly (readonly [string, World])[] = [
  ['one organization trail', anOrganizationWithATrail()],
  ['trails of members, too', joined(anOrganizationWithATrail(), anOwnTrail(prod), anOwnTrail(dev))],
  ['an account without the role', anOrganizationWithATrail({ devAccount: { roles: [] } })],
  [
    "a member's trail that delivers to another member's bucket",
    joined(anOrganizationWithATrail(), {
      trails: [aTrail({ accountId: prod, Name: 'own', S3BucketName: archiveBucket })],
    }),
  ],
  [
    'a bucket that nobody owns',
    joined(anOrganizationWithATrail(), {
      trails: [aTrail({ accountId: dev, Name: 'own', S3BucketName: 'gone-for-ever' })],
    }),
  ],
  [
    'rules that send events on to the event buses of a member',
    joined(anOrganizationWithATrail(), anOwnTrail(prod), anOwnTrail(dev), {
      topics: [aTopic({ accountId: dev, name: 'security' })],
      iamRoles: [aSendingRole(), aSendingRole(prod)],
      eventBuses: [anEventBus(dev, 'default', [prod]), anEventBus(dev, 'central', [management])],
      eventRules: [
        aSendingRule(changes, `arn:aws:events:us-east-1:${dev}:event-bus/central`),
        aSendingRule(changes, `arn:aws:events:us-east-1:${dev}:event-bus/default`, { accountId: prod }),
        anEventRule(changes, [aTopic({ accountId: dev, name: 'security' }).arn], { accountId: dev }),
      ],
    }),
  ],
  ['a suspended account', anOrganizationWithATrail({ devAccount: { state: 'SUSPENDED' } })],
];

describe('merged shards are the whole run', () => {
  test.each(worlds)('%s', async (_, world) => {
    const { whole, shards } = await readShards(world, 3);
    const merged = mergeShards(named(shards.toReversed()), false);
    expect(timeless(merged)).toEqual(timeless(whole));
    const [fromShards, fromWhole] = [merged, whole].map((it) => evaluateInventory(it).evaluations);
    expect(fromShards).toEqual(fromWhole);
  });

  test('400 accounts, every 50th with a trail of its own', async () => {
    const { whole, shards } = await readShards(aLargeOrganization(400), 4);
    const merged = mergeShards(named(shards), false);
    expect(timeless(merged)).toEqual(timeless(whole));
    // What belongs to the organization is read in each; all else once.
    for (const { accounts, apiCalls } of shards) {
      expect(accounts).toHaveLength(402);
      expect(accounts.filter((it) => it.elsewhere === undefined).length).toBeLessThan(130);
      expect(apiCalls.total).toBeLessThan(whole.apiCalls.total * 0.45);
    }
  });
});

let threeShards: ReturnType<typeof readShards> | undefined;
/** Read once: nothing changes them in place. */
const ofThree = () => (threeShards ??= readShards(anOrganizationWithATrail(), 3));

describe('merge refuses', () => {
  test.each<[string, (shards: readonly Inventory[]) => readonly Inventory[], string]>([
    ['a shard twice', (it) => [...it, ...it.slice(0, 1)], 'are both shard 1 of 3'],
    ['a whole run', (it) => it.map(asWhole), 'no shard'],
    ['other flags', (it) => [...it.slice(1), ...it.slice(0, 1).map(asDeep)], 'the scope differs'],
    ['another organization', (it) => [...it.slice(1), ...it.slice(0, 1).map(ofAnother)], 'the organization differs'],
    ['another partition', (it) => [...it.slice(1), ...it.slice(0, 1).map(inChina)], 'the partition differs'],
    ['another role', (it) => [...it.slice(1), ...it.slice(0, 1).map(withRole)], '--role-name differs'],
    ['another source', (it) => [...it.slice(1), ...it.slice(0, 1).map(fromConfig)], 'the source differs'],
    ['another time in the past', (it) => [...it.slice(1), ...it.slice(0, 1).map(ofThePast)], '--as-of differs'],
    ['another version', (it) => [...it.slice(1), ...it.slice(0, 1).map(ofNewer)], 'the version of Trailproof differs'],
    ['a shard of last week', (it) => [...it.slice(1), ...it.slice(0, 1).map(old)], 'more than a day apart'],
    ['a shard that was stopped', (it) => it.map((shard) => ({ ...shard, interrupted: true })), 'was stopped'],
    ['nothing', () => [], 'nothing to merge'],
  ])('%s', async (_, change, message) => {
    const { shards } = await ofThree();
    const merge = (): Inventory => mergeShards(named(change(shards)), false);
    expect(merge).toThrow(UsageError);
    expect(merge).toThrow(message);
  });
});

test('a missing shard may be allowed: its accounts are not readable, and nothing of them passes', async () => {
  const world = joined(anOrganizationWithATrail(), anOwnTrail(prod), anOwnTrail(dev));
  const { shards } = await readShards(world, 3);
  const of = (id: string) =>
    shards.findIndex((it) => it.accounts.some((a) => a.id === id && a.elsewhere === undefined));
  const lost = of(prod);
  const merged = mergeShards(
    named(shards).filter((_, position) => position !== lost),
    true,
  );
  const { coverage, evaluations } = evaluateInventory(merged);
  const missing = [prod, dev, logArchive].filter((id) => of(id) === lost).toSorted();
  expect(coverage.accounts.unreadable.map(({ id }) => id)).toEqual(missing);
  expect(coverage.accounts.unreadable[0]?.reason).toContain(`shard ${lost + 1} of 3`);
  const outcomes = evaluations.filter((it) => it.target.id === prod).map((it) => it.outcome);
  expect(outcomes).not.toContain('COMPLIANT');
  expect(outcomes).not.toContain('NON_COMPLIANT');
});

test('a shard alone is not evaluated', async () => {
  const { shards } = await readShards(anOrganizationWithATrail(), 2);
  for (const shard of shards) expect(() => evaluateInventory(shard)).toThrow(/is shard \d of 2/);
});

test('an account that its shard did not list is not readable', async () => {
  const { shards } = await readShards(anOrganizationWithATrail(), 2);
  const withoutProd = shards.map((it) => (readsProd(it) ? withoutAccountProd(it) : it));
  const { coverage } = evaluateInventory(mergeShards(named(withoutProd), false));
  expect(coverage.accounts.unreadable).toMatchObject([{ id: prod }]);
  expect(coverage.accounts.unreadable[0]?.reason).toContain('did not list it');
});

const asDeep = (it: Inventory): Inventory => ({ ...it, scope: { ...it.scope, deep: true } });
const ofAnother = (it: Inventory): Inventory =>
  it.organization === null ? it : { ...it, organization: { ...it.organization, id: 'o-another1234' } };
const inChina = (it: Inventory): Inventory => ({ ...it, partition: 'aws-cn' });
const withRole = (it: Inventory): Inventory =>
  it.shard === undefined ? it : { ...it, shard: { ...it.shard, roleName: 'Another' } };
const fromConfig = (it: Inventory): Inventory => ({ ...it, source: 'config' });
const ofThePast = (it: Inventory): Inventory => ({ ...it, asOf: it.capturedAt });
const ofNewer = (it: Inventory): Inventory => ({ ...it, tool: { ...it.tool, version: '9.9.9' } });
const old = (it: Inventory): Inventory => ({
  ...it,
  capturedAt: new Date(Date.parse(it.capturedAt) - 49 * 3600 * 1000).toISOString(),
});

function asWhole(it: Inventory): Inventory {
  const { shard: _shard, ...rest } = it;
  return rest;
}
const readsProd = (it: Inventory): boolean => it.accounts.some((a) => a.id === prod && a.elsewhere === undefined);
const withoutAccountProd = (it: Inventory): Inventory => ({
  ...it,
  accounts: it.accounts.filter(({ id }) => id !== prod),
});
