import type { Athena } from '../../model/athena.js';
import { UsageError } from '../../model/errors.js';
import { Unreadable, type ObjectStore } from '../../model/object-store.js';
import { folderOf, type Limiter } from '../../verify/index.js';
import { gapReasonOf } from '../gap-reason.js';
import { dayPath, deliverySpan } from '../window.js';
import { daysOf, holdsAccount, holdsDay, holdsRegion, listedBy } from './holds.js';
import { layoutOfTable } from './layout.js';
import { eventsFromAthena, type AthenaOptions } from './source.js';

/** What a query would read, by listings alone. */
export interface AthenaScan {
  /** Undefined: it cannot be told. */
  readonly listed: { readonly objects: number; readonly bytes: number } | undefined;
  /** Why it cannot be told, or not in whole. */
  readonly why: string;
  /** What would stay unknown, as sentences. */
  readonly gaps: readonly string[];
}

/**
 * Lists what lies in the partitions that a query would read.
 *
 * @throws UsageError where the table cannot be read at all
 */
export async function athenaScan(
  athena: Athena,
  options: AthenaOptions,
  { store, limit }: { readonly store: ObjectStore; readonly limit: Limiter },
): Promise<AthenaScan> {
  const { cells, gaps } = eventsFromAthena(athena, options).planned();
  // Of the hours only those are told that no reading can make good.
  const lost = cells.flatMap(({ state, gap }) => (state === 'unreadable' && gap !== undefined ? [gap.message] : []));
  const told = [...new Set([...lost, ...gaps.map((it) => it.message)])];
  const folders = foldersOf(athena, options);
  if (folders === undefined)
    return { listed: undefined, why: 'the table does not say which accounts and Regions it holds.', gaps: told };
  try {
    const sizes = await limit(folders.paths, async (path) => await sizeOf(store, folders.bucket, path));
    const sum = (of: (it: Size) => number): number => sizes.reduce((total, it) => total + of(it), 0);
    return { listed: { objects: sum((it) => it.objects), bytes: sum((it) => it.bytes) }, why: '', gaps: told };
  } catch (error) {
    if (!(error instanceof Unreadable) && !(error instanceof UsageError)) throw error;
    const reason = error instanceof Unreadable ? gapReasonOf(error) : 'error';
    return { listed: undefined, why: `its log files cannot be listed (${reason}): ${error.message}.`, gaps: told };
  }
}

interface Size {
  readonly objects: number;
  readonly bytes: number;
}

async function sizeOf(store: ObjectStore, bucket: string, prefix: string): Promise<Size> {
  let objects = 0;
  let bytes = 0;
  for await (const page of store.list(bucket, prefix)) {
    objects += page.length;
    for (const { size } of page) bytes += size;
  }
  return { objects, bytes };
}

/** A folder for each account, Region and day that is asked for and has a partition. */
function foldersOf(athena: Athena, { database, table, known, from, to, at }: AthenaOptions) {
  const layout = layoutOfTable(`athena:${database}.${table}`, athena.table, Date.parse(at));
  const accounts = (known?.accounts ?? listedBy(layout.account))?.filter((it) => holdsAccount(layout, it));
  const regions = (known?.regions ?? listedBy(layout.region))?.filter((it) => holdsRegion(layout, it));
  if (accounts === undefined || regions === undefined) return undefined;
  const span = deliverySpan({ from: Date.parse(from), to: Date.parse(to) });
  const days = daysOf(span).filter((it) => it <= Date.parse(at) && holdsDay(layout.days, it));
  const base = { path: `${layout.prefix}/`, organizationId: undefined };
  const paths = accounts.flatMap((account) =>
    regions.flatMap((region) => days.map((it) => `${folderOf(base, account, 'CloudTrail', region)}${dayPath(it)}/`)),
  );
  return { bucket: layout.bucket, paths };
}
