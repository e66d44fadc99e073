import { stat } from 'node:fs/promises';
import { isS3Location, limiter, parseS3Location, withLogFiles } from '../../collect/index.js';
import {
  eventsFromBucket,
  eventsFromFolder,
  eventsOfCopy,
  planBucket,
  planFolder,
  type LogFilesOptions,
  type ProofOptions,
} from '../../events/index.js';
import { UsageError } from '../../model/errors.js';
import type { Inventory } from '../../model/inventory.js';
import type { EventSource } from '../../model/log-events.js';
import type { KeySource } from '../../model/public-keys.js';
import { loadSavedKeys } from '../../storage/index.js';
import {
  defaultGrace,
  expectationFrom,
  interruptible,
  loadedKeys,
  nothingKnown,
  openCopy,
  type LoadedKeys,
} from '../../verify/index.js';
import type { Terminal } from '../process/terminal.js';
import { eventPlanText, historyPlanLines } from './event-plan-text.js';
import { isAthena, planAthena, withAthenaTable } from './athena-source.js';
import { eventHistory, withHistory, type HistoryChoice } from './event-history-source.js';
import { isInsights, planInsights, withLogGroup } from './insights-source.js';
import { isLake, planLake, withLakeStore } from './lake-source.js';
import { windowOptions } from './queried-source.js';
import type { QueryChoice } from './query-choice.js';
import { version } from '../process/version.js';

/** Which events are read, and how. */
export interface EventSourceChoice {
  /** A folder, `s3://BUCKET/PREFIX`, `event-history`, `athena:DATABASE.TABLE`, `lake:EVENT_DATA_STORE`, or `insights:LOG_GROUP`. */
  readonly source: string;
  /** `[from, to)` by the time of the event, ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Where the window that is asked begins, when reading begins before it. */
  readonly askedFrom?: string;
  /** Which accounts and Regions there are, and since when. */
  readonly inventory?: Inventory;
  /** Digest files are read, and log files compared with what they say. */
  readonly verify?: boolean;
  /** For a folder: what `verify-logs --save-keys` wrote. */
  readonly keys?: string;
  /** The role to assume in the account that owns the bucket, where the inventory tells it. */
  readonly logRoleName?: string;
  readonly externalId?: string;
  /** Objects that are read at once. */
  readonly concurrency?: number;
  /** Told of each object that is done. */
  readonly onObject?: LogFilesOptions['onObject'];
  /** Told of each account and Region of Event history that is done. */
  readonly onPlace?: (done: number, of: number) => void;
  /** What `event-history` reads. */
  readonly history?: HistoryChoice;
  /** How a source is asked that is read by queries. */
  readonly query?: QueryChoice;
  /** Told of the number of requests to AWS so far. */
  readonly onRequests?: (requests: number) => void;
}

const objectsAtOnce = 16;

/**
 * Opens a source of events for as long as some work goes on.
 *
 * @throws UsageError when there is nothing to read there
 */
export async function withEventSource<T>(
  choice: EventSourceChoice,
  terminal: Terminal,
  work: (source: EventSource) => Promise<T>,
): Promise<T> {
  if (choice.source === eventHistory) return await withHistory(choice, terminal, work);
  if (isAthena(choice.source)) return await withAthenaTable(choice, terminal, work);
  if (isLake(choice.source)) return await withLakeStore(choice, terminal, work);
  if (isInsights(choice.source)) return await withLogGroup(choice, terminal, work);
  if (isS3Location(choice.source)) return await withBucket(choice, terminal, work);
  await checkFolder(choice.source);
  const options = optionsOf(choice);
  if (choice.verify !== true) return await work(eventsFromFolder(choice.source, options));
  const saved = choice.keys === undefined ? undefined : loadedKeys(await loadSavedKeys(choice.keys));
  const store = await openCopy(choice.source);
  if (saved !== undefined) {
    return await work(eventsOfCopy(store, { ...options, proof: proofOf(choice, saved.source, saved) }));
  }
  return await withAws(choice, terminal, async ({ keys }) => {
    return await work(eventsOfCopy(store, { ...options, proof: proofOf(choice, keys) }));
  });
}

/**
 * What reading the events would take, by listings alone, as lines.
 *
 * @throws UsageError when there is nothing to read there
 */
export async function planEventSource(choice: EventSourceChoice, terminal: Terminal): Promise<readonly string[]> {
  const { source } = choice;
  if (source === eventHistory) return historyPlanLines;
  if (isAthena(source)) return await planAthena(choice, terminal);
  if (isLake(source)) return await planLake(choice, terminal);
  if (isInsights(source)) return await planInsights(choice, terminal);
  if (!isS3Location(source)) {
    await checkFolder(source);
    return [...eventPlanText(await planFolder(source, optionsOf(choice)), false)];
  }
  const { bucket, prefix } = parseS3Location(source);
  return await withAws(choice, terminal, async ({ store }) => {
    const place = { store: interruptible(store, terminal.signal), bucket, prefix, limit: limiter(objectsAtOnce) };
    return [...eventPlanText(await planBucket(place, optionsOf(choice)), true)];
  });
}

async function withBucket<T>(
  choice: EventSourceChoice,
  terminal: Terminal,
  work: (source: EventSource) => Promise<T>,
): Promise<T> {
  const { bucket, prefix } = parseS3Location(choice.source);
  return await withAws(choice, terminal, async ({ store, keys }) => {
    const options = optionsOf(choice);
    const proof = choice.verify === true ? { proof: proofOf(choice, keys) } : {};
    const place = { store: interruptible(store, terminal.signal), bucket, prefix, limit: limiter(objectsAtOnce) };
    return await work(eventsFromBucket(place, { ...options, ...proof }));
  });
}

async function withAws<T>(
  { inventory, logRoleName, externalId, concurrency = objectsAtOnce, onRequests }: EventSourceChoice,
  { signal }: Terminal,
  work: Parameters<typeof withLogFiles<T>>[1],
): Promise<T> {
  return await withLogFiles(
    {
      version: version(),
      region: undefined,
      concurrency,
      signal,
      ownerOf: (bucket) => {
        const owner = inventory?.buckets.find((it) => it.name === bucket)?.owner;
        return owner?.state === 'known' ? owner.value.accountId : undefined;
      },
      roleName: logRoleName,
      externalId,
      maxRequests: undefined,
      onRequests: onRequests ?? (() => undefined),
    },
    work,
  );
}

function optionsOf(choice: EventSourceChoice): LogFilesOptions {
  const { onObject } = choice;
  return { ...windowOptions(choice), ...(onObject === undefined ? {} : { onObject }) };
}

function proofOf({ inventory }: EventSourceChoice, keys: KeySource, saved?: LoadedKeys): ProofOptions {
  const known = inventory === undefined ? (saved?.expectation ?? nothingKnown) : expectationFrom(inventory);
  return {
    keys,
    ...(saved === undefined ? {} : { saved: saved.signatures }),
    expectation: known,
    now: saved?.savedAt ?? Date.now(),
    grace: defaultGrace,
    limit: limiter(objectsAtOnce),
  };
}

async function checkFolder(folder: string): Promise<void> {
  try {
    if ((await stat(folder)).isDirectory()) return;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new UsageError(`--source '${folder}' cannot be read: ${error.message}`, help, { cause: error });
  }
  throw new UsageError(`--source '${folder}' is not a folder.`, help);
}

const help =
  'Name a folder of log files, their bucket as in s3://BUCKET/PREFIX, event-history, athena:DATABASE.TABLE, lake:EVENT_DATA_STORE, or insights:LOG_GROUP.';
