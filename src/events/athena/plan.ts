import type { Athena } from '../../model/athena.js';
import type { WantedValues } from '../../model/log-events.js';
import { eventsFromAthena, type AthenaOptions } from './source.js';
import type { Listed } from './listing.js';

/** What a query would read, by listings alone. */
export interface AthenaScan {
  /** Undefined: it cannot be told. */
  readonly listed: Listed | undefined;
  /** What would stay unknown, as sentences. */
  readonly gaps: readonly string[];
  /** The query itself. */
  readonly query: string;
}

/**
 * Lists what lies in the partitions that a query would read.
 *
 * @throws UsageError where the table cannot be read at all
 */
export async function athenaScan(athena: Athena, options: AthenaOptions, wanted: WantedValues): Promise<AthenaScan> {
  const source = eventsFromAthena(athena, options);
  const { listed, coverage } = await source.plan();
  // Of the hours only those are told that no reading can make good.
  const lost = coverage.cells.flatMap(({ state, gap }) =>
    state === 'unreadable' && gap !== undefined ? [gap.message] : [],
  );
  return {
    listed,
    query: source.query(wanted),
    gaps: [...new Set([...lost, ...coverage.gaps.map((it) => it.message)])],
  };
}
