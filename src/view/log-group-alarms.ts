import { Unknown, ViewList, type Value, type ViewObject } from '../expression/index.js';
import type { AlarmMetric, AlarmPlace, LogGroup, MetricAlarm } from '../model/inventory.js';
import { required, texts } from './convert.js';
import { evidenceOf } from './fields.js';
import { isWithoutFilters } from './log-group-class.js';
import { PartObject, type Values } from './object.js';
import type { World } from './world.js';

function placeOf({ accountId, region }: LogGroup, { inventory: { alarms = [] } }: World): AlarmPlace | undefined {
  return alarms.find((it) => it.accountId === accountId && it.region === region);
}

/** The metric alarms on what the metric filters of a log group report, in the account and Region of both. */
export function alarmsOfLogGroup(group: LogGroup, world: World, self: ViewObject): Value {
  const none = new ViewList([]);
  if (isWithoutFilters(group)) return none;
  if (group.metricFilters === undefined) return notCollected('logs:DescribeMetricFilters', group, world);
  return required(group.metricFilters, none, (filters) => {
    const metrics = new Set(filters.flatMap((it) => it.metrics.map(keyOf)));
    if (metrics.size === 0) return none;
    const place = placeOf(group, world);
    if (place === undefined) return notCollected('cloudwatch:DescribeAlarms', group, world);
    return required(
      place.alarms,
      none,
      ({ metricAlarms }) =>
        new ViewList(
          metricAlarms.filter((it) => looksAt(it, metrics, group)).map((it) => alarmOf(it, group, world, self)),
        ),
    );
  });
}

/** Everything that told of them. */
export function evidenceOfLogGroupAlarms(group: LogGroup, world: World): readonly (readonly string[])[] {
  const place = placeOf(group, world);
  const filters = evidenceOf(group, ['logs:DescribeLogGroups', 'logs:DescribeMetricFilters']);
  return [filters, place === undefined ? [] : evidenceOf(place, ['cloudwatch:DescribeAlarms'])];
}

function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace} ${name}`;
}

/** By itself, or among the metrics that its metric math is about; a query of Metrics Insights names none. */
function looksAt({ metric, queries = [] }: MetricAlarm, metrics: ReadonlySet<string>, group: LogGroup): boolean {
  const isOne = (it: AlarmMetric | undefined): boolean =>
    it !== undefined && metrics.has(keyOf(it)) && (it.accountId ?? group.accountId) === group.accountId;
  return isOne(metric) || queries.some((it) => isOne(it.metric));
}

function alarmOf(alarm: MetricAlarm, group: LogGroup, world: World, self: ViewObject): Value {
  const { arn, name, actionsEnabled, alarmActions, insufficientDataActions, okActions } = alarm;
  // Earlier inventories kept the actions of the one state alone.
  const kept = (actions: readonly string[] | undefined): Value =>
    actions === undefined ? notCollected('cloudwatch:DescribeAlarms', group, world) : texts(actions);
  const values: Values = {
    arn,
    name,
    actionsEnabled,
    alarmActions: texts(alarmActions),
    insufficientDataActions: kept(insufficientDataActions),
    okActions: kept(okActions),
  };
  return new PartObject('MetricAlarm', values, self, 'alarms');
}

function notCollected(call: string, { arn, accountId, region }: LogGroup, world: World): Unknown {
  const message = `The inventory tells nothing of the alarms on log group ${arn}: read it again, for this policy.`;
  return new Unknown([world.note({ call, accountId, region, resource: arn, reason: 'not-collected', message })]);
}
