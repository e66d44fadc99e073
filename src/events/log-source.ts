import { createHash } from 'node:crypto';
import { InterruptedError } from '../model/errors.js';
import type { EventBatch, EventCoverage, EventSource, RecordSorter, WantedValues } from '../model/log-events.js';
import { Unreadable, type ObjectStore } from '../model/object-store.js';
import type { Gap } from '../model/results.js';
import { counted } from '../text/plural.js';
import { CoverageBook } from './coverage.js';
import type { ExpectedPlaces } from './from-inventory.js';
import { gapReasonOf } from './gap-reason.js';
import { LogFileReader, type FileFacts } from './log-file.js';
import { KnownKinds } from './like-records.js';
import type { LogObject } from './log-object.js';
import { Needles } from './needles.js';
import { contentParts, smallContentOf, withoutMark } from './plain-bytes.js';
import { readAhead, type Fetched } from './read-ahead.js';
import { LogFault } from './record-cutter.js';
import { deliveredUntil, type Window } from './window.js';

/** Finds the objects that may hold events of the window; what it cannot list goes to the book. */
export type FindObjects = (book: CoverageBook) => AsyncIterable<LogObject>;

/** What digest files say of log files. */
export interface DigestProofs {
  /** SHA-256 of the content as a valid digest file has it; undefined where none lists the file. */
  hashOf(object: LogObject): string | undefined;
  /** The file was read, and its content is what its digest file says. */
  matched(object: LogObject): void;
  /** What was in a file that was read to its end. */
  took(object: LogObject, facts: FileFacts): void;
  /** Called once all files were read: which hours are proven. */
  settle(book: CoverageBook): void;
}

export interface LogSourceOptions {
  readonly store: ObjectStore;
  readonly find: FindObjects;
  readonly window: Window;
  /** Where the window that is asked begins, in milliseconds, when more is read. */
  readonly askedFrom?: number;
  /** Of which accounts and Regions events must be there; undefined: of those that are seen. */
  readonly expected?: ExpectedPlaces | undefined;
  /** When the run reads, ISO 8601. */
  readonly at: string;
  /** Objects that are fetched at once. */
  readonly atOnce: number;
  /** As gaps name the call: `s3:GetObject`. */
  readonly call: string;
  /** Reads the digest files first; undefined: they are left alone. */
  readonly prove?: () => Promise<DigestProofs>;
  /** Told of each object that is done. */
  readonly onObject?: (object: LogObject) => void;
}

/** Records of one object that are handed on together: an object of many gives several batches. */
const mostRecords = 500;

/** Log files as a source of events: each object is read once, in the order in which they are found. */
export class LogSource implements EventSource {
  private readonly book: CoverageBook;
  private proofs: DigestProofs | undefined;
  private isDone = false;
  private kinds: KnownKinds | undefined;

  constructor(private readonly options: LogSourceOptions) {
    const { window, askedFrom, expected, at } = options;
    this.book = new CoverageBook(window, expected?.places, at, askedFrom);
    this.book.openRegions(expected?.openAccounts ?? []);
  }

  async *read(
    wanted: WantedValues,
    signal?: AbortSignal,
    sorter?: RecordSorter,
  ): AsyncGenerator<EventBatch, void, undefined> {
    this.kinds = sorter === undefined ? undefined : new KnownKinds(sorter);
    const { prove, find, store, atOnce } = this.options;
    const needles = Needles.of(wanted);
    this.proofs = await prove?.();
    for await (const fetched of readAhead(store, find(this.book), atOnce)) {
      if (signal?.aborted === true) throw new InterruptedError('Interrupted before all log files were read.');
      yield* this.readObject(fetched, needles);
      this.options.onObject?.(fetched.object);
    }
    this.proofs?.settle(this.book);
    this.isDone = true;
  }

  coverage(): EventCoverage {
    if (!this.isDone) throw new Error('The coverage is known once all was read.');
    const { window, at } = this.options;
    return { ...this.book.result(), deliveredUntil: deliveredUntil(window, at) };
  }

  private async *readObject(
    fetched: Fetched,
    needles: Needles | undefined,
  ): AsyncGenerator<EventBatch, void, undefined> {
    const { object } = fetched;
    try {
      switch (fetched.state) {
        case 'missing': {
          this.unread(object, 'error', 'was listed, and is gone');
          return;
        }
        case 'unreadable': {
          throw fetched.error;
        }
        case 'large': {
          yield* this.readLarge(object, needles);
          return;
        }
        case 'whole': {
          yield* this.readWhole(fetched, needles);
        }
      }
    } catch (error) {
      if (error instanceof LogFault) this.unread(object, 'error', error.message);
      else if (error instanceof Unreadable)
        this.unread(object, gapReasonOf(error), `could not be read: ${error.message}`);
      else throw error;
    }
  }

  private async *readWhole(
    { object, stored, sha256 }: Extract<Fetched, { state: 'whole' }>,
    needles: Needles | undefined,
  ): AsyncGenerator<EventBatch, void, undefined> {
    const content = await smallContentOf(stored);
    const parts = (): AsyncIterable<Buffer> =>
      content === undefined ? contentParts(piecesOf(stored)) : piecesOf(content);
    const verified = this.verify(object, this.proofs === undefined ? undefined : await hashOf(parts()));
    yield* this.readParts(object, parts(), needles, { object: object.shown, sha256, ...verified });
  }

  /** An object that is too large to be held is read twice: what it is must be known before its records are handed on. */
  private async *readLarge(
    object: LogObject,
    needles: Needles | undefined,
  ): AsyncGenerator<EventBatch, void, undefined> {
    const before = new Hashes();
    const content = this.proofs === undefined ? undefined : createHash('sha256');
    for await (const part of contentParts(before.through(this.bytesOf(object)))) content?.update(part);
    const verified = this.verify(object, content?.digest('hex'));
    const sha256 = before.digest();
    const again = new Hashes();
    const parts = contentParts(again.through(this.bytesOf(object)));
    yield* this.readParts(object, parts, needles, { object: object.shown, sha256, ...verified });
    if (again.digest() !== sha256) throw new LogFault('was changed while it was read');
  }

  private async *readParts(
    object: LogObject,
    parts: AsyncIterable<Buffer>,
    needles: Needles | undefined,
    origin: EventBatch['origin'],
  ): AsyncGenerator<EventBatch, void, undefined> {
    const reader = new LogFileReader(needles, this.options.window, object.name, this.kinds, (it) =>
      it.kind.take(it, origin),
    );
    let isFirst = true;
    // Where it is broken, what stands before that place was read.
    try {
      for await (const part of parts) {
        reader.push(isFirst ? withoutMark(part) : part);
        isFirst = false;
        if (reader.waiting >= mostRecords) yield* batchOf(reader, origin);
      }
      reader.end();
      this.took(object, reader);
    } finally {
      yield* batchOf(reader, origin);
    }
  }

  private async *bytesOf({ bucket, key }: LogObject): AsyncGenerator<Uint8Array, void, undefined> {
    const found = await this.options.store.read(bucket, key);
    if (found === undefined) throw new LogFault('was listed, and is gone');
    yield* found.bytes;
  }

  private verify(object: LogObject, hash: string | undefined): { readonly verified?: boolean } {
    if (this.proofs === undefined) return {};
    const listed = this.proofs.hashOf(object);
    if (listed === undefined) return { verified: false };
    if (listed === hash) this.proofs.matched(object);
    else this.unread(object, 'error', 'is not what its digest file says of its content: it was changed');
    return { verified: listed === hash };
  }

  private took(object: LogObject, { facts }: LogFileReader): void {
    this.book.read(object, facts);
    this.proofs?.took(object, facts);
    if (facts.undated > 0) this.unread(object, 'error', `has ${counted(facts.undated, 'record')} without a time`);
    if (facts.ambiguous > 0) {
      const what = `has ${counted(facts.ambiguous, 'record')} in which a name occurs twice, or that nest deeper than 200 levels, as CloudTrail never writes them: what they say is not known`;
      this.unread(object, 'error', what);
    }
    if (facts.foreign === 0) return;
    if (object.name === undefined) this.unread(object, 'unsupported', 'holds something else than events of CloudTrail');
    else this.unread(object, 'error', 'holds something else than events');
  }

  private unread(object: LogObject, reason: Gap['reason'], what: string): void {
    const { call } = this.options;
    this.book.unread(object, { call, resource: object.shown, reason, message: `${object.shown} ${what}.` });
  }
}

function* batchOf(reader: LogFileReader, origin: EventBatch['origin']): Generator<EventBatch, void, undefined> {
  const records = reader.takeRecords();
  if (records.length > 0) yield { origin, records };
}

/** SHA-256 of bytes that pass through. */
class Hashes {
  private readonly sha256 = createHash('sha256');

  async *through(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const part of bytes) {
      this.sha256.update(part);
      yield part;
    }
  }

  digest(): string {
    return this.sha256.digest('hex');
  }
}

async function hashOf(parts: AsyncIterable<Buffer>): Promise<string> {
  const sha256 = createHash('sha256');
  for await (const part of parts) sha256.update(part);
  return sha256.digest('hex');
}

const pieceSize = 1024 * 1024;

async function* piecesOf(stored: Buffer): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < stored.length; at += pieceSize) yield stored.subarray(at, at + pieceSize);
}
