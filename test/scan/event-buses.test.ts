import { expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { alarmSubjects, loadPolicies, requiredEvents } from '../../src/index.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import { anEventRule, aTopic, letsEventBridgePublish, type RuleParts, type World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, joined, management, prod } from '../support/worlds.js';

const viewSchema = readPackageJson('schema/view.v1.json');
const { policies: pack } = loadPolicies({ packs: ['event-rules'] });
const policies = pack.filter(({ id }) => id === 'someone-is-told-of-security-events');
const calls = neededCalls(policies, viewSchema);
const run = { startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:09.000Z', version: '0.0.0-test' };
const regions = ['eu-central-1', 'us-east-1'] as const;
const state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** All kinds of events that have names, by their names; the rest by what they are. */
const names = alarmSubjects.flatMap((subject) =>
  [...requiredEvents[subject].required, ...requiredEvents[subject].sinceCis5].flatMap(({ event: { eventName } }) =>
    typeof eventName === 'string' && eventName !== 'ConsoleLogin' ? [eventName] : [],
  ),
);
const signIn = { 'detail-type': ['AWS Console Sign In via CloudTrail'] };
const patterns: readonly object[] = [
  { detail: { eventName: [...new Set(names)] } },
  { ...signIn, detail: { additionalEventData: { MFAUsed: ['No'] } } },
  { ...signIn, detail: { errorMessage: ['Failed authentication'] } },
  { detail: { userIdentity: { type: ['Root'] } } },
  { detail: { errorCode: [{ suffix: 'UnauthorizedOperation' }, { prefix: 'AccessDenied' }] } },
];

/** Rules on everything in an account and Region, with a topic that tells someone, or with other targets. */
function toldIn(accountId: string, region: string, parts: RuleParts = {}, target?: string): Partial<World> {
  const topic = { accountId, region, name: 'security' };
  const { arn } = aTopic(topic);
  return {
    topics: [aTopic({ ...topic, attributes: { Policy: letsEventBridgePublish(arn) } })],
    eventRules: patterns.map((pattern, index) =>
      anEventRule(pattern, [target ?? arn], { accountId, region, Name: `told-${index}`, State: state, ...parts }),
    ),
  };
}

const world = (...parts: Partial<World>[]): World =>
  joined({ ...anOrganizationWithATrail(), regions: [...regions] }, ...parts);

async function read(it: World, options: CollectFromOptions = {}) {
  const { inventory, ...rest } = await collectFrom(it, { calls, ...options });
  const { evaluations } = evaluate(inventory, policies, run);
  const of = (accountId: string): string[] =>
    evaluations
      .filter(({ target }) => target.accountId === accountId)
      .map(({ outcome, target }) => `${outcome} ${target.region}`)
      .toSorted();
  return { ...rest, inventory, evaluations, of };
}

test('rules in every Region tell of all; in one alone, of that one; and each Region is asked where a policy asks', async () => {
  const both = regions.map((region) => toldIn(dev, region));
  const { of, callsIn, evaluations } = await read(world(...both, toldIn(prod, 'us-east-1')));
  expect(of(dev)).toEqual(['COMPLIANT eu-central-1', 'COMPLIANT us-east-1']);
  expect(of(prod)).toEqual(['COMPLIANT us-east-1', 'NON_COMPLIANT eu-central-1']);
  expect(callsIn(dev)).toMatchObject({
    'events:DescribeEventBus': 2,
    'events:ListRules': 2,
    'events:ListTargetsByRule': 2 * patterns.length,
  });
  const missed = evaluations.find(({ target: it }) => it.accountId === prod && it.region === 'eu-central-1');
  expect(JSON.stringify(missed)).toContain('vpc-changes (the rule breaks at: rule)');
  expect(JSON.stringify(missed), 'IAM has its events in us-east-1').not.toContain('iam-policy-changes (');
});

test('no event bus is asked for other policies', async () => {
  const others = loadPolicies({ packs: ['alarms', 'core'] }).policies;
  const { aws, inventory } = await collectFrom(world(toldIn(dev, 'us-east-1')), {
    calls: neededCalls(others, viewSchema),
    deep: true,
  });
  expect(aws.countBy('operation')).not.toHaveProperty(['events:DescribeEventBus']);
  expect(inventory).not.toHaveProperty('eventBuses');
  expect(inventory.eventRules?.map((it) => it.accountId)).toEqual([management]);
});

test.each<[string, Partial<World>, string]>([
  ['without the state for reads', toldIn(dev, 'us-east-1', { State: 'ENABLED' }), 'NON_COMPLIANT'],
  [
    'to a bus whose rules are not followed',
    toldIn(dev, 'us-east-1', {}, 'arn:aws:events:us-east-1:999988887777:event-bus/central'),
    'INSUFFICIENT_DATA',
  ],
  [
    'that send everything on',
    {
      eventRules: [
        anEventRule({ source: [{ prefix: '' }] }, ['arn:aws:events:us-east-1:999988887777:event-bus/central'], {
          accountId: dev,
          State: state,
        }),
      ],
    },
    'INSUFFICIENT_DATA',
  ],
  ['to a topic that is gone', toldIn(dev, 'us-east-1', {}, `arn:aws:sns:us-east-1:${dev}:gone`), 'NON_COMPLIANT'],
])('rules %s', async (_, parts, outcome) => {
  const { of } = await read(world(parts));
  expect(of(dev)).toContain(`${outcome} us-east-1`);
});

test.each(['DescribeEventBus', 'ListRules', 'ListTargetsByRule'])('%s is refused', async (operation) => {
  const match = { service: 'events', operation, accountId: dev } as const;
  const { of } = await read(world(...regions.map((region) => toldIn(dev, region))), {
    aws: { faults: [{ match, kind: 'denied' }] },
  });
  expect(of(dev)).toEqual(
    operation === 'DescribeEventBus'
      ? ['COMPLIANT eu-central-1', 'COMPLIANT us-east-1']
      : ['INSUFFICIENT_DATA eu-central-1', 'INSUFFICIENT_DATA us-east-1'],
  );
});

test('which Regions are enabled could not be read: there may be more event buses', async () => {
  const match = { service: 'account', operation: 'ListRegions', accountId: dev } as const;
  const { of } = await read(world(...regions.map((region) => toldIn(dev, region))), {
    aws: { faults: [{ match, kind: 'denied' }] },
  });
  expect(of(dev).some((it) => it.startsWith('INSUFFICIENT_DATA'))).toBe(true);
});

test('an inventory that was read for other policies decides nothing', async () => {
  const { inventory } = await collectFrom(world(toldIn(dev, 'us-east-1')));
  const { evaluations } = evaluate(inventory, policies, run);
  expect(new Set(evaluations.map(({ outcome }) => outcome))).toEqual(new Set(['INSUFFICIENT_DATA']));
});
