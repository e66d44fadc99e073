import { limiter, withAthena, type OpenAthena } from '../../collect/index.js';
import {
  athenaScan,
  eventsFromAthena,
  expectedPlaces,
  knownPlaces,
  type AthenaOptions,
  type AthenaScan,
} from '../../events/index.js';
import { UsageError } from '../../model/errors.js';
import type { Inventory } from '../../model/inventory.js';
import type { EventSource, WantedValues } from '../../model/log-events.js';
import { interruptible } from '../../verify/index.js';
import type { Terminal } from '../process/terminal.js';
import { version } from '../process/version.js';
import { athenaPlanText, scannedText } from './athena-text.js';

/** How a table is asked. */
export interface AthenaChoice {
  readonly workgroup?: string | undefined;
  readonly catalog?: string | undefined;
  /** Bytes that the query may read. */
  readonly maxBytes?: number | undefined;
  /** Told, once it is over, what the query has read and what that costs. */
  readonly onDone?: ((line: string) => void) | undefined;
  /** Of the plan: what the policies want. */
  readonly wanted?: WantedValues | undefined;
}

interface Asked {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly inventory?: Inventory;
  readonly athena?: AthenaChoice;
  readonly onRequests?: (requests: number) => void;
}

const scheme = 'athena:';

export function isAthena(source: string): boolean {
  return source.startsWith(scheme);
}

/**
 * The database and table in `athena:DATABASE.TABLE`.
 *
 * @throws UsageError
 */
export function tableIn(source: string): { readonly database: string; readonly table: string } {
  const [, database, table] = /^athena:([^.\s"]{1,128})\.([^.\s"]{1,128})$/.exec(source) ?? [];
  if (database !== undefined && table !== undefined) return { database, table };
  throw new UsageError(
    `--source '${source}' names no table.`,
    'Write it as in athena:DATABASE.TABLE; the catalog is that of --catalog.',
  );
}

const listedAtOnce = 16;
const defaults = { workgroup: 'primary', catalog: 'AwsDataCatalog' } as const;

/** Opens a table for as long as some work goes on. */
export async function withAthenaTable<T>(
  choice: Asked,
  terminal: Terminal,
  work: (source: EventSource) => Promise<T>,
): Promise<T> {
  let scanned: number | undefined;
  try {
    return await open(
      choice,
      terminal,
      (bytes) => (scanned = bytes),
      async (athena) => {
        return await work(eventsFromAthena(athena, optionsOf(choice)));
      },
    );
  } finally {
    if (scanned !== undefined) choice.athena?.onDone?.(scannedText(scanned));
  }
}

/** What the query would read, by listings alone, as lines. */
export async function planAthena(choice: Asked, terminal: Terminal): Promise<readonly string[]> {
  return await open(
    choice,
    terminal,
    () => undefined,
    async (athena) => {
      const options = optionsOf(choice);
      const store = interruptible(athena.store, terminal.signal);
      const scan: AthenaScan = await athenaScan(athena, options, { store, limit: limiter(listedAtOnce) });
      const query = eventsFromAthena(athena, options).query(choice.athena?.wanted ?? 'all');
      return [...athenaPlanText(scan, query)];
    },
  );
}

async function open<T>(
  { source, athena = {}, onRequests }: Asked,
  { signal }: Terminal,
  onScanned: (bytes: number) => void,
  work: (athena: OpenAthena) => Promise<T>,
): Promise<T> {
  return await withAthena(
    {
      version: version(),
      region: undefined,
      concurrency: listedAtOnce,
      signal,
      ...tableIn(source),
      workgroup: athena.workgroup ?? defaults.workgroup,
      catalog: athena.catalog ?? defaults.catalog,
      maxBytes: athena.maxBytes,
      onScanned,
      onRequests: onRequests ?? (() => undefined),
    },
    work,
  );
}

function optionsOf({ source, from, to, inventory, athena }: Asked): AthenaOptions {
  return {
    ...tableIn(source),
    catalog: athena?.catalog ?? defaults.catalog,
    from,
    to,
    at: new Date().toISOString(),
    ...(inventory === undefined ? {} : { expected: expectedPlaces(inventory), known: knownPlaces(inventory) }),
  };
}
