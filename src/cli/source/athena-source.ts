import { limiter, withAthena, type OpenAthena } from '../../collect/index.js';
import { athenaScan, eventsFromAthena, knownPlaces, type AthenaOptions } from '../../events/index.js';
import { UsageError } from '../../model/errors.js';
import type { EventSource } from '../../model/log-events.js';
import { interruptible } from '../../verify/index.js';
import type { Terminal } from '../process/terminal.js';
import { version } from '../process/version.js';
import { athenaBefore, athenaPlanText, athenaPrice } from './athena-text.js';
import { windowOptions } from './queried-source.js';
import type { QueriedChoice } from './query-choice.js';
import { tellingScanned } from './scanned-text.js';

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
  choice: QueriedChoice,
  terminal: Terminal,
  work: (source: EventSource) => Promise<T>,
): Promise<T> {
  return await tellingScanned(
    choice,
    'Athena',
    athenaPrice,
    async (onScanned) =>
      await open(
        choice,
        terminal,
        onScanned,
        async (athena) => await work(eventsFromAthena(athena, optionsOf(choice, athena, terminal))),
      ),
  );
}

/** What the query would read, by listings alone, as lines. */
export async function planAthena(choice: QueriedChoice, terminal: Terminal): Promise<readonly string[]> {
  return await open(
    choice,
    terminal,
    () => undefined,
    async (athena) => {
      const options = optionsOf(choice, athena, terminal);
      const scan = await athenaScan(athena, options, choice.query?.wanted ?? 'all');
      return [...athenaPlanText(scan, choice.query?.maxBytes)];
    },
  );
}

async function open<T>(
  { source, query = {}, onRequests }: QueriedChoice,
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
      workgroup: query.workgroup ?? defaults.workgroup,
      catalog: query.catalog ?? defaults.catalog,
      maxBytes: query.maxBytes,
      onScanned,
      onRequests: onRequests ?? (() => undefined),
    },
    work,
  );
}

function optionsOf(choice: QueriedChoice, { store }: OpenAthena, { signal }: Terminal): AthenaOptions {
  const { source, inventory, query } = choice;
  return {
    ...tableIn(source),
    catalog: query?.catalog ?? defaults.catalog,
    ...windowOptions(choice),
    ...(query?.condition === undefined ? {} : { condition: query.condition }),
    onListed: (listed) => query?.onBefore?.(athenaBefore(listed, query.maxBytes)),
    logs: { store: interruptible(store, signal), limit: limiter(listedAtOnce) },
    ...(inventory === undefined ? {} : { known: knownPlaces(inventory) }),
  };
}
