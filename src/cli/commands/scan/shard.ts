import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import { shardName } from '../../../model/shard.js';
import { describeInventory, isUnreadable } from '../../source/describe-inventory.js';
import { exitCodes } from '../../process/exit-codes.js';
import type { SourceOptions } from '../../source/source-options.js';
import type { Terminal } from '../../process/terminal.js';
import { writeLines } from '../../process/write-lines.js';

/**
 * Refuses --shard and --resume where they cannot be done.
 *
 * @throws UsageError
 */
export function checkPart(
  { shard, resume }: SourceOptions,
  { saveInventory, previous }: { readonly saveInventory?: string; readonly previous?: string },
  isLive: boolean,
): void {
  if (shard === undefined && resume === undefined) return;
  if (!isLive) {
    throw new UsageError(
      `${shard === undefined ? '--resume' : '--shard'} chooses what is read from live AWS, and a saved inventory is not.`,
      'Leave it out, or leave out --source and --sample.',
    );
  }
  if (shard !== undefined && saveInventory === undefined) {
    throw new UsageError(
      `--shard needs --save-inventory: ${shardName(shard)} is evaluated when it is merged with the others.`,
      `Add --save-inventory shard-${shard.index}.json.gz, then: trailproof merge shard-*.json.gz`,
    );
  }
  if (shard !== undefined && previous !== undefined) {
    throw new UsageError(
      '--previous is for an evaluation, and a shard is evaluated when it is merged.',
      'Give it to trailproof merge.',
    );
  }
}

/** The end of a scan with --shard: it was read and saved, and judges nothing. */
export function shardRead(
  inventory: Inventory,
  options: { readonly quiet?: true; readonly allowIncomplete?: true },
  { stderr }: Terminal,
): number {
  if (options.quiet !== true) {
    writeLines(stderr, [
      describeInventory(inventory),
      'Nothing was evaluated: a shard is only a part of the organization. When all are read: trailproof merge FILE…',
    ]);
  }
  const isIncomplete = inventory.accounts.some(isUnreadable) || inventory.organization?.accountsGap !== undefined;
  return isIncomplete && options.allowIncomplete !== true ? exitCodes.incomplete : exitCodes.ok;
}
