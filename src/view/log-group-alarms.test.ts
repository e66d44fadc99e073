import { describe, expect, test } from 'vitest';
import {
  absent,
  aLogGroup,
  anInventory,
  known,
  MANAGEMENT,
  MEMBER,
  REGION,
  unknown,
} from '../../test/support/inventory-builders.js';
import { at, targetOf } from '../../test/support/view-values.js';
import type { AlarmMetric, AlarmPlace, LogGroup, MetricAlarm, MetricFilter } from '../model/inventory.js';
import { buildView } from './index.js';

const metric: AlarmMetric = { namespace: 'CloudTrail', name: 'root', statistic: 'Sum', dimensions: {} };

const filter: MetricFilter = {
  name: 'root',
  pattern: '{ $.userIdentity.type = "Root" }',
  metrics: [{ namespace: 'CloudTrail', name: 'root', value: '1', dimensions: [] }],
  applyOnTransformedLogs: false,
};

function alarm(name: string, parts: Partial<MetricAlarm> = {}): MetricAlarm {
  return {
    arn: `arn:aws:cloudwatch:${REGION}:${MANAGEMENT}:alarm:${name}`,
    name,
    actionsEnabled: true,
    alarmActions: [],
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    evaluationPeriods: 1,
    ...parts,
  };
}

function placeWith(...metricAlarms: readonly MetricAlarm[]): AlarmPlace {
  const alarms = known({ metricAlarms, compositeAlarms: [] });
  return { accountId: MANAGEMENT, region: REGION, alarms, evidence: {} };
}

function logGroup(parts: Partial<LogGroup>, ...alarms: readonly AlarmPlace[]) {
  return targetOf(buildView(anInventory({ logGroups: [{ ...aLogGroup(), ...parts }], alarms })), 'log-group');
}

const filtered = { metricFilters: known([filter]) };

describe('the alarms on a log group', () => {
  test('those on its metrics, by themselves or in metric math; no others', () => {
    const query = { id: 'm1', metric, returnsData: true };
    const place = placeWith(
      alarm('by-itself', { metric, actionsEnabled: false, alarmActions: ['arn:aws:sns:x'] }),
      alarm('in-math', { queries: [query] }),
      alarm('of-this-account', { metric: { ...metric, accountId: MANAGEMENT } }),
      alarm('of-another-account', { metric: { ...metric, accountId: MEMBER } }),
      alarm('another-metric', { metric: { ...metric, name: 'other' } }),
      alarm('insights', { queries: [{ id: 'q1', expression: 'SELECT SUM(root) FROM CloudTrail', returnsData: true }] }),
    );
    const it = logGroup(filtered, { ...place, region: 'eu-west-3' }, place);
    expect([0, 1, 2].map((index) => at(it, `alarms.${index}.name`))).toEqual([
      'by-itself',
      'in-math',
      'of-this-account',
    ]);
    expect(() => at(it, 'alarms.3.name')).toThrow('no member 3');
    expect(at(it, 'alarms.0.actionsEnabled')).toBe(false);
    expect(at(it, 'alarms.0.alarmActions')).toEqual(['arn:aws:sns:x']);
  });

  test.each<[string, Partial<LogGroup>]>([
    ['without filters', { metricFilters: known([]) }],
    ['of a class that has no filters', { details: known({ logGroupClass: 'INFREQUENT_ACCESS' }) }],
    ['whose filters are gone', { metricFilters: absent }],
  ])('none on one %s', (_, parts) => {
    expect(at(logGroup(parts), 'alarms')).toEqual([]);
  });

  test('not known where filters or alarms were not read', () => {
    expect(at(logGroup({ metricFilters: unknown('f') }), 'alarms')).toEqual({ unknown: ['f'] });
    expect(at(logGroup({}), 'alarms')).toEqual({ unknown: [expect.any(String)] });
    expect(at(logGroup(filtered), 'alarms')).toEqual({ unknown: [expect.any(String)] });
    const unread = { ...placeWith(), alarms: unknown('a') };
    expect(at(logGroup(filtered, unread), 'alarms')).toEqual({ unknown: ['a'] });
  });
});
