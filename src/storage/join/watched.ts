import type { AlarmPlace, Alarms, BusPlace, Inventory, Topic } from '../../model/inventory.js';
import { known } from '../../model/known.js';
import { chooseBest } from './choose.js';

type Watched = Pick<Inventory, 'alarms' | 'eventRules' | 'topics' | 'roles'>;
type Kept = Pick<Inventory, 'logGroups' | 'topics'>;

/**
 * Alarms, event rules, roles, and the topics that they tell beside those that trails name, as the parts tell them, where any part
 * asked. A part keeps the alarms on what the log groups count that it knows of, so those of several parts add up.
 */
export function joinWatched(parts: readonly Watched[], { logGroups, topics: named = [] }: Kept): Watched {
  const ofLogGroups = new Set(logGroups.map(placeOf));
  const alarms = allOf(parts.map((it) => it.alarms));
  const topics = allOf(parts.map((it) => it.topics));
  const kept = alarms === undefined ? undefined : joinPlaces(alarms.filter((it) => ofLogGroups.has(placeOf(it))));
  const eventRules = allOf(parts.map((it) => it.eventRules));
  const places = eventRules === undefined ? undefined : chooseBest(eventRules, placeOf);
  const roles = allOf(parts.map((it) => it.roles));
  const told = new Set([...(kept ?? []).flatMap(actionsIn), ...(places ?? []).flatMap(targetsIn)]);
  return {
    ...(kept === undefined ? {} : { alarms: kept }),
    ...(places === undefined ? {} : { eventRules: places }),
    ...(topics === undefined ? {} : { topics: chooseBest([...named, ...topics.filter(isIn(told))], ({ arn }) => arn) }),
    ...(roles === undefined ? {} : { roles: chooseBest(roles, ({ arn }) => arn) }),
  };
}

function allOf<T>(lists: readonly (readonly T[] | undefined)[]): readonly T[] | undefined {
  return lists.every((it) => it === undefined) ? undefined : lists.flatMap((it) => it ?? []);
}

function placeOf({ accountId, region }: { readonly accountId: string; readonly region: string }): string {
  return `${accountId} ${region}`;
}

function joinPlaces(all: readonly AlarmPlace[]): readonly AlarmPlace[] {
  return chooseBest(all, placeOf).map((place) =>
    joinPlace(
      place,
      all.filter((it) => it !== place && placeOf(it) === placeOf(place)),
    ),
  );
}

function joinPlace(place: AlarmPlace, others: readonly AlarmPlace[]): AlarmPlace {
  if (place.alarms.state !== 'known') return place;
  const lists = [place, ...others].flatMap(({ alarms }) => (alarms.state === 'known' ? [alarms.value] : []));
  return { ...place, alarms: known(addedUp(lists)) };
}

function addedUp(lists: readonly Alarms[]): Alarms {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only;
  return {
    metricAlarms: chooseBest(
      lists.flatMap((it) => it.metricAlarms),
      ({ arn }) => arn,
    ),
    compositeAlarms: chooseBest(
      lists.flatMap((it) => it.compositeAlarms),
      ({ arn }) => arn,
    ),
  };
}

function actionsIn({ alarms }: AlarmPlace): readonly string[] {
  if (alarms.state !== 'known') return [];
  return [...alarms.value.metricAlarms, ...alarms.value.compositeAlarms].flatMap((it) => it.alarmActions);
}

function isIn(told: ReadonlySet<string>): (it: Topic) => boolean {
  return ({ arn }) => told.has(arn);
}

function targetsIn({ rules }: BusPlace): readonly string[] {
  if (rules.state !== 'known') return [];
  return rules.value.flatMap(({ targets }) => (targets?.state === 'known' ? targets.value.map((it) => it.arn) : []));
}
