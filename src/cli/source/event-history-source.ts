import { limiter, withEventHistory } from '../../collect/index.js';
import { eventsFromHistory, type HistoryOptions } from '../../events/index.js';
import type { Inventory } from '../../model/inventory.js';
import type { EventSource } from '../../model/log-events.js';
import type { Terminal } from '../process/terminal.js';
import { version } from '../process/version.js';

/** The word for Event history as a source. */
export const eventHistory = 'event-history';

/** What of Event history is read. */
export interface HistoryChoice {
  /** Undefined: those in scope of the inventory, else the caller's own account. */
  readonly accounts?: readonly string[] | undefined;
  /** Undefined: those that each account has enabled. */
  readonly regions?: readonly string[] | undefined;
  /** The role that is assumed in other accounts. */
  readonly roleName?: string;
  /** Undefined: all events. */
  readonly lookups?: HistoryOptions['lookups'];
}

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly inventory?: Inventory;
  readonly externalId?: string;
  readonly history?: HistoryChoice;
  readonly onRequests?: (requests: number) => void;
  readonly onPlace?: HistoryOptions['onPlace'];
}

/** Accounts and Regions that are read at once: each has a rate of its own. */
const placesAtOnce = 64;

/** Opens Event history for as long as some work goes on. */
export async function withHistory<T>(
  { from, to, inventory, externalId, history = {}, onRequests, onPlace }: Asked,
  { signal }: Terminal,
  work: (source: EventSource) => Promise<T>,
): Promise<T> {
  const inScope = inventory?.accounts.filter((it) => it.outOfScope === undefined).map((it) => it.id);
  return await withEventHistory(
    {
      version: version(),
      region: undefined,
      concurrency: placesAtOnce,
      signal,
      accounts: history.accounts ?? inScope,
      regions: history.regions,
      roleName: history.roleName ?? 'TrailproofEventHistory',
      externalId,
      onRequests: onRequests ?? (() => undefined),
    },
    async (opened) =>
      await work(
        eventsFromHistory(opened, {
          from,
          to,
          at: new Date().toISOString(),
          limit: limiter(placesAtOnce),
          ...(history.lookups === undefined ? {} : { lookups: history.lookups }),
          ...(onPlace === undefined ? {} : { onPlace }),
        }),
      ),
  );
}
