import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import { Ledger } from '../../aws/ledger.js';
import type { ScopeOptions } from '../../organization/scope.js';
import type { RecordedCoverage } from '../accounts.js';
import { accountNamed, inventoryOfItems, nothingMore } from '../inventory.js';
import type { FoundRecorders } from '../item-source.js';
import { NotRecorded } from '../not-recorded.js';
import { aloneGap, unplacedGap } from '../aggregator-coverage.js';
import { noRecord, type Reading } from '../reading.js';
import { Recording } from '../recorders.js';
import { filedRecorders } from '../regional-recorders.js';
import type { DeliveryFiles } from './delivery-file.js';
import { usualSilence } from './doubts.js';
import { indexFiles, type FileIndex } from './file-index.js';
import { FileSource } from './file-source.js';
import { findFiles } from './find-files.js';

export interface FilesOptions {
  readonly version: string;
  readonly scope: ScopeOptions;
  /** RFC 3339: the state at that moment instead of the last that was recorded. */
  readonly asOf: string | undefined;
  /** Days without a delivery after which nothing is known of an account; undefined: {@link usualSilence}. */
  readonly silentAfterDays?: number | undefined;
  /** Bytes of buckets and keys that are kept while files are read; undefined: as many as usual. */
  readonly keepsBytes?: number | undefined;
}

/**
 * The state that AWS Config's delivery files tell: snapshots and history files, a folder of them or one, gzipped or
 * not. Nobody is asked: the organization is not known, and neither is who has more trails than these files tell.
 *
 * @throws UsageError when no file there is AWS Config's
 */
export async function collectFromFiles(path: string, options: FilesOptions): Promise<Inventory> {
  return await inventoryOfFiles(await findFiles(path), options, new Ledger());
}

/**
 * The same of files wherever they lie.
 *
 * @param caller who reads them; nobody in particular where nobody is asked
 */
export async function inventoryOfFiles(
  files: DeliveryFiles,
  options: FilesOptions,
  ledger: Ledger,
  caller: Inventory['caller'] = { accountId: 'unknown', arn: 'unknown' },
): Promise<Inventory> {
  const { asOf, scope, silentAfterDays = usualSilence, keepsBytes } = options;
  const index = await indexFiles(files, { asOf, silentAfterDays, ledger, keepsBytes });
  checkFound(files, index, ledger);
  const at = new Date(asOf ?? index.reaches ?? 0);
  const source = new FileSource(index, asOf, ledger, at);
  const found = await source.recorders();
  const { partition } = index;
  const recording = new Recording(found, {
    partition,
    ledger,
    at,
    isListed: false,
    doubt: (item) => source.doubt(item),
  });
  const reading: Reading = { source, recording, notRecorded: new NotRecorded(ledger, at), ledger, partition, at };
  checkAccounts(scope, index);
  return await inventoryOfItems(
    reading,
    () => reachOf(reading, index, found, asOf),
    nothingMore,
    () => ({
      version: options.version,
      source: 'config',
      caller,
      interrupted: false,
      scope,
      organization: null,
      ...(asOf === undefined ? {} : { asOf }),
      apiCalls: ledger.apiCalls(),
    }),
  );
}

/** A name in the options that no file knows would silently leave out what was meant. */
export function checkAccounts(
  { accounts, excludedAccounts, organizationalUnits }: ScopeOptions,
  index: Pick<FileIndex, 'since' | 'unread'>,
): void {
  const known = accountsIn(index);
  if (organizationalUnits.length > 0) {
    throw new UsageError("AWS Config's files do not say in which OU an account is.", 'Use --account instead of --ou.');
  }
  const strange = [...accounts, ...excludedAccounts].filter((id) => !known.includes(id));
  if (strange.length === 0) return;
  throw new UsageError(
    `No file is about account ${strange.join(', ')}; there are files about ${known.slice(0, 10).join(', ')}.`,
    'Check --account and --exclude-account.',
  );
}

/** The accounts that files are of, whether anything of them was read or not. */
export function accountsIn({ since, unread }: Pick<FileIndex, 'since' | 'unread'>): string[] {
  return [...new Set([...since.keys(), ...unread.keys()])].toSorted();
}

/** @throws UsageError where no item was found at all */
export function checkFound({ place, files }: DeliveryFiles, index: FileIndex, ledger: Ledger): void {
  if (files.length === 0) {
    throw new UsageError(`${place} holds no files.`, 'Give a folder of AWS Config snapshots or history files.');
  }
  const [first] = ledger.gaps();
  const why = first === undefined ? '' : `: ${first.message}`;
  if (index.files.length === 0) {
    throw new UsageError(
      `${place} holds no complete file of AWS Config among ${files.length} files${why}`,
      'Snapshots and history files are JSON, mostly gzipped, with a list configurationItems.',
    );
  }
  if (accountsIn(index).some((id) => !index.unread.has(id))) return;
  throw new UsageError(
    `${place} holds no configuration item of a trail, bucket, key, event data store or recorder among ${files.length} files${why}`,
    'Give the snapshots and history files of all types, as AWS Config delivers them.',
  );
}

function reachOf(
  reading: Reading,
  index: FileIndex,
  found: FoundRecorders,
  asOf: string | undefined,
): RecordedCoverage {
  return {
    accounts: accountsIn(index).map((id) => accountNamed(id, unplacedGap(reading, id))),
    unreadable: (id) => {
      const first = index.since.get(id);
      if (asOf !== undefined && first !== undefined && first > asOf) {
        const message = `AWS Config's files about account ${id} begin at ${first}, after ${asOf}.`;
        const asked = { call: 'config:GetResourceConfigHistory', accountId: id, region: 'global' };
        return noRecord(reading, asked, message);
      }
      const doubt = index.unread.get(id) ?? index.doubts.whySilent({ accountId: id, region: undefined }, asOf);
      return doubt === undefined ? undefined : reading.ledger.addGap(doubt.asked, doubt.failure, reading.at);
    },
    missing: (id) => aloneGap(reading, id),
    recorders: filedRecorders(reading, found),
    stranger: () => undefined,
  };
}
