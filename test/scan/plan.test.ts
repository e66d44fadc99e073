import { accountsHeldWhole } from '../../src/storage/index.js';
import { describe, expect, test } from 'vitest';
import { planRun, type Plan } from '../../src/collect/index.js';
import { countCalls } from '../../src/collect/plan/counts.js';
import { exactly } from '../../src/collect/plan/range.js';
import { eachChosen } from '../../src/model/resource-kinds.js';
import type { Found } from '../../src/collect/plan/rule.js';
import { operations } from '../../src/collect/aws/operations/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { faultWorld as worldOfFaults, security } from '../collect/fault-world.js';
import { collectFrom, impatience, useFakeAws, type CollectFromOptions } from '../support/collect-from.js';
import { aLargeOrganization, anAccount, anEventDataStore, aWorld, type World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, anOwnTrail, dev, joined, management, prod } from '../support/worlds.js';

const { policies: shipped } = loadPolicies({ packs: ['core', 'config', 'other-logs'] });
const needs = (...ids: string[]) =>
  neededCalls(
    shipped.filter(({ id }) => ids.includes(id)),
    readPackageJson('schema/view.v1.json'),
  );

/** In all Regions. */
const faultWorld = worldInAllRegions();

function worldInAllRegions(): World {
  const { regions: _, ...rest } = worldOfFaults;
  return rest;
}

/** A shard of two, whichever. */
const half = { shard: { index: 1, count: 2 } };

async function planned(world: World, options: CollectFromOptions = {}): Promise<Plan & { made: string[] }> {
  const { caller, aws: awsOptions, scope, ...rest } = options;
  const aws = await useFakeAws(world, awsOptions, caller);
  const everything = { accounts: [], excludedAccounts: [], organizationalUnits: [] };
  const plan = await planRun({ ...impatience, ...rest, scope: { ...everything, ...scope } });
  return { ...plan, made: Object.keys(aws.countBy('operation')) };
}

const worlds: readonly (readonly [string, World, CollectFromOptions?])[] = [
  ['one organization trail', anOrganizationWithATrail()],
  ['no trail at all', anOrganizationWithATrail({ trails: [], buckets: [], keys: [], logGroups: [] })],
  ['trails of members, too', joined(anOrganizationWithATrail(), anOwnTrail(prod), anOwnTrail(dev))],
  ['an organization that has everything', faultWorld],
  ['everything, deep', faultWorld, { deep: true }],
  ['tags of accounts', faultWorld, { accountTags: true, scope: { accounts: [dev] } }],
  ['without paths in the list of accounts', faultWorld, { aws: { accountFields: ['State'] } }],
  ['from a delegated administrator', faultWorld, { caller: { accountId: security } }],
  ['an event data store', { ...anOrganizationWithATrail(), eventDataStores: [anEventDataStore({})] }],
  ['a suspended account', anOrganizationWithATrail({ devAccount: { state: 'SUSPENDED' } })],
  ['some accounts', faultWorld, { scope: { accounts: [dev] } }],
  ['the management account left out', faultWorld, { scope: { excludedAccounts: [management] } }],
  ['an OU', faultWorld, { scope: { organizationalUnits: ['r-ab12'] }, aws: { accountFields: ['State'] } }],
  ['half of it', joined(anOrganizationWithATrail(), anOwnTrail(prod), anOwnTrail(dev)), { part: half }],
  ['a member alone', faultWorld, { caller: { accountId: prod }, scope: { accounts: [prod] } }],
  [
    'no organization',
    joined(aWorld({ organization: null, accounts: [anAccount({ id: dev, parent: null })] }), anOwnTrail(dev)),
  ],
];

const choices: readonly (readonly [string, ReadonlySet<string> | undefined])[] = [
  ['everything', undefined],
  ['one policy on trails', needs('trail-is-logging')],
  ['one policy on buckets', needs('log-bucket-is-versioned')],
  ['one policy on keys', needs('kms-key-rotates')],
  ['one policy on recorders', needs('config-recorder-records-trails')],
  ['one policy on VPCs', needs('vpcs-have-flow-logs')],
  ['one policy on distributions', needs('cloudfront-distributions-log-requests')],
  ['one policy on load balancers', needs('load-balancers-log-requests')],
  ['one policy on their buckets', needs('other-log-buckets-are-protected')],
];

describe.each(worlds.map(([name, world, options = {}]) => ({ name, world, options })))(
  'the calls that are made are within those planned: $name',
  ({ world, options }) => {
    test.each(choices)('%s', async (_, calls) => {
      const plan = await planned(world, { ...options, calls });
      const { inventory } = await collectFrom(world, { ...options, calls });
      const bounds = new Map(plan.calls.map((it) => [it.operation, it.calls]));
      const { byOperation } = inventory.apiCalls;
      expect(Object.keys(byOperation).filter((name) => !bounds.has(name))).toEqual([]);
      const outside = [...bounds].filter(([name, { atLeast, atMost }]) => {
        const made = byOperation[name] ?? 0;
        return made < atLeast || made > atMost;
      });
      expect(outside.map(([name, it]) => ({ name, it, made: byOperation[name] ?? 0 }))).toEqual([]);
      const elsewhere = inventory.accounts.filter((it) => it.elsewhere !== undefined).length;
      expect(plan.accounts).toMatchObject({ listed: inventory.accounts.length, elsewhere });
    });
  },
);

test('a run that resumes asks only what is lacking', async () => {
  const { inventory } = await collectFrom(anOrganizationWithATrail({ devAccount: { roles: [] } }));
  const part = { alreadyRead: accountsHeldWhole(inventory) };
  const world = joined(anOrganizationWithATrail(), anOwnTrail(dev));
  const plan = await planned(world, { part });
  const { inventory: rest } = await collectFrom(world, { part });
  // The management account is read in any case, and the one that lacked the role.
  expect(plan.accounts).toEqual({ listed: 4, toRead: 2, outOfScope: 0, elsewhere: 2 });
  const lists = plan.calls.find(({ operation }) => operation === 'cloudtrail:ListTrails');
  expect(lists?.calls).toEqual({ atLeast: 2, atMost: 2 });
  expect(rest.apiCalls.byOperation['cloudtrail:ListTrails']).toBe(2);
});

/** What the accounts turned out to have. */
function foundIn({ trails, eventDataStores, accounts }: Inventory): Found {
  const isOrganizations = trails.filter(
    ({ description: it }) => it.state === 'known' && it.value.isOrganizationTrail,
  ).length;
  const regions = accounts.flatMap(({ regions: it }) =>
    it.state === 'known' ? [it.value.filter(({ optStatus }) => optStatus.startsWith('ENABLED')).length] : [],
  );
  return {
    trails: exactly(trails.length),
    organizationTrails: exactly(isOrganizations),
    eventDataStores: exactly(eventDataStores.length),
    regions: { atLeast: Math.min(...regions), atMost: Math.max(...regions) },
  };
}

test('with what accounts turned out to have, the bounds are close', async () => {
  const world = aLargeOrganization(200);
  const { inventory } = await collectFrom(world);
  const resolver = {
    read: 202,
    entered: 201,
    mayBeEntered: 201,
    withStores: 1,
    administering: exactly(1),
    otherReaders: 0,
    listedForBuckets: 0,
    namedForBuckets: 1,
    withRecorders: exactly(0),
    trailsEverywhere: false,
    chosen: eachChosen(() => exactly(0)),
    tagged: 0,
    isAlone: false,
    concurrency: 0,
    organization: {},
  };
  const counts = countCalls(resolver, foundIn(inventory), () => true);
  const close = [
    'sts:AssumeRole',
    'cloudtrail:ListTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
    'cloudtrail:ListEventDataStores',
    's3:GetBucketVersioning',
    'logs:DescribeLogGroups',
  ] as const;
  for (const name of close) {
    const made = inventory.apiCalls.byOperation[name] ?? 0;
    const { atLeast = -1, atMost = -1 } = counts.get(name)?.calls ?? {};
    const isClose = atLeast <= made && made <= atMost && atMost - made <= Math.max(2, made / 20);
    expect({ name, made, atLeast, atMost, isClose }).toMatchObject({ isClose: true });
  }
});

describe('the plan', () => {
  test('asks STS and Organizations only', async () => {
    const { made, asked } = await planned(faultWorld);
    expect(made.filter((name) => !name.startsWith('organizations:') && name !== 'sts:GetCallerIdentity')).toEqual([]);
    expect(asked).toBeLessThan(12);
  });

  test('holds every operation of the table that may be called live', async () => {
    const { calls } = await planned(faultWorld, {
      aws: { accountFields: ['State'] },
      deep: true,
      accountTags: true,
    });
    const ofRecorders = new Set([
      'config:DescribeConfigurationRecorders',
      'config:DescribeConfigurationRecorderStatus',
    ]);
    const ofFiles = new Set([
      's3:ListObjectsV2',
      's3:GetObject',
      'cloudtrail:ListPublicKeys',
      'cloudtrail:LookupEvents',
      'cloudtrail:StartQuery',
      'cloudtrail:DescribeQuery',
      'cloudtrail:GetQueryResults',
      'cloudtrail:CancelQuery',
      'logs:StartQuery',
      'logs:GetQueryResults',
      'logs:StopQuery',
    ]);
    const ofOtherLogs = (name: string): boolean =>
      /^(ec2|cloudfront|elb|elbv2|securityhub):|EventBus$|Deliver(ies|ySources|yDestinations)$/.test(name);
    const live = Object.keys(operations).filter(
      (name) => ofRecorders.has(name) || !(/^(config|athena):/.test(name) || ofFiles.has(name) || ofOtherLogs(name)),
    );
    expect(calls.map(({ operation }) => operation).toSorted()).toEqual(live.toSorted());
  });

  test('names the quota that bounds a large organization', async () => {
    const { seconds, boundBy, accounts, total } = await planned(aLargeOrganization(2_000), {
      concurrency: 500,
      tuning: { clock: { now: () => 0, sleep: async () => await Promise.resolve() } },
    });
    expect(accounts).toMatchObject({ listed: 2_002, toRead: 2_002 });
    expect(boundBy?.operation).toBe('organizations:ListAccounts');
    // 101 pages, 11 of them at once, the others at 7.6 a second.
    expect(seconds.atLeast).toBeCloseTo((101 - 11) / 7.6, 1);
    expect(total.atMost).toBeGreaterThan(total.atLeast);
  });

  test('of few accounts is bound by answers', async () => {
    const { boundBy } = await planned(anOrganizationWithATrail());
    expect(boundBy).toBeUndefined();
  });
});
