import { saveInventory } from '../../../storage/index.js';
import { describeInventory, isUnreadable, sayExpired } from '../../source/describe-inventory.js';
import { collectFrom } from '../../source/collect-from-aws.js';
import { exitCodes } from '../../process/exit-codes.js';
import { parseSourceOptions } from '../../source/source-options.js';
import type { SourceChoice } from '../../source/source-choice.js';
import type { Terminal } from '../../process/terminal.js';
import { checkWritable } from '../../process/write-file.js';
import { writeLines } from '../../process/write-lines.js';

/** As commander gives them: each declared in declare.ts. */
interface CollectFlags {
  readonly saveInventory: string;
  readonly quiet?: true;
  readonly accountTags?: true;
}

/** `trailproof collect`: reads live AWS, or AWS Config, and writes the inventory only. */
export async function collectCommand(options: unknown, terminal: Terminal): Promise<number> {
  const { saveInventory: file, quiet, accountTags } = options as CollectFlags;
  await checkWritable(file);
  const inventory = await collectFrom(options as SourceChoice, parseSourceOptions(options, terminal.environment), {
    terminal,
    quiet: quiet === true,
    accountTags: accountTags === true,
  });
  await saveInventory(inventory, file);
  writeLines(terminal.stderr, sayExpired(inventory, file));
  const next = inventory.shard === undefined ? `trailproof scan --source ${file}` : 'trailproof merge FILE…';
  writeLines(terminal.stdout, [describeInventory(inventory), `Written to ${file}; evaluate it with: ${next}`]);
  if (inventory.interrupted) return exitCodes.interrupted;
  return inventory.accounts.some(isUnreadable) ? exitCodes.incomplete : exitCodes.ok;
}
