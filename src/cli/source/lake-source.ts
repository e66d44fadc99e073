import { withLake } from '../../collect/index.js';
import { eventsFromLake, type LakeOptions } from '../../events/index.js';
import { UsageError } from '../../model/errors.js';
import type { Lake } from '../../model/lake.js';
import type { EventSource } from '../../model/log-events.js';
import type { Terminal } from '../process/terminal.js';
import { queryPlanLines, runOptions, windowOptions } from './queried-source.js';
import type { QueriedChoice } from './query-choice.js';
import { tellingScanned } from './scanned-text.js';

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

/**
 * What a query reads costs in dollars a gigabyte, optimized and compressed, in most Regions: `QueryScanned-Bytes` in AWS's
 * price list of CloudTrail, https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSCloudTrail/current/index.json, and
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/lake-query-generator.html on what is counted.
 */
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
  const nothing = (): void => undefined;
  return await open(choice, terminal, nothing, async (lake) => {
    const source = eventsFromLake(lake, optionsOf(choice));
    const { query: { wanted = 'all', maxBytes } = {} } = choice;
    const plan = {
      queries: '1, in which all policies are asked',
      cost: `$${lakePrice.perGigabyte} for each gigabyte that the query reads, at CloudTrail Lake's list price`,
      budget: 'stops it once it has read',
      unknown: 'How much the query reads: CloudTrail does not tell before',
      coverage: source.plan(),
      title: 'The query:',
      text: source.query(wanted),
    };
    return await Promise.resolve(queryPlanLines(plan, maxBytes));
  });
}

async function open<T>(
  choice: QueriedChoice,
  terminal: Terminal,
  onScanned: (bytes: number) => void,
  work: (lake: Lake) => Promise<T>,
): Promise<T> {
  return await withLake({ ...runOptions(choice, terminal, onScanned), store: storeIn(choice.source) }, work);
}

function optionsOf(choice: QueriedChoice): LakeOptions {
  const { condition } = choice.query ?? {};
  return { ...windowOptions(choice), ...(condition === undefined ? {} : { condition }) };
}
