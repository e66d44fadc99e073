import { FolderStore, isDigestFile, parseLogFileName, parseLogFileStart } from '../verify/index.js';
import type { EventSource } from '../model/log-events.js';
import type { CoverageBook } from './coverage.js';
import type { ExpectedPlaces } from './from-inventory.js';
import { isEventFolder } from './event-folder.js';
import { readDigestProofs, type ProofOptions, type ProofPlaces } from './digest-proofs.js';
import { UsageError } from '../model/errors.js';
import { Unreadable, type ObjectStore } from '../model/object-store.js';
import type { LogObject } from './log-object.js';
import { LogSource, type LogSourceOptions } from './log-source.js';
import { deliverySpan, type Window } from './window.js';
import { byText } from '../text/order.js';
import { counted, plural } from '../text/plural.js';

/** What is read of log files. */
export interface LogFilesOptions {
  /** `[from, to)` by the time of the event; ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Where the window that is asked begins, when more is read: hours before it are told apart. */
  readonly askedFrom?: string;
  /** When the run reads, ISO 8601. */
  readonly at: string;
  /** Of which accounts and Regions events must be there; undefined: of those that are seen. */
  readonly expected?: ExpectedPlaces;
  /** Digest files are read first, and log files compared with what they say; undefined: they are left alone. */
  readonly proof?: ProofOptions;
  /** Told of each object that is done: those with a time of delivery in its order, day by day. */
  readonly onObject?: (object: Pick<LogObject, 'key' | 'size' | 'name'>) => void;
}

/** Objects of a disk that are read while one is unpacked. */
const filesAtOnce = 4;

/**
 * The log files of a folder and of all below it, wherever in the layout of a bucket it was taken from; files with other
 * names are read too, where they may be JSON.
 *
 * @throws Unreadable when the folder cannot be listed
 */
export function eventsFromFolder(folder: string, options: LogFilesOptions): EventSource {
  const store = new FolderStore(folder, { bucket: '', prefix: '' });
  return eventsOfCopy(store, options);
}

/** The same of a folder whose place in a bucket is known, as digest files tell it. */
export function eventsOfCopy(store: FolderStore, options: LogFilesOptions): EventSource {
  return new LogSource({
    ...sharedOptions(options, store, async () => ({
      targets: [{ bucket: store.origin.bucket, prefix: undefined }],
      choice: { trails: undefined, accounts: undefined, regions: undefined },
    })),
    store,
    find: (book) => filesOf(store, windowOf(options), book),
    atOnce: filesAtOnce,
    call: 'log-file',
  });
}

export function windowOf({ from, to }: Pick<LogFilesOptions, 'from' | 'to'>): Window {
  return { from: Date.parse(from), to: Date.parse(to) };
}

export function sharedOptions(
  options: LogFilesOptions,
  store: ObjectStore,
  where: () => Promise<ProofPlaces>,
): Pick<LogSourceOptions, 'window' | 'askedFrom' | 'expected' | 'at' | 'onObject' | 'prove'> {
  const { askedFrom, expected, at, onObject, proof } = options;
  const window = windowOf(options);
  return {
    window,
    ...(askedFrom === undefined ? {} : { askedFrom: Date.parse(askedFrom) }),
    expected,
    at,
    ...(onObject === undefined ? {} : { onObject }),
    ...(proof === undefined ? {} : { prove: async () => await readDigestProofs(store, window, await where(), proof) }),
  };
}

/** The files of the window, those with a time of delivery first. */
export async function* filesOf(
  store: FolderStore,
  window: Window,
  book: CoverageBook,
): AsyncGenerator<LogObject, void, undefined> {
  const span = deliverySpan(window);
  const named: LogObject[] = [];
  const others: LogObject[] = [];
  const strangers: string[] = [];
  const remains: LogObject[] = [];
  const { bucket, prefix } = store.origin;
  if (bucket !== '') book.looksIn({ bucket });
  for await (const page of pagesOf(store, bucket, prefix)) {
    for (const { key, size } of page) {
      const file = key.slice(key.lastIndexOf('/') + 1);
      const name = parseLogFileName(file);
      const object = { bucket, key, shown: key.slice(prefix.length), size, name };
      if (name !== undefined) {
        book.see(name.account, name.region);
        if (isEventFolder(name.folder) && name.delivered >= span.from && name.delivered < span.to) named.push(object);
      } else if (isDigestFile(file)) {
        // Where digest files are, log files may be missing.
        const [account = '', , region = ''] = file.split('_');
        book.see(account, region);
      } else if (/\.(?:json|jsonl|ndjson)(?:\.gz)?$/i.test(file)) others.push(object);
      else {
        if (size > 0) strangers.push(key);
        remains.push({ ...object, name: parseLogFileStart(file) });
      }
    }
  }
  const whole = new Set(named.map((it) => it.key));
  for (const it of remains) tellRemains(it, whole, span, book);
  if (strangers.length > 0) {
    const [first = ''] = strangers;
    const many = strangers.length;
    const message = `${counted(many, 'file')} ${plural(many, 'has another name than a log file', 'have other names than log files')}, such as ${first}, and ${plural(many, 'is', 'are')} left alone.`;
    book.trouble({ call: 'log-file', resource: first, reason: 'unsupported', message });
  }
  yield* named.toSorted(byDelivery);
  yield* others.toSorted((a, b) => byText(a.key, b.key));
}

/** What is left of a log file that is not there under its name. */
function tellRemains(
  { key, shown, ...object }: LogObject,
  whole: ReadonlySet<string>,
  span: Window,
  book: CoverageBook,
) {
  const { name } = object;
  if (name === undefined || !isEventFolder(name.folder) || name.delivered < span.from || name.delivered >= span.to)
    return;
  const [asWhole = ''] = /^.*\.json\.gz(?=\.)/s.exec(key) ?? [];
  if (whole.has(asWhole)) return;
  const message = `${shown} is named as a log file that was not copied to its end, or was named anew: it is not read.`;
  const trouble = { call: 'log-file', resource: shown, reason: 'not-collected', message } as const;
  book.unread({ ...object, key, shown }, trouble);
}

export function byDelivery(a: LogObject, b: LogObject): number {
  return (a.name?.delivered ?? 0) - (b.name?.delivered ?? 0) || byText(a.key, b.key);
}

/** @throws UsageError when the folder cannot be listed to its end */
async function* pagesOf(store: FolderStore, bucket: string, prefix: string): ReturnType<FolderStore['list']> {
  try {
    yield* store.list(bucket, prefix);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new UsageError(`The log files of the folder cannot be listed: ${error.message}.`, undefined, {
      cause: error,
    });
  }
}
