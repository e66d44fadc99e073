import { existsSync } from 'node:fs';
import { ledgerWith } from '../../../history/index.js';
import { readText } from '../../../storage/index.js';
import { counted } from '../../../text/plural.js';
import type { KeptRun } from './source.js';
import { writeFileWhole } from '../../process/write-file.js';

/**
 * Adds runs to a ledger's file, which is written anew as a whole, after its chain has been verified.
 *
 * @returns what was done, for people
 * @throws UsageError when its chain is broken, or it cannot be written
 */
export async function addToLedger(file: string, runs: readonly KeptRun[]): Promise<string[]> {
  const before = existsSync(file) ? await readText(file) : '';
  const { text, added, tooOld } = ledgerWith(before, runs, file);
  if (text !== before) await writeFileWhole(file, [text]);
  return [
    `Added ${counted(added, 'run')} to ${file}`,
    ...tooOld.map((it) => `warning: ${it.file} is older than the ledger's last run, and was not added`),
  ];
}
