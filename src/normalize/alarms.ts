import type {
  AlarmMetric,
  CompositeAlarm,
  FilterMetric,
  MetricAlarm,
  MetricFilter,
  MetricQuery,
} from '../model/inventory.js';
import { required } from './malformed-answer.js';
import { defined, optionalText } from './text.js';

/** A member that AWS may send. */
type Maybe<T> = T | undefined;

/** An item of DescribeMetricFilters, as far as it is used. */
export interface RawMetricFilter {
  readonly filterName?: Maybe<string>;
  readonly filterPattern?: Maybe<string>;
  readonly metricTransformations?: Maybe<readonly RawTransformation[]>;
  readonly applyOnTransformedLogs?: Maybe<boolean>;
  readonly fieldSelectionCriteria?: Maybe<string>;
  readonly emitSystemFieldDimensions?: Maybe<readonly string[]>;
}

interface RawTransformation {
  readonly metricName: Maybe<string>;
  readonly metricNamespace: Maybe<string>;
  readonly metricValue: Maybe<string>;
  readonly defaultValue?: Maybe<number>;
  readonly dimensions?: Maybe<Readonly<Record<string, string>>>;
  readonly unit?: Maybe<string>;
}

export function normalizeMetricFilter(raw: RawMetricFilter): MetricFilter {
  const systemFields = raw.emitSystemFieldDimensions ?? [];
  return defined({
    name: required(raw.filterName, 'filterName'),
    // An empty pattern, which AWS may leave out, matches every event.
    pattern: raw.filterPattern ?? '',
    metrics: required(raw.metricTransformations, 'metricTransformations').map((it) => filterMetric(it, systemFields)),
    applyOnTransformedLogs: raw.applyOnTransformedLogs ?? false,
    fieldSelectionCriteria: optionalText(raw.fieldSelectionCriteria),
  });
}

function filterMetric(raw: RawTransformation, systemFields: readonly string[]): FilterMetric {
  return defined({
    namespace: required(raw.metricNamespace, 'metricNamespace'),
    name: required(raw.metricName, 'metricName'),
    value: required(raw.metricValue, 'metricValue'),
    defaultValue: raw.defaultValue,
    dimensions: [...Object.keys(raw.dimensions ?? {}), ...systemFields],
    unit: optionalText(raw.unit),
  });
}

interface RawAlarm {
  readonly AlarmArn?: Maybe<string>;
  readonly AlarmName?: Maybe<string>;
  readonly ActionsEnabled?: Maybe<boolean>;
  readonly AlarmActions?: Maybe<readonly string[]>;
  readonly InsufficientDataActions?: Maybe<readonly string[]>;
  readonly OKActions?: Maybe<readonly string[]>;
}

/** A metric alarm of DescribeAlarms, as far as it is used. */
export interface RawMetricAlarm extends RawAlarm {
  readonly MetricName?: Maybe<string>;
  readonly Namespace?: Maybe<string>;
  readonly Statistic?: Maybe<string>;
  readonly ExtendedStatistic?: Maybe<string>;
  readonly Dimensions?: Maybe<readonly RawDimension[]>;
  readonly Unit?: Maybe<string>;
  readonly Metrics?: Maybe<readonly RawQuery[]>;
  readonly ComparisonOperator?: Maybe<string>;
  readonly Threshold?: Maybe<number>;
  readonly EvaluationPeriods?: Maybe<number>;
  readonly DatapointsToAlarm?: Maybe<number>;
  readonly TreatMissingData?: Maybe<string>;
}

interface RawDimension {
  readonly Name: Maybe<string>;
  readonly Value: Maybe<string>;
}

interface RawQuery {
  readonly Id: Maybe<string>;
  readonly MetricStat?: Maybe<{
    readonly Metric: Maybe<{
      readonly Namespace?: Maybe<string>;
      readonly MetricName?: Maybe<string>;
      readonly Dimensions?: Maybe<readonly RawDimension[]>;
    }>;
    readonly Stat: Maybe<string>;
    readonly Unit?: Maybe<string>;
  }>;
  readonly Expression?: Maybe<string>;
  readonly ReturnData?: Maybe<boolean>;
  readonly AccountId?: Maybe<string>;
}

/** @param accountId of the alarm: a metric may be another account's. */
export function normalizeMetricAlarm(raw: RawMetricAlarm, accountId: string): MetricAlarm {
  const { Metrics: queries = [] } = raw;
  return defined({
    ...commonOf(raw),
    insufficientDataActions: raw.InsufficientDataActions ?? [],
    okActions: raw.OKActions ?? [],
    // An alarm on a metric has no queries.
    metric: queries.length === 0 ? metricOf(raw) : undefined,
    queries: queries.length === 0 ? undefined : queries.map((it) => queryOf(it, accountId)),
    comparisonOperator: required(raw.ComparisonOperator, 'ComparisonOperator'),
    threshold: raw.Threshold,
    evaluationPeriods: required(raw.EvaluationPeriods, 'EvaluationPeriods'),
    datapointsToAlarm: raw.DatapointsToAlarm,
    treatMissingData: optionalText(raw.TreatMissingData),
  });
}

function commonOf(raw: RawAlarm): Pick<CompositeAlarm, 'arn' | 'name' | 'actionsEnabled' | 'alarmActions'> {
  return {
    arn: required(raw.AlarmArn, 'AlarmArn'),
    name: required(raw.AlarmName, 'AlarmName'),
    actionsEnabled: required(raw.ActionsEnabled, 'ActionsEnabled'),
    alarmActions: raw.AlarmActions ?? [],
  };
}

function metricOf(raw: RawMetricAlarm): AlarmMetric {
  return defined({
    namespace: required(raw.Namespace, 'Namespace'),
    name: required(raw.MetricName, 'MetricName'),
    statistic: required(raw.Statistic ?? raw.ExtendedStatistic, 'Statistic'),
    dimensions: dimensionsOf(raw.Dimensions),
    unit: optionalText(raw.Unit),
  });
}

function queryOf({ Id: id, MetricStat: stat, Expression, ReturnData, AccountId }: RawQuery, own: string): MetricQuery {
  return defined({
    id: required(id, 'Id'),
    metric:
      stat === undefined
        ? undefined
        : defined({
            namespace: required(stat.Metric?.Namespace, 'Namespace'),
            name: required(stat.Metric?.MetricName, 'MetricName'),
            statistic: required(stat.Stat, 'Stat'),
            dimensions: dimensionsOf(stat.Metric?.Dimensions),
            unit: optionalText(stat.Unit),
            accountId: AccountId === own ? undefined : optionalText(AccountId),
          }),
    expression: optionalText(Expression),
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html: the default is true
    returnsData: ReturnData ?? true,
  });
}

function dimensionsOf(raw: Maybe<readonly RawDimension[]>): Readonly<Record<string, string>> {
  return Object.fromEntries((raw ?? []).map((it) => [required(it.Name, 'Name'), required(it.Value, 'Value')]));
}

/** A composite alarm of DescribeAlarms, as far as it is used. */
export interface RawCompositeAlarm extends RawAlarm {
  readonly AlarmRule?: Maybe<string>;
  readonly ActionsSuppressor?: Maybe<string>;
}

export function normalizeCompositeAlarm(raw: RawCompositeAlarm): CompositeAlarm {
  return defined({
    ...commonOf(raw),
    rule: required(raw.AlarmRule, 'AlarmRule'),
    actionsSuppressor: optionalText(raw.ActionsSuppressor),
  });
}
