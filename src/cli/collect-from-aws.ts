import {
  accountsHeldWhole,
  checkResumable,
  collect,
  collectFromConfig,
  type CollectOptions,
  loadInventory,
  resumedInventory,
} from '../collect/index.js';
import { UsageError } from '../model/errors.js';
import type { Inventory } from '../model/inventory.js';
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
  /** Whether the tags of accounts are read, too. */
  readonly accountTags: boolean;
}

/**
 * Reads live AWS or AWS Config, as the flags say, with a line of progress on a terminal.
 *
 * @throws UsageError for a source that is not read from AWS, and for flags that it does not know
 */
export async function collectFrom(choice: SourceChoice, options: SourceOptions, run: AwsRun): Promise<Inventory> {
  const { source, aggregator } = choice;
  refuseAsOf(choice);
  switch (source) {
    case 'live': {
      if (aggregator === undefined) return await collectLive(options, run);
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

async function collectConfig(
  source: 'config' | 'config+live',
  aggregator: string | undefined,
  options: SourceOptions,
  { terminal, quiet, calls, accountTags }: AwsRun,
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
      accountTags,
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
  { terminal, quiet, calls, accountTags }: AwsRun,
): Promise<Inventory> {
  const progress = progressLine(terminal.stderr, !quiet);
  try {
    return await collect({
      ...options,
      calls,
      accountTags,
      part,
      version: version(),
      signal: terminal.signal,
      onProgress: progress.update,
    });
  } finally {
    progress.done();
  }
}
