import { UsageError } from '../model/errors.js';
import type { EventSource } from '../model/log-events.js';
import { Unreadable, type ObjectStore } from '../model/object-store.js';
import { byText } from '../text/order.js';
import { counted, plural } from '../text/plural.js';
import { findPlaces, folderOf, parseLogFileName, type Limiter, type Place } from '../verify/index.js';
import { layoutOf } from './bucket-layout.js';
import type { CoverageBook } from './coverage.js';
import { isEventFolder } from './event-folder.js';
import { byDelivery, sharedOptions, windowOf, type LogFilesOptions } from './folder.js';
import type { LogObject } from './log-object.js';
import { LogSource } from './log-source.js';
import { gapReasonOf } from './gap-reason.js';
import { day, dayPath, deliverySpan, startOfDay, type Window } from './window.js';

/** A bucket and a path in it: the trail's prefix, or further down to an account, a Region or a day. */
export interface BucketPlace {
  readonly store: ObjectStore;
  readonly bucket: string;
  readonly prefix: string;
  /** Of places that are listed at once. */
  readonly limit: Limiter;
}

/** Objects that are fetched while one is unpacked. */
const objectsAtOnce = 16;

/**
 * The log files of a bucket, found by the layout of CloudTrail: organizations, accounts, Regions and days, of which only
 * those of the window are listed.
 *
 * @throws UsageError when reading begins and there is no such layout
 */
export function eventsFromBucket(place: BucketPlace, options: LogFilesOptions): EventSource {
  const { store, bucket, prefix } = place;
  return new LogSource({
    ...sharedOptions(options, store, async () => {
      const { prefixes, choice } = await layoutOf(store, bucket, prefix);
      return { targets: prefixes.map((it) => ({ bucket, prefix: it })), choice };
    }),
    store,
    find: (book) => objectsOf(place, windowOf(options), book),
    atOnce: objectsAtOnce,
    call: 's3:GetObject',
  });
}

/** The objects of the window, day by day. */
export async function* objectsOf(
  place: BucketPlace,
  window: Window,
  book: CoverageBook,
): AsyncGenerator<LogObject, void, undefined> {
  const places = await placesOf(place, book);
  const span = deliverySpan(window);
  for (let it = startOfDay(span.from); it < span.to; it += day) {
    const listed = await place.limit(places, async (one) => await listDay(place, one, it, span, book));
    yield* listed.flat().toSorted(byDelivery);
  }
}

async function placesOf({ store, bucket, prefix }: BucketPlace, book: CoverageBook): Promise<Place[]> {
  const where = `s3://${bucket}/${prefix}`;
  const message = `There are too many folders in ${where} to look into each of them for AWSLogs, and logs of other trails may lie there: name the path of the trail, as in s3://${bucket}/PREFIX/AWSLogs.`;
  try {
    const layout = await layoutOf(store, bucket, prefix, () =>
      book.trouble({ call: 's3:ListObjectsV2', resource: where, reason: 'not-collected', message }),
    );
    const found = await Promise.all(
      layout.prefixes.map(async (it) => await findPlaces(store, { bucket, prefix: it }, layout.filter)),
    );
    const places = found.flat();
    for (const it of layout.prefixes) book.looksIn({ bucket, prefix: it });
    // An account or Region without files of the window is a hole, and not nothing.
    for (const { account, region } of places) book.see(account, region);
    if (places.length > 0) return places;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new UsageError(`The folders of ${where} cannot be listed: ${error.message}.`, undefined, { cause: error });
  }
  throw new UsageError(
    `There are no log files of CloudTrail in ${where}.`,
    'Name the bucket and the prefix of the trail, in front of AWSLogs, as in s3://BUCKET/PREFIX.',
  );
}

async function listDay(
  { store, bucket }: BucketPlace,
  place: Place,
  start: number,
  span: Window,
  book: CoverageBook,
): Promise<LogObject[]> {
  const objects: LogObject[] = [];
  for (const folder of place.logFolders.filter(isEventFolder)) {
    const prefix = `${folderOf(place.base, place.account, folder, place.region)}${dayPath(start)}/`;
    try {
      const strangers: string[] = [];
      for await (const page of store.list(bucket, prefix)) {
        for (const { key, size } of page) {
          const object = objectOf(bucket, place, key, size);
          const delivered = object.name?.delivered;
          if (delivered === undefined && !/\.json(?:\.gz)?$/.test(key)) {
            if (size > 0) strangers.push(key);
          } else if (delivered === undefined || (delivered >= span.from && delivered < span.to)) objects.push(object);
        }
      }
      tellStrangers(bucket, strangers, book);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const resource = `s3://${bucket}/${prefix}`;
      const message = `${resource} could not be listed: ${error.message}.`;
      const trouble = { call: 's3:ListObjectsV2', resource, reason: gapReasonOf(error), message };
      book.undeliveredSpan(place.account, place.region, { from: start, to: start + day }, trouble);
    }
  }
  return objects;
}

/** A name that says another account or Region than the folder is not CloudTrail's. */
function objectOf(bucket: string, { account, region }: Place, key: string, size: number): LogObject {
  const name = parseLogFileName(key.slice(key.lastIndexOf('/') + 1));
  const isOwn = name?.account === account && name.region === region;
  const object = { bucket, key, shown: `s3://${bucket}/${key}`, size };
  return isOwn ? { ...object, name } : { ...object, name: undefined, isStranger: true };
}

function tellStrangers(bucket: string, strangers: readonly string[], book: CoverageBook): void {
  const [first] = strangers.toSorted(byText);
  if (first === undefined) return;
  const many = strangers.length;
  const resource = `s3://${bucket}/${first}`;
  const message = `${counted(many, 'object')} among the log files ${plural(many, 'is of another kind', 'are of other kinds')}, such as ${resource}, and ${plural(many, 'is', 'are')} left alone.`;
  book.trouble({ call: 's3:ListObjectsV2', resource, reason: 'unsupported', message });
}
