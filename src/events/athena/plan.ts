import type { Athena } from '../../model/athena.js';
import { eventsFromAthena, type AthenaOptions } from './source.js';
import type { Listed } from './listing.js';

/** What a query would read, by listings alone. */
export interface AthenaScan {
  /** Undefined: it cannot be told. */
  readonly listed: Listed | undefined;
  /** What would stay unknown, as sentences. */
  readonly gaps: readonly string[];
}

/**
 * Lists what lies in the partitions that a query would read.
 *
 * @throws UsageError where the table cannot be read at all
 */
export async function athenaScan(athena: Athena, options: AthenaOptions): Promise<AthenaScan> {
  const { listed, coverage } = await eventsFromAthena(athena, options).plan();
  // Of the hours only those are told that no reading can make good.
  const lost = coverage.cells.flatMap(({ state, gap }) =>
    state === 'unreadable' && gap !== undefined ? [gap.message] : [],
  );
  return { listed, gaps: [...new Set([...lost, ...coverage.gaps.map((it) => it.message)])] };
}
