import type { Policy } from '../model/history.js';
import type { Evidence, Gap, Inventory } from '../model/inventory.js';
import type { Evaluation, Target } from '../model/results.js';
import { judgeTargets } from '../evaluate/index.js';
import { isTimeBound, type EffectivePolicy } from '../policy/index.js';
import { itemsBehind, itemsInForce } from './causes-of-change.js';
import type { ChangePoint, Past } from './past.js';
import { ObservationSeries, seriesKey, type Observation } from './observation.js';
import { nowhere } from '../model/naming.js';
import { isUnfound } from '../model/resource-kinds.js';
import { byId } from '../text/order.js';

/** Times that AWS Config records; all others of the View are told by live AWS alone. */
const recordedTimes: ReadonlySet<string> = new Set([
  'Account.joinedTimestamp',
  'Key.deletionDate',
  'Key.nextRotationDate',
]);

export interface Followed {
  readonly series: readonly ObservationSeries[];
  /** Those that a observation names, by id. */
  readonly gaps: ReadonlyMap<string, Gap>;
}

/**
 * Follows policies through a window: they are judged at its start and at each moment at which something was recorded,
 * on the targets that it may touch. `now` is that moment.
 */
export async function follow(past: Past, policies: readonly EffectivePolicy[]): Promise<Followed> {
  const replay = new Replay(past, policies.toSorted(byId));
  for (const [index, point] of past.points.entries()) {
    // What lies behind the end is said to be incomplete.
    if (index > 0 && past.end !== undefined && point.at >= past.end.at) break;
    await replay.pass(point, index);
  }
  replay.end();
  return { series: replay.series(), gaps: replay.gaps };
}

class Replay {
  readonly gaps = new Map<string, Gap>();
  private readonly byKey = new Map<string, ObservationSeries>();
  private readonly byGroup = new Map<string, Map<string, ObservationSeries>>();
  /** Of what may be in any account: they are in no group. */
  private readonly ofNowhere = new Set<ObservationSeries>();
  /** Judged on what a change touches, and on everything each time. */
  private readonly local: readonly EffectivePolicy[];
  private readonly global: readonly EffectivePolicy[];

  constructor(
    private readonly past: Past,
    policies: readonly EffectivePolicy[],
  ) {
    const isGlobal = (it: EffectivePolicy): boolean =>
      it.document['on-no-targets'] === 'NON_COMPLIANT' || isTimeBound(it, recordedTimes);
    this.local = policies.filter((it) => !isGlobal(it));
    this.global = policies.filter(isGlobal);
  }

  series(): ObservationSeries[] {
    return [...this.byKey.values()];
  }

  async pass(point: ChangePoint, index: number): Promise<void> {
    const { past } = this;
    const touchesAll = [...point.touched].some((group) => past.shared.has(group));
    const touched = touchesAll ? past.groups : point.touched;
    const asked = new Set([...touched, ...past.shared]);
    const isWhole = asked.size === past.groups.size;
    const inventory = await past.inventoryAt(point.at, isWhole ? undefined : asked);
    const isTouched = (it: Target): boolean => !isNowhere(it) && touched.has(past.groupOf(it));
    const tracks = this.tracksIn(touched).filter((it) => !isNowhere(it.target));
    this.judge(this.local, { point, index, isAsked: isTouched, tracks, inventory });
    const wasNowhere = [...this.ofNowhere].some((it) => it.last?.state === 'INSUFFICIENT_DATA');
    if (this.global.length === 0 && !wasNowhere && !mayBeNowhere(inventory)) return;
    const whole = isWhole ? inventory : await past.inventoryAt(point.at);
    const isThere = (it: Target): boolean => isNowhere(it) || past.groups.has(past.groupOf(it));
    this.judge(this.global, { point, index, isAsked: isThere, tracks: this.series(), inventory: whole });
    if (!wasNowhere && !mayBeNowhere(whole)) return;
    this.judge(this.local, { point, index, isAsked: isNowhere, tracks: [...this.ofNowhere], inventory: whole });
  }

  /** From where the records end, nothing is known of what is still there. */
  end(): void {
    const { end } = this.past;
    if (end === undefined) return;
    this.gaps.set(end.gap.id, end.gap);
    for (const track of this.byKey.values()) {
      if (track.last?.state === 'GONE') continue;
      track.see(unknown(end.gap, { at: end.at, items: [] }));
    }
  }

  private judge(policies: readonly EffectivePolicy[], passing: Passing): void {
    const { inventory, isAsked, tracks } = passing;
    const { judged, gaps } = judgeTargets(inventory, policies, isAsked);
    const gapById = new Map(gaps.map((gap) => [gap.id, gap]));
    const evidence = new Map(inventory.evidence.map((it) => [it.id, it]));
    const seen = new Set<ObservationSeries>();
    for (const { evaluation, policy } of judged) {
      const track = this.trackOf(evaluation, policy.document.title, policy.document.severity, passing);
      seen.add(track);
      for (const id of evaluation.gaps) {
        const gap = gapById.get(id);
        if (gap !== undefined && !this.gaps.has(id)) this.gaps.set(id, gap);
      }
      this.seeEvaluation(track, evaluation, evidence, passing);
    }
    const ids = new Set(policies.map((it) => it.id));
    for (const track of tracks) {
      if (seen.has(track) || !ids.has(track.policy.id)) continue;
      this.seeNothing(track, passing.point);
    }
  }

  /** Where everything is touched, targets that are in no group, too: those of policies that found no target. */
  private tracksIn(groups: ReadonlySet<string>): ObservationSeries[] {
    if (groups === this.past.groups) return this.series();
    return [...groups].flatMap((group) => Array.from(this.byGroup.get(group)?.values() ?? []));
  }

  private trackOf(
    { policyId, target, fingerprint }: Evaluation,
    title: string,
    severity: Policy['severity'],
    { index }: Passing,
  ): ObservationSeries {
    const key = seriesKey(policyId, target);
    const known = this.byKey.get(key);
    if (known !== undefined) {
      if (target.accountId !== 'unknown') known.target = target;
      if (target.accountId !== 'unknown') known.fingerprint = fingerprint;
      return known;
    }
    const track = new ObservationSeries({ id: policyId, title, severity, target: target.type }, target, fingerprint);
    this.byKey.set(key, track);
    const group = this.past.groupOf(target);
    if (isNowhere(target)) this.ofNowhere.add(track);
    this.byGroup.set(group, (this.byGroup.get(group) ?? new Map<string, ObservationSeries>()).set(key, track));
    const before = this.past.points.slice(0, index);
    for (const [nth, point] of before.entries()) {
      if (nth === 0 || this.mayTouch(point, group)) this.seeNothing(track, point);
    }
    return track;
  }

  private mayTouch({ touched }: ChangePoint, group: string): boolean {
    return touched.has(group) || [...touched].some((it) => this.past.shared.has(it));
  }

  private seeEvaluation(
    track: ObservationSeries,
    { outcome, message, severity, gaps, evidence: ids }: Evaluation,
    evidence: ReadonlyMap<string, Evidence>,
    { point }: Passing,
  ): void {
    const used = ids.flatMap((id) => evidence.get(id) ?? []);
    track.wasThere = true;
    const isFirst = track.last === undefined && point === this.past.points[0];
    const items = isFirst ? itemsInForce(used) : this.itemsBehind(track, point, used);
    track.see({
      state: outcome,
      message,
      ...(outcome === 'NON_COMPLIANT' ? { severity } : {}),
      gaps: outcome === 'INSUFFICIENT_DATA' ? gaps : [],
      change: { at: point.at, items },
    });
  }

  private seeNothing(track: ObservationSeries, point: ChangePoint): void {
    if (isUnfound(track.target)) {
      const state = track.wasThere ? 'GONE' : 'NOT_THERE_YET';
      track.see({ state, message: 'Nothing left open what is there.', gaps: [], change: { at: point.at, items: [] } });
      return;
    }
    const gap = this.past.whyUnseen(track.target, point.at);
    const change = { at: point.at, items: this.itemsBehind(track, point, []) };
    if (gap !== undefined) {
      if (!this.gaps.has(gap.id)) this.gaps.set(gap.id, gap);
      track.see(unknown(gap, change));
      return;
    }
    const { wasThere } = track;
    track.see({
      state: wasThere ? 'GONE' : 'NOT_THERE_YET',
      message: wasThere ? 'The target is no longer there.' : 'The target is not there yet.',
      gaps: [],
      change,
    });
  }

  private itemsBehind(track: ObservationSeries, point: ChangePoint, used: readonly Evidence[]) {
    const group = this.past.groupOf(track.target);
    const isInGroup = ({ accountId }: { readonly accountId: string }): boolean =>
      this.past.groupOf({ type: 'account', id: accountId, accountId, region: 'global' }) === group;
    return itemsBehind(point, track.target, used, isInGroup);
  }
}

interface Passing {
  readonly point: ChangePoint;
  /** Among the points of the past. */
  readonly index: number;
  /** The targets that are judged, and what was noted before of all that may be such ones. */
  readonly isAsked: (target: Target) => boolean;
  readonly tracks: readonly ObservationSeries[];
  readonly inventory: Inventory;
}

/** It may be in any account. */
function isNowhere(target: Target): boolean {
  return isUnfound(target) && target.accountId === nowhere.accountId;
}

/** A bucket whose owner is not known may name a key of any account. */
function mayBeNowhere({ buckets }: Inventory): boolean {
  return buckets.some((it) => it.owner.state === 'unknown');
}

function unknown({ id, message }: Gap, change: Observation['change']): Observation {
  return { state: 'INSUFFICIENT_DATA', message, gaps: [id], change };
}
