import type { AdvancedEventSelector } from '@aws-sdk/client-cloudtrail';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import type { Evaluation } from '../../src/model/results.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls, type CompiledPolicy } from '../../src/policy/index.js';
import { faultWorld, security } from '../collect/fault-world.js';
import { collectFrom, impatience, type CollectFromOptions } from '../support/collect-from.js';
import { anEventDataStore, aStatus, type World } from '../support/fake-aws/index.js';
import type { WorldBucket } from '../support/fake-aws/world/resources.js';
import { RememberedAnswers } from '../support/remembered-answers.js';
import { sampleOrganization, sampleTime } from '../support/sample/organization.js';
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

const core = loadPolicies({ packs: ['core'] }).policies;
const baseline = loadPolicies({ packs: ['baseline'] }).policies;
const choices: readonly (readonly [string, readonly CompiledPolicy[]])[] = [
  ...core.map((policy) => [policy.id, [policy]] as const),
  ['baseline', baseline],
  ['core', core],
];
const packs = new Set(['baseline', 'core']);
const needs = (policies: readonly CompiledPolicy[]) => neededCalls(policies, readPackageJson('schema/view.v1.json'));

/** The clock of both runs stands still, so that what is judged by time is judged at one time. */
const stillAt = (time: number): CollectFromOptions => ({
  tuning: {
    ...impatience.tuning,
    clock: { now: () => time, sleep: async () => await Promise.resolve() },
    maxAttempts: 2,
  },
});

function judge(inventory: Inventory, policies: readonly CompiledPolicy[]): Omit<Evaluation, 'evidence'>[] {
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  return evaluate(inventory, policies, times).evaluations.map((it) => {
    const { evidence: _, ...evaluation } = it;
    return evaluation;
  });
}

const now = Date.now();
const store = (parts: Parameters<typeof anEventDataStore>[0] = {}) =>
  anEventDataStore({ accountId: management, ...parts });
/** S3 object events but those of the log bucket, and no management events. */
const dataEventsBut = (bucket: string): AdvancedEventSelector[] => [
  {
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['Data'] },
      { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
      { Field: 'resources.ARN', NotStartsWith: [`arn:aws:s3:::${bucket}/`] },
    ],
  },
];
const publicParts: Partial<WorldBucket> = {
  policy:
    '{"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}',
  policyIsPublic: true,
  publicAccessBlock: null,
};
/** The management account lets nobody in. */
const locked = (world: World): World => ({
  ...world,
  accounts: world.accounts.map((it) => (it.id === management ? { ...it, roles: [] } : it)),
});

const everything = 'an organization that has everything';
const worlds: [string, World, CollectFromOptions?][] = [
  ['the well-kept organization', anOrganizationWithATrail()],
  ['the sample', sampleOrganization, { ...stillAt(sampleTime.getTime()), aws: { now: () => sampleTime.getTime() } }],
  [
    'an organization trail that is stopped, without validation',
    anOrganizationWithATrail({ trail: { status: aStatus({ IsLogging: false }), LogFileValidationEnabled: false } }),
  ],
  [
    'a member with a trail of its own',
    joined(anOrganizationWithATrail(), anOwnTrail(dev, { IsMultiRegionTrail: false })),
  ],
  ['an event data store with a key', { ...anOrganizationWithATrail(), eventDataStores: [store()] }],
  ['no trail at all', anOrganizationWithATrail({ trails: [], buckets: [], keys: [], logGroups: [] })],
  ['a bucket that does not exist', anOrganizationWithATrail({ buckets: [] })],
  [everything, faultWorld],
  ['without paths in the list of accounts', faultWorld, { aws: { accountFields: ['State'] } }],
  [
    'by a delegated administrator, without the management account',
    locked(faultWorld),
    { caller: { accountId: security } },
  ],
  ['with a member that cannot be entered', anOrganizationWithATrail({ devAccount: { roles: [] } })],
  [
    'S3 data events that leave out the log bucket, which logs access',
    anOrganizationWithATrail({
      trail: { advancedEventSelectors: dataEventsBut(archiveBucket) },
      bucket: { logging: { TargetBucket: 'access-logs', TargetPrefix: 'a/' } },
    }),
  ],
  ['a public bucket', anOrganizationWithATrail({ bucket: publicParts })],
];

describe.each(worlds.map(([name, world, options = {}]) => ({ name, world, options })))(
  '$name: as a whole run judges',
  ({ name: inWorld, world, options }) => {
    let whole: Inventory | undefined;
    const remembered = new RememberedAnswers();

    test.each([...choices])('%s', async (name, policies) => {
      const calls = needs(policies);
      const read = async (parts: CollectFromOptions) =>
        await collectFrom(world, { ...stillAt(now), ...options, ...parts });
      whole ??= (await remembered.keep(async () => await read({}))).inventory;
      // Packs are asked for anew, with sessions that may do no more than they need; single policies are so in one world.
      const isAsked = packs.has(name) || inWorld === everything;
      const needed = await (isAsked
        ? read({ calls })
        : remembered.give(
            () => false,
            async () => await read({ calls }),
          ));
      expect(judge(needed.inventory, policies)).toEqual(judge(whole, policies));
      const made = Object.keys(needed.inventory.apiCalls.byOperation);
      expect(made.filter((call) => !calls.has(call))).toEqual([]);
      expect(needed.inventory.apiCalls.total).toBeLessThanOrEqual(whole.apiCalls.total);
    });
  },
);

describe('what is not needed is not asked', () => {
  /** What a policy that reads how trails are set up needs. */
  const ofDescription = (): ReadonlySet<string> =>
    new Set([...needs([]), 'cloudtrail:DescribeTrails', 'organizations:ListDelegatedAdministrators']);

  test('a policy on trails asks members for their list of trails only, and reads no bucket, key or log group', async () => {
    const calls = ofDescription();
    const { inventory, callsIn } = await collectFrom(anOrganizationWithATrail(), { calls });
    expect(callsIn(prod)).toEqual({ 'sts:AssumeRole': 1, 'cloudtrail:ListTrails': 1 });
    expect(callsIn(logArchive)).toEqual({ 'sts:AssumeRole': 1, 'cloudtrail:ListTrails': 1 });
    const [bucket] = inventory.buckets;
    expect(bucket?.name).toBe(archiveBucket);
    expect(bucket?.owner.state).toBe('unknown');
    const gaps = inventory.gaps.filter(({ call }) => call === 's3:HeadBucket');
    expect(gaps).toMatchObject([{ accountId: '*', reason: 'not-collected' }]);
  });

  test('one gap tells of a call that is left out, however many resources it is left out for', async () => {
    const world = joined(anOrganizationWithATrail(), anOwnTrail(dev), anOwnTrail(prod));
    const { inventory } = await collectFrom(world, { calls: needs([]) });
    const keys = inventory.gaps.map(({ call, accountId }) => `${call} ${accountId}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(inventory.gaps.every(({ reason, accountId }) => reason === 'not-collected' && accountId === '*')).toBe(true);
  });

  test('a session may do no more than the run needs', async () => {
    const calls = ofDescription();
    const { aws } = await collectFrom(anOrganizationWithATrail(), { calls });
    const [policy] = aws.sessions().map((it) => it.policy);
    expect(JSON.parse(policy ?? '{}')).toMatchObject({
      Statement: [{ Action: ['cloudtrail:DescribeTrails', 'cloudtrail:ListTrails'] }],
    });
  });
});
