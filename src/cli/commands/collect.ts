import { collect, saveInventory } from '../../collect/index.js';
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
  const inventory = await collectLive(parseSourceOptions(options), terminal, quiet === true);
  await saveInventory(inventory, file);
  terminal.stdout.write(
    `${describeInventory(inventory)}\nWritten to ${file}; evaluate it with: trailproof scan --source ${file}\n`,
  );
  if (inventory.interrupted) return exitCodes.interrupted;
  return inventory.accounts.some(isUnreadable) ? exitCodes.incomplete : exitCodes.ok;
}

/**
 * Reads live AWS with a line of progress on a terminal.
 *
 * @param calls - the only calls to make; undefined: all
 */
export async function collectLive(
  options: SourceOptions,
  terminal: Terminal,
  quiet: boolean,
  calls?: ReadonlySet<string>,
): Promise<Inventory> {
  const progress = progressLine(terminal.stderr, !quiet);
  try {
    return await collect({
      ...options,
      calls,
      version: version(),
      signal: terminal.signal,
      onProgress: progress.update,
    });
  } finally {
    progress.done();
  }
}
