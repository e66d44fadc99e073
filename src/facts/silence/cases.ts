import type { Trail } from '../../model/inventory.js';
import { failuresOf, type Failure } from './failure.js';
import type { TrailView, TrailViews } from './trail-views.js';
import { traitsOf } from './traits.js';

/** Whether a trail's log files fail to reach one account's record: in the kindest and in the harshest reading. */
export interface DeliveryCases {
  readonly best: Failure | undefined;
  readonly worst: Failure | undefined;
  /** The views for which the two differ. */
  readonly doubtful: readonly TrailView[];
}

const dayInMilliseconds = 24 * 60 * 60 * 1000;

/** What the owner is told, and one other account that the trail records for: a failure of either is one there. */
export function deliveryCases(trail: Trail, { owner, others }: TrailViews, now: number): DeliveryCases {
  const views = [
    ...(owner.state === 'known' ? [{ accountId: trail.accountId, isOwner: true, status: owner.value }] : []),
    ...others,
  ];
  const traits = traitsOf(trail);
  const cases = views.map((view) => ({ view, failures: failuresOf(view, traits, now) }));
  // What only the owner's silence leaves open is settled where this account's own files came lately.
  const isSettled = cases.some(
    ({ view, failures }) => !view.isOwner && failures.worst === undefined && hasLogs(view, now),
  );
  const counting = isSettled ? cases.filter(({ view }) => !view.isOwner) : cases;
  const best = cases.reduce<Failure | undefined>((worse, it) => worseFailure(worse, it.failures.best), undefined);
  return {
    best,
    worst: counting.reduce<Failure | undefined>((worse, it) => worseFailure(worse, it.failures.worst), best),
    doubtful: counting.filter(({ failures }) => failures.worst !== failures.best).map(({ view }) => view),
  };
}

function hasLogs({ status: { latestDeliveryTime: last } }: TrailView, now: number): boolean {
  return last !== undefined && now - Date.parse(last) <= dayInMilliseconds;
}

/** The failure that lasts longer: what both let through is delivered. */
function worseFailure(a: Failure | undefined, b: Failure | undefined): Failure | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return isLater(a, b) ? b : a;
}

/** Whether `a` began to fail later than `b`. */
export function isLater(a: Failure, b: Failure): boolean {
  if (a.since === undefined) return false;
  return b.since === undefined || Date.parse(a.since) > Date.parse(b.since);
}
