import type { Choice, Expectation } from '../../../verify/index.js';
import type { Asked } from './flags.js';

/** What was saved, or what the flags name: with accounts and Regions, each of them must have digest files. */
export function expectationFor(known: Expectation, { trails }: Choice, { accounts, regions }: Asked): Expectation {
  if (known.basis !== 'layout') return known;
  const chains = (trails ?? []).flatMap((trail) =>
    (accounts ?? (trail.account === undefined ? [] : [trail.account])).flatMap((account) =>
      (regions ?? [trail.homeRegion]).map((region) => ({ trail, account, region })),
    ),
  );
  return {
    ...known,
    basis: accounts !== undefined && regions !== undefined ? 'named' : 'layout',
    trails: [...new Set([...known.trails, ...(trails ?? [])])],
    chains: [...known.chains, ...chains],
    named: {
      ...(accounts === undefined ? {} : { accounts }),
      ...(regions === undefined ? {} : { regions }),
    },
  };
}
