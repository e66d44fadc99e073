import type { Account, Trail } from '../../model/inventory.js';
import { byText } from '../../text/order.js';
import { doubt, listOf, someHold, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';
import { meet } from './event-set.js';
import { recordedBy, type Place } from './lost-events.js';
import type { EventSink, Recording } from './recording.js';
import { spaceOf } from './space-of.js';

/** What decides whether two trails record the same. */
interface Surroundings {
  readonly accounts: readonly Account[];
  readonly trails: readonly Trail[];
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
  const others = new Map(around.trails.filter((it) => it.arn !== trail.arn).map((it) => [it.arn, it]));
  const asked = new Map<string, Tri<boolean>[]>();
  for (const account of around.accounts) {
    const sinks = around.sinksOf(account).filter((it) => it.kind === 'trail');
    const mine = sinks.find((it) => it.arn === trail.arn);
    if (mine?.best === undefined) continue;
    for (const sink of sinks) {
      const other = others.get(sink.arn);
      if (other === undefined || sink.best === undefined) continue;
      if (!precedes({ sink, trail: other }, { sink: mine, trail })) continue;
      asked.set(other.arn, [...(asked.get(other.arn) ?? []), shared(mine, sink, around)]);
    }
  }
  const candidates = [...asked].flatMap(([arn, answers]) => {
    const value = others.get(arn);
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

interface Ranked {
  readonly sink: EventSink;
  readonly trail: Trail;
}

/** Whether of two trails in one account the first is the one to keep, and the second a copy. */
export function precedes(a: Ranked, b: Ranked): boolean {
  return byText(rankOf(a), rankOf(b)) < 0;
}

/** The lower, the more a trail is the one to keep. */
function rankOf({ sink, trail: { description, status, arn } }: Ranked): string {
  const isIt = (test: boolean): string => (test ? '0' : '1');
  const known = description.state === 'known' ? description.value : undefined;
  const started = status.state === 'known' ? (status.value.startLoggingTime ?? '') : '';
  return [
    isIt(sink.worst?.failure === undefined),
    isIt(known?.isOrganizationTrail === true),
    isIt(known?.isMultiRegionTrail === true),
    started === '' ? '~' : started,
    arn,
  ].join(' ');
}
