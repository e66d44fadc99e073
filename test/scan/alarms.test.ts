import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Results } from '../../src/model/results.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { anOrganizationWithAlarms, cisFilters, type AlarmParts } from '../support/alarm-worlds.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import {
  aKey,
  aMetricAlarm,
  aMuteRule,
  aStatus,
  aSubscription,
  aTopic,
  type World,
} from '../support/fake-aws/index.js';
import { findings, notKnown } from '../support/scan-world.js';
import { anOrganizationWithATrail, anOwnTrail, dev, joined, logArchive, management, prod } from '../support/worlds.js';

const shipped = loadPolicies({ packs: ['alarms'] }).policies;
const policies = shipped.filter(({ id }) => id.startsWith('alarms-on-'));
const calls = neededCalls(policies, readPackageJson('schema/view.v1.json'));
const topic = aTopic().arn;
const subscription = `${topic}:1a2b3c4d`;
const role = { accountId: management, arn: `arn:aws:iam::${management}:role/cloudtrail-logs` };
const arriving = { status: aStatus({ LatestCloudWatchLogsDeliveryTime: new Date() }) };

async function scan(world: World, options: CollectFromOptions = {}) {
  const { inventory, callsIn, aws } = await collectFrom(world, { calls, ...options });
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  return { inventory, results: evaluate(inventory, policies, times), callsIn, aws };
}

function bodyFilter(policy: object): Readonly<Record<string, string>> {
  return { FilterPolicy: JSON.stringify(policy), FilterPolicyScope: 'MessageBody' };
}

function publishedBy(Principal: object): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 'sns:Publish', Resource: '*' }] });
}

/** The topic has a key of its own, which services may use as its policy says. */
function worldWithTopicKey(policy?: string, KeyState: 'Enabled' | 'Disabled' = 'Enabled'): AlarmParts {
  const key = aKey({
    KeyId: '9876abcd-12ab-34cd-56ef-1234567890ab',
    aliases: ['alias/topics'],
    KeyState,
    ...(policy === undefined ? {} : { policy }),
  });
  const { keys } = anOrganizationWithATrail();
  return { keys: [...keys, key], topics: [aTopic({ attributes: { KmsMasterKeyId: 'alias/topics' } })] };
}

const forCloudWatch = JSON.stringify({
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
    },
  ],
});

/** The outcome of a policy in an account. */
function outcomeIn({ evaluations }: Results, account: string, policyId = 'alarms-on-root-usage') {
  return evaluations.find((it) => it.policyId === policyId && it.target.id === account)?.outcome;
}

function messageOf({ evaluations }: Results, policyId = 'alarms-on-root-usage', account = management): string {
  return evaluations.find((it) => it.policyId === policyId && it.target.id === account)?.message ?? '';
}

const everyPolicy = policies.map(({ id }) => `${id} ${management}`).toSorted();

test('whole chains on the log group of the organization trail hold in every account', async () => {
  const { results, callsIn } = await scan(anOrganizationWithAlarms());
  expect(findings(results)).toEqual([]);
  expect(notKnown(results)).toEqual([]);
  expect(results.evaluations.map((it) => it.outcome)).toEqual(Array.from({ length: 60 }, () => 'COMPLIANT'));
  expect(callsIn(management)).toMatchObject({
    'logs:DescribeMetricFilters': 1,
    'cloudwatch:DescribeAlarms': 1,
    'cloudwatch:ListAlarmMuteRules': 1,
    'sns:GetTopicAttributes': 1,
    'sns:GetSubscriptionAttributes': 1,
  });
  expect(Object.keys(callsIn(prod)).filter((it) => /^(?:logs|cloudwatch|sns):/.test(it))).toEqual([]);
});

test('without alarms each subject is one finding, on the owner of the organization trail', async () => {
  const { results, callsIn } = await scan(anOrganizationWithAlarms({ filters: [] }));
  expect(findings(results)).toEqual(everyPolicy);
  expect(results.summary.findings).toBe(15);
  expect(results.evaluations.filter((it) => it.outcome === 'NON_COMPLIANT')).toHaveLength(60);
  // Without filters no alarm can count.
  expect(callsIn(management)).not.toHaveProperty('cloudwatch:DescribeAlarms');
  expect(callsIn(management)).not.toHaveProperty('cloudwatch:ListAlarmMuteRules');
});

describe('each broken link alone', () => {
  const rootOtherwise = (pattern: string | undefined) => ({ filters: cisFilters({ 'root-usage': pattern }) });
  test.each<[string, AlarmParts, string]>([
    [
      'the trail is stopped',
      { trail: { status: aStatus({ IsLogging: false }) } },
      'Trail arn:aws:cloudtrail:us-east-1:111122223333:trail/organization is stopped',
    ],
    ['the trail records one Region', { trail: { IsMultiRegionTrail: false } }, 'records one Region only'],
    [
      'the trail leaves KMS out',
      {
        trail: {
          ...arriving,
          eventSelectors: [{ ReadWriteType: 'All', ExcludeManagementEventSources: ['kms.amazonaws.com'] }],
        },
      },
      'does not record anything done as the root user',
    ],
    [
      'the trail sends to no log group',
      { trail: { CloudWatchLogsLogGroupArn: undefined, CloudWatchLogsRoleArn: undefined } },
      'sends to no log group',
    ],
    ['the log group does not exist', { logGroups: [] }, 'log-group:cloudtrail does not exist'],
    [
      'nothing arrives in the log group',
      { trail: { status: aStatus({ LatestCloudWatchLogsDeliveryError: 'Access denied.' }) } },
      'arrive in its log group (Access denied.)',
    ],
    ['the role is gone', { iamRoles: [{ ...role, isGone: true }] }, `Role ${role.arn} does not exist.`],
    [
      'the role may not write',
      { iamRoles: [{ ...role, inlinePolicies: {} }] },
      `Role ${role.arn} may not use logs:CreateLogStream on arn:aws:logs:us-east-1:${management}:log-group:cloudtrail:log-stream:${management}_CloudTrail_us-east-1: no policy allows it.`,
    ],
    ['there is no filter', rootOtherwise(undefined), 'No metric filter of log group'],
    [
      'the filter is narrowed',
      rootOtherwise('{ $.userIdentity.type = "Root" && $.sourceIPAddress = "198.51.100.7" }'),
      'root-usage misses',
    ],
    ['the alarm watches another metric', { alarm: { Namespace: 'Other' } }, 'watches the metric of metric filter'],
    ['the alarm needs too many events', { alarm: { Threshold: 11 } }, 'It takes 11 events in one period.'],
    ['the alarm rises when nothing comes', { alarm: { ComparisonOperator: 'LessThanThreshold' } }, 'does not rise'],
    ['the alarm has no action', { alarm: { AlarmActions: [] } }, 'has no action'],
    ['the actions are off', { alarm: { ActionsEnabled: false } }, 'are switched off'],
    ['the topic does not exist', { topics: [] }, `Topic ${topic} of alarm`],
    ['no one is subscribed', { topics: [aTopic({ subscriptions: [aSubscription()] })] }, 'No one has confirmed'],
    [
      'the only subscriber takes messages with attributes, which those of alarms have none of',
      { topics: [aTopic({ filters: { [subscription]: { FilterPolicy: '{"severity":["high"]}' } } })] },
      `No subscription to topic ${topic} takes what alarm`,
    ],
    [
      'the only subscriber wants to know when all is well again',
      { topics: [aTopic({ filters: { [subscription]: bodyFilter({ NewStateValue: ['OK'] }) } })] },
      'each has a filter policy that leaves it out',
    ],
    [
      'the topic lets no alarm publish',
      {
        topics: [
          aTopic({
            attributes: { Policy: publishedBy({ Service: 'events.amazonaws.com' }) },
          }),
        ],
      },
      'does not let alarm',
    ],
    ['the key of the topic is not for CloudWatch', worldWithTopicKey(), 'The policy of the key of topic'],
    [
      'the key of the topic is disabled',
      worldWithTopicKey(forCloudWatch, 'Disabled'),
      'that cannot be used (Disabled)',
    ],
    [
      'the topic has the key of SNS',
      { topics: [aTopic({ attributes: { KmsMasterKeyId: 'alias/aws/sns' } })] },
      'encrypted',
    ],
  ])('%s', async (_, parts, message) => {
    const { results } = await scan(anOrganizationWithAlarms(parts));
    expect(messageOf(results)).toContain(message);
    expect(outcomeIn(results, management)).toBe('NON_COMPLIANT');
    expect(outcomeIn(results, prod)).toBe('NON_COMPLIANT');
    expect(findings(results).filter((it) => it.startsWith('alarms-on-root-usage'))).toEqual([
      `alarms-on-root-usage ${management}`,
    ]);
  });

  test('a member whose events stopped arriving, of which no error is given', async () => {
    const old = new Date(Date.now() - 3 * 24 * 60 * 60 * 1000);
    const trail = {
      ...arriving,
      inMembers: { [prod]: aStatus({ LatestCloudWatchLogsDeliveryTime: old }) },
    };
    const { results } = await scan(anOrganizationWithAlarms({ trail }));
    // There may have been none to send.
    expect(messageOf(results, undefined, prod)).toContain(`as account ${prod} is told, and no error is told`);
    expect([outcomeIn(results, prod), outcomeIn(results, dev)]).toEqual(['INSUFFICIENT_DATA', 'COMPLIANT']);
  });

  test('members whose events do not arrive', async () => {
    const trail = {
      ...arriving,
      inMembers: { [prod]: aStatus({ LatestCloudWatchLogsDeliveryError: 'AccessDenied' }) },
    };
    const { results } = await scan(anOrganizationWithAlarms({ trail }));
    expect(messageOf(results, undefined, prod)).toContain("may not write this account's log streams (AccessDenied)");
    expect([outcomeIn(results, prod), outcomeIn(results, dev)]).toEqual(['NON_COMPLIANT', 'COMPLIANT']);
    expect(findings(results)).toContain(`alarms-on-root-usage ${prod}`);
  });
});

describe('what could not be read is not known', () => {
  test.each([
    ['logs', 'DescribeMetricFilters'],
    ['cloudwatch', 'DescribeAlarms'],
    ['cloudwatch', 'ListAlarmMuteRules'],
    ['sns', 'GetTopicAttributes'],
    ['sns', 'GetSubscriptionAttributes'],
    ['cloudtrail', 'GetEventSelectors'],
  ] as const)('%s:%s is refused', async (service, operation) => {
    const faults = [{ match: { service, operation }, kind: 'denied' }] as const;
    const { results } = await scan(anOrganizationWithAlarms(), { aws: { faults } });
    expect(new Set(results.evaluations.map((it) => it.outcome))).toEqual(new Set(['INSUFFICIENT_DATA']));
    expect(results.gaps.map((it) => it.call)).toContain(`${service}:${operation}`);
  });

  test('an inventory that was read for other policies', async () => {
    const full = await collectFrom(anOrganizationWithAlarms());
    const { alarms: _, topics: _topics, ...without } = full.inventory;
    const older = { ...without, logGroups: without.logGroups.map(({ metricFilters: _filters, ...it }) => it) };
    const times = { startedAt: older.capturedAt, finishedAt: older.capturedAt, version: '0.0.0-test' };
    const results = evaluate(older, policies, times);
    expect(new Set(results.evaluations.map((it) => it.outcome))).toEqual(new Set(['INSUFFICIENT_DATA']));
    expect(results.gaps).toContainEqual(
      expect.objectContaining({ call: 'logs:DescribeMetricFilters', reason: 'not-collected' }),
    );
  });
});

test('without the permission to read filter policies, the message names it', async () => {
  const faults = [{ match: { operation: 'GetSubscriptionAttributes' }, kind: 'denied' }] as const;
  const { results } = await scan(anOrganizationWithAlarms(), { aws: { faults } });
  const gaps = results.gaps.filter((it) => it.call === 'sns:GetSubscriptionAttributes');
  expect(gaps).toMatchObject([{ reason: 'access-denied', accountId: management, resource: subscription }]);
  expect(results.evaluations.find((it) => it.policyId === 'alarms-on-root-usage')?.message).toContain(
    'sns:GetSubscriptionAttributes',
  );
});

test('an inventory of a version that did not read filter policies leaves the alarms open, and says so', async () => {
  const { inventory } = await scan(anOrganizationWithAlarms());
  const before = JSON.stringify(inventory).replaceAll(',"filter":{"state":"known","value":{}}', '');
  expect(before.length).toBeLessThan(JSON.stringify(inventory).length);
  const older = JSON.parse(before) as typeof inventory;
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  const results = evaluate(older, policies, times);
  expect(new Set(results.evaluations.map((it) => it.outcome))).toEqual(new Set(['INSUFFICIENT_DATA']));
  expect(results.gaps).toContainEqual(
    expect.objectContaining({ call: 'sns:GetSubscriptionAttributes', reason: 'not-collected', resource: topic }),
  );
});

describe('alarm mute rules', () => {
  const muting = (...muteRules: NonNullable<World['muteRules']>): World => ({
    ...anOrganizationWithAlarms(),
    muteRules,
  });

  test('an alarm that is muted every night tells no one then', async () => {
    const others = ['a', 'b', 'c'].map((Name) => aMuteRule(['cpu'], { Name }));
    const options = { aws: { pageSizes: { 'cloudwatch:ListAlarmMuteRules': 2 } } };
    const { results, callsIn } = await scan(muting(aMuteRule(['root-usage']), ...others), options);
    expect(findings(results)).toEqual([`alarms-on-root-usage ${management}`]);
    expect(messageOf(results)).toContain('mute rule');
    expect(messageOf(results)).toContain('cron(0 22 * * *) in UTC for PT8H');
    expect(callsIn(management)).toMatchObject({ 'cloudwatch:ListAlarmMuteRules': 2, 'cloudwatch:GetAlarmMuteRule': 4 });
  });

  test('rules that are over, gone, or for one time to come change nothing', async () => {
    const once = { Schedule: { Expression: 'at(2030-12-24T00:00)', Duration: 'P1D' } };
    const { results } = await scan(
      muting(
        aMuteRule(['root-usage'], { Name: 'over', Status: 'EXPIRED' }),
        aMuteRule(['root-usage'], { Name: 'gone', isGone: true }),
        aMuteRule(['root-usage'], { Name: 'once', Rule: once, MuteType: 'ONE_TIME' }),
      ),
    );
    expect(findings(results)).toEqual([]);
    expect(notKnown(results)).toEqual([]);
  });

  test('one that cannot be read leaves all open', async () => {
    const faults = [{ match: { operation: 'GetAlarmMuteRule' }, kind: 'denied' }] as const;
    const { results } = await scan(muting(aMuteRule(['cpu'])), { aws: { faults } });
    expect(outcomeIn(results, prod)).toBe('INSUFFICIENT_DATA');
    expect(results.gaps.map((it) => it.call)).toContain('cloudwatch:GetAlarmMuteRule');
  });

  test('where CloudWatch does not know them there are none', async () => {
    const { inventory, results } = await scan({ ...anOrganizationWithAlarms(), isWithoutMuteRules: true });
    expect(inventory.alarms?.map((it) => it.muteRules)).toEqual([{ state: 'absent' }]);
    expect(notKnown(results)).toEqual([]);
  });

  test('an inventory of a version that did not read them leaves the alarms open', async () => {
    const { inventory } = await scan(anOrganizationWithAlarms());
    const alarms = (inventory.alarms ?? []).map(({ accountId, region, alarms: read, evidence }) => ({
      accountId,
      region,
      alarms: read,
      evidence,
    }));
    const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
    const results = evaluate({ ...inventory, alarms }, policies, times);
    expect(new Set(results.evaluations.map((it) => it.outcome))).toEqual(new Set(['INSUFFICIENT_DATA']));
    expect(results.gaps).toContainEqual(
      expect.objectContaining({ call: 'cloudwatch:ListAlarmMuteRules', reason: 'not-collected' }),
    );
  });
});

describe('filter policies of subscriptions', () => {
  const other = `${topic}:5e6f7a8b`;
  const subscriptions = [subscription, other].map((SubscriptionArn) => aSubscription({ SubscriptionArn }));
  const attributes = { FilterPolicy: '{"severity":["high"]}' };
  test.each<[string, Readonly<Record<string, Readonly<Record<string, string>>>>, string, number]>([
    ['one of two', { [subscription]: attributes }, 'COMPLIANT', 2],
    ['each of two', { [subscription]: attributes, [other]: attributes }, 'NON_COMPLIANT', 2],
    ['an alarm that is up', { [subscription]: bodyFilter({ NewStateValue: ['ALARM'] }) }, 'COMPLIANT', 2],
    [
      'what the alarm watches',
      { [subscription]: bodyFilter({ Trigger: { Namespace: ['CloudTrail'] } }), [other]: attributes },
      'INSUFFICIENT_DATA',
      2,
    ],
    ['the second of two', { [other]: attributes }, 'COMPLIANT', 1],
  ])('%s', async (_, filters, outcome, asked) => {
    const { results, callsIn } = await scan(anOrganizationWithAlarms({ topics: [aTopic({ subscriptions, filters })] }));
    expect(outcomeIn(results, prod)).toBe(outcome);
    expect(callsIn(management)['sns:GetSubscriptionAttributes']).toBe(asked);
  });
});

describe('a topic that is encrypted with a key of its own', () => {
  test('which CloudWatch may use', async () => {
    const { inventory, results } = await scan(anOrganizationWithAlarms(worldWithTopicKey(forCloudWatch)));
    expect(findings(results)).toEqual([]);
    expect(inventory.topics?.map((it) => it.key)).toEqual([
      {
        state: 'known',
        value: { arn: expect.stringContaining(':key/9876abcd'), policy: forCloudWatch, state: 'Enabled' },
      },
    ]);
  });

  test('whose policy may not be read', async () => {
    const match = { operation: 'GetKeyPolicy' } as const;
    const options = { aws: { faults: [{ match, kind: 'denied' }] } } as const;
    const { results } = await scan(anOrganizationWithAlarms(worldWithTopicKey(forCloudWatch)), options);
    expect(outcomeIn(results, prod)).toBe('INSUFFICIENT_DATA');
  });
});

test('an account with trail, bucket, key, log group and all alarms costs at most 40 calls, and its topics are targets', async () => {
  const all = neededCalls(
    [...shipped, ...loadPolicies({ packs: ['core'] }).policies],
    readPackageJson('schema/view.v1.json'),
  );
  const filters = cisFilters();
  const alarms = filters.map((it) => ({
    ...aMetricAlarm(it.filterName ?? '', [topic.replace(management, prod)], {
      AlarmArn: `arn:aws:cloudwatch:us-east-1:${prod}:alarm:${it.filterName ?? ''}`,
    }),
    accountId: prod,
  }));
  const own = { ...anOwnTrail(prod, arriving, filters), alarms, topics: [aTopic({ accountId: prod })] };
  const { inventory, callsIn } = await collectFrom(joined(anOrganizationWithATrail(), own), { calls: all });
  expect(callsIn(prod)).toMatchObject({
    'logs:DescribeMetricFilters': 1,
    'cloudwatch:DescribeAlarms': 1,
    'sns:GetTopicAttributes': 1,
  });
  expect(Object.values(callsIn(prod)).reduce((sum, it) => sum + it, 0)).toBeLessThanOrEqual(40);
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  const results = evaluate(inventory, shipped, times);
  expect(findings(results).filter((it) => it.endsWith(prod) && it.startsWith('alarms-on-'))).toEqual([]);
  expect(
    results.evaluations.filter((it) => it.policyId === 'topic-has-confirmed-subscribers').map((it) => it.outcome),
  ).toEqual(['COMPLIANT']);
});

test('an account without any trail is a matter of its own, one with its own chain is fine', async () => {
  const world = anOrganizationWithATrail({ trails: [], logGroups: [], keys: [], buckets: [] });
  const { results } = await scan(joined(world, anOwnTrail(dev, arriving)));
  expect(messageOf(results, undefined, prod)).toContain('There is no trail.');
  expect(messageOf(results, undefined, dev)).toContain('No metric filter of log group');
  expect(outcomeIn(results, logArchive)).toBe('NON_COMPLIANT');
});

test('alarms may be many pages, of which those on the filters are kept', async () => {
  const noise = Array.from({ length: 30 }, (_, n) =>
    aMetricAlarm(`a-cpu-${String(n)}`, [topic], { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' }),
  );
  const world = anOrganizationWithAlarms();
  const paged = { ...world, alarms: [...noise, ...(world.alarms ?? [])] };
  const { inventory, results } = await scan(paged, { aws: { pageSizes: { 'cloudwatch:DescribeAlarms': 7 } } });
  expect(findings(results)).toEqual([]);
  const [place] = inventory.alarms ?? [];
  expect(place?.alarms).toMatchObject({ state: 'known', value: { metricAlarms: { length: 15 } } });
});

test('a composite alarm over a composite alarm tells for one that has no action', async () => {
  const world = anOrganizationWithAlarms({ alarm: { AlarmActions: [] } });
  const composite = (name: string, AlarmRule: string, AlarmActions: string[]) => ({
    accountId: management,
    region: 'us-east-1',
    name,
    composite: {
      AlarmName: name,
      AlarmArn: `arn:aws:cloudwatch:us-east-1:${management}:alarm:${name}`,
      ActionsEnabled: true,
      AlarmRule,
      AlarmActions,
    },
  });
  const rule = (world.alarms ?? []).map((it) => `ALARM("${it.name}")`).join(' OR ');
  const above = [composite('one', rule, []), composite('two', 'ALARM(one)', [topic])];
  const { results } = await scan({ ...world, alarms: [...(world.alarms ?? []), ...above] });
  expect(findings(results)).toEqual([]);
});
