import { operations, type OperationName } from '../aws/operations/index.js';
import type { Quota } from '../aws/service.js';
import type { Range } from './range.js';
import type { Count } from './rule.js';

/** Seconds that an answer takes, supposed: AWS publishes no figure, and the network adds to it. */
export const supposedLatency = 0.1;

export interface Duration {
  readonly seconds: Range;
  /** What the run waits for most: the quota of this operation, or undefined for answers, so many accounts at once. */
  readonly boundBy: { readonly operation: string; readonly perSecond: number } | undefined;
}

/**
 * How long the calls take at AWS's published quotas, each in the account it holds for. Quotas of the caller's own
 * account are waited for by all; in each of the others a few calls are made, which wait for nothing.
 */
export function durationOf(counts: ReadonlyMap<OperationName, Count>, total: Range, concurrency: number): Duration {
  const families = new Map<string, { quota: Quota; operation: string; calls: Range }>();
  for (const [operation, { calls, where }] of counts) {
    if (where !== 'caller') continue;
    const { quota } = operations[operation];
    const before = families.get(quota.family);
    families.set(quota.family, {
      quota,
      operation: before?.operation ?? operation,
      calls: {
        atLeast: calls.atLeast + (before?.calls.atLeast ?? 0),
        atMost: calls.atMost + (before?.calls.atMost ?? 0),
      },
    });
  }
  const waits = [...families.values()].map(({ quota, operation, calls }) => ({
    operation,
    perSecond: quota.rate,
    seconds: { atLeast: waitFor(quota, calls.atLeast), atMost: waitFor(quota, calls.atMost) },
  }));
  const longest = waits.toSorted((a, b) => b.seconds.atLeast - a.seconds.atLeast)[0];
  const answers = (calls: number): number => (calls * supposedLatency) / concurrency;
  const quotaBounds = longest !== undefined && longest.seconds.atLeast > answers(total.atLeast);
  return {
    seconds: {
      atLeast: Math.max(answers(total.atLeast), ...waits.map((it) => it.seconds.atLeast)),
      atMost: Math.max(answers(total.atMost), ...waits.map((it) => it.seconds.atMost)),
    },
    boundBy: quotaBounds ? { operation: longest.operation, perSecond: longest.perSecond } : undefined,
  };
}

function waitFor({ rate, burst }: Quota, calls: number): number {
  return Math.max(0, calls - burst) / rate;
}
