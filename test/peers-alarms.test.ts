import { describe, expect, test } from 'vitest';
import { evaluate } from '../src/evaluate/index.js';
import { coverageOfMetricFilters, type AlarmSubject } from '../src/facts/index.js';
import { loadPolicies } from '../src/index.js';
import type { AlarmPlace, Inventory, LogGroup, MetricAlarm, MetricFilter } from '../src/model/inventory.js';
import {
  aGap,
  aLogGroup,
  anAccount,
  anInventory,
  aStatus,
  aTopic,
  aTrail,
  known,
  logGroupArn,
  MANAGEMENT as account,
  MEMBER as member,
  NOW,
  REGION,
  topicArn,
  unknown,
  type TrailParts,
} from './support/inventory-builders.js';

// As peers.test.ts, of metric filters and alarms.

const { policies } = loadPolicies({ packs: ['alarms'] });

describe('patterns are judged by what they match', () => {
  const trailCalls = ['CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging'];
  const names = (join: string): string => trailCalls.map((it) => `($.eventName = ${it})`).join(join);
  const denied = '($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")';

  test.each<[string, AlarmSubject, string, string]>([
    ['P11 && between names matches nothing', 'cloudtrail-changes', `{ ${names(' && ')} }`, 'misses'],
    [
      'P11 one address is not everyone',
      'cloudtrail-changes',
      `{ (${names(' || ')}) && ($.sourceIPAddress = 10.0.0.1) }`,
      'misses',
    ],
    [
      'P11 a sign-in or no MFA is nearly everything',
      'console-sign-in-without-mfa',
      '{ ($.eventName = "ConsoleLogin") || ($.additionalEventData.MFAUsed != "Yes") }',
      'indiscriminate',
    ],
    [
      'P11 wildcards that take all names in',
      'cloudtrail-changes',
      '{ ($.eventName = "*Trail") || ($.eventName = "*Logging") }',
      'covers',
    ],
    [
      'P11 S6 M12 clauses in another order',
      'root-usage',
      '{ $.eventType != "AwsServiceEvent" && $.userIdentity.invokedBy NOT EXISTS && $.userIdentity.type = "Root" }',
      'covers',
    ],
    [
      'P11 blanks between the words',
      'root-usage',
      '{$.userIdentity.type="Root"&&$.userIdentity.invokedBy  NOT   EXISTS&&$.eventType!="AwsServiceEvent"}',
      'covers',
    ],
    [
      'P11 operands changed over',
      'unauthorized-api-calls',
      '{ ($.errorCode = "AccessDenied*") || ($.errorCode = "*UnauthorizedOperation") }',
      'covers',
    ],
    ['M12 values without quotes', 'root-usage', '{ $.userIdentity.type = Root }', 'covers'],
    ['M12 without what the benchmark leaves out', 'unauthorized-api-calls', `{ ${denied} }`, 'covers'],
    [
      'M12 and with it',
      'unauthorized-api-calls',
      `{ (${denied}) && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }`,
      'covers',
    ],
    [
      'a pattern that AWS gives back without its service',
      'kms-key-deletion',
      '{ ($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion) }',
      'covers',
    ],
  ])('%s', (_, subject, pattern, verdict) => {
    expect(coverageOfMetricFilters(subject, [pattern]).verdict).toBe(verdict);
  });
});

const metric = { namespace: 'CloudTrail', name: 'root' };
const topic = aTopic({
  attributes: {
    policy: JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topicArn(),
      },
    }),
  },
});

function reports(...metrics: readonly (typeof metric)[]): MetricFilter {
  const all = metrics.map(({ namespace, name }) => ({ namespace, name, value: '1', dimensions: [] }));
  return { name: 'root', pattern: '{ $.userIdentity.type = "Root" }', metrics: all, applyOnTransformedLogs: false };
}

function watches(parts: Partial<MetricAlarm> = {}, of = metric): AlarmPlace {
  const alarm: MetricAlarm = {
    arn: `arn:aws:cloudwatch:${REGION}:${account}:alarm:root`,
    name: 'root',
    actionsEnabled: true,
    alarmActions: [topic.arn],
    metric: { ...of, statistic: 'Sum', dimensions: {} },
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    evaluationPeriods: 1,
    ...parts,
  };
  const alarms = known({ metricAlarms: [alarm], compositeAlarms: [] });
  return { accountId: account, region: REGION, alarms, muteRules: known([]), evidence: {} };
}

/** Nothing in this Region. */
function none(region: string): AlarmPlace {
  return {
    accountId: account,
    region,
    alarms: known({ metricAlarms: [], compositeAlarms: [] }),
    muteRules: known([]),
    evidence: {},
  };
}

const noOther = { startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
const allManagement = { fieldSelectors: [{ field: 'eventCategory', equals: ['Management'], ...noOther }] };
const dataOnly = {
  fieldSelectors: [
    { field: 'eventCategory', equals: ['Data'], ...noOther },
    { field: 'resources.type', equals: ['AWS::S3::Object'], ...noOther },
  ],
};

function withFilters(...filters: readonly MetricFilter[]): LogGroup {
  return { ...aLogGroup(), metricFilters: known(filters) };
}

function ownTrail({ description = {}, ...parts }: TrailParts = {}) {
  const own = 'state' in description ? description : { isOrganizationTrail: false, ...description };
  return aTrail({ ...parts, description: own });
}

/** Who is told of the root user, where all is whole but for what is given. */
function outcome(parts: Partial<Inventory> = {}, policyId = 'alarms-on-root-usage', of = account): string | undefined {
  const inventory = anInventory({
    organization: null,
    accounts: [anAccount({ id: account })],
    trails: [ownTrail()],
    logGroups: [withFilters(reports(metric))],
    alarms: [watches()],
    topics: [topic],
    gaps: [aGap({ id: 'g', accountId: account })],
    ...parts,
  });
  const asked = policies.filter(({ id }) => id === policyId);
  const { evaluations } = evaluate(inventory, asked, { startedAt: NOW, finishedAt: NOW, version: '0.0.0-test' });
  return evaluations.find((it) => it.target.id === of)?.outcome;
}

describe('a filter tells nobody by itself', () => {
  const other = { ...metric, name: 'other' };
  const elsewhere = { ...aLogGroup({ arn: logGroupArn('trail', member) }), metricFilters: known([reports(metric)]) };

  test.each<[string, string, Partial<Inventory>]>([
    ['a whole chain', 'COMPLIANT', {}],
    ['P12 any metric of the filter may be watched', 'COMPLIANT', { logGroups: [withFilters(reports(other, metric))] }],
    [
      'P12 a metric of that name in another namespace is another one',
      'NON_COMPLIANT',
      { alarms: [watches({}, { ...metric, namespace: 'Mine' })] },
    ],
    [
      'P12 an alarm in another Region',
      'NON_COMPLIANT',
      { alarms: [{ ...watches(), region: 'us-east-1' }, none(REGION)] },
    ],
    ['P12 S6 C6 an alarm without actions', 'NON_COMPLIANT', { alarms: [watches({ alarmActions: [] })] }],
    ['P12 whose actions are switched off', 'NON_COMPLIANT', { alarms: [watches({ actionsEnabled: false })] }],
    [
      'P12 N3 a topic without a subscriber',
      'NON_COMPLIANT',
      { topics: [{ ...topic, subscriptions: known([{ protocol: 'email', isConfirmed: false }]) }] },
    ],
    ['P12 a stopped trail', 'NON_COMPLIANT', { trails: [ownTrail({ status: { isLogging: false } })] }],
    [
      'P12 a trail of one Region',
      'NON_COMPLIANT',
      { trails: [ownTrail({ description: { isMultiRegionTrail: false } })] },
    ],
    [
      'P12 a trail without management events',
      'NON_COMPLIANT',
      { trails: [ownTrail({ eventSelectors: { basic: [], advanced: [dataOnly] } })] },
    ],
    ['P12 M5 a log group of that name in another account', 'NON_COMPLIANT', { logGroups: [withFilters(), elsewhere] }],
    ['S6 C6 no filter at all', 'NON_COMPLIANT', { logGroups: [withFilters()] }],
    [
      'C6 a trail without a log group',
      'NON_COMPLIANT',
      { trails: [ownTrail({ description: { cloudWatchLogsLogGroupArn: undefined } as object })] },
    ],
    ['N3 the second filter may be the one', 'COMPLIANT', { logGroups: [withFilters(reports(other), reports(metric))] }],
    [
      'P13 filters that could not be read',
      'INSUFFICIENT_DATA',
      { logGroups: [{ ...aLogGroup(), metricFilters: unknown('g') }] },
    ],
    ['P13 a log group of which nothing is told', 'INSUFFICIENT_DATA', { logGroups: [] }],
    ['N3 a topic that could not be read', 'INSUFFICIENT_DATA', { topics: [aTopic({ attributes: unknown('g') })] }],
    [
      'M8 events that no longer arrive',
      'NON_COMPLIANT',
      { trails: [ownTrail({ status: aStatus({ latestCloudWatchLogsDeliveryTime: '2026-11-01T00:00:00.000Z' }) })] },
    ],
    [
      'M1 advanced selectors are read',
      'COMPLIANT',
      { trails: [ownTrail({ eventSelectors: { basic: [], advanced: [allManagement] } })] },
    ],
    [
      'P14 N2 a second trail that is stopped takes nothing away',
      'COMPLIANT',
      { trails: [ownTrail({ name: 'first', status: { isLogging: false } }), ownTrail()] },
    ],
  ])('%s', (_, expected, parts) => {
    expect(outcome(parts)).toBe(expected);
  });

  test('a filter on KMS is worth nothing where the trail leaves KMS out', () => {
    const pattern = '{ ($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion) }';
    const logGroups = [withFilters({ ...reports(metric), pattern })];
    const leavingOut = (sources: readonly string[]) => {
      const basic = [
        {
          readWriteType: 'All',
          includeManagementEvents: true,
          excludeManagementEventSources: sources,
          dataResources: [],
        },
      ];
      return outcome(
        { logGroups, trails: [ownTrail({ eventSelectors: { basic, advanced: [] } })] },
        'alarms-on-kms-key-deletion',
      );
    };
    expect([leavingOut([]), leavingOut(['kms.amazonaws.com'])]).toEqual(['COMPLIANT', 'NON_COMPLIANT']);
  });

  test('P14 members are told of by the alarms of the organization trail', () => {
    const { organization } = anInventory();
    const accounts = [account, member].map((id) => anAccount({ id }));
    expect(outcome({ organization, accounts, trails: [aTrail()] }, 'alarms-on-root-usage', member)).toBe('COMPLIANT');
  });
});
