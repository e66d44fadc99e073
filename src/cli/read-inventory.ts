import { loadInventory } from '../collect/inventory/index.js';
import { isS3Location } from '../collect/s3-location.js';
import { UsageError } from '../model/errors.js';
import type { Inventory } from '../model/inventory.js';
import { packageFile } from '../package-file.js';
import { notBuiltYet } from './not-built.js';
import { loadSaved } from './saved-source.js';
import type { SourceOptions } from './source-options.js';

/** Where the state is read from. */
export interface SourceChoice {
  readonly source: string;
  readonly sample?: true;
  readonly aggregator?: string;
  readonly asOf?: string;
}

const fromAws: ReadonlySet<string> = new Set(['live', 'config', 'config+live']);

/** True when AWS is asked: the accounts, or AWS Config. */
export function isLive({ source, sample }: SourceChoice): boolean {
  return sample !== true && fromAws.has(source);
}

/** For sources that are of one moment: the past is in AWS Config's files. */
export function refuseAsOf({ source, asOf }: SourceChoice): void {
  if (asOf !== undefined) throw notBuiltYet(`--as-of with --source ${source}`);
}

/**
 * The state of the chosen source: the sample, a saved inventory, files of AWS Config, or what `collect` reads from AWS.
 *
 * @throws UsageError for a source that cannot be read.
 */
export async function readInventory(
  choice: SourceChoice,
  { scope }: Pick<SourceOptions, 'scope'>,
  collect: () => Promise<Inventory>,
): Promise<Inventory> {
  const { source, sample, aggregator, asOf } = choice;
  if (sample === true) {
    if (source !== 'live') throw new UsageError('--sample and --source exclude each other.');
    refuseAsOf(choice);
    return await loadInventory(packageFile('src/sample/inventory.json'));
  }
  if (isLive(choice) || isS3Location(source)) return await collect();
  if (aggregator !== undefined) {
    throw new UsageError('--aggregator is of AWS Config.', 'Use it with --source config or --source config+live.');
  }
  return await loadSaved(source, scope, asOf);
}
