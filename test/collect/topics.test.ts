import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom, impatience, type CollectFromOptions } from '../support/collect-from.js';
import { aSubscription, aTopic, type Fault, type World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, anOwnTrail, dev, joined, logArchive, management, prod } from '../support/worlds.js';

const { policies, diagnostics } = loadPolicies({ packs: [], folders: ['test/support/policies'] });
const calls = neededCalls(policies, readPackageJson('schema/view.v1.json'));
const topicCalls = ['sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic'];
const allTopicCalls = [...topicCalls, 'sns:GetSubscriptionAttributes'];

const shared = aTopic({ accountId: logArchive });
const confirmed = aSubscription({ SubscriptionArn: `${shared.arn}:1`, Protocol: 'sqs' });

/** The organization trail and a trail of prod's notify the same topic in the log archive's account. */
function worldWith(topic: Parameters<typeof aTopic>[0] = {}, parts: Partial<World> = {}): World {
  return joined(
    anOrganizationWithATrail({ trail: { SnsTopicARN: shared.arn }, ...parts }),
    anOwnTrail(prod, { SnsTopicARN: shared.arn }),
    { topics: [aTopic({ accountId: logArchive, ...topic })] },
  );
}

async function read(world: World, options: CollectFromOptions = {}) {
  return await collectFrom(world, { calls, ...options });
}

function judge(inventory: Inventory): string[] {
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  const { evaluations } = evaluate(inventory, policies, times);
  return evaluations.map(({ target, outcome }) => `${target.id} in ${target.accountId} ${outcome}`);
}

test('the policy of these tests is in order', () => {
  expect(diagnostics).toEqual([]);
  expect([...calls].filter((call) => call.startsWith('sns:'))).toEqual(topicCalls);
});

test('a topic is read once, in the account that owns it, however many trails name it', async () => {
  const { inventory, callsIn } = await collectFrom(worldWith({ subscriptions: [confirmed, aSubscription()] }));
  for (const id of [management, prod, dev]) {
    expect(Object.keys(callsIn(id)).filter((call) => call.startsWith('sns:'))).toEqual([]);
  }
  expect(callsIn(logArchive)).toMatchObject(Object.fromEntries(allTopicCalls.map((call) => [call, 1])));
  expect(inventory.topics).toEqual([
    {
      arn: shared.arn,
      name: 'trail',
      accountId: logArchive,
      region: 'us-east-1',
      attributes: {
        state: 'known',
        value: {
          owner: logArchive,
          policy: shared.attributes['Policy'],
          subscriptionsConfirmed: 1,
          subscriptionsPending: 1,
        },
      },
      subscriptions: {
        state: 'known',
        value: [
          { protocol: 'sqs', isConfirmed: true, filter: { state: 'known', value: {} } },
          { protocol: 'email', isConfirmed: false },
        ],
      },
      evidence: Object.fromEntries(allTopicCalls.map((call) => [call, expect.any(String)])),
    },
  ]);
  expect(JSON.stringify(inventory)).not.toContain('someone@example.com');
});

test('only what a policy asks is read: no topics for trails', async () => {
  const onTrails = loadPolicies({ packs: ['core'] }).policies;
  const needed = neededCalls(onTrails, readPackageJson('schema/view.v1.json'));
  const { inventory, aws } = await collectFrom(worldWith(), { calls: needed });
  expect(inventory).not.toHaveProperty('topics');
  expect(Object.keys(aws.countBy('operation')).filter((call) => call.startsWith('sns:'))).toEqual([]);
  const counted = await read(worldWith());
  expect(Object.keys(counted.aws.countBy('operation')).filter((call) => call.startsWith('sns:'))).toEqual(topicCalls);
});

describe('what is judged', () => {
  const target = `${shared.arn} in ${logArchive}`;
  const refused = (operation: string): readonly Fault[] => [{ match: { operation }, kind: 'denied' }];

  test.each<[string, World, readonly Fault[], readonly string[]]>([
    ['somebody confirmed', worldWith({ subscriptions: [confirmed] }), [], [`${target} COMPLIANT`]],
    ['nobody did', worldWith({ subscriptions: [aSubscription()] }), [], [`${target} NON_COMPLIANT`]],
    ['nobody subscribed', worldWith({ subscriptions: [] }), [], [`${target} NON_COMPLIANT`]],
    ['refused', worldWith(), refused('GetTopicAttributes'), [`${target} INSUFFICIENT_DATA`]],
    [
      'the numbers are not told',
      worldWith({ attributes: { SubscriptionsConfirmed: '' } }),
      [],
      [`${target} INSUFFICIENT_DATA`],
    ],
    ['there is no such topic', worldWith({ name: 'another' }), [], []],
    ['no trail names one', anOrganizationWithATrail(), [], []],
  ])('%s', async (_, world, faults, expected) => {
    const { inventory } = await read(world, { aws: { faults } });
    expect(judge(inventory)).toEqual(expected);
  });

  test('an account outside of the organization keeps its topic to itself', async () => {
    const foreign = 'arn:aws:sns:us-east-1:999999999999:trail';
    const { inventory } = await read(anOrganizationWithATrail({ trail: { SnsTopicARN: foreign } }));
    expect(judge(inventory)).toEqual([`${foreign} in 999999999999 INSUFFICIENT_DATA`]);
    expect(inventory.gaps.some((gap) => gap.accountId === '999999999999')).toBe(true);
  });
});

test.each(['endless-pages', 'repeating-page-token', 'malformed-body', 'empty-body'] as const)(
  'subscriptions that cannot be read to the end are not known: %s',
  async (kind) => {
    const faults = [{ match: { operation: 'ListSubscriptionsByTopic' }, kind }];
    const tuning = { ...impatience.tuning, maxPages: 5 };
    const { inventory } = await collectFrom(worldWith(), { aws: { faults }, tuning });
    expect(inventory.topics).toMatchObject([{ attributes: { state: 'known' }, subscriptions: { state: 'unknown' } }]);
  },
);

describe('what subscriptions take', () => {
  const subscription = (id: string, Protocol = 'sqs', Owner: string = logArchive) =>
    aSubscription({ SubscriptionArn: `${shared.arn}:${id}`, Protocol, Owner });
  const arnOf = (id: string): string => `${shared.arn}:${id}`;
  const severe = { FilterPolicy: '{"severity":["high"]}' };

  async function filtersIn(topic: Parameters<typeof aTopic>[0], options: CollectFromOptions = {}) {
    const { inventory, callsIn } = await collectFrom(worldWith(topic), options);
    const [found] = inventory.topics ?? [];
    const all = found?.subscriptions.state === 'known' ? found.subscriptions.value : [];
    const asked = callsIn(logArchive)['sns:GetSubscriptionAttributes'] ?? 0;
    return { filters: all.map(({ filter }) => (filter?.state === 'known' ? filter.value : filter?.state)), asked };
  }

  test('they are asked until one takes every message: those of the own account first, and programs alone', async () => {
    const subscriptions = [
      subscription('foreign', 'sqs', dev),
      subscription('mail', 'email'),
      subscription('filtered'),
      subscription('free', 'https'),
      subscription('more', 'lambda'),
    ];
    const filters = { [arnOf('filtered')]: { ...severe, FilterPolicyScope: 'MessageBody' } };
    const filtered = { policy: severe.FilterPolicy, scope: 'MessageBody' };
    expect(await filtersIn({ subscriptions, filters })).toEqual({
      filters: [undefined, undefined, filtered, {}, undefined],
      asked: 2,
    });
  });

  test.each<[string, Readonly<Record<string, string>>, unknown]>([
    ['an empty policy is none', { FilterPolicy: ' { } ', FilterPolicyScope: 'MessageBody' }, {}],
    ['a policy without a scope', severe, { policy: severe.FilterPolicy }],
  ])('%s', async (_, filter, expected) => {
    const subscriptions = [subscription('one')];
    expect(await filtersIn({ subscriptions, filters: { [arnOf('one')]: filter } })).toMatchObject({
      filters: [expected],
    });
  });

  test('one that is gone is gone, and the next is asked', async () => {
    const subscriptions = [subscription('gone'), subscription('free')];
    expect(await filtersIn({ subscriptions, goneSubscriptions: [arnOf('gone')] })).toEqual({
      filters: ['absent', {}],
      asked: 2,
    });
  });

  test('whoever may not read one asks for no more', async () => {
    const faults = [{ match: { operation: 'GetSubscriptionAttributes' }, kind: 'denied' }] as const;
    const subscriptions = [subscription('one'), subscription('two')];
    expect(await filtersIn({ subscriptions }, { aws: { faults } })).toEqual({
      filters: ['unknown', undefined],
      asked: 1,
    });
  });
});
