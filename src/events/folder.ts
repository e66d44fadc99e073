import { parseLogFileName, FolderStore, isDigestFile } from '../verify/index.js';
import type { EventSource } from '../model/log-events.js';
import type { CoverageBook } from './coverage.js';
import type { ExpectedPlace } from './expected-places.js';
import type { LogObject } from './log-object.js';
import { LogSource, type LogSourceOptions } from './log-source.js';
import { day, type Window } from './window.js';
import { byText } from '../text/order.js';
import { counted, plural } from '../text/plural.js';

/** What is read of log files. */
export interface LogFilesOptions {
  /** `[from, to)` by the time of the event; ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** When the run reads, ISO 8601. */
  readonly at: string;
  /** Of which accounts and Regions events must be there; undefined: of those that are seen. */
  readonly expected?: readonly ExpectedPlace[];
  /** Told of each object that is done, with its size as it is stored. */
  readonly onObject?: (object: { readonly key: string; readonly size: number }) => void;
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
  return new LogSource({
    ...sharedOptions(options),
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
): Pick<LogSourceOptions, 'window' | 'expected' | 'at' | 'onObject'> {
  const { expected, at, onObject } = options;
  return {
    window: windowOf(options),
    expected,
    at,
    ...(onObject === undefined ? {} : { onObject }),
  };
}

/** When what holds events of the window was delivered: late ones come within a day. */
export function deliverySpan({ from, to }: Window): Window {
  return { from, to: to + day };
}

async function* filesOf(
  store: FolderStore,
  window: Window,
  book: CoverageBook,
): AsyncGenerator<LogObject, void, undefined> {
  const span = deliverySpan(window);
  const named: LogObject[] = [];
  const others: LogObject[] = [];
  const strangers: string[] = [];
  for await (const page of store.list('', '')) {
    for (const { key, size } of page) {
      const file = key.slice(key.lastIndexOf('/') + 1);
      const name = parseLogFileName(file);
      const object = { bucket: '', key, shown: key, size, name };
      if (name !== undefined) {
        if (isEventFolder(name.folder) && name.delivered >= span.from && name.delivered < span.to) named.push(object);
      } else if (isDigestFile(file)) continue;
      else if (/\.(?:json|jsonl|ndjson)(?:\.gz)?$/i.test(file)) others.push(object);
      else if (size > 0) strangers.push(key);
    }
  }
  if (strangers.length > 0) {
    const [first = ''] = strangers;
    const many = strangers.length;
    const message = `${counted(many, 'file')} ${plural(many, 'has another name than a log file', 'have other names than log files')}, such as ${first}, and ${plural(many, 'is', 'are')} left alone.`;
    book.trouble({ call: 'log-file', resource: first, reason: 'unsupported', message });
  }
  yield* named.toSorted(byDelivery);
  yield* others.toSorted((a, b) => byText(a.key, b.key));
}

/** Folders whose files hold events; those of Insights and of summaries hold other records. */
export function isEventFolder(folder: string): boolean {
  return folder === 'CloudTrail' || folder === 'CloudTrail-NetworkActivity';
}

export function byDelivery(a: LogObject, b: LogObject): number {
  return (a.name?.delivered ?? 0) - (b.name?.delivered ?? 0) || byText(a.key, b.key);
}
