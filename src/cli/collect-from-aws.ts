import {
  accountsHeldWhole,
  checkResumable,
  collect,
  collectFromConfig,
  collectFromS3,
  type CollectOptions,
  isS3Location,
  loadInventory,
  parseS3Location,
  resumedInventory,
} from '../collect/index.js';
import { UsageError } from '../model/errors.js';
import type { Inventory } from '../model/inventory.js';
import { progressLine } from './progress.js';
import { refuseAsOf, type SourceChoice } from './read-inventory.js';
import { parseTime } from './saved-source.js';
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
  if (isS3Location(source)) return await collectFiles(choice, options, run);
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
      throw new UsageError(
        `--source '${source}' is nothing that is collected.`,
        'live, config, config+live, or s3://BUCKET/PREFIX.',
      );
    }
  }
}

async function collectFiles(choice: SourceChoice, options: SourceOptions, run: AwsRun): Promise<Inventory> {
  const { source, aggregator, asOf } = choice;
  if (aggregator !== undefined) {
    throw new UsageError('--aggregator is of AWS Config.', 'Use it with --source config or --source config+live.');
  }
  refuseOfAccounts(options);
  const { terminal, quiet } = run;
  const progress = progressLine(terminal.stderr, !quiet);
  try {
    return await collectFromS3(parseS3Location(source), {
      ...options,
      asOf: asOf === undefined ? undefined : parseTime(asOf, new Date()),
      version: version(),
      signal: terminal.signal,
      onProgress: progress.update,
    });
  } finally {
    progress.done();
  }
}

async function collectConfig(
  source: 'config' | 'config+live',
  aggregator: string | undefined,
  options: SourceOptions,
  { terminal, quiet, calls, accountTags }: AwsRun,
): Promise<Inventory> {
  refuseOfAccounts(options);
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

/** For sources that are read instead of the accounts. */
function refuseOfAccounts({ deep, shard, resume }: SourceOptions): void {
  const wrong = deep ? '--deep' : shard !== undefined ? '--shard' : resume === undefined ? undefined : '--resume';
  if (wrong === undefined) return;
  throw new UsageError(
    `${wrong} is about asking the accounts themselves, which AWS Config is read instead of.`,
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
