import { stat } from 'node:fs/promises';
import { collectAgain, collectFromFiles, fileAt, isConfigFile } from '../../collect/index.js';
import { isEvidence, loadEvidence, loadInventory } from '../../storage/index.js';
import { UsageError } from '../../model/errors.js';
import type { Inventory } from '../../model/inventory.js';
import { refuseUseless } from './flags-given.js';
import { parseTime } from './parse-time.js';
import { refuseSilentAfter, type SourceChoice } from './source-choice.js';
import { parseSilentAfter, type SourceOptions } from './source-options.js';
import { version } from '../process/version.js';

type SavedChoice = Pick<SourceChoice, 'asOf' | 'silentAfter' | 'flagsGiven'>;

/**
 * Reads what was saved: an inventory, the evidence of a scan, or AWS Config's snapshots and history files, one or a folder of them.
 *
 * @throws UsageError that names the file and what is wrong with it
 */
export async function loadSaved(
  path: string,
  scope: SourceOptions['scope'],
  { asOf, silentAfter, flagsGiven }: SavedChoice,
): Promise<Inventory> {
  const silentAfterDays = parseSilentAfter(silentAfter);
  const time = asOf === undefined ? undefined : parseTime('--as-of', asOf, new Date());
  if (await isEvidence(path)) {
    if (time !== undefined) throw new UsageError(`${path} holds the state of one moment, which --as-of cannot change.`);
    refuseSilentAfter({ source: path, silentAfter });
    refuseUseless({ flagsGiven }, 'saved', `--source ${path}`);
    const { run, replay } = await loadEvidence(path);
    return await collectAgain(run, replay);
  }
  if (await isOfConfig(path)) {
    refuseUseless({ flagsGiven }, 'config-files', `--source ${path}`);
    return await collectFromFiles(path, { version: version(), scope, asOf: time, silentAfterDays });
  }
  if (time !== undefined) {
    throw new UsageError(
      `${path} holds the state of one moment, which --as-of cannot change.`,
      "Use it with a folder of AWS Config's history files.",
    );
  }
  refuseSilentAfter({ source: path, silentAfter });
  refuseUseless({ flagsGiven }, 'saved', `--source ${path}`);
  return await loadInventory(path);
}

/** What is not there is no file of AWS Config: loading it as an inventory says so. */
async function isOfConfig(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  });
  if (found === undefined) return false;
  // The reader of inventories says what is wrong with a pipe or a device.
  return found.isDirectory() || (found.isFile() && (await isConfigFile(fileAt(path))));
}
