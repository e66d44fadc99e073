import { mapKnown, type Known } from '../../model/known.js';
import { describeMissed, toldByFilters, type AlarmSubject, type Decided, type Told } from '../required-events/index.js';
import { actionsOf } from './actions.js';
import { firesAt } from './fires-at.js';
import { best, broken, logGroupLink, unknownAt, type Chain } from './link.js';
import type { AlarmsOfRegion, ChainAlarm, ChainFilter, ChainSources, FilterMetric } from './sources.js';

/** The rest of the chains from a log group on, by the id of the class of events. */
export type ChainsOfLogGroup = (classId: string) => Chain;

type ToldBy = (patterns: readonly string[]) => ToldClasses;

/** Looks up, and remembers: many accounts share a log group, many log groups a pattern, and all subjects the alarms. */
export function logGroupChains(
  sources: ChainSources,
): (logGroupArn: string, subject: AlarmSubject) => ChainsOfLogGroup {
  const told = remembered((key: string) => {
    // The key is made below: a subject and patterns.
    const [subject, ...patterns] = JSON.parse(key) as [AlarmSubject, ...string[]];
    return byClass(toldByFilters(subject, patterns));
  });
  const filters = remembered((logGroupArn: string) => withRests(logGroupArn, sources));
  const chains = remembered((key: string) => {
    const [subject, logGroupArn] = JSON.parse(key) as [AlarmSubject, string];
    const toldBy: ToldBy = (patterns) => told(JSON.stringify([subject, ...patterns]));
    return chainsOf(logGroupArn, filters(logGroupArn), toldBy, sources);
  });
  return (logGroupArn, subject) => chains(JSON.stringify([subject, logGroupArn]));
}

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const all = new Map<string, T>();
  return (key) => {
    const known = all.get(key) ?? compute(key);
    all.set(key, known);
    return known;
  };
}

/** What filters tell, with the classes by their id. */
type ToldClasses =
  | Exclude<Told, { state: 'told' }>
  | { readonly state: 'told'; readonly classes: ReadonlyMap<string, Decided> };

function byClass(told: Told): ToldClasses {
  return told.state === 'told' ? { state: told.state, classes: new Map(told.classes.map((it) => [it.id, it])) } : told;
}

interface FilterWithRest {
  readonly filter: ChainFilter;
  /** The chain from its metric on. */
  readonly rest: Chain;
}

interface Filter extends FilterWithRest {
  readonly told: ToldClasses;
}

function withRests(logGroupArn: string, sources: ChainSources): Known<readonly FilterWithRest[]> {
  return mapKnown(sources.filtersOf(logGroupArn), (filters) => {
    const metrics = filters.flatMap((it) => it.metrics);
    return filters.map((filter) => ({ filter, rest: fromMetric(filter, logGroupArn, metrics, sources) }));
  });
}

function chainsOf(
  logGroupArn: string,
  filters: Known<readonly FilterWithRest[]>,
  toldBy: ToldBy,
  sources: ChainSources,
): ChainsOfLogGroup {
  if (filters.state === 'absent') return () => broken(logGroupLink, `Log group ${logGroupArn} does not exist.`);
  if (filters.state === 'unknown') {
    return () =>
      unknownAt('metric-filter', `The metric filters of log group ${logGroupArn} could not be read.`, [filters.gap]);
  }
  const all = filters.value.map(({ filter, rest }): Filter => ({ filter, rest, told: toldBy([filter.pattern]) }));
  return remembered((classId) => {
    const alone = all.flatMap((it) => chainOfFilter(it, classId, logGroupArn, sources));
    const chain = best(alone.length === 0 ? [noFilter(all, classId, logGroupArn)] : alone);
    return chain.state === 'whole' ? chain : best([chain, ...addedUp(all, classId, toldBy, alone.length > 0)]);
  });
}

function noFilter(all: readonly Filter[], classId: string, logGroupArn: string): Chain {
  const [, , , region = '', accountId = ''] = logGroupArn.split(':');
  const place = `log group ${logGroupArn} (account ${accountId}, ${region})`;
  return broken('metric-filter', `No metric filter of ${place} matches it${nearest(all, classId)}.`);
}

/** Why the filter that comes nearest to the event misses it. */
function nearest(all: readonly Filter[], classId: string): string {
  const misses = all.flatMap(({ filter, told }) => {
    const decided = told.state === 'told' ? told.classes.get(classId) : undefined;
    if (decided?.missed === undefined || decided.missed.isWholeClass) return [];
    const says = `; ${filter.name} misses ${describeMissed(decided.missed)}`;
    return [{ says, shared: sharedWords(`${decided.id} ${decided.what}`, filter.pattern) }];
  });
  const [first] = misses.toSorted((a, b) => b.shared - a.shared);
  if (first !== undefined) return first.says;
  const needless = all.find(({ told }) => told.state === 'indiscriminate');
  return needless === undefined
    ? ''
    : `; ${needless.filter.name} matches nearly everything, so an alarm on it means nothing`;
}

/** How many words that say which events these are stand in a pattern: of several filters, that one is meant for them. */
function sharedWords(what: string, pattern: string): number {
  const text = pattern.toLowerCase();
  return what.split(/[^A-Za-z]+/).filter((word) => word.length > 3 && text.includes(word.toLowerCase())).length;
}

/** Nothing where the filter surely does not match. */
function chainOfFilter(
  { filter, told, rest }: Filter,
  classId: string,
  logGroupArn: string,
  sources: ChainSources,
): readonly Chain[] {
  const unclear = (why: string): readonly Chain[] => {
    if (rest.state === 'broken') return [rest];
    const gap = sources.noteUnsupported(`${logGroupArn} metric filter ${filter.name}`, why);
    return [unknownAt('metric-filter', why, rest.state === 'unknown' ? [gap, ...rest.gaps] : [gap])];
  };
  if (told.state === 'indiscriminate') return [];
  if (told.state === 'unreadable') {
    return unclear(`The pattern of metric filter ${filter.name} could not be read: ${told.why}.`);
  }
  const state = told.classes.get(classId)?.state ?? 'misses';
  if (state === 'misses') return [];
  const reason = readsOtherwise(filter);
  if (reason !== undefined) return unclear(`Metric filter ${filter.name} ${reason}.`);
  if (state === 'unknown') return unclear(`Whether metric filter ${filter.name} matches it could not be decided.`);
  if (rest.state !== 'whole') return [rest];
  const why = `Metric filter ${filter.name} matches it. ${rest.why}`;
  return [{ ...rest, why, filterPatterns: [filter.pattern] }];
}

/** Why the pattern alone does not say which events the filter matches. */
function readsOtherwise({ isOnTransformedLogs, selectionCriteria }: ChainFilter): string | undefined {
  if (isOnTransformedLogs) return "reads events that the log group's transformer has rewritten";
  return selectionCriteria === undefined ? undefined : 'reads events with certain system fields only';
}

/** Several filters which together match what none matches alone. */
function addedUp(all: readonly Filter[], classId: string, toldBy: ToldBy, isMatchedByOne: boolean): readonly Chain[] {
  const able = all.filter(({ filter, told }) => told.state === 'told' && readsOtherwise(filter) === undefined);
  const match = (some: readonly Filter[]): boolean => {
    if (some.length < 2) return false;
    const together = toldBy(some.map(({ filter }) => filter.pattern));
    return together.state === 'told' && together.classes.get(classId)?.state === 'all';
  };
  const whole = able.filter(({ rest }) => rest.state === 'whole');
  if (match(whole)) return [joined(whole)];
  const open = able.filter(({ rest }) => rest.state !== 'broken');
  if (match(open)) {
    const unknown = open.flatMap(({ rest }) => (rest.state === 'unknown' ? [rest] : []));
    const why = unknown.map((it) => it.why).join(' ');
    return [
      unknownAt(
        unknown[0]?.at ?? 'metric',
        why,
        unknown.flatMap((it) => it.gaps),
      ),
    ];
  }
  if (isMatchedByOne || !match(able)) return [];
  // Of filters that have nothing to do with it, the alarms are not what is broken.
  const needed = able.reduce((kept, it) => {
    const others = kept.filter((other) => other !== it);
    return match(others) ? others : kept;
  }, able);
  return needed.flatMap(({ rest }) => (rest.state === 'broken' ? [rest] : [])).slice(0, 1);
}

function joined(filters: readonly Filter[]): Chain {
  const wholes = filters.flatMap(({ rest }) => (rest.state === 'whole' ? [rest] : []));
  const names = filters.map(({ filter }) => filter.name).join(', ');
  return {
    state: 'whole',
    firesAt: Math.max(...wholes.map((it) => it.firesAt)),
    why: `Metric filters ${names} match it together. ${wholes.map((it) => it.why).join(' ')}`,
    topics: [...new Set(wholes.flatMap((it) => it.topics))].toSorted(),
    filterPatterns: filters.map(({ filter }) => filter.pattern),
  };
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
