import { withLake } from '../../collect/index.js';
import { eventsFromLake, expectedPlaces, type LakeOptions } from '../../events/index.js';
import { UsageError } from '../../model/errors.js';
import type { Lake } from '../../model/lake.js';
import type { EventCoverage, EventSource } from '../../model/log-events.js';
import type { Terminal } from '../process/terminal.js';
import { version } from '../process/version.js';
import type { QueriedChoice } from './query-choice.js';
import { megabytes, tellingScanned } from './scanned-text.js';

const scheme = 'lake:';

export function isLake(source: string): boolean {
  return source.startsWith(scheme);
}

/**
 * The event data store in `lake:ARN` or `lake:ID`.
 *
 * @throws UsageError
 */
export function storeIn(source: string): string {
  const [, store] =
    /^lake:((?:arn:[a-z-]+:cloudtrail:[a-z0-9-]+:\d{12}:eventdatastore\/)?[0-9a-f-]{36})$/.exec(source) ?? [];
  if (store !== undefined) return store;
  throw new UsageError(
    `--source '${source}' names no event data store.`,
    'Write its ARN, as in lake:arn:aws:cloudtrail:REGION:ACCOUNT:eventdatastore/ID, or the id that ends it.',
  );
}

/** What a query reads costs in dollars a gigabyte: https://aws.amazon.com/cloudtrail/pricing/ */
const lakePrice = { perGigabyte: 0.005, leastBytes: 0 } as const;

/** Opens an event data store for as long as some work goes on. */
export async function withLakeStore<T>(
  choice: QueriedChoice,
  terminal: Terminal,
  work: (source: EventSource) => Promise<T>,
): Promise<T> {
  return await tellingScanned(
    choice,
    'CloudTrail Lake',
    lakePrice,
    async (onScanned) =>
      await open(choice, terminal, onScanned, async (lake) => await work(eventsFromLake(lake, optionsOf(choice)))),
  );
}

/** What would be asked, as lines; how much that reads, CloudTrail tells nobody before. */
export async function planLake(choice: QueriedChoice, terminal: Terminal): Promise<readonly string[]> {
  return await open(
    choice,
    terminal,
    () => undefined,
    async (lake) => {
      const options = optionsOf(choice);
      const lost = await Promise.resolve(lostBy(eventsFromLake(lake, options).plan()));
      const { query: { wanted = 'all', maxBytes } = {} } = choice;
      return [
        'This reading would take',
        '  Queries       1, in which all policies are asked',
        `  Cost          $${lakePrice.perGigabyte} for each gigabyte that the query reads, at CloudTrail Lake's list price`,
        ...(maxBytes === undefined
          ? []
          : [`  Budget        --max-bytes stops it once it has read ${megabytes(maxBytes)}`]),
        '  Not known     How much the query reads: CloudTrail does not tell before',
        ...lost.map((it) => `  Not known     ${it}`),
        'The query:',
        ...eventsFromLake(lake, options).query(wanted).split('\n'),
      ];
    },
  );
}

/** What no reading can make good, as sentences. */
export function lostBy({ cells, gaps }: EventCoverage): readonly string[] {
  const lost = cells.flatMap(({ state, gap }) => (state === 'unreadable' && gap !== undefined ? [gap] : []));
  return [...new Set([...lost, ...gaps].map((it) => it.message))];
}

async function open<T>(
  { source, query = {}, onRequests }: QueriedChoice,
  { signal }: Terminal,
  onScanned: (bytes: number) => void,
  work: (lake: Lake) => Promise<T>,
): Promise<T> {
  return await withLake(
    {
      version: version(),
      region: undefined,
      concurrency: 1,
      signal,
      store: storeIn(source),
      maxBytes: query.maxBytes,
      onScanned,
      onRequests: onRequests ?? (() => undefined),
    },
    work,
  );
}

function optionsOf({ from, to, askedFrom, inventory, query }: QueriedChoice): LakeOptions {
  return {
    from,
    to,
    ...(askedFrom === undefined ? {} : { askedFrom }),
    at: new Date().toISOString(),
    ...(query?.condition === undefined ? {} : { condition: query.condition }),
    ...(inventory === undefined ? {} : { expected: expectedPlaces(inventory) }),
  };
}
