import { collect, collectFromConfig, saveInventory } from '../../collect/index.js';
import { UsageError } from '../../model/errors.js';
import type { Inventory } from '../../model/inventory.js';
import { describeInventory, isUnreadable } from '../describe-inventory.js';
import { exitCodes } from '../exit-codes.js';
import { progressLine } from '../progress.js';
import { parseSourceOptions, type SourceOptions } from '../source-options.js';
import type { Terminal } from '../terminal.js';
import { version } from '../version.js';
import { checkWritable } from '../write-file.js';

/** `trailproof collect`: reads live AWS, or AWS Config, and writes the inventory only. */
export async function collectCommand(options: unknown, terminal: Terminal): Promise<number> {
  const { saveInventory: file, quiet } = options as { saveInventory: string; quiet?: true };
  await checkWritable(file);
  const inventory = await collectFrom(options, terminal, quiet === true);
  await saveInventory(inventory, file);
  terminal.stdout.write(
    `${describeInventory(inventory)}\nWritten to ${file}; evaluate it with: trailproof scan --source ${file}\n`,
  );
  if (inventory.interrupted) return exitCodes.interrupted;
  return inventory.accounts.some(isUnreadable) ? exitCodes.incomplete : exitCodes.ok;
}

/** As commander gives them. */
interface RawSource {
  readonly source: string;
  readonly aggregator?: string;
}

/**
 * Reads live AWS or AWS Config, as the flags say, with a line of progress on a terminal.
 *
 * @throws UsageError for a source that is not read from AWS
 */
export async function collectFrom(options: unknown, terminal: Terminal, quiet: boolean): Promise<Inventory> {
  const { source, aggregator } = options as RawSource;
  const parsed = parseSourceOptions(options);
  const read = readerOf(source, aggregator, parsed);
  const progress = progressLine(terminal.stderr, !quiet);
  try {
    return await read({ version: version(), signal: terminal.signal, onProgress: progress.update });
  } finally {
    progress.done();
  }
}

type Run = Pick<Parameters<typeof collect>[0], 'version' | 'signal' | 'onProgress'>;

function readerOf(
  source: string,
  aggregator: string | undefined,
  options: SourceOptions,
): (run: Run) => Promise<Inventory> {
  if (source === 'live') {
    if (aggregator === undefined) return async (run) => await collect({ ...options, ...run });
    throw new UsageError('--aggregator is of AWS Config.', 'Use it with --source config or --source config+live.');
  }
  if (source !== 'config' && source !== 'config+live') {
    throw new UsageError(`--source '${source}' is nothing that is collected.`, 'live, config or config+live.');
  }
  if (options.deep) {
    throw new UsageError(
      '--deep asks the accounts themselves, which AWS Config is read instead of.',
      'Leave it out, or read live AWS with --source live.',
    );
  }
  return async (run) => await collectFromConfig({ ...options, ...run, aggregator, topUp: source === 'config+live' });
}
