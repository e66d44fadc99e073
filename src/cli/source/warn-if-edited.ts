import type { Inventory } from '../../model/inventory.js';
import { isEdited } from '../../storage/index.js';
import type { Terminal } from '../process/terminal.js';
import { writeLines } from '../process/write-lines.js';
import { visible } from '../../text/printable.js';

/** Says that an inventory was changed after it was saved; true if it was. */
export function warnIfEdited(inventory: Inventory, source: string | undefined, terminal: Terminal): boolean {
  if (!isEdited(inventory)) return false;
  writeLines(terminal.stderr, [
    `warning: ${visible(source === 'shards' ? 'One of the shards' : (source ?? 'The inventory'))} was changed after Trailproof wrote it: its content does not match its digest.`,
  ]);
  return true;
}
