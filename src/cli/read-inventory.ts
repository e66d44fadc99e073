import { loadInventory } from '../collect/inventory/index.js';
import { UsageError } from '../model/errors.js';
import type { Inventory } from '../model/inventory.js';
import { packageFile } from '../package-file.js';
import { notBuiltYet } from './not-built.js';

/** Where the state is read from. */
export interface SourceChoice {
  readonly source: string;
  readonly sample?: true;
}

/** True when AWS is asked. */
export function isLive({ source, sample }: SourceChoice): boolean {
  return sample !== true && source === 'live';
}

/**
 * The state of the chosen source: the sample, a saved inventory, or what `collect` reads from live AWS.
 *
 * @throws UsageError for a source that cannot be read.
 */
export async function readInventory(choice: SourceChoice, collect: () => Promise<Inventory>): Promise<Inventory> {
  const { source, sample } = choice;
  if (sample === true) {
    if (source !== 'live') throw new UsageError('--sample and --source exclude each other.');
    return await loadInventory(packageFile('src/sample/inventory.json'));
  }
  if (isLive(choice)) return await collect();
  if (source === 'config' || source === 'config+live') throw notBuiltYet(`--source ${source}`);
  return await loadInventory(source);
}
