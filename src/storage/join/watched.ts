import type { AlarmPlace, Alarms, BusPlace, Inventory, Role, TargetBus, Topic } from '../../model/inventory.js';
import { known, unknown, type Known } from '../../model/known.js';
import { byText } from '../../text/order.js';
import { disagreement, reconciled, tellTheSame, type Joining, type Place, type Told } from './reconcile.js';

type Watched = Pick<Inventory, 'alarms' | 'eventRules' | 'targetBuses' | 'topics' | 'roles' | 'capturedAt'>;
type Kept = Pick<Inventory, 'logGroups' | 'topics'>;

/**
 * Alarms, event rules and the event buses to which these send events, roles, and the topics that they tell beside those that trails name, as the parts tell them, where any part
 * asked. A part keeps the alarms on what the log groups count that it knows of, so those of several parts add up.
 */
export function joinWatched(
  parts: readonly Watched[],
  { logGroups, topics: named = [] }: Kept,
  joining: Joining,
): Omit<Watched, 'capturedAt'> {
  const ofLogGroups = new Set(logGroups.map(placeOf));
  const alarms = allOf(parts, (it) => it.alarms);
  const kept =
    alarms &&
    joinPlaces(
      alarms.filter(({ it }) => ofLogGroups.has(placeOf(it))),
      joining,
    );
  const rules = allOf(parts, (it) => it.eventRules);
  const places = rules && eachOnce(rules, placeOf, ofBus, joining);
  const targetBuses = allOf(parts, (it) => it.targetBuses);
  const readAsPlaces = new Set(places?.map(placeOf));
  const buses =
    targetBuses && eachOnce(targetBuses, ({ arn }) => arn, ofTargetBus, joining).map(withoutRulesOf(readAsPlaces));
  const roles = allOf(parts, (it) => it.roles);
  const topics = allOf(parts, (it) => it.topics);
  const told = new Set([
    ...(kept ?? []).flatMap(actionsIn),
    ...[...(places ?? []), ...(buses ?? [])].flatMap(targetsIn),
  ]);
  // Those that trails name are joined already.
  const isNamed = isIn(new Set(named.map(({ arn }) => arn)));
  const others = topics?.filter(({ it }) => isIn(told)(it) && !isNamed(it)) ?? [];
  const ofTopic = ({ arn, accountId, region }: Topic): Place => ({ id: arn, accountId, region });
  return {
    ...(kept === undefined ? {} : { alarms: kept }),
    ...(places === undefined ? {} : { eventRules: places }),
    ...(buses === undefined ? {} : { targetBuses: buses }),
    ...(topics === undefined
      ? {}
      : { topics: [...named, ...eachOnce(others, ({ arn }) => arn, ofTopic, joining)].toSorted(byArn) }),
    ...(roles === undefined ? {} : { roles: eachOnce(roles, ({ arn }) => arn, ofRole, joining) }),
  };
}

function byArn(a: { readonly arn: string }, b: { readonly arn: string }): number {
  return byText(a.arn, b.arn);
}

function ofRole({ arn, accountId }: Role): Place {
  return { id: arn, accountId, region: 'global' };
}

/** The rules of a default event bus, which only some parts have among the places. */
function withoutRulesOf(places: ReadonlySet<string>): (bus: TargetBus) => TargetBus {
  return (bus) => {
    if (bus.name !== 'default' || !places.has(placeOf(bus))) return bus;
    const { rules: _, ...others } = bus;
    return others;
  };
}

function ofTargetBus({ arn, accountId, region }: TargetBus): Place {
  return { id: arn, accountId, region };
}

function ofBus({ accountId, region }: BusPlace): Place {
  return { id: `event bus default in ${accountId}, ${region}`, accountId, region };
}

/** Undefined: no part asked. */
function allOf<T>(
  parts: readonly Watched[],
  listOf: (part: Watched) => readonly T[] | undefined,
): readonly Told<T>[] | undefined {
  if (parts.every((part) => listOf(part) === undefined)) return undefined;
  return parts.flatMap((part) => (listOf(part) ?? []).map((it) => ({ it, at: part.capturedAt })));
}

/** What several parts tell of each, by the keys. */
function eachOnce<T extends object>(
  all: readonly Told<T>[],
  keyOf: (it: T) => string,
  place: (it: T) => Place,
  joining: Joining,
): readonly T[] {
  return groupsOf(all, keyOf).map(([first, ...others]) =>
    others.length === 0 ? first.it : reconciled(place(first.it), [first, ...others], joining),
  );
}

type Group<T> = readonly [Told<T>, ...Told<T>[]];

/** By the keys; what one part tells is alone. */
function groupsOf<T>(all: readonly Told<T>[], keyOf: (it: T) => string): readonly Group<T>[] {
  const groups = new Map<string, [Told<T>, ...Told<T>[]]>();
  for (const it of all) {
    const group = groups.get(keyOf(it.it));
    if (group === undefined) groups.set(keyOf(it.it), [it]);
    else group.push(it);
  }
  return [...groups].toSorted(([a], [b]) => byText(a, b)).map(([, group]) => group);
}

function placeOf({ accountId, region }: { readonly accountId: string; readonly region: string }): string {
  return `${accountId} ${region}`;
}

function joinPlaces(all: readonly Told<AlarmPlace>[], joining: Joining): readonly AlarmPlace[] {
  return groupsOf(all, placeOf).map((group) => {
    const [newest = group[0]] = group.toSorted((a, b) => byText(b.at, a.at));
    const alarms = alarmsOf(group, joining);
    const { accountId, region, evidence } = newest.it;
    const muteRules = muteRulesOf(group);
    return Object.assign({ accountId, region, alarms, evidence }, muteRules === undefined ? {} : { muteRules });
  });
}

/** Each part that asked was told all of them; a part without alarms there did not ask. */
function muteRulesOf(group: Group<AlarmPlace>): AlarmPlace['muteRules'] {
  const told = group.toSorted((a, b) => byText(b.at, a.at)).flatMap(({ it }) => it.muteRules ?? []);
  return told.find((it) => it.state !== 'unknown') ?? told[0];
}

/** What was refused to one part another one was told. An alarm that two tell differently was changed meanwhile. */
function alarmsOf(group: Group<AlarmPlace>, joining: Joining): Known<Alarms> {
  const newestFirst = group.toSorted((a, b) => byText(b.at, a.at));
  const lists = newestFirst.flatMap(({ it: { alarms }, at }) =>
    alarms.state === 'known' ? [{ it: alarms.value, at }] : [],
  );
  if (lists.length === 0) return newestFirst[0]?.it.alarms ?? { state: 'absent' };
  const told = {
    metricAlarms: alarmsIn(lists, (it) => it.metricAlarms),
    compositeAlarms: alarmsIn(lists, (it) => it.compositeAlarms),
  };
  const changed = joining.newestWins ? undefined : (changedIn(told.metricAlarms) ?? changedIn(told.compositeAlarms));
  if (changed !== undefined) {
    const { accountId, region } = group[0].it;
    const gap = disagreement({ id: `alarms in ${accountId}, ${region}`, accountId, region }, 'alarms', ...changed);
    joining.note(gap);
    return unknown(gap.id);
  }
  return known({
    metricAlarms: told.metricAlarms.map(([newest]) => newest.it),
    compositeAlarms: told.compositeAlarms.map(([newest]) => newest.it),
  });
}

function alarmsIn<T extends { readonly arn: string }>(
  newestFirst: readonly Told<Alarms>[],
  listOf: (it: Alarms) => readonly T[],
): readonly Group<T>[] {
  const told = newestFirst.flatMap(({ it, at }) => listOf(it).map((alarm) => ({ it: alarm, at })));
  return groupsOf(told, ({ arn }) => arn);
}

/** When the two parts were read that tell different things of one alarm. */
function changedIn(groups: readonly Group<object>[]): readonly [string, string] | undefined {
  for (const [newest, ...others] of groups) {
    const other = others.find(({ it }) => !tellTheSame(it, newest.it));
    if (other !== undefined) return [newest.at, other.at];
  }
  return undefined;
}

function actionsIn({ alarms }: AlarmPlace): readonly string[] {
  if (alarms.state !== 'known') return [];
  return [...alarms.value.metricAlarms, ...alarms.value.compositeAlarms].flatMap((it) => it.alarmActions);
}

function isIn(told: ReadonlySet<string>): (it: Topic) => boolean {
  return ({ arn }) => told.has(arn);
}

function targetsIn({ rules }: Partial<Pick<BusPlace, 'rules'>>): readonly string[] {
  if (rules?.state !== 'known') return [];
  return rules.value.flatMap(({ targets }) => (targets?.state === 'known' ? targets.value.map((it) => it.arn) : []));
}
