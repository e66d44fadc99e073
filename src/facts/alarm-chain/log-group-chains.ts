import { describeMissed, toldByFilters, type AlarmSubject, type Told } from '../required-events/index.js';
import { actionsOf } from './actions.js';
import { firesAt } from './fires-at.js';
import { best, broken, unknownAt, type Chain } from './link.js';
import type { AlarmsOfRegion, ChainAlarm, ChainFilter, ChainSources, FilterMetric } from './sources.js';

/** The rest of the chains from a log group on, by the id of the class of events. */
export type ChainsOfLogGroup = (classId: string) => Chain;

/** Looks up, and remembers: many accounts share a log group, and many log groups a pattern. */
export function logGroupChains(
  sources: ChainSources,
): (logGroupArn: string, subject: AlarmSubject) => ChainsOfLogGroup {
  const tolds = new Map<string, Told>();
  const chains = new Map<string, ChainsOfLogGroup>();
  const told = (subject: AlarmSubject, patterns: readonly string[]): Told => {
    const key = JSON.stringify([subject, ...patterns]);
    const known = tolds.get(key) ?? toldByFilters(subject, patterns);
    tolds.set(key, known);
    return known;
  };
  return (logGroupArn, subject) => {
    const key = JSON.stringify([subject, logGroupArn]);
    const known = chains.get(key) ?? chainsOf(logGroupArn, (patterns) => told(subject, patterns), sources);
    chains.set(key, known);
    return known;
  };
}

interface Filter {
  readonly filter: ChainFilter;
  readonly told: Told;
  /** From its metric on. */
  readonly rest: Chain;
}

function chainsOf(
  logGroupArn: string,
  toldBy: (patterns: readonly string[]) => Told,
  sources: ChainSources,
): ChainsOfLogGroup {
  const filters = sources.filtersOf(logGroupArn);
  if (filters.state === 'absent') return () => broken('log-group', `Log group ${logGroupArn} does not exist.`);
  if (filters.state === 'unknown') {
    return () =>
      unknownAt('metric-filter', `The metric filters of log group ${logGroupArn} could not be read.`, [filters.gap]);
  }
  const metrics = filters.value.flatMap((it) => it.metrics);
  const all = filters.value.map((filter): Filter => ({
    filter,
    told: toldBy([filter.pattern]),
    rest: fromMetric(filter, logGroupArn, metrics, sources),
  }));
  const [, , , region = '', accountId = ''] = logGroupArn.split(':');
  const place = `log group ${logGroupArn} (account ${accountId}, ${region})`;
  return (classId) => {
    const alone = best([
      broken('metric-filter', `No metric filter of ${place} matches it${nearest(all, classId)}.`),
      ...all.map((it) => chainOfFilter(it, classId, logGroupArn, sources)),
    ]);
    return alone.state === 'whole' ? alone : best([alone, ...addedUp(all, classId, toldBy)]);
  };
}

/** Why the filter that comes nearest to the event misses it. */
function nearest(all: readonly Filter[], classId: string): string {
  const misses = all.flatMap(({ filter, told }) => {
    const missed = told.state === 'told' ? told.classes.find((it) => it.id === classId)?.missed : undefined;
    return missed === undefined || missed.isWholeClass ? [] : [`; ${filter.name} misses ${describeMissed(missed)}`];
  });
  if (misses[0] !== undefined) return misses[0];
  const needless = all.find(({ told }) => told.state === 'indiscriminate');
  return needless === undefined ? '' : `; ${needless.filter.name} matches nearly everything, so it tells nothing`;
}

function chainOfFilter(
  { filter, told, rest }: Filter,
  classId: string,
  logGroupArn: string,
  sources: ChainSources,
): Chain {
  const resource = `${logGroupArn} metric filter ${filter.name}`;
  const unclear = (why: string): Chain => {
    if (rest.state === 'broken') return rest;
    return unknownAt('metric-filter', why, [
      sources.noteUnsupported(resource, why),
      ...(rest.state === 'unknown' ? rest.gaps : []),
    ]);
  };
  const nothing = broken('metric-filter', `Metric filter ${filter.name} does not match it.`);
  if (told.state === 'indiscriminate') return nothing;
  if (told.state === 'unreadable')
    return unclear(`The pattern of metric filter ${filter.name} could not be read: ${told.why}.`);
  const decided = told.classes.find((it) => it.id === classId);
  if (decided === undefined || decided.state === 'misses') return nothing;
  if (filter.isOnTransformedLogs)
    return unclear(`Metric filter ${filter.name} reads events that the log group's transformer has rewritten.`);
  if (filter.selectionCriteria !== undefined)
    return unclear(`Metric filter ${filter.name} reads events with certain system fields only.`);
  if (decided.state === 'unknown')
    return unclear(`Whether metric filter ${filter.name} matches it could not be decided.`);
  if (rest.state !== 'whole') return rest;
  return { ...rest, why: `Metric filter ${filter.name} matches it. ${rest.why}`, filterPatterns: [filter.pattern] };
}

/** Several filters with whole chains, which together match what none matches alone. */
function addedUp(
  all: readonly Filter[],
  classId: string,
  toldBy: (patterns: readonly string[]) => Told,
): readonly Chain[] {
  const able = all.filter(
    ({ filter, told, rest }) =>
      rest.state === 'whole' &&
      told.state === 'told' &&
      !filter.isOnTransformedLogs &&
      filter.selectionCriteria === undefined,
  );
  if (able.length < 2) return [];
  const patterns = able.map(({ filter }) => filter.pattern);
  const together = toldBy(patterns);
  if (together.state !== 'told' || together.classes.find((it) => it.id === classId)?.state !== 'all') return [];
  const wholes = able.flatMap(({ rest }) => (rest.state === 'whole' ? [rest] : []));
  return [
    {
      state: 'whole',
      firesAt: Math.max(...wholes.map((it) => it.firesAt)),
      why: `Metric filters ${able.map(({ filter }) => filter.name).join(', ')} match it together. ${wholes.map((it) => it.why).join(' ')}`,
      topics: [...new Set(wholes.flatMap((it) => it.topics))].toSorted(),
      filterPatterns: patterns,
    },
  ];
}

function fromMetric(
  filter: ChainFilter,
  logGroupArn: string,
  all: readonly FilterMetric[],
  sources: ChainSources,
): Chain {
  const [, , , region = '', accountId = ''] = logGroupArn.split(':');
  const alarms = sources.alarmsOf(accountId, region);
  if (alarms.state === 'unknown') {
    return unknownAt('metric', `The alarms of account ${accountId} in ${region} could not be read.`, [alarms.gap]);
  }
  const inRegion = alarms.state === 'known' ? alarms.value : { metricAlarms: [], compositeAlarms: [] };
  return best([
    broken(
      'metric',
      `No alarm in account ${accountId}, ${region}, watches the metric of metric filter ${filter.name}${namesOf(filter)}.`,
    ),
    ...filter.metrics.flatMap((metric) =>
      inRegion.metricAlarms.flatMap((alarm) =>
        fromAlarm(
          alarm,
          metric,
          all.filter((it) => it !== metric),
          inRegion,
          sources,
        ),
      ),
    ),
  ]);
}

function namesOf({ metrics }: ChainFilter): string {
  return metrics.map((it) => ` (${it.namespace}/${it.name})`).join('');
}

function fromAlarm(
  alarm: ChainAlarm,
  metric: FilterMetric,
  others: readonly FilterMetric[],
  inRegion: AlarmsOfRegion,
  sources: ChainSources,
): readonly Chain[] {
  const firing = firesAt(alarm, metric, others);
  switch (firing.state) {
    case 'elsewhere':
      return [];
    case 'fires':
      return [actionsOf(alarm, firing.at, inRegion, sources)];
    case 'never':
      return [broken('alarm', `Alarm ${alarm.arn} does not rise: ${firing.why}.`)];
    case 'unsure': {
      const rest = actionsOf(alarm, 1, inRegion, sources);
      if (rest.state === 'broken') return [rest];
      const why = `Whether alarm ${alarm.arn} rises could not be decided: ${firing.why}.`;
      return [
        unknownAt('alarm', why, [
          sources.noteUnsupported(alarm.arn, why),
          ...(rest.state === 'unknown' ? rest.gaps : []),
        ]),
      ];
    }
  }
}
