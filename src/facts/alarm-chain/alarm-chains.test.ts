import { describe, expect, test } from 'vitest';
import type { MuteRule } from '../../model/inventory.js';
import { absent, known, unknown, type Known } from '../../model/known.js';
import { alarmSubjects, standardPatterns, type AlarmSubject } from '../required-events/index.js';
import { doubt, sure } from '../three-valued.js';
import {
  alarmChains,
  judgeAlarms,
  recordsManagementEvents,
  type AlarmDemands,
  type AlarmVerdict,
  type ChainAlarm,
  type ChainFilter,
  type ChainSources,
  type ChainTopic,
  type ChainTrail,
  type CompositeAlarm,
  type FilterMetric,
} from './index.js';

const logGroupArn = 'arn:aws:logs:eu-central-1:111122223333:log-group:trail:*';
const topicArn = 'arn:aws:sns:eu-central-1:111122223333:alarms';
const topicPolicy = JSON.stringify({
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: '*',
  },
});
const everything = recordsManagementEvents({ reads: sure(true), writes: sure(true), excludedSources: sure([]) });

function aTrail(changes: Partial<ChainTrail> = {}): ChainTrail {
  return {
    arn: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/main',
    applies: sure(true),
    isLogging: sure(true),
    isMultiRegion: sure(true),
    records: everything,
    logGroupArn: known(logGroupArn),
    deliversToLogGroup: sure(true),
    mayWriteStreams: sure(true),
    ...changes,
  };
}

const trailChanges = '{ ($.eventName = "*Trail") || ($.eventName = "*Logging") }';

function aMetric(changes: Partial<FilterMetric> = {}): FilterMetric {
  return { namespace: 'CIS', name: 'changes', value: '1', dimensions: [], ...changes };
}

function aFilter({
  metric = {},
  ...changes
}: Partial<ChainFilter> & { metric?: Partial<FilterMetric> } = {}): ChainFilter {
  return { name: 'changes', pattern: trailChanges, metrics: [aMetric(metric)], isOnTransformedLogs: false, ...changes };
}

function anAlarm({
  watches,
  ...changes
}: Partial<Omit<ChainAlarm, 'watches'>> & { watches?: object } = {}): ChainAlarm {
  const name = changes.name ?? 'changes';
  const metric = { kind: 'metric' as const, namespace: 'CIS', name: 'changes', statistic: 'Sum', dimensions: {} };
  return {
    arn: `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${name}`,
    name,
    actionsEnabled: true,
    alarmActions: [topicArn],
    watches: { ...metric, ...watches },
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    evaluationPeriods: 1,
    ...changes,
  };
}

const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function keyPolicy(service: string): string {
  const Principal = { Service: `${service}.amazonaws.com` };
  const Action = ['kms:Decrypt', 'kms:GenerateDataKey*'];
  return JSON.stringify({ Statement: { Effect: 'Allow', Principal, Action, Resource: '*' } });
}

interface World {
  readonly trails?: readonly ChainTrail[];
  readonly unread?: readonly string[];
  readonly filters?: readonly ChainFilter[] | 'unknown' | 'absent';
  readonly alarms?: readonly ChainAlarm[] | 'unknown';
  readonly composites?: readonly CompositeAlarm[];
  readonly topic?: Partial<ChainTopic> | 'unknown' | 'absent';
  readonly tells?: boolean;
  readonly muteRules?: Known<readonly MuteRule[]>;
}

function sourcesOf({
  filters = [aFilter()],
  alarms = [anAlarm()],
  composites = [],
  topic = {},
  tells = true,
  muteRules = known([]),
}: World): ChainSources {
  return {
    filtersOf: (arn) => {
      if (filters === 'unknown') return unknown('filters');
      return arn === logGroupArn && filters !== 'absent' ? known(filters) : absent;
    },
    alarmsOf: (accountId, region) => {
      if (alarms === 'unknown') return unknown('alarms');
      const isHere = accountId === '111122223333' && region === 'eu-central-1';
      return known({ metricAlarms: isHere ? alarms : [], compositeAlarms: composites });
    },
    muteRulesOf: () => muteRules,
    topicOf: (arn) => {
      if (topic === 'unknown') return unknown('topic');
      return arn === topicArn && topic !== 'absent'
        ? known({ subscriptionsConfirmed: 1, filters: known([known({})]), policy: topicPolicy, ...topic })
        : absent;
    },
    tellsSomeone: () => sure(tells),
    noteUnsupported: (resource) => `unsupported ${resource}`,
  };
}

function verdictOf(
  world: World,
  demands: AlarmDemands = {},
  subject: AlarmSubject = 'cloudtrail-changes',
): AlarmVerdict {
  const { trails = [aTrail()], unread } = world;
  return judgeAlarms(alarmChains(sourcesOf(world)).ofSubject(subject, trails, unread).events, demands);
}

/** `link: why` of the first event that is broken, `unknown: gaps`, or `holds`. */
function said(world: World, demands: AlarmDemands = {}, subject: AlarmSubject = 'cloudtrail-changes'): string {
  const verdict = verdictOf(world, demands, subject);
  if (verdict.verdict === 'unknown') return `unknown: ${verdict.gaps.join(', ')}`;
  return verdict.verdict === 'holds' ? 'holds' : `${verdict.events[0]?.link ?? ''}: ${verdict.events[0]?.why ?? ''}`;
}

test('a whole chain holds', () => {
  expect(said({})).toBe('holds');
});

test.each(alarmSubjects)('%s: the pattern of the benchmark, from the trail to the subscriber', (subject) => {
  const [standard] = standardPatterns[subject];
  const pattern = standard?.text ?? '';
  expect(said({ filters: [aFilter({ pattern })] }, { exceptEvents: ['ModifySecurityGroupRules'] }, subject)).toBe(
    'holds',
  );
});

describe('the broken link is named', () => {
  const noKms = recordsManagementEvents({
    reads: sure(true),
    writes: sure(true),
    excludedSources: sure(['kms.amazonaws.com']),
  });
  const readsOnly = recordsManagementEvents({ reads: sure(true), writes: sure(false), excludedSources: sure([]) });

  test.each<[what: string, world: World, said: RegExp]>([
    ['no trail', { trails: [] }, /^trail: There is no trail/],
    ['a trail of another account', { trails: [aTrail({ applies: sure(false) })] }, /^trail: There is no trail/],
    ['a stopped trail', { trails: [aTrail({ isLogging: sure(false) })] }, /^trail: Trail .*main is stopped/],
    ['one Region', { trails: [aTrail({ isMultiRegion: sure(false) })] }, /^trail: .*one Region only/],
    ['a trail of reads', { trails: [aTrail({ records: readsOnly })] }, /^trail: .*does not record CreateTrail/],
    ['no log group', { trails: [aTrail({ logGroupArn: absent })] }, /^log-group: .*sends to no log group/],
    [
      'a log group that gets nothing',
      { trails: [aTrail({ deliversToLogGroup: sure(false) })] },
      /^log-group: No events/,
    ],
    ['a log group that is gone', { filters: 'absent' }, /^log-group: .*does not exist/],
    ['streams of members', { trails: [aTrail({ mayWriteStreams: sure(false) })] }, /^role: .*may not write/],
    ['no filter', { filters: [] }, /^metric-filter: No metric filter of log group .* matches it\.$/],
    ['another filter', { filters: [aFilter({ pattern: '{ $.eventName = CreateUser }' })] }, /^metric-filter:/],
    [
      'a narrowed filter',
      { filters: [aFilter({ pattern: '{ $.eventName = "*" && $.sourceIPAddress = "10.0.0.1" }' })] },
      /^metric-filter: .*changes misses CreateTrail .* with sourceIPAddress "198.51.100.7"/,
    ],
    ['a filter for everything', { filters: [aFilter({ pattern: '' })] }, /^metric-filter: .*matches nearly everything/],
    ['no alarm', { alarms: [] }, /^metric: No alarm in account 111122223333, eu-central-1, .*\(CIS\/changes\)/],
    ['another namespace', { alarms: [anAlarm({ watches: { namespace: 'Other' } })] }, /^metric:/],
    ['another metric', { alarms: [anAlarm({ watches: { name: 'other' } })] }, /^metric:/],
    ['a high threshold', { alarms: [anAlarm({ threshold: 5 })] }, /^alarm: .*It takes 5 events/],
    [
      'more than one',
      { alarms: [anAlarm({ comparisonOperator: 'GreaterThanThreshold' })] },
      /^alarm: .*It takes 2 events/,
    ],
    [
      'an alarm the other way',
      { alarms: [anAlarm({ comparisonOperator: 'LessThanThreshold' })] },
      /^alarm: .*metric falls/,
    ],
    [
      'an unreachable threshold',
      { alarms: [anAlarm({ threshold: 5, watches: { statistic: 'Maximum' } })] },
      /^alarm: .*not reached/,
    ],
    [
      'several periods',
      { alarms: [anAlarm({ evaluationPeriods: 3, treatMissingData: 'notBreaching' })] },
      /^alarm: .*3 periods/,
    ],
    ['always in alarm', { alarms: [anAlarm({ treatMissingData: 'breaching' })] }, /^alarm: .*whenever nothing happens/],
    [
      'a threshold of 0',
      { alarms: [anAlarm({ threshold: 0 })], filters: [aFilter({ metric: { defaultValue: 0 } })] },
      /^alarm: .*when nothing happens/,
    ],
    [
      'a diluted average',
      { alarms: [anAlarm({ watches: { statistic: 'Average' } })], filters: [aFilter({ metric: { defaultValue: 0 } })] },
      /^alarm: .*average down/,
    ],
    [
      'all records counted',
      {
        alarms: [anAlarm({ watches: { statistic: 'SampleCount' } })],
        filters: [aFilter({ metric: { defaultValue: 0 } })],
      },
      /^alarm: .*SampleCount/,
    ],
    [
      'other dimensions',
      { alarms: [anAlarm({ watches: { dimensions: { Region: 'x' } } })] },
      /^alarm: .*different dimensions/,
    ],
    [
      'one value of a dimension',
      {
        alarms: [anAlarm({ watches: { dimensions: { Region: 'x' } } })],
        filters: [aFilter({ metric: { dimensions: ['Region'] } })],
      },
      /^alarm: .*certain values/,
    ],
    ['another unit', { alarms: [anAlarm({ watches: { unit: 'Seconds' } })] }, /^alarm: .*unit Seconds/],
    ['events that add nothing', { filters: [aFilter({ metric: { value: '0' } })] }, /^alarm: .*adds 0/],
    ['no action', { alarms: [anAlarm({ alarmActions: [] })] }, /^action: .*no action/],
    ['actions off', { alarms: [anAlarm({ actionsEnabled: false })] }, /^action: .*switched off/],
    ['a topic that is gone', { topic: 'absent' }, /^action: Topic .*does not exist/],
    [
      'a topic elsewhere',
      { alarms: [anAlarm({ alarmActions: ['arn:aws:sns:us-east-1:111122223333:alarms'] })] },
      /^action: .*another Region/,
    ],
    ['a topic with the key of AWS', { topic: { kmsMasterKeyId: 'alias/aws/sns' } }, /^action: .*key of AWS/],
    [
      'an action that tells no one',
      { alarms: [anAlarm({ alarmActions: ['arn:aws:automate:eu-central-1:ec2:stop'] })], tells: false },
      /^action: .*notifies no one/,
    ],
    [
      'a topic that lets another service publish',
      { topic: { policy: topicPolicy.replace('cloudwatch', 'events') } },
      /^action: The policy of topic .* does not let alarm/,
    ],
    [
      'a topic whose key is not for CloudWatch',
      {
        topic: {
          kmsMasterKeyId: 'alias/topics',
          key: known({ arn: keyArn, policy: keyPolicy('sns'), state: 'Enabled' }),
        },
      },
      /^action: The policy of the key .* does not let CloudWatch/,
    ],
    [
      'a topic whose key is disabled',
      {
        topic: {
          kmsMasterKeyId: 'alias/topics',
          key: known({ arn: keyArn, policy: keyPolicy('cloudwatch'), state: 'Disabled' }),
        },
      },
      /^action: Topic .* is encrypted with a key that cannot be used \(Disabled\)/,
    ],
    [
      'a topic whose key is gone',
      { topic: { kmsMasterKeyId: 'alias/topics', key: absent } },
      /^action: .* key that does not exist/,
    ],
    [
      'missing data that is ignored',
      { alarms: [anAlarm({ treatMissingData: 'ignore' })] },
      /^alarm: .*stays in alarm after the first event/,
    ],
    [
      'an average of two filters',
      {
        alarms: [anAlarm({ watches: { statistic: 'Average' } })],
        filters: [aFilter(), aFilter({ name: 'all', pattern: '', metric: { value: '0' } })],
      },
      /^alarm: .*average down/,
    ],
    ['no subscriber', { topic: { subscriptionsConfirmed: 0 } }, /^subscriber: No one has confirmed/],
    [
      'a subscriber who takes other messages',
      { topic: { filters: known([known({ policy: '{"severity":["high"]}' })]) } },
      /^subscriber: No subscription to topic .* takes what alarm .* publishes/,
    ],
  ])('%s', (_what, world, expected) => {
    expect(said(world)).toMatch(expected);
  });

  test('excluded sources count', () => {
    const filters = [aFilter({ pattern: '{ $.eventSource = kms.amazonaws.com }' })];
    expect(said({ filters, trails: [aTrail({ records: noKms })] }, {}, 'kms-key-deletion')).toMatch(
      /^trail: .*does not record DisableKey/,
    );
    expect(said({ filters }, {}, 'kms-key-deletion')).toBe('holds');
    expect(said({ trails: [aTrail({ records: noKms })] })).toBe('holds');
    const denied = [aFilter({ pattern: '{ $.errorCode = * }' })];
    expect(said({ filters: denied, trails: [aTrail({ records: noKms })] }, {}, 'unauthorized-api-calls')).toMatch(
      /^trail:/,
    );
  });

  test('root usage needs reads, too', () => {
    const writesOnly = recordsManagementEvents({ reads: sure(false), writes: sure(true), excludedSources: sure([]) });
    const filters = [aFilter({ pattern: '{ $.userIdentity.type = Root }' })];
    expect(said({ filters, trails: [aTrail({ records: writesOnly })] }, {}, 'root-usage')).toMatch(/^trail:/);
  });

  test('the chain that reaches farthest is the one that is told of', () => {
    const stopped = aTrail({ arn: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/old', isLogging: sure(false) });
    const alarms = [anAlarm({ name: 'one', alarmActions: [] }), anAlarm({ name: 'two', threshold: 2000 })];
    expect(said({ trails: [stopped, aTrail()], alarms })).toMatch(/^action: Alarm .*:one has no action/);
  });
});

describe('whatever is whole is enough', () => {
  test.each<[what: string, world: World]>([
    ['one of several trails', { trails: [aTrail({ isLogging: sure(false) }), aTrail()] }],
    ['one of several filters', { filters: [aFilter({ name: 'other', pattern: '{ $.a = b }' }), aFilter()] }],
    ['one of several alarms', { alarms: [anAlarm({ name: 'high', threshold: 50 }), anAlarm()] }],
    ['one of several actions', { alarms: [anAlarm({ alarmActions: ['arn:aws:sns:us-east-1:1:x', topicArn] })] }],
    ['more than none', { alarms: [anAlarm({ comparisonOperator: 'GreaterThanThreshold', threshold: 0 })] }],
    [
      'a larger value of each event',
      { filters: [aFilter({ metric: { value: '5' } })], alarms: [anAlarm({ threshold: 5 })] },
    ],
    [
      'a topic whose key is for CloudWatch',
      {
        topic: {
          kmsMasterKeyId: 'alias/topics',
          key: known({ arn: keyArn, policy: keyPolicy('cloudwatch'), state: 'Enabled' }),
        },
      },
    ],
    [
      'missing data that is ignored, beside a default of 0',
      { filters: [aFilter({ metric: { defaultValue: 0 } })], alarms: [anAlarm({ treatMissingData: 'ignore' })] },
    ],
    ['a maximum', { alarms: [anAlarm({ watches: { statistic: 'Maximum' } })] }],
    [
      'a default of 0',
      { filters: [aFilter({ metric: { defaultValue: 0 } })], alarms: [anAlarm({ treatMissingData: 'breaching' })] },
    ],
    ['one of three periods', { alarms: [anAlarm({ evaluationPeriods: 3, datapointsToAlarm: 1 })] }],
    [
      'another action',
      { alarms: [anAlarm({ alarmActions: ['arn:aws:lambda:eu-central-1:111122223333:function:page'] })] },
    ],
    ['a filter for everything beside it', { filters: [aFilter({ name: 'all', pattern: '' }), aFilter()] }],
    [
      'filters that add up by name',
      {
        filters: [
          aFilter({ name: 'trails', pattern: '{ $.eventName = "*Trail" }' }),
          aFilter({ name: 'logging', pattern: '{ $.eventName = "*Logging" }' }),
        ],
      },
    ],
    [
      'filters that add up by Region',
      {
        filters: [
          aFilter({ name: 'here', pattern: '{ $.eventSource = "cloudtrail.*" && $.awsRegion = "us-east-1" }' }),
          aFilter({ name: 'there', pattern: '{ $.eventSource = "cloudtrail.*" && $.awsRegion != "us-east-1" }' }),
        ],
      },
    ],
    [
      'a composite alarm',
      {
        alarms: [anAlarm({ alarmActions: [] })],
        composites: [aComposite('ALARM("other") OR ALARM("changes")')],
      },
    ],
  ])('%s', (_what, world) => {
    expect(said(world)).toBe('holds');
  });

  test('a higher threshold, where the policy allows it', () => {
    expect(said({ alarms: [anAlarm({ threshold: 10 })] }, { maxThreshold: 10 })).toBe('holds');
    expect(said({ alarms: [anAlarm({ threshold: 10 })] }, { maxThreshold: 9 })).toMatch(/^alarm:/);
  });
});

function aComposite(rule: string): CompositeAlarm {
  return {
    arn: 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:all',
    name: 'all',
    rule,
    actionsEnabled: true,
    alarmActions: [topicArn],
  };
}

test.each([
  ['ALARM("changes") AND ALARM("other")', /^unknown: unsupported/],
  ['NOT ALARM(changes)', /^unknown: unsupported/],
  ['ALARM("another")', /^action:/],
  ['OK("changes") OR ALARM(x)', /^action:/],
  ['ALARM("changes") OR OK("other")', /^unknown: unsupported/],
  ['INSUFFICIENT_DATA(other) OR ALARM(changes)', /^unknown: unsupported/],
])('a composite alarm of %s', (rule, expected) => {
  expect(said({ alarms: [anAlarm({ alarmActions: [] })], composites: [aComposite(rule)] })).toMatch(expected);
});

test('a composite alarm whose actions another alarm may hold back is not known', () => {
  const composite = { ...aComposite('ALARM(changes)'), actionsSuppressor: 'maintenance' };
  const world = { alarms: [anAlarm({ alarmActions: [] })], composites: [composite] };
  expect(said(world)).toMatch(/^unknown: unsupported/);
  expect(said({ ...world, topic: { subscriptionsConfirmed: 0 } })).toMatch(/^subscriber:/);
  expect(said({ ...world, alarms: [anAlarm()] })).toBe('holds');
});

test('whether an alarm publishes to a FIFO topic, or with a key of a state that is not known, is open', () => {
  const fifo = `${topicArn}.fifo`;
  const sources = sourcesOf({ alarms: [anAlarm({ alarmActions: [fifo] })] });
  const filters = known([known({})]);
  const topic = known({ subscriptionsConfirmed: 1, filters, policy: topicPolicy.replaceAll(topicArn, fifo) });
  const { events } = alarmChains({ ...sources, topicOf: () => topic }).ofSubject('cloudtrail-changes', [aTrail()]);
  expect(judgeAlarms(events, {})).toMatchObject({ verdict: 'unknown', gaps: [`unsupported ${fifo}`] });
  const key = known({ arn: keyArn, policy: keyPolicy('cloudwatch') });
  expect(said({ topic: { kmsMasterKeyId: 'alias/topics', key } })).toBe(`unknown: unsupported ${topicArn}`);
});

describe('alarm mute rules', () => {
  const nights: MuteRule = {
    arn: 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm-mute-rule:nights',
    alarmNames: ['changes'],
    status: 'SCHEDULED',
    expression: 'cron(0 22 * * *)',
    duration: 'PT8H',
    timezone: 'Europe/Berlin',
  };
  const once: MuteRule = { ...nights, expression: 'at(2026-12-24T00:00)' };

  test.each<[string, Known<readonly MuteRule[]>, RegExp]>([
    ['none', known([]), /^holds$/],
    ['none in this Region', absent, /^holds$/],
    ['one that could not be read', unknown('refused'), /^unknown: refused$/],
    [
      'one for every night',
      known([nights]),
      /^action: Alarm .*:changes is muted again and again by mute rule .*:nights, cron\(0 22 \* \* \*\) in Europe\/Berlin for PT8H\.$/,
    ],
    ['one that is active', known([{ ...nights, status: 'ACTIVE' }]), /is muted now by mute rule/],
    ['one that is active once', known([{ ...once, status: 'ACTIVE' }]), /is muted now by mute rule/],
    ['one that will be active once', known([once]), /^holds$/],
    ['one that is over', known([{ ...nights, status: 'EXPIRED' }]), /^holds$/],
    ['one for another alarm', known([{ ...nights, alarmNames: ['changes-of-others'] }]), /^holds$/],
  ])('%s', (_, muteRules, expected) => {
    expect(said({ muteRules })).toMatch(expected);
  });

  test('another alarm, or one over it, tells all the same', () => {
    const muteRules = known([nights]);
    expect(said({ muteRules, alarms: [anAlarm(), anAlarm({ name: 'again' })] })).toBe('holds');
    expect(said({ muteRules, composites: [aComposite('ALARM(changes)')] })).toBe('holds');
    const both = known([{ ...nights, alarmNames: ['changes', 'all'] }]);
    expect(said({ muteRules: both, composites: [aComposite('ALARM(changes)')] })).toMatch(/^action:/);
  });

  test('what is broken without them is broken, whatever they are', () => {
    const topic = { subscriptionsConfirmed: 0 };
    expect(said({ muteRules: unknown('refused'), topic })).toMatch(/^subscriber:/);
  });
});

test.each(['p99', 'TC(0:100)', 'PR(1:)', 'IQM'])('whether the statistic %s rises is not known', (statistic) => {
  expect(said({ alarms: [anAlarm({ watches: { statistic } })] })).toMatch(/^unknown: unsupported/);
});

test.each([{ value: '-1' }, { value: '$.size' }, { defaultValue: -1 }])(
  'whether a sum rises is not known where another filter reports %j to it',
  (metric) => {
    const other = aFilter({ name: 'other', pattern: '{ $.eventName = "*" }', metric });
    const watching = (statistic: string) => ({
      filters: [aFilter(), other],
      alarms: [anAlarm({ watches: { statistic } })],
    });
    expect(said(watching('Sum'))).toMatch(/^unknown: unsupported/);
    expect(said(watching('Maximum'))).toBe('holds');
    const elsewhere = { ...other, metrics: [aMetric({ ...metric, name: 'other' })] };
    expect(said({ filters: [aFilter(), elsewhere] })).toBe('holds');
  },
);

test.each<[what: string, topic: Partial<ChainTopic>]>([
  ['gave a policy that cannot be read', { policy: '{' }],
  [
    "lets in the account's principals only",
    { policy: topicPolicy.replace('"Service":"cloudwatch.amazonaws.com"', '"AWS":"111122223333"') },
  ],
  ['has a key whose policy could not be read', { kmsMasterKeyId: 'alias/topics', key: unknown('key') }],
])('whether a topic that %s can be notified is not known', (_what, topic) => {
  expect(said({ topic })).toMatch(/^unknown: /);
  expect(said({ topic: { ...topic, subscriptionsConfirmed: 0 } })).toMatch(/^subscriber:/);
});

describe('metric math', () => {
  const query = (id: string, name: string, statistic = 'Sum'): object => ({
    id,
    returnsData: false,
    metric: { namespace: 'CIS', name, statistic, dimensions: {} },
  });
  const math = (expression: string, ...metrics: readonly object[]): ChainAlarm =>
    anAlarm({
      watches: {
        kind: 'math',
        queries: [{ id: 'e1', expression, returnsData: true }, query('m1', 'changes'), ...metrics],
      },
    });

  test.each([
    ['FILL(m3, 0)', /^alarm: .*not reached/],
    ['FILL(m3, 0) + FILL(m1, 0)', /^holds$/],
  ])('the metric in another unit has no data: %s', (expression, expected) => {
    const m3 = {
      id: 'm3',
      returnsData: false,
      metric: { namespace: 'CIS', name: 'changes', statistic: 'Sum', dimensions: {}, unit: 'Seconds' },
    };
    expect(said({ alarms: [math(expression, m3)] })).toMatch(expected);
  });

  test.each<[expression: string, expected: RegExp]>([
    ['m1', /^holds$/],
    ['m1 * 2', /^holds$/],
    ['SUM([m1, m2])', /^holds$/],
    ['SUM(METRICS())', /^holds$/],
    ['MAX([m1, m2])', /^holds$/],
    ['m1 + FILL(m2, 0)', /^holds$/],
    ['FILL(m1, 0) + FILL(m2, 0)', /^holds$/],
    ['IF(m1 > 0, 1, 0)', /^holds$/],
    ['IF(m1 >= 1 OR FILL(m2, 0) > 5, 1, 0)', /^holds$/],
    ['(m1)', /^holds$/],
    ['m1 + m2', /^unknown/],
    ['m1 - FILL(m2, 0)', /^alarm:.*not reached/],
    ['m1 - m2', /^unknown/],
    ['m1 / m2', /^unknown/],
    ['SUM(m1)', /^unknown/],
    ['RATE(m1)', /^unknown/],
    ['ANOMALY_DETECTION_BAND(m1)', /^unknown/],
    ['m1 +', /^unknown/],
    ['((((', /^unknown/],
    ['m1 * 0', /^alarm:.*not reached/],
    ['1 - m1', /^alarm:/],
    ['FILL(m1, 5)', /^alarm:.*when nothing happens/],
  ])('%s', (expression, expected) => {
    expect(said({ alarms: [math(expression, query('m2', 'others'))] })).toMatch(expected);
  });

  test('missing data that counts as breaching keeps an expression in alarm', () => {
    const watches = math('m1').watches;
    expect(said({ alarms: [anAlarm({ watches, treatMissingData: 'breaching' })] })).toMatch(/^alarm:.*nothing happens/);
    const filled = math('FILL(m1, 0)').watches;
    expect(said({ alarms: [anAlarm({ watches: filled, treatMissingData: 'breaching' })] })).toBe('holds');
  });

  test('missing data that is ignored keeps an expression in alarm after the first event', () => {
    const watches = math('m1').watches;
    expect(said({ alarms: [anAlarm({ watches, treatMissingData: 'ignore' })] })).toMatch(/^alarm:.*stays in alarm/);
    const filled = math('FILL(m1, 0)').watches;
    expect(said({ alarms: [anAlarm({ watches: filled, treatMissingData: 'ignore' })] })).toBe('holds');
  });

  test('an expression over an expression, and metrics that always have data', () => {
    const alarm = anAlarm({
      watches: {
        kind: 'math',
        queries: [
          { id: 'e1', expression: 'm1 + m2', returnsData: false },
          { id: 'e2', expression: 'e1', returnsData: true },
          query('m1', 'changes'),
          query('m2', 'others'),
        ],
      },
    });
    const filters = [
      aFilter({ metric: { defaultValue: 0 } }),
      aFilter({ name: 'others', pattern: '{ $.a = b }', metric: { name: 'others', defaultValue: 0 } }),
    ];
    expect(said({ filters, alarms: [alarm] })).toBe('holds');
    expect(said({ alarms: [alarm] })).toMatch(/^unknown/);
  });

  test('an expression that goes in circles is not followed', () => {
    const queries = [
      { id: 'e1', expression: 'e2', returnsData: true },
      { id: 'e2', expression: 'e1', returnsData: false },
      query('m1', 'changes'),
    ];
    expect(said({ alarms: [anAlarm({ watches: { kind: 'math', queries } })] })).toMatch(/^unknown/);
  });
});

describe('what is not known is open, where it could decide', () => {
  test.each<[what: string, world: World, gaps: string]>([
    ['whether a trail applies', { trails: [aTrail({ applies: doubt(['credit']) })] }, 'credit'],
    ['whether it logs', { trails: [aTrail({ isLogging: doubt(['status']) })] }, 'status'],
    ['its log group', { trails: [aTrail({ logGroupArn: unknown('trail') })] }, 'trail'],
    ['filters', { filters: 'unknown' }, 'filters'],
    ['alarms', { alarms: 'unknown' }, 'alarms'],
    ['a topic', { topic: 'unknown' }, 'topic'],
    ['trails that nobody found', { trails: [], unread: ['list'] }, 'list'],
    ['several things', { trails: [aTrail({ isLogging: doubt(['status']) })], topic: 'unknown' }, 'status, topic'],
    [
      'a pattern',
      { filters: [aFilter({ pattern: '{ $.a == b }' })] },
      `unsupported ${logGroupArn} metric filter changes`,
    ],
    [
      'rewritten logs',
      { filters: [aFilter({ isOnTransformedLogs: true })] },
      `unsupported ${logGroupArn} metric filter changes`,
    ],
    [
      'system fields',
      { filters: [aFilter({ selectionCriteria: '@aws.region = "x"' })] },
      `unsupported ${logGroupArn} metric filter changes`,
    ],
    [
      'a value from the event',
      { filters: [aFilter({ metric: { value: '$.size' } })] },
      'unsupported arn:aws:cloudwatch:eu-central-1:111122223333:alarm:changes',
    ],
  ])('%s', (_what, world, gaps) => {
    expect(said(world)).toBe(`unknown: ${gaps}`);
  });

  test('a link that is surely broken decides all the same', () => {
    expect(said({ trails: [aTrail({ isLogging: doubt(['status']) })], alarms: [] })).toMatch(/^metric:/);
    expect(said({ trails: [aTrail({ isLogging: doubt(['status']), logGroupArn: absent })] })).toMatch(/^log-group:/);
    expect(said({ filters: [aFilter({ pattern: '{ $.a == b }' })], alarms: [] })).toMatch(/^metric/);
    expect(
      said({ filters: [aFilter({ metric: { value: '$.size' } })], alarms: [anAlarm({ alarmActions: [] })] }),
    ).toMatch(/^action:/);
  });

  test('a chain that is whole decides all the same', () => {
    const unsure = aTrail({
      arn: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/b',
      isLogging: doubt(['status']),
    });
    expect(said({ trails: [unsure, aTrail()], unread: ['list'] })).toBe('holds');
  });

  test('where an open chain might rise earlier, a higher threshold is enough, a lower one open', () => {
    const trails = [aTrail()];
    const alarms = [anAlarm({ name: 'ten', threshold: 10 }), anAlarm({ name: 'band', watches: { statistic: 'p99' } })];
    const filters = [aFilter({ metric: { defaultValue: 0 } })];
    expect(said({ trails, alarms, filters }, { maxThreshold: 10 })).toBe('holds');
    expect(said({ trails, alarms, filters }, { maxThreshold: 1 })).toMatch(/^unknown/);
  });
});

describe('filters that add up, of which one goes nowhere', () => {
  const filters = [
    aFilter({ name: 'here', pattern: '{ $.eventSource = "cloudtrail.*" && $.awsRegion = "us-east-1" }' }),
    aFilter({
      name: 'there',
      pattern: '{ $.eventSource = "cloudtrail.*" && $.awsRegion != "us-east-1" }',
      metric: { name: 'there' },
    }),
  ];

  test('its own link is broken, or open', () => {
    expect(said({ filters })).toMatch(/^metric: No alarm .* there \(CIS\/there\)/);
    const other = anAlarm({ name: 'there', watches: { name: 'there' }, evaluationPeriods: 2 });
    expect(said({ filters, alarms: [anAlarm(), other] })).toMatch(/^unknown: unsupported .*alarm:there/);
  });
});

test('accounts share what can be shared', () => {
  const asked = { filters: 0 };
  const base = sourcesOf({
    filters: alarmSubjects.map((it) => aFilter({ name: it, pattern: standardPatterns[it][0]?.text ?? '' })),
  });
  const sources: ChainSources = {
    ...base,
    filtersOf: () => {
      asked.filters += 1;
      return base.filtersOf(logGroupArn);
    },
  };
  const chains = alarmChains(sources);
  const verdicts = new Set<string>();
  for (let account = 0; account < 1000; account += 1) {
    const trail = aTrail({ logGroupArn: known(`arn:aws:logs:eu-central-1:111122223333:log-group:${account % 100}:*`) });
    for (const subject of alarmSubjects) {
      const { events } = chains.ofSubject(subject, [trail]);
      verdicts.add(judgeAlarms(events, { exceptEvents: ['ModifySecurityGroupRules'] }).verdict);
    }
  }
  expect([...verdicts]).toEqual(['holds']);
  expect(asked.filters).toBe(100);
});

test('what goes through whole chains is told', () => {
  const [standard] = standardPatterns['cloudtrail-changes'];
  const sources = sourcesOf({ filters: [aFilter({ pattern: standard?.text ?? '' })] });
  const { events, literalOf, topics } = alarmChains(sources).ofSubject('cloudtrail-changes', [aTrail()]);
  expect(literalOf).toContain('cis-1.4');
  expect(literalOf).toContain('security-hub');
  expect(topics).toEqual([topicArn]);
  expect(events.map((it) => it.id)).toEqual([
    'CreateTrail',
    'UpdateTrail',
    'DeleteTrail',
    'StartLogging',
    'StopLogging',
  ]);
  expect(events[0]?.chain).toMatchObject({
    state: 'whole',
    firesAt: 1,
    why: expect.stringContaining(topicArn) as string,
  });
});

test('what CIS 5.0 added is marked, and may be excepted', () => {
  const [standard] = standardPatterns['security-group-changes'];
  const filters = [aFilter({ pattern: standard?.text ?? '' })];
  expect(verdictOf({ filters }, {}, 'security-group-changes')).toMatchObject({
    verdict: 'broken',
    events: [{ id: 'ModifySecurityGroupRules', link: 'metric-filter' }],
  });
  const { events } = alarmChains(sourcesOf({ filters })).ofSubject('security-group-changes', [aTrail()]);
  expect(events.filter((it) => it.isSinceCis5).map((it) => it.id)).toEqual(['ModifySecurityGroupRules']);
});

test('the same list of trails has the same chains, unless others could not be read', () => {
  const chains = alarmChains(sourcesOf({}));
  const trails = [aTrail({ isLogging: sure(false) })];
  const first = chains.ofSubject('cloudtrail-changes', trails);
  expect(first.events[0]?.chain).toMatchObject({ state: 'broken', brokenAt: 'trail' });
  expect(chains.ofSubject('cloudtrail-changes', trails)).toBe(first);
  expect(chains.ofSubject('root-usage', trails).events.map((it) => it.id)).toEqual(['RootUsage']);
  const [event] = chains.ofSubject('cloudtrail-changes', trails, ['unread']).events;
  expect(event?.chain).toMatchObject({ state: 'unknown', gaps: ['unread'] });
  const [other] = chains.ofSubject('cloudtrail-changes', [aTrail()]).events;
  expect(other?.chain).toMatchObject({ state: 'whole' });
});
