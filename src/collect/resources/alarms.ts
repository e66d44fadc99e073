import type { AlarmPlace, Alarms, CompositeAlarm, LogGroup } from '../../model/inventory.js';
import { mapKnown } from '../../model/known.js';
import { normalizeCompositeAlarm, normalizeMetricAlarm, required } from '../../normalize/index.js';
import type { InputOf, OutputOf } from '../aws/operations/index.js';
import { byText } from '../../text/order.js';
import type { Context } from '../run/context.js';
import { readMuteRules } from './mute-rules.js';

const call = 'cloudwatch:DescribeAlarms';

interface Counted {
  readonly accountId: string;
  readonly region: string;
  /** What the metric filters there report, as `namespace name`. */
  readonly metrics: ReadonlySet<string>;
}

/**
 * The alarms of each account and Region in which some log group has metric filters, once. Alarms may be thousands, so
 * those alone are kept which look at what these filters report, and composite alarms above them; where there are some,
 * the rules that mute alarms, too.
 *
 * @returns undefined where alarms are not asked for.
 */
export async function readAlarms(context: Context, groups: readonly LogGroup[]): Promise<AlarmPlace[] | undefined> {
  if (!context.aws.isSelected(call)) return undefined;
  return await context.limit(placesOf(groups), async (place) => await readPlace(context, place));
}

function placesOf(groups: readonly LogGroup[]): readonly Counted[] {
  const places = new Map<string, Counted>();
  for (const { accountId, region, metricFilters } of groups) {
    const filters = metricFilters?.state === 'known' ? metricFilters.value : [];
    const metrics = filters.flatMap((it) => it.metrics.map(keyOf));
    if (metrics.length === 0) continue;
    const key = `${accountId} ${region}`;
    const before = places.get(key)?.metrics ?? [];
    places.set(key, { accountId, region, metrics: new Set([...before, ...metrics]) });
  }
  return [...places].toSorted(([a], [b]) => byText(a, b)).map(([, place]) => place);
}

function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace} ${name}`;
}

async function readPlace(context: Context, { accountId, region, metrics }: Counted): Promise<AlarmPlace> {
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { accountId, region, alarms: entered.gap, evidence: {} };
  // Without the types AWS leaves composite alarms out.
  const input: InputOf<typeof call> = { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 };
  const { it, evidence } = await context.aws.askAll(
    entered.session,
    call,
    input,
    { region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) => [alarmsIn(output, metrics, accountId)],
    },
  );
  const alarms = mapKnown(it, joined);
  if (alarms.state !== 'known' || alarms.value.metricAlarms.length === 0)
    return { accountId, region, alarms, evidence };
  const muting = await readMuteRules(context, entered.session, region);
  return { accountId, region, alarms, ...muting, evidence: { ...evidence, ...muting.evidence } };
}

function alarmsIn(output: OutputOf<typeof call>, metrics: ReadonlySet<string>, accountId: string): Alarms {
  const { MetricAlarms, CompositeAlarms } = output;
  // A list that is empty may be left out, but not both of them.
  const [metricAlarms = [], compositeAlarms = []] = [MetricAlarms, CompositeAlarms];
  required(MetricAlarms ?? CompositeAlarms, 'MetricAlarms');
  return {
    metricAlarms: metricAlarms.filter((it) => looksAt(it, metrics)).map((it) => normalizeMetricAlarm(it, accountId)),
    compositeAlarms: compositeAlarms.map(normalizeCompositeAlarm),
  };
}

type RawAlarm = NonNullable<OutputOf<typeof call>['MetricAlarms']>[number];

/** A query of Metrics Insights (`SELECT …`) names metrics in its text: whether it means one of these is not decided here. */
function looksAt({ Namespace, MetricName, Metrics = [] }: RawAlarm, metrics: ReadonlySet<string>): boolean {
  const isOne = (namespace = '', name = ''): boolean => metrics.has(keyOf({ namespace, name }));
  return (
    isOne(Namespace, MetricName) ||
    Metrics.some(({ MetricStat: stat, Expression: expression = '' }) =>
      stat === undefined ? /\bSELECT\b/i.test(expression) : isOne(stat.Metric?.Namespace, stat.Metric?.MetricName),
    )
  );
}

/** All pages as one, without composite alarms that none of the alarms has a part in. */
function joined(pages: readonly Alarms[]): Alarms {
  const metricAlarms = pages.flatMap((it) => it.metricAlarms);
  const all = pages.flatMap((it) => it.compositeAlarms);
  const above = new Set<CompositeAlarm>();
  for (let below: readonly Named[] = metricAlarms; below.length > 0;) {
    const next = all.filter((it) => !above.has(it) && below.some(({ arn, name }) => names(it, arn) || names(it, name)));
    for (const it of next) above.add(it);
    below = next;
  }
  return { metricAlarms, compositeAlarms: all.filter((it) => above.has(it)) };
}

type Named = Pick<CompositeAlarm, 'arn' | 'name'>;

function names({ rule }: CompositeAlarm, alarm: string): boolean {
  return rule.includes(alarm);
}
