import {
  accountsHeldWhole,
  checkResumable,
  collect,
  type CollectOptions,
  loadInventory,
  resumedInventory,
  saveInventory,
} from '../../collect/index.js';
import type { Inventory } from '../../model/inventory.js';
import { describeInventory, isUnreadable } from '../describe-inventory.js';
import { exitCodes } from '../exit-codes.js';
import { progressLine } from '../progress.js';
import { parseSourceOptions, type SourceOptions } from '../source-options.js';
import type { Terminal } from '../terminal.js';
import { version } from '../version.js';
import { checkWritable } from '../write-file.js';

/** `trailproof collect`: reads live AWS and writes the inventory only. */
export async function collectCommand(options: unknown, terminal: Terminal): Promise<number> {
  const { saveInventory: file, quiet } = options as { saveInventory: string; quiet?: true };
  await checkWritable(file);
  const inventory = await collectLive(parseSourceOptions(options, terminal.environment), terminal, quiet === true);
  await saveInventory(inventory, file);
  const next = inventory.shard === undefined ? `trailproof scan --source ${file}` : 'trailproof merge FILE…';
  terminal.stdout.write(`${describeInventory(inventory)}\nWritten to ${file}; evaluate it with: ${next}\n`);
  if (inventory.interrupted) return exitCodes.interrupted;
  return inventory.accounts.some(isUnreadable) ? exitCodes.incomplete : exitCodes.ok;
}

/**
 * Reads live AWS with a line of progress on a terminal; with `--resume`, what an earlier inventory lacks.
 *
 * @param calls - the only calls to make; undefined: all
 */
export async function collectLive(
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
