import { allHold, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import type { Loss } from './loss.js';

/** A report shows so many losses at most. */
const maxLosses = 20;

/**
 * The first losses and, where there are more than {@link maxLosses}, one that stands for all others. It is acceptable
 * to a policy only if each of them is: what they do not share, it does not claim.
 */
export function truncateLosses(losses: readonly Loss[]): readonly { readonly value: Loss; readonly isSum: boolean }[] {
  if (losses.length <= maxLosses) return losses.map((value) => ({ value, isSum: false }));
  const shown = losses.slice(0, maxLosses - 1);
  return [
    ...shown.map((value) => ({ value, isSum: false })),
    { value: sumOf(losses.slice(maxLosses - 1)), isSum: true },
  ];
}

function sumOf(losses: readonly Loss[]): Loss {
  const [first] = losses;
  if (first === undefined) throw new Error('There is nothing to sum up.');
  const shared = <T>(of: (loss: Loss) => T, otherwise: T): T =>
    losses.every((loss) => JSON.stringify(of(loss)) === JSON.stringify(of(first))) ? of(first) : otherwise;
  const regions = new Set(losses.flatMap((loss) => loss.regions));
  const since = sinceOf(losses);
  const cause = shared((loss) => loss.cause, undefined);
  const { resourceArnPrefix: _prefix, failingSince: _since, cause: _cause, ...rest } = first;
  return {
    ...rest,
    reason: reasonOf(losses, first),
    eventSource: shared((loss) => loss.eventSource, '*'),
    regions: regions.has('*') ? ['*'] : [...regions].toSorted(),
    isLogBucket: allHold(losses.map((loss) => loss.isLogBucket)),
    isAccessLogBucket: allHold(losses.map((loss) => loss.isAccessLogBucket)),
    summary: `${losses.length} further kinds of events are lost, among them: ${first.summary}`,
    ...(since === undefined ? {} : { failingSince: since }),
    recordedBy: recordedByAll(losses),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** A loss for good outweighs one that may still be delivered. */
function reasonOf(losses: readonly Loss[], first: Loss): Loss['reason'] {
  return losses.find((loss) => loss.reason !== 'not-delivered')?.reason ?? first.reason;
}

/** The earliest, if each of them is a failing delivery. */
function sinceOf(losses: readonly Loss[]): string | undefined {
  const times = losses.map((loss) => loss.failingSince);
  const [earliest] = times
    .flatMap((time) => (time === undefined ? [] : [time]))
    .toSorted((a, b) => Date.parse(a) - Date.parse(b));
  return times.includes(undefined) ? undefined : earliest;
}

function recordedByAll(losses: readonly Loss[]): Tri<string | undefined> {
  const answers = losses.map((loss) => loss.recordedBy);
  if (answers.some((it) => it.state === 'known' && it.value === undefined)) return sure(undefined);
  const gaps = answers.flatMap((it) => (it.state === 'unknown' ? it.gaps : []));
  if (gaps.length > 0) return { state: 'unknown', gaps: [...new Set(gaps)].toSorted() };
  return answers[0] ?? sure(undefined);
}
