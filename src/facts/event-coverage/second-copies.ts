import type { Account, Trail } from '../../model/inventory.js';
import { byText } from '../../text/order.js';
import { allHold, doubt, listOf, someHold, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';
import { meet } from './event-set.js';
import { recordedBy, type Place } from './lost-events.js';
import type { EventSink, Recording } from './recording.js';
import { spaceOf } from './space-of.js';

/** What decides whether two trails record the same. */
interface Surroundings {
  readonly accounts: readonly Account[];
  /** By ARN. */
  readonly trails: ReadonlyMap<string, Trail>;
  readonly partition: string;
  readonly globalServicesRegion: string;
  sinksOf(account: Account): readonly EventSink[];
}

/**
 * The trails that record management events of which this one makes another copy, in the same account and Region. Of two
 * trails one is the copy: the one that does not deliver, else the one of a single account, the one of a single Region, the
 * one that was started later. CloudTrail charges for each copy of a management event but the first of a Region, also
 * while it cannot deliver it.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-manage-costs.html
 */
export function copiedFrom(trail: Trail, around: Surroundings): OpenList<Trail> {
  const asked = new Map<string, Tri<boolean>[]>();
  for (const account of around.accounts) {
    const sinks = around.sinksOf(account).filter((it) => it.kind === 'trail');
    const mine = sinks.find((it) => it.arn === trail.arn);
    if (mine?.best === undefined) continue;
    for (const sink of sinks) {
      const other = around.trails.get(sink.arn);
      if (other === undefined || other.arn === trail.arn || sink.best === undefined) continue;
      const isFirst = precedes({ sink, trail: other }, { sink: mine, trail });
      if (isFirst.state === 'known' && !isFirst.value) continue;
      const isCopy = allHold([isFirst, shared(mine, sink, around)]);
      asked.set(other.arn, [...(asked.get(other.arn) ?? []), isCopy]);
    }
  }
  const candidates = [...asked].flatMap(([arn, answers]) => {
    const value = around.trails.get(arn);
    return value === undefined ? [] : { value, isMember: someHold(answers) };
  });
  return listOf(candidates.toSorted((a, b) => byText(a.value.arn, b.value.arn)));
}

function shared(a: EventSink, b: EventSink, around: Surroundings): Tri<boolean> {
  if (meets(a.worst, b.worst, around)) return sure(true);
  return meets(a.best, b.best, around) ? doubt([...a.gaps, ...b.gaps]) : sure(false);
}

function meets(a: Recording | undefined, b: Recording | undefined, around: Surroundings): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.region !== '*' && b.region !== '*' && a.region !== b.region) return false;
  const region = a.region === '*' ? b.region : a.region;
  const place: Place = { region, isGlobalServicesRegion: region === around.globalServicesRegion };
  return [true, false].some((readOnly) => {
    const eventClass = { category: 'Management', readOnly } as const;
    const space = spaceOf(eventClass, around.partition);
    const those = recordedBy(b, place, eventClass, space);
    return recordedBy(a, place, eventClass, space).some((box) => those.some((it) => meet(box, it, space)));
  });
}

/** A trail that is compared, with what is known of it in an account. */
export interface Ranked {
  readonly sink: EventSink;
  readonly trail: Trail;
}

/** Whether of two trails in one account the first is the one to keep, and the second a copy. */
export function precedes(a: Ranked, b: Ranked): Tri<boolean> {
  const [first, second] = [ranksOf(a), ranksOf(b)];
  if (byText(first.highest, second.lowest) < 0) return sure(true);
  if (byText(first.lowest, second.highest) >= 0) return sure(false);
  return doubt([...first.gaps, ...second.gaps]);
}

/** The lower, the more a trail is the one to keep. The two are equal where all that decides was read. */
interface Ranks {
  readonly lowest: string;
  readonly highest: string;
  readonly gaps: readonly string[];
}

const ranks = new WeakMap<EventSink, Ranks>();

function ranksOf(it: Ranked): Ranks {
  const known = ranks.get(it.sink) ?? computedRanks(it);
  ranks.set(it.sink, known);
  return known;
}

function computedRanks({ sink, trail: { description, status, arn } }: Ranked): Ranks {
  const digit = (test: boolean | undefined, unread: string): string => (test === undefined ? unread : test ? '0' : '1');
  const known = description.state === 'known' ? description.value : undefined;
  const started = status.state === 'known' ? (status.value.startLoggingTime ?? '') : undefined;
  const rank = (unread: '0' | '1'): string =>
    [
      digit(sink.worst?.failure === undefined, unread),
      digit(description.state === 'unknown' ? undefined : known?.isOrganizationTrail === true, unread),
      digit(description.state === 'unknown' ? undefined : known?.isMultiRegionTrail === true, unread),
      started === undefined ? (unread === '0' ? '' : '~') : started === '' ? '~' : started,
      arn,
    ].join(' ');
  const gaps = [description, status].flatMap((part) => (part.state === 'unknown' ? [part.gap] : []));
  return { lowest: rank('0'), highest: rank('1'), gaps };
}
