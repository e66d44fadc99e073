import { loadInventory, mergeShards, type NamedInventory } from '../../../storage/index.js';
import type { Inventory } from '../../../model/inventory.js';
import type { Terminal } from '../../process/terminal.js';
import { scanCommand } from '../scan/run.js';

/** `trailproof merge`: joins the inventories of all shards, then does what `scan` does with an inventory. */
export async function mergeCommand(files: readonly string[], options: object, terminal: Terminal): Promise<number> {
  const { allowIncomplete } = options as { readonly allowIncomplete?: true };
  const join = async (): Promise<Inventory> => {
    const shards: NamedInventory[] = [];
    for (const file of files) shards.push({ file, inventory: await loadInventory(file) });
    return mergeShards(shards, allowIncomplete === true);
  };
  return await scanCommand({ ...options, source: 'shards' }, terminal, join);
}
