import { Unreadable, type ListedObject, type ObjectStore } from '../../model/object-store.js';
import { findPlaces, folderOf, parseLogFileName, type Limiter, type Place } from '../../verify/index.js';
import type { CoverageBook, Trouble } from '../coverage.js';
import { isEventFolder } from '../event-folder.js';
import type { KnownPlaces } from '../from-inventory.js';
import { gapReasonOf } from '../gap-reason.js';
import { dayPath, deliverySpan, startOfDay, type Window } from '../window.js';
import type { Deliveries } from './deliveries.js';
import { holdsAccount, holdsRegion } from './holds.js';
import type { TableLayout } from './layout.js';

/** The log files themselves, which are listed, and not read. */
export interface LogListing {
  readonly store: ObjectStore;
  /** Of places that are listed at once. */
  readonly limit: Limiter;
}

export interface Listed {
  readonly objects: number;
  /** As they are stored. */
  readonly bytes: number;
  /** Where they are: also of accounts that no inventory knows. */
  readonly accounts: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
}

type Sum = Pick<Listed, 'objects' | 'bytes'>;

interface Asked {
  /** Where it is written down when log files were delivered. */
  readonly deliveries: Deliveries;
  /** Of the table, for people. */
  readonly name: string;
  readonly layout: TableLayout;
  readonly window: Window;
  /** Accounts of an inventory; undefined: there is none. */
  readonly known: ReadonlySet<string> | undefined;
}

const call = 's3:ListObjectsV2';

/** Athena passes over objects in these: https://docs.aws.amazon.com/athena/latest/ug/querying-glacier.html */
const archives: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/**
 * Lists what lies in the partitions of a query, and writes down what Athena does not read of it, without a word: objects
 * in an archive or without a byte, and accounts, Regions and folders that the table has no partitions of.
 *
 * @returns what the query reads; undefined where it could not be listed, so that nothing of it is known
 */
export async function listLogs(
  given: Omit<Asked, 'known'> & { readonly known: KnownPlaces | undefined },
  { store, limit }: LogListing,
  book: CoverageBook,
): Promise<Listed | undefined> {
  const asked = { ...given, known: given.known === undefined ? undefined : new Set(given.known.accounts) };
  const { layout } = asked;
  const [, prefix = '', organizationId] = /^(?:(.*)\/)?AWSLogs(?:\/(o-.*))?$/.exec(layout.prefix) ?? [];
  let places: readonly Place[];
  try {
    places = await findPlaces(
      store,
      { bucket: layout.bucket, prefix },
      {
        base: (base) => base.organizationId === organizationId,
        // What came to the organization since the inventory is read, as from a bucket; one account is asked for alone.
        account: (_, account) => given.known?.isOrganization !== false || asked.known?.has(account) === true,
        region: () => true,
      },
    );
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const resource = `s3://${layout.bucket}/${layout.prefix}/`;
    const message = `${resource} could not be listed: ${error.message}. So it is not known whether Athena passes over log files in an archive, or of accounts that table ${asked.name} does not have.`;
    book.trouble({ call, resource, reason: gapReasonOf(error), message });
    return undefined;
  }
  const its = await limit(places, async (place) => await listPlace(asked, store, place, book));
  const sum = (of: (it: Sum) => number): number => its.reduce((total, it) => total + of(it), 0);
  const met = places.filter((_, index) => (its[index]?.objects ?? 0) > 0);
  return {
    objects: sum((it) => it.objects),
    bytes: sum((it) => it.bytes),
    accounts: new Set(met.map((it) => it.account)),
    regions: new Set(met.map((it) => it.region)),
  };
}

/** What the query reads of a place. */
async function listPlace(asked: Asked, store: ObjectStore, place: Place, book: CoverageBook): Promise<Sum> {
  const { account, region } = place;
  const { name, layout, window, known } = asked;
  // Of accounts that left, logs of another time stay.
  const isOther = known?.has(account) === false;
  if (isOther && !(await holdsSome(store, place, deliverySpan(window)))) return { objects: 0, bytes: 0 };
  book.see(account, region);
  if (!holdsAccount(layout, account) || !holdsRegion(layout, region)) {
    const message = `Table ${name} has no partitions of account ${account} in ${region}, of which there are log files. Make the table again with trailproof activity athena-table --inventory.`;
    book.unreadSpan(account, region, window, trouble(name, message));
    return { objects: 0, bytes: 0 };
  }
  let objects = 0;
  let bytes = 0;
  for (const folder of place.logFolders.filter(isEventFolder)) {
    try {
      for await (const object of objectsIn(store, place, folder, deliverySpan(window))) {
        const why = folder === 'CloudTrail' ? passedOver(object) : 'lies beside the partitions of the table';
        if (why === undefined) {
          objects += 1;
          bytes += object.size;
          const delivered = deliveryOf(object, place);
          if (delivered !== undefined) asked.deliveries.list(account, region, delivered);
        } else tellUnread(object, place, why, book);
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const resource = `s3://${place.bucket}/${folderOf(place.base, account, folder, region)}`;
      const message = `${resource} could not be listed: ${error.message}. So it is not known whether Athena passes over log files in an archive.`;
      const what: Trouble = { call, resource, reason: gapReasonOf(error), message };
      book.undeliveredSpan(account, region, deliverySpan(window), what);
    }
  }
  return { objects, bytes };
}

/** Whether there is a log file of the span, as far as it can be listed. */
async function holdsSome(store: ObjectStore, place: Place, span: Window): Promise<boolean> {
  for (const folder of place.logFolders.filter(isEventFolder)) {
    try {
      for await (const _ of objectsIn(store, place, folder, span)) return true;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return true;
    }
  }
  return false;
}

/** The objects of the days of a span. */
async function* objectsIn(
  store: ObjectStore,
  { bucket, base, account, region }: Place,
  folder: string,
  span: Window,
): AsyncGenerator<ListedObject, void, undefined> {
  const prefix = folderOf(base, account, folder, region);
  const last = dayPath(startOfDay(span.to - 1));
  for await (const page of store.list(bucket, prefix, `${prefix}${dayPath(span.from)}`)) {
    for (const object of page) {
      if (object.key.slice(prefix.length, prefix.length + last.length) > last) return;
      const delivered = parseLogFileName(object.key.slice(object.key.lastIndexOf('/') + 1))?.delivered;
      if (delivered === undefined || (delivered >= span.from && delivered < span.to)) yield object;
    }
  }
}

/** No record is smaller, compressed: what is holds an empty list. */
const smallestRecord = 100;

/** When a log file of the place was delivered; undefined: it is none, or holds no record. */
function deliveryOf({ key, size }: ListedObject, { account, region }: Place): number | undefined {
  const name = parseLogFileName(key.slice(key.lastIndexOf('/') + 1));
  const isOwn = name?.account === account && name.region === region && name.folder === 'CloudTrail';
  return isOwn && size >= smallestRecord ? name.delivered : undefined;
}

function passedOver({ size, storageClass }: ListedObject): string | undefined {
  if (size === 0) return 'is empty, as no log file is';
  if (storageClass === undefined || !archives.has(storageClass)) return undefined;
  return `is in the storage class ${storageClass}, which Athena passes over`;
}

function tellUnread({ key }: ListedObject, { bucket, account, region }: Place, why: string, book: CoverageBook): void {
  const resource = `s3://${bucket}/${key}`;
  const what: Trouble = { call, resource, reason: 'not-collected', message: `${resource} ${why}.` };
  const name = parseLogFileName(key.slice(key.lastIndexOf('/') + 1));
  if (name === undefined) book.trouble({ ...what, account });
  else book.undelivered(account, region, name.delivered, what);
}

function trouble(resource: string, message: string): Trouble {
  return { call: 'athena:GetTableMetadata', resource, reason: 'not-collected', message };
}
