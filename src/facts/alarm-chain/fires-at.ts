import { evaluateMath, exactly, type Amount } from './evaluate-math.js';
import { parseMath, type MathNode } from './parse-math.js';
import type { ChainAlarm, FilterMetric, MathQuery, WatchedMath, WatchedMetric } from './sources.js';

/** Whether an alarm rises when events come. */
export type Firing =
  /** It does not look at the metric. */
  | { readonly state: 'elsewhere' }
  /** That many events in one period raise it. */
  | { readonly state: 'fires'; readonly at: number }
  | { readonly state: 'never'; readonly why: string }
  | { readonly state: 'unsure'; readonly why: string };

const never = (why: string): Firing => ({ state: 'never', why });
const unsure = (why: string): Firing => ({ state: 'unsure', why });

/** More events than this in one period are as good as none. */
const maxEvents = 1000;

/**
 * How many events in one period raise the alarm. `others` are the metrics of other filters, which may be in the same
 * expression.
 */
export function firesAt(alarm: ChainAlarm, metric: FilterMetric, others: readonly FilterMetric[]): Firing {
  const { watches } = alarm;
  const queries = watches.kind === 'metric' ? [watches] : watches.queries.flatMap((it) => it.metric ?? []);
  const same = queries.filter((it) => isSame(it, metric));
  if (same.length === 0) {
    const isQueried = watches.kind === 'math' && watches.queries.some((it) => isInsightsQueryOf(it, metric));
    return isQueried ? unsure('it asks for the metric by a query of Metrics Insights') : { state: 'elsewhere' };
  }
  const value = Number(metric.value);
  if (metric.value.trim() === '' || !Number.isFinite(value)) {
    return unsure(`what an event adds to the metric is read from the event (${metric.value})`);
  }
  if (value <= 0) return never(`each event adds ${metric.value} to the metric`);
  return mismatch(same, metric) ?? missingData(alarm, metric, others) ?? counted(alarm, metric, value, others);
}

/** A filter that reports less than nothing, where events match or do not, draws a sum down. */
function takesAway({ value, defaultValue = 0 }: FilterMetric): boolean {
  return !(Number(value) >= 0) || defaultValue < 0;
}

/** A metric with dimensions is one for each of their values; an alarm sees one of them at most. */
function mismatch(queries: readonly Omit<WatchedMetric, 'kind'>[], metric: FilterMetric): Firing | undefined {
  const watched = queries.find((it) => Object.keys(it.dimensions).length === metric.dimensions.length);
  if (watched === undefined)
    return never('the alarm and the metric filter have different dimensions: there is no data');
  if (metric.dimensions.length > 0) return never('the alarm sees only events with certain values of its dimensions');
  const unit = metric.unit ?? 'None';
  if (watched.unit !== undefined && watched.unit !== unit) {
    return never(`the alarm asks for the unit ${watched.unit}, the metric filter reports ${unit}: there is no data`);
  }
  return undefined;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html */
function missingData(alarm: ChainAlarm, metric: FilterMetric, others: readonly FilterMetric[]): Firing | undefined {
  const treatment = alarm.treatMissingData ?? 'missing';
  const reported = [metric, ...others.filter((it) => isSame(it, metric))];
  const hasGaps = alarm.watches.kind === 'metric' && reported.every((it) => it.defaultValue === undefined);
  if (treatment === 'breaching' && hasGaps) {
    return never(
      'it is in alarm whenever nothing happens (missing data is treated as breaching), so an event changes nothing',
    );
  }
  if (treatment === 'ignore' && hasGaps) return never(staysInAlarm);
  const needed = alarm.datapointsToAlarm ?? alarm.evaluationPeriods;
  if (needed <= 1) return undefined;
  if (hasGaps && treatment === 'missing')
    return unsure(`it needs ${needed} periods, and how missing data counts then is not decided here`);
  return never(`events would have to come in ${needed} periods`);
}

function counted(alarm: ChainAlarm, metric: FilterMetric, value: number, others: readonly FilterMetric[]): Firing {
  const { comparisonOperator: operator, threshold, watches } = alarm;
  if (threshold === undefined) return unsure('it compares with a band, not with a threshold');
  if (operator !== 'GreaterThanOrEqualToThreshold' && operator !== 'GreaterThanThreshold') {
    return operator.startsWith('Less')
      ? never('it rises when the metric falls')
      : unsure(`its comparison is ${operator}`);
  }
  const isRaisedBy = (it: number): boolean => (operator === 'GreaterThanThreshold' ? it > threshold : it >= threshold);
  const seen =
    watches.kind === 'metric'
      ? ofStatistic(watches.statistic, metric, value, others)
      : ofMath(watches, metric, value, others);
  if (typeof seen !== 'function') return seen;
  if (watches.kind === 'math') {
    const quiet = seen(0);
    if (quiet?.data === 'none' && alarm.treatMissingData === 'ignore') return never(staysInAlarm);
    const isGap = quiet?.data === 'none' && alarm.treatMissingData === 'breaching';
    if (isGap || (quiet?.data === 'there' && isRaisedBy(quiet.low))) return never(alwaysInAlarm);
  } else if (metric.defaultValue !== undefined && isRaisedBy(metric.defaultValue)) return never(alwaysInAlarm);
  for (let events = 1; events <= maxEvents; events += 1) {
    const amount = seen(events);
    if (amount?.data !== 'there') return unsure('its expression needs data that may be missing: use FILL');
    if (isRaisedBy(amount.low)) return { state: 'fires', at: events };
  }
  return never(`its threshold of ${threshold} is not reached`);
}

const staysInAlarm =
  'it stays in alarm after the first event (missing data is ignored, and nothing else is reported), so later events notify no one';
const alwaysInAlarm = 'it is in alarm also when nothing happens, so an event changes nothing';

/** What the alarm sees of so many events; undefined where that cannot be said. */
type Seen = (events: number) => Amount | undefined;

function ofStatistic(
  statistic: string,
  metric: FilterMetric,
  value: number,
  others: readonly FilterMetric[],
): Seen | Firing {
  const hasDefault = metric.defaultValue !== undefined || others.some((it) => dilutes(it, metric));
  switch (statistic) {
    case 'Sum':
      if ([metric, ...others.filter((it) => isSame(it, metric))].some(takesAway)) {
        return unsure('a metric filter takes away from the sum, or may');
      }
      return (events) => exactly(events * value);
    case 'SampleCount':
      return hasDefault ? never('it counts the records that do not match, too (SampleCount)') : exactly;
    case 'Maximum':
      return (events) => exactly(events === 0 ? 0 : value);
    case 'Average':
    case 'Minimum':
      if (hasDefault) return never(`other values of the metric draw the ${statistic.toLowerCase()} down`);
      return (events) => exactly(events === 0 ? 0 : value);
    default:
      // A percentile may be left out of the evaluation while there are few events, a percentile rank is a percentage.
      return unsure(`its statistic is ${statistic}`);
  }
}

/** Another filter reports a default, or less, to the same metric. */
function dilutes(other: FilterMetric, metric: FilterMetric): boolean {
  return isSame(other, metric) && (other.defaultValue !== undefined || !(Number(other.value) >= Number(metric.value)));
}

function ofMath(
  { queries }: WatchedMath,
  metric: FilterMetric,
  value: number,
  others: readonly FilterMetric[],
): Seen | Firing {
  const watched = queries.filter((it) => it.returnsData);
  const [root] = watched;
  if (root === undefined || watched.length > 1) return unsure('it watches several expressions');
  const expressions = new Map<string, MathNode>();
  const ours = new Map<string, Seen>();
  const rest = new Map<string, Amount>();
  for (const { id, expression, metric: of } of queries) {
    if (expression !== undefined) {
      const parsed = parseMath(expression);
      if (parsed.state === 'unsupported')
        return unsure(`its expression has ${parsed.what}, which is not evaluated here`);
      expressions.set(id, parsed.expression);
    } else if (of !== undefined && isSame(of, metric) && mismatch([of], metric) === undefined) {
      const seen = ofStatistic(of.statistic, metric, value, others);
      if (typeof seen !== 'function') return seen;
      ours.set(id, seen);
    } else if (of !== undefined && isSame(of, metric)) {
      rest.set(id, { low: 0, high: 0, data: 'none' });
    } else if (of !== undefined) {
      const isNeverMissing = others.some((it) => isSame(of, it) && it.defaultValue !== undefined);
      rest.set(id, { low: 0, high: Number.POSITIVE_INFINITY, data: isNeverMissing ? 'there' : 'maybe' });
    }
  }
  return (events) => {
    const metrics = new Map(rest);
    for (const [id, seen] of ours) {
      const amount = seen(events);
      const data = events === 0 && metric.defaultValue === undefined ? 'none' : 'there';
      if (amount !== undefined) metrics.set(id, { ...amount, data });
    }
    return evaluateMath(root.id, { metrics, expressions });
  };
}

/** `SELECT SUM(RootUsage) FROM "CISBenchmark"` */
function isInsightsQueryOf({ expression = '' }: MathQuery, { name }: FilterMetric): boolean {
  return /\bSELECT\b/i.test(expression) && expression.includes(name);
}

function isSame(watched: Pick<WatchedMetric, 'namespace' | 'name'>, { namespace, name }: FilterMetric): boolean {
  return watched.namespace === namespace && watched.name === name;
}
