import { doubt, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';
import { boxKey, type EventSet, type Space } from './event-set.js';
import { arnPrefixOf, confined, eventSourceOf } from './split-by-source.js';
import { causeOf, failureSummary, summaryOf } from './describe.js';
import type { EventClass } from './event-class.js';
import { exampleIn } from './example.js';
import { accessRecordOf, noLogs, type FindLogs, type LogArea } from './log-buckets.js';
import type { Loss } from './loss.js';
import { nearestTo, type Nearest } from './nearest.js';
import type { Outcome, Piece, Place } from './lost-events.js';
import type { EventSink } from './recording.js';
import type { RegionGroup, RegionPlan } from './regions.js';
import { truncateLosses } from './truncate-losses.js';
import { byText } from '../../text/order.js';

/** What losses are told about that the pieces themselves do not show. */
export interface Setting {
  readonly partition: string;
  readonly globalServicesRegion: string;
  readonly organizationId: string | undefined;
  readonly findLogs: FindLogs;
}

/** Lost events of some Regions, on the way to a loss. */
interface Lost {
  readonly box: EventSet;
  readonly failing: Piece['failing'];
  readonly nearest: Nearest;
  readonly regions: readonly string[];
  /** Undefined: certain. */
  readonly gaps: readonly string[] | undefined;
}

/** The losses of all Regions in a fixed order; equal ones of several Regions are one. */
export function lossesOf(
  outcomes: readonly { readonly group: RegionGroup; readonly place: Place; readonly outcome: Outcome }[],
  sinks: readonly EventSink[],
  plan: RegionPlan,
  eventClass: EventClass,
  space: Space,
  setting: Setting,
): OpenList<Loss> {
  const merged = new Map<string, Lost>();
  for (const { group, place, outcome } of outcomes) {
    const add = (piece: Piece, gaps?: readonly string[]): void => {
      for (const box of confined(piece.box, space)) {
        const which = gaps === undefined ? 'best' : 'worst';
        const nearest: Nearest =
          piece.failing === undefined
            ? nearestTo(box, which, place, sinks, eventClass, space)
            : { reason: 'not-delivered', sink: piece.failing.sink };
        const { reason, sink } = nearest;
        const key = JSON.stringify([boxKey(box), reason, sink?.arn, piece.failing?.failure, gaps]);
        const regions = [...(merged.get(key)?.regions ?? []), ...group.names];
        merged.set(key, { box, failing: piece.failing, nearest, regions, gaps });
      }
    };
    for (const piece of outcome.sure) add(piece);
    for (const piece of outcome.doubtful) add(piece, piece.gaps);
  }
  const all = [...merged].toSorted(([keyA, a], [keyB, b]) => byWeight(a, b) || byText(keyA, keyB));
  const told = (lost: Lost): Loss =>
    describeLoss({ ...lost, regions: namesOf(lost.regions, plan) }, eventClass, space, setting);
  const members = all.flatMap(([, lost]) => (lost.gaps === undefined ? [told(lost)] : []));
  const doubtful = all.flatMap(([, lost]) => (lost.gaps === undefined ? [] : [{ value: told(lost), gaps: lost.gaps }]));
  return { members: truncateLosses(members).map((it) => it.value), doubtful: truncateDoubts(doubtful) };
}

function truncateDoubts(
  doubtful: readonly { readonly value: Loss; readonly gaps: readonly string[] }[],
): { readonly value: Loss; readonly gaps: readonly string[] }[] {
  const gaps = doubt(doubtful.flatMap((it) => it.gaps)).gaps;
  const values = truncateLosses(doubtful.map((it) => it.value));
  return values.map(({ value, isSum }, index) => ({ value, gaps: isSum ? gaps : (doubtful[index]?.gaps ?? gaps) }));
}

/** Losses for good before those that may still be delivered; then the wider first, as these matter most. */
function byWeight(a: Lost, b: Lost): number {
  const isLate = (lost: Lost): number => (lost.failing === undefined ? 0 : 1);
  return isLate(a) - isLate(b) || a.box.size - b.box.size;
}

function namesOf(regions: readonly string[], { all, gaps }: RegionPlan): readonly string[] {
  if (regions.includes('*')) return ['*'];
  const names = [...new Set(regions)].toSorted();
  return names.length === all.length && all.length > 1 && gaps.length === 0 ? ['*'] : names;
}

function describeLoss(lost: Lost, eventClass: EventClass, space: Space, setting: Setting): Loss {
  const { box, failing, nearest, regions, gaps } = lost;
  const where = { names: regions, ofGlobalServices: setting.globalServicesRegion };
  const example = exampleIn(box, where, eventClass, space, setting.partition);
  const prefix = arnPrefixOf(box);
  const isOfObjects = eventClass.category === 'Data' && eventClass.resourceType === 'AWS::S3::Object';
  const area: LogArea = prefix !== undefined && isOfObjects ? setting.findLogs(prefix) : noLogs;
  const mayBeLogs = area.isLogs.state === 'unknown' || area.isLogs.value;
  const recordedBy: Tri<string | undefined> =
    !mayBeLogs || area.bucket === undefined ? sure(undefined) : accessRecordOf(area.bucket);
  const cause = causeOf(nearest, setting.organizationId);
  const since = failing?.failure.since;
  return {
    reason: nearest.reason,
    eventSource: eventClass.category === 'NetworkActivity' ? eventClass.eventSource : eventSourceOf(box),
    regions,
    ...(prefix === undefined ? {} : { resourceArnPrefix: prefix }),
    isLogBucket: area.isLogs,
    isAccessLogBucket: area.isAccessLogs,
    example,
    summary:
      failing === undefined
        ? `${summaryOf(example, regions, nearest, gaps !== undefined)}${about(area, prefix)}`
        : failureSummary(example, regions, nearest, failing.failure),
    ...(since === undefined ? {} : { failingSince: since }),
    recordedBy,
    ...(cause === undefined ? {} : { cause }),
  };
}

/** What the bucket is for, where that tells why it was left out. */
function about({ isAccessLogs }: LogArea, prefix: string | undefined): string {
  if (prefix === undefined || isAccessLogs.state === 'unknown' || !isAccessLogs.value) return '';
  return ` The bucket of ${prefix} receives server access logs of a log bucket.`;
}
