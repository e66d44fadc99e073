import { isS3Location } from '../../collect/index.js';
import { loadInventory } from '../../storage/index.js';
import { UsageError } from '../../model/errors.js';
import type { Inventory } from '../../model/inventory.js';
import { packageFile } from '../../package-file.js';
import { refuseUseless } from './flags-given.js';
import { loadSaved } from './saved-source.js';
import { refuseSilentAfter, type SourceChoice } from './source-choice.js';
import type { SourceOptions } from './source-options.js';

const fromAws: ReadonlySet<string> = new Set(['live', 'config', 'config+live']);

/** True when AWS is asked: the accounts, or AWS Config. */
export function isLive({ source, sample }: SourceChoice): boolean {
  return sample !== true && fromAws.has(source);
}

/**
 * Only AWS Config tells of the past.
 *
 * @throws UsageError for `--as-of` with a source that is of one moment
 */
export function refuseAsOf({ source, sample, asOf }: SourceChoice): void {
  if (asOf === undefined || (source === 'config' && sample !== true)) return;
  throw new UsageError(
    `--as-of with ${sample === true ? '--sample' : `--source ${source}`}: it holds the state of one moment only.`,
    "Use --source config, or a folder of AWS Config's snapshots and history files.",
  );
}

/**
 * Only AWS Config has aggregators.
 *
 * @throws UsageError for `--aggregator` with another source
 */
export function refuseAggregator({ aggregator }: SourceChoice): void {
  if (aggregator === undefined) return;
  throw new UsageError(
    '--aggregator works with AWS Config only.',
    'Use it with --source config or --source config+live.',
  );
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
  const { source, sample } = choice;
  if (sample === true) {
    if (source !== 'live' || choice.flagsGiven?.includes('source') === true) {
      throw new UsageError('--sample and --source cannot be combined.', 'Leave one of the two out.');
    }
    refuseAsOf(choice);
    refuseSilentAfter({ ...choice, source: '--sample' });
    refuseAggregator(choice);
    refuseUseless(choice, 'saved', '--sample');
    return await loadInventory(packageFile('src/sample/inventory.json'));
  }
  if (isLive(choice) || isS3Location(source)) return await collect();
  refuseAggregator(choice);
  return await loadSaved(source, scope, choice);
}
