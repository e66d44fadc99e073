import {
  isEdited,
  loadInventory,
  markEdited,
  mergeShards,
  missingShards,
  type NamedInventory,
} from '../../../storage/index.js';
import type { Inventory } from '../../../model/inventory.js';
import type { Terminal } from '../../process/terminal.js';
import { writeLines } from '../../process/write-lines.js';
import { scanCommand } from '../scan/run.js';

/** `trailproof merge`: joins the inventories of all shards, then does what `scan` does with an inventory. */
export async function mergeCommand(files: readonly string[], options: object, terminal: Terminal): Promise<number> {
  const { allowIncomplete } = options as { readonly allowIncomplete?: true };
  const shards: NamedInventory[] = [];
  for (const file of files) shards.push({ file, inventory: await loadInventory(file) });
  const edited = shards.filter(({ inventory }) => isEdited(inventory));
  const missing = missingShards(shards);
  if (missing !== undefined) writeLines(terminal.stderr, [`warning: ${missing}`]);
  const join = async (): Promise<Inventory> => {
    const joined = mergeShards(shards, allowIncomplete === true);
    if (edited.length > 0) markEdited(joined);
    return await Promise.resolve(joined);
  };
  const roleName = shards[0]?.inventory.shard?.roleName;
  return await scanCommand({ ...options, source: 'shards', roleName }, terminal, join);
}
