import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import { Ledger } from '../../ledger.js';
import type { ScopeOptions } from '../../live/scope.js';
import type { Reach } from '../accounts.js';
import { accountNamed, inventoryOfItems } from '../inventory.js';
import { NotRecorded } from '../not-recorded.js';
import { aloneGap } from '../reach.js';
import { noRecord, type Reading } from '../reading.js';
import { Recording } from '../recorders.js';
import { indexFiles, type FileIndex } from './file-index.js';
import { FileSource } from './file-source.js';
import { findFiles } from './find-files.js';

export interface FilesOptions {
  readonly version: string;
  readonly scope: ScopeOptions;
  /** RFC 3339: the state at that moment instead of the last that was recorded. */
  readonly asOf: string | undefined;
}

/**
 * The state that AWS Config's delivery files tell: snapshots and history files, a folder of them or one, gzipped or
 * not. Nobody is asked: the organization is not known, and neither is who has more trails than these files tell.
 *
 * @throws UsageError when no file there is AWS Config's
 */
export async function collectFromFiles(path: string, options: FilesOptions): Promise<Inventory> {
  const { asOf, scope } = options;
  const ledger = new Ledger();
  const files = await findFiles(path);
  const index = await indexFiles(files, path, asOf, ledger);
  if (index.files.length === 0) throw nothingFound(path, files.length, ledger);
  const at = new Date(asOf ?? index.newest ?? 0);
  const source = new FileSource(index, asOf, ledger, at);
  const { recorders } = await source.recorders();
  const { partition } = index;
  const recording = new Recording(recorders, partition, ledger, at);
  const reading: Reading = { source, recording, notRecorded: new NotRecorded(ledger, at), ledger, partition, at };
  checkAccounts(scope, index);
  return await inventoryOfItems(
    reading,
    () => reachOf(reading, index, asOf),
    async (trails) => await Promise.resolve(trails),
    () => ({
      version: options.version,
      source: 'config',
      caller: { accountId: 'unknown', arn: 'unknown' },
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
  { since }: Pick<FileIndex, 'since'>,
): void {
  if (organizationalUnits.length > 0) {
    throw new UsageError("AWS Config's files do not tell in which OU an account is.", 'Use --account instead of --ou.');
  }
  const strange = [...accounts, ...excludedAccounts].filter((id) => !since.has(id));
  if (strange.length === 0) return;
  throw new UsageError(
    `No file tells of account ${strange.join(', ')}; they tell of ${[...since.keys()].toSorted().slice(0, 10).join(', ')}.`,
    'Check --account and --exclude-account.',
  );
}

export function nothingFound(path: string, count: number, ledger: Ledger): UsageError {
  if (count === 0)
    return new UsageError(`${path} holds no files.`, 'Give a folder of AWS Config snapshots or history files.');
  const [first] = ledger.gaps();
  return new UsageError(
    `${path} holds no whole file of AWS Config among ${count} files: ${first?.message ?? ''}`,
    'Snapshots and history files are JSON, mostly gzipped, with a list configurationItems.',
  );
}

function reachOf(reading: Reading, { since }: FileIndex, asOf: string | undefined): Reach {
  return {
    accounts: [...since.keys()].toSorted().map(accountNamed),
    unreadable: (id) => {
      const first = since.get(id);
      if (asOf === undefined || first === undefined || first <= asOf) return undefined;
      const message = `AWS Config's files tell of account ${id} since ${first}, and not of ${asOf}.`;
      const asked = { call: 'config:GetResourceConfigHistory', accountId: id, region: 'global' };
      return noRecord(reading, asked, message);
    },
    missing: (id) => aloneGap(reading, id),
    stranger: () => undefined,
  };
}
