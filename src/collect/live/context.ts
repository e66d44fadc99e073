import type { Partition } from '../../model/identifiers.js';
import type { Unknown } from '../../model/known.js';
import type { Aws } from '../aws-call.js';
import type { Sessions } from '../sessions.js';

/** What all reading modules of a live run share. */
export interface Context {
  readonly aws: Aws;
  readonly sessions: Sessions;
  readonly partition: Partition;
  /** The run's own Region, for what no other Region is better for. */
  readonly region: string;
  readonly limit: Limiter;
  /** Each account is asked for AWS Config's recorder in each of its Regions. */
  readonly asksRecorders: boolean;
  /** Gaps for what is not asked for unless a verdict needs it: one for all accounts. */
  readonly notAsked: { readonly regions: Unknown; readonly publicAccessBlock: Unknown };
}

/** Runs at most so many of the given tasks at once; the order of the results is that of the items. */
export type Limiter = <T, U>(items: readonly T[], task: (item: T) => Promise<U>) => Promise<U[]>;

/** A limiter whose places are shared by all lists that go through it. */
export function limiter(places: number): Limiter {
  let free = places;
  const waiting: (() => void)[] = [];
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return async (items, task) =>
    await Promise.all(
      items.map(async (item) => {
        await enter();
        try {
          return await task(item);
        } finally {
          leave();
        }
      }),
    );
}
