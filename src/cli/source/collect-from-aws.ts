import {
  collectAndTell,
  collectFromConfig,
  collectFromS3,
  type CollectOptions,
  isS3Location,
  parseS3Location,
  pastFromConfig,
} from '../../collect/index.js';
import { accountsHeldWhole, checkResumable, loadInventory, resumedInventory } from '../../storage/index.js';
import { UsageError } from '../../model/errors.js';
import type { Inventory } from '../../model/inventory.js';
import type { AnswerRecorder, KeptRun } from '../../model/kept-answers.js';
import { withProgress } from './progress.js';
import { refuseUseless } from './flags-given.js';
import { refuseAggregator, refuseAsOf } from './read-inventory.js';
import { refuseSilentAfter, type SourceChoice } from './source-choice.js';
import { parseTime } from './parse-time.js';
import { parseSilentAfter, type SourceOptions } from './source-options.js';
import type { Terminal } from '../process/terminal.js';
import { version } from '../process/version.js';

/** Who keeps the answers of a live run. */
export interface EvidenceKeeper {
  readonly recorder: AnswerRecorder;
  readonly tell: (run: KeptRun) => void;
}

interface AwsRun {
  readonly terminal: Terminal;
  readonly quiet: boolean;
  /** The only calls to make; undefined: all. */
  readonly calls?: ReadonlySet<string> | undefined;
  /** Whether the tags of accounts are read, too. */
  readonly accountTags: boolean;
  /** Keeps each answer, and is told what was asked. */
  readonly evidence?: EvidenceKeeper | undefined;
}

/**
 * Reads live AWS or AWS Config, as the flags say, with a line of progress on a terminal.
 *
 * @throws UsageError for a source that is not read from AWS, and for flags that it does not know
 */
export async function collectFrom(choice: SourceChoice, options: SourceOptions, run: AwsRun): Promise<Inventory> {
  const { source, aggregator } = choice;
  if (isS3Location(source)) return await collectFiles(choice, options, run);
  refuseSilentAfter(choice);
  if (choice.asOf !== undefined) return await collectAsOf(choice, choice.asOf, options, run);
  switch (source) {
    case 'live': {
      refuseAggregator(choice);
      return await collectLive(options, run);
    }
    case 'config':
    case 'config+live': {
      if (source === 'config') refuseUseless(choice, 'config', '--source config');
      return await collectConfig(source, aggregator, options, run);
    }
    default: {
      throw new UsageError(`Unknown source '${source}'.`, 'live, config, config+live, or s3://BUCKET/PREFIX.');
    }
  }
}

async function collectFiles(choice: SourceChoice, options: SourceOptions, run: AwsRun): Promise<Inventory> {
  const { source, asOf, silentAfter } = choice;
  refuseAggregator(choice);
  refuseOfAccounts(options);
  refuseUseless(choice, 'config-bucket', `--source ${source}`);
  const { terminal, quiet } = run;
  return await withProgress(
    terminal.stderr,
    !quiet,
    async (onProgress) =>
      await collectFromS3(parseS3Location(source), {
        ...options,
        asOf: asOf === undefined ? undefined : parseTime('--as-of', asOf, new Date()),
        silentAfterDays: parseSilentAfter(silentAfter),
        version: version(),
        signal: terminal.signal,
        onProgress,
      }),
  );
}

/** The state that the recorders of the caller's own account tell of a moment. */
async function collectAsOf(
  choice: SourceChoice,
  asOf: string,
  options: SourceOptions,
  { terminal }: AwsRun,
): Promise<Inventory> {
  refuseAsOf(choice);
  const at = parseTime('--as-of', asOf, new Date());
  const past = await readPast(choice.aggregator, { from: at, to: at }, { ...options, asksRecorders: true }, terminal);
  return await past.inventoryAt(at);
}

interface PastChoice extends Pick<SourceOptions, 'scope' | 'region' | 'profile' | 'concurrency'> {
  /** Recorders are judged themselves. */
  readonly asksRecorders: boolean;
}

/**
 * What AWS Config recorded over a window, in the caller's own account.
 *
 * @throws UsageError for an aggregator, which keeps no history
 */
export async function readPast(
  aggregator: string | undefined,
  window: { readonly from: string; readonly to: string },
  { scope, region, profile, concurrency, asksRecorders }: PastChoice,
  terminal: Terminal,
): ReturnType<typeof pastFromConfig> {
  if (aggregator !== undefined) {
    throw new UsageError(
      `Aggregator ${aggregator} has the present state only: AWS Config keeps no history in aggregators.`,
      "Copy the accounts' snapshots and history files from their bucket and give the folder: --source FOLDER. " +
        "Without --aggregator, the caller's own account is read.",
    );
  }
  return await pastFromConfig({
    window,
    scope,
    region,
    profile,
    concurrency,
    asksRecorders,
    version: version(),
    signal: terminal.signal,
    onProgress: () => undefined,
  });
}

async function collectConfig(
  source: 'config' | 'config+live',
  aggregator: string | undefined,
  options: SourceOptions,
  { terminal, quiet, calls, accountTags }: AwsRun,
): Promise<Inventory> {
  refuseOfAccounts(options);
  return await withProgress(
    terminal.stderr,
    !quiet,
    async (onProgress) =>
      await collectFromConfig({
        ...options,
        calls,
        accountTags,
        aggregator,
        topUp: source === 'config+live',
        version: version(),
        signal: terminal.signal,
        onProgress,
      }),
  );
}

/** For sources that are read instead of the accounts. */
function refuseOfAccounts({ deep, shard, resume }: SourceOptions): void {
  const wrong = deep ? '--deep' : shard !== undefined ? '--shard' : resume === undefined ? undefined : '--resume';
  if (wrong === undefined) return;
  throw new UsageError(
    `${wrong} is for calls to the accounts themselves, and this source reads AWS Config instead.`,
    'Leave it out, or read live AWS with --source live.',
  );
}

/** Reads live AWS with a line of progress on a terminal; with `--resume`, what an earlier inventory lacks. */
async function collectLive(options: SourceOptions, run: AwsRun): Promise<Inventory> {
  const { resume, shard } = options;
  if (resume === undefined) return await read(options, shard && { shard }, run);
  const earlier = { file: resume, inventory: await loadInventory(resume) };
  checkResumable(earlier, shard, new Date());
  const part = { shard, alreadyRead: accountsHeldWhole(earlier.inventory) };
  return resumedInventory(earlier, await read(options, part, { ...run, calls: undefined }));
}

async function read(
  options: SourceOptions,
  part: CollectOptions['part'],
  { terminal, quiet, calls, accountTags, evidence }: AwsRun,
): Promise<Inventory> {
  const { inventory, run } = await withProgress(
    terminal.stderr,
    !quiet,
    async (onProgress) =>
      await collectAndTell({
        ...options,
        calls,
        accountTags,
        part,
        version: version(),
        signal: terminal.signal,
        recorder: evidence?.recorder,
        onProgress,
      }),
  );
  evidence?.tell(run);
  return inventory;
}
