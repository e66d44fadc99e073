import { describe, expect, test } from 'vitest';
import {
  absent,
  aBucket,
  aGap,
  aLogGroup,
  anAccount,
  anEventDataStore,
  anInventory,
  anOrganization,
  aTopic,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  REGION,
  topicArn,
  unknown,
} from '../../test/support/inventory-builders.js';
import { loadPolicies } from '../index.js';
import type { Gap, Inventory } from '../model/inventory.js';
import type { TargetType } from '../model/results.js';
import { evaluate, followUp } from './index.js';

const run = { startedAt: '2026-11-21T00:00:00Z', finishedAt: '2026-11-21T00:00:00Z', version: '0' };
const { policies: core } = loadPolicies({ packs: ['core'], folders: ['test/support/policies'] });

/** One policy of each kind, that holds on the healthy inventory. */
const policyOn: Readonly<Partial<Record<TargetType, string>>> = {
  account: 'account-has-multi-region-trail',
  trail: 'trail-validates-log-files',
  'event-data-store': 'event-data-store-keeps-events',
  'log-bucket': 'log-bucket-is-versioned',
  'kms-key': 'kms-key-is-usable',
  'log-group': 'log-group-keeps-events',
  topic: 'topic-has-subscriber',
};

const topic = aTrail({ description: { snsTopicArn: topicArn() } });
const intoStrangers = aTrail({ name: 'out', accountId: MEMBER, description: { s3BucketName: 'strangers' } });
const healthy: Partial<Inventory> = {
  trails: [topic],
  eventDataStores: [anEventDataStore()],
  topics: [aTopic()],
  accounts: [
    anAccount({ id: MANAGEMENT, name: 'management', eventDataStores: known([anEventDataStore().arn]) }),
    anAccount({ id: MEMBER }),
  ],
};

function inventory(parts: Partial<Inventory>, gap: Partial<Gap> = {}): Inventory {
  return anInventory({ ...healthy, gaps: [aGap({ id: 'g', ...gap })], ...parts });
}

function withAccounts(management: object, member: object = {}): Partial<Inventory> {
  const [first, second] = healthy.accounts ?? [];
  if (first === undefined || second === undefined) throw new Error('There are two accounts.');
  return { accounts: [Object.assign({}, first, management), Object.assign({}, second, member)] };
}

/** `id region outcome` of what a kind's policy says of targets that nobody found. */
function unfound(kind: TargetType, it: Inventory): string[] {
  const { evaluations } = evaluate(
    it,
    core.filter(({ id }) => id === policyOn[kind]),
    run,
  );
  return evaluations
    .filter(({ target }) => target.id.endsWith('unknown'))
    .map(({ target, outcome, gaps }) => `${target.id} ${target.region} ${outcome} ${gaps.join(' ')}`);
}

const destinations = ['log-bucket', 'kms-key', 'log-group', 'topic'] as const;
const kinds = ['trail', 'event-data-store', ...destinations] as const;

test.each(kinds)('a complete list says nothing of others: %s', (kind) => {
  expect(unfound(kind, inventory({}))).toEqual([]);
});

describe('a list that was cut or refused is open', () => {
  test.each(['trail', ...destinations] as const)('ListTrails of an account: %s', (kind) => {
    const it = inventory(withAccounts({}, { ownTrails: unknown('g') }));
    expect(unfound(kind, it)).toEqual([`${MEMBER}/unknown unknown INSUFFICIENT_DATA g`]);
  });

  test.each(destinations)('DescribeTrails: %s', (kind) => {
    const it = inventory({ trails: [topic, aTrail({ name: 'dark', accountId: MEMBER, description: unknown('g') })] });
    expect(unfound(kind, it)).toEqual([`${MEMBER}/unknown ${REGION} INSUFFICIENT_DATA g`]);
    expect(unfound('trail', it)).toEqual([]);
  });

  test.each([
    ['the key of a bucket', { buckets: [aBucket({ encryption: unknown('g') })] }],
    ['the key of a log group', { logGroups: [aLogGroup({ details: unknown('g') })] }],
    ['the key of a store', { eventDataStores: [anEventDataStore({ details: unknown('g') })] }],
  ])('%s', (_, parts) => {
    expect(unfound('kms-key', inventory(parts))).toEqual([`${MANAGEMENT}/unknown ${REGION} INSUFFICIENT_DATA g`]);
  });

  test('ListEventDataStores, in the Region that refused it: stores, and their keys', () => {
    const refused = withAccounts({ eventDataStores: unknown('g') });
    const it = inventory(refused, {
      call: 'cloudtrail:ListEventDataStores',
      accountId: MANAGEMENT,
      region: 'eu-west-1',
    });
    for (const kind of ['event-data-store', 'kms-key'] as const) {
      expect(unfound(kind, it)).toEqual([`${MANAGEMENT}/unknown eu-west-1 INSUFFICIENT_DATA g`]);
    }
    expect(unfound('log-bucket', it)).toEqual([]);
  });

  test("the organization's lists", () => {
    const it = inventory({ organization: anOrganization({ accountsGap: 'g' }) });
    expect(unfound('account', it)).toEqual(['unknown global INSUFFICIENT_DATA g']);
    expect(unfound('trail', it)).toEqual(['unknown unknown INSUFFICIENT_DATA g']);
    expect(unfound('event-data-store', it)).toEqual([]);
    const dark = inventory({ organization: anOrganization({ trailsGap: 'g' }) });
    expect(unfound('log-bucket', dark)).toEqual([`${MANAGEMENT}/unknown unknown INSUFFICIENT_DATA g`]);
  });
});

describe('what is outside the question opens nothing', () => {
  test.each<[string, Partial<Inventory>, Partial<Gap>?]>([
    ['an account out of scope', withAccounts({}, { ownTrails: unknown('g'), outOfScope: 'left out' })],
    ['a bucket that does not exist', { buckets: [aBucket({ owner: absent })] }],
    [
      'the key of a bucket outside the organization',
      { buckets: [aBucket(), aBucket({ name: 'strangers', owner: unknown('g') })], trails: [topic, intoStrangers] },
      { call: 's3:HeadBucket' },
    ],
    [
      'what AWS Config never records',
      { logGroups: [aLogGroup({ details: unknown('g') })] },
      { reason: 'not-recorded-by-config' },
    ],
  ])('%s', (_, parts, gap) => {
    for (const kind of kinds) expect(unfound(kind, inventory(parts, gap))).toEqual([]);
  });

  test("a member's own stores, which are asked for with --deep only", () => {
    const unread = withAccounts({}, { ownTrails: unknown('g') });
    expect(unfound('event-data-store', inventory(unread))).toEqual([]);
    const scope = { accounts: [], excludedAccounts: [], organizationalUnits: [], deep: true };
    expect(unfound('event-data-store', inventory({ ...unread, scope }))).toEqual([
      `${MEMBER}/unknown unknown INSUFFICIENT_DATA g`,
    ]);
  });
});

test('what is named and was not read is not known, under its own name', () => {
  const { topics: _, ...without } = inventory({});
  const { evaluations, gaps } = evaluate(
    without,
    core.filter(({ id }) => id === policyOn['topic']),
    run,
  );
  expect(evaluations).toMatchObject([
    { outcome: 'INSUFFICIENT_DATA', target: { id: topicArn(), arn: topicArn(), name: 'trail', accountId: MANAGEMENT } },
  ]);
  expect(gaps.filter(({ id }) => id !== 'g')).toMatchObject([
    { call: 'sns:GetTopicAttributes', reason: 'not-collected', resource: topicArn() },
  ]);
});

test('a finding stays open where what it was about is no longer findable', () => {
  const policies = core.filter(({ id }) => id === policyOn['log-bucket']);
  const before = evaluate(
    inventory({ buckets: [aBucket({ versioning: known({ status: 'Suspended', mfaDelete: false }) })] }),
    policies,
    run,
  );
  const refused = inventory({ trails: [aTrail({ description: unknown('g') })], buckets: [] });
  const { evaluations, previous } = followUp(evaluate(refused, policies, run), before, refused);
  expect(evaluations.filter((it) => it.carriedForward !== undefined)).toMatchObject([
    { policyId: policyOn['log-bucket'], outcome: 'NON_COMPLIANT' },
  ]);
  expect(previous?.closed).toEqual([]);
  const gone = inventory({ trails: [], buckets: [], ...withAccounts({ ownTrails: known([]) }) });
  expect(followUp(evaluate(gone, policies, run), before, gone).previous?.closed).toMatchObject([
    { reason: 'its target no longer exists' },
  ]);
});
