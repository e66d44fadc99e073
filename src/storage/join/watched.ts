import type { AlarmPlace, Alarms, Inventory, Topic } from '../../model/inventory.js';
import { known } from '../../model/known.js';
import { chooseBest } from './choose.js';

type Watched = Pick<Inventory, 'alarms' | 'topics'>;
type Kept = Pick<Inventory, 'logGroups' | 'topics'>;

/**
 * Alarms, and the topics that they tell beside those that trails name, as the parts tell them, where any part asked. A part
 * keeps the alarms on what the log groups count that it knows of, so those of several parts add up.
 */
export function joinWatched(parts: readonly Watched[], { logGroups, topics: named = [] }: Kept): Watched {
  const places = new Set(logGroups.map(placeOf));
  const alarms = allOf(parts.map((it) => it.alarms));
  const topics = allOf(parts.map((it) => it.topics));
  const kept = alarms === undefined ? undefined : joinPlaces(alarms.filter((it) => places.has(placeOf(it))));
  const told = new Set((kept ?? []).flatMap(actionsIn));
  return {
    ...(kept === undefined ? {} : { alarms: kept }),
    ...(topics === undefined ? {} : { topics: chooseBest([...named, ...topics.filter(isIn(told))], ({ arn }) => arn) }),
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
