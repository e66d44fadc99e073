import {
  accountsHeldWhole,
  checkResumable,
  collect,
  collectFromConfig,
  type CollectOptions,
  loadInventory,
  pastFromConfig,
  resumedInventory,
} from '../collect/index.js';
import { UsageError } from '../model/errors.js';
import type { Inventory } from '../model/inventory.js';
import { parseTime } from './parse-time.js';
import { progressLine } from './progress.js';
import { refuseAsOf, type SourceChoice } from './read-inventory.js';
import type { SourceOptions } from './source-options.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

interface AwsRun {
  readonly terminal: Terminal;
  readonly quiet: boolean;
  /** The only calls to make; undefined: all. */
  readonly calls?: ReadonlySet<string> | undefined;
}

/**
 * Reads live AWS or AWS Config, as the flags say, with a line of progress on a terminal.
 *
 * @throws UsageError for a source that is not read from AWS, and for flags that it does not know
 */
export async function collectFrom(choice: SourceChoice, options: SourceOptions, run: AwsRun): Promise<Inventory> {
  const { source, aggregator } = choice;
  if (choice.asOf !== undefined) return await collectAsOf(choice, choice.asOf, options, run);
  switch (source) {
    case 'live': {
      if (aggregator === undefined) return await collectLive(options, run.terminal, run.quiet, run.calls);
      throw new UsageError('--aggregator is of AWS Config.', 'Use it with --source config or --source config+live.');
    }
    case 'config':
    case 'config+live': {
      return await collectConfig(source, aggregator, options, run);
    }
    default: {
      throw new UsageError(`--source '${source}' is nothing that is collected.`, 'live, config or config+live.');
    }
  }
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
  const past = await readPast(choice.aggregator, { from: at, to: at }, options, terminal);
  return await past.inventoryAt(at);
}

/**
 * What AWS Config recorded over a window, in the caller's own account.
 *
 * @throws UsageError for an aggregator, which keeps no history
 */
export async function readPast(
  aggregator: string | undefined,
  window: { readonly from: string; readonly to: string },
  { scope, region, concurrency }: Pick<SourceOptions, 'scope' | 'region' | 'concurrency'>,
  terminal: Terminal,
): ReturnType<typeof pastFromConfig> {
  if (aggregator !== undefined) {
    throw new UsageError(
      `Aggregator ${aggregator} tells of the present only: AWS Config keeps no history in aggregators.`,
      "Copy the accounts' snapshots and history files from their bucket and give the folder: --source FOLDER. " +
        'Without --aggregator, the own account is read.',
    );
  }
  return await pastFromConfig({
    window,
    scope,
    region,
    concurrency,
    version: version(),
    signal: terminal.signal,
    onProgress: () => undefined,
  });
}

async function collectConfig(
  source: 'config' | 'config+live',
  aggregator: string | undefined,
  options: SourceOptions,
  { terminal, quiet, calls }: AwsRun,
): Promise<Inventory> {
  const { deep, shard, resume } = options;
  const wrong = deep ? '--deep' : shard !== undefined ? '--shard' : resume === undefined ? undefined : '--resume';
  if (wrong !== undefined) {
    throw new UsageError(
      `${wrong} is about asking the accounts themselves, which AWS Config is read instead of.`,
      'Leave it out, or read live AWS with --source live.',
    );
  }
  const progress = progressLine(terminal.stderr, !quiet);
  try {
    return await collectFromConfig({
      ...options,
      calls,
      aggregator,
      topUp: source === 'config+live',
      version: version(),
      signal: terminal.signal,
      onProgress: progress.update,
    });
  } finally {
    progress.done();
  }
}

/**
 * Reads live AWS with a line of progress on a terminal; with `--resume`, what an earlier inventory lacks.
 *
 * @param calls - the only calls to make; undefined: all
 */
async function collectLive(
  options: SourceOptions,
  terminal: Terminal,
  quiet: boolean,
  calls?: ReadonlySet<string>,
): Promise<Inventory> {
  const { resume, shard } = options;
  if (resume === undefined) return await read({ ...options, calls }, shard && { shard }, terminal, quiet);
  const earlier = { file: resume, inventory: await loadInventory(resume) };
  checkResumable(earlier, shard, new Date());
  const part = { shard, alreadyRead: accountsHeldWhole(earlier.inventory) };
  return resumedInventory(earlier, await read(options, part, terminal, quiet));
}

async function read(
  options: SourceOptions & { readonly calls?: ReadonlySet<string> | undefined },
  part: CollectOptions['part'],
  terminal: Terminal,
  quiet: boolean,
): Promise<Inventory> {
  const progress = progressLine(terminal.stderr, !quiet);
  try {
    return await collect({
      ...options,
      part,
      version: version(),
      signal: terminal.signal,
      onProgress: progress.update,
    });
  } finally {
    progress.done();
  }
}
