import type { Unknown } from '../../../model/known.js';
import {
  hollowItem,
  isItemType,
  LatestItems,
  normalizeItem,
  type ConfigItem,
  type ItemType,
  type JsonObject,
  MalformedAnswer,
} from '../../../normalize/index.js';
import type { Ledger } from '../../aws/ledger.js';
import { malformed, nameOf } from '../rows.js';
import { BrokenFile } from './array-scanner.js';
import { eachFile, type DeliveryFile, type DeliveryFiles } from './delivery-file.js';
import { parseDeliveryName, type DeliveryName } from './delivery-name.js';
import { Doubts } from './skipped-files.js';
import { readItemsOf } from './read-file.js';

/** Skipped files that are named one by one; a folder full of others says how many more there are. */
const namedFiles = 50;

/** Types of which there are few: kept when the files are first read. Buckets and keys are looked for by name later. */
const few: ReadonlySet<ItemType> = new Set([
  'AWS::CloudTrail::Trail',
  'AWS::S3::AccountPublicAccessBlock',
  'AWS::Config::ConfigurationRecorder',
]);

/** A file that was read to its end, and the types of which it has items. */
export interface WholeFile {
  readonly file: DeliveryFile;
  readonly types: ReadonlySet<ItemType>;
}

/** What the first reading of delivery files found. */
export interface FileIndex {
  /** Files that are whole. */
  readonly files: readonly WholeFile[];
  readonly atOnce: number;
  readonly items: ReadonlyMap<ItemType, LatestItems>;
  /** By account: when the first item that is still read was captured. */
  readonly since: ReadonlyMap<string, string>;
  /** When the newest item was captured; undefined when there is none. */
  readonly newest: string | undefined;
  /** The same of all items, those too that are not read because they are too new. */
  readonly reaches: string | undefined;
  readonly partition: string;
  readonly doubts: Doubts;
  /** Why some may be missing: files that were skipped. */
  readonly gap?: Unknown;
}

/**
 * Reads delivery files once, all of each, and keeps what is small. Files that are not whole are left out as a whole,
 * and named in a gap: a broken gzip may be wrong in what it still gives.
 *
 * @param onItem is given each item that is kept of a whole file, the older ones too
 */
export async function indexFiles(
  { files, atOnce }: DeliveryFiles,
  asOf: string | undefined,
  ledger: Ledger,
  onItem: (item: ConfigItem) => void = () => undefined,
): Promise<FileIndex> {
  const whole: WholeFile[] = [];
  const skipped: { readonly file: string; readonly why: string }[] = [];
  const kept = new Kept(asOf, onItem);
  for await (const { file, read } of eachFile(files, atOnce, async (it) => await readWhole(it, asOf))) {
    if (read instanceof Kept) {
      whole.push({ file, types: read.types });
      kept.join(read);
    } else {
      skipped.push({ file: file.name, why: read.message });
    }
  }
  const at = new Date(kept.newest ?? 0);
  const skippedGaps = noteSkipped(skipped, ledger, at);
  const [gap] = [...skippedGaps, ...kept.noteMalformed(ledger, at)];
  const doubtful = skipped.flatMap(({ file }, index) => {
    const name = parseDeliveryName(file);
    // Those that are not named one by one share the last gap.
    const why = skippedGaps[index] ?? skippedGaps.at(-1);
    return name === undefined || why === undefined ? [] : [{ ...name, gap: why }];
  });
  return {
    files: whole,
    atOnce,
    items: kept.items,
    doubts: new Doubts(doubtful, snapshotsAmong(whole)),
    since: kept.since,
    newest: kept.newest,
    reaches: kept.reaches,
    partition: kept.partition,
    ...(gap === undefined ? {} : { gap }),
  };
}

function snapshotsAmong(files: readonly WholeFile[]): DeliveryName[] {
  return files.flatMap(({ file }) => {
    const name = parseDeliveryName(file.name);
    return name?.kind === 'snapshot' ? [name] : [];
  });
}

async function readWhole(file: DeliveryFile, asOf: string | undefined) {
  const read = new Kept(asOf);
  try {
    for await (const row of readItemsOf(file)) read.add(row);
    return { file, read };
  } catch (error) {
    if (error instanceof BrokenFile) return { file, read: error };
    throw error;
  }
}

function noteSkipped(
  skipped: readonly { readonly file: string; readonly why: string }[],
  ledger: Ledger,
  at: Date,
): Unknown[] {
  const gaps = skipped.slice(0, namedFiles).map(({ file, why }) => noteSkippedFile(file, why, ledger, at));
  const more = skipped.length - namedFiles;
  return more > 0 ? [...gaps, noteFile('others', `${more} more files were skipped.`, ledger, at)] : gaps;
}

/** The gap of a file that is not whole, or cannot be read. */
export function noteSkippedFile(file: string, why: string, ledger: Ledger, at: Date): Unknown {
  return noteFile(file, `File ${file} ${why}; it was skipped.`, ledger, at);
}

function noteFile(resource: string, message: string, ledger: Ledger, at: Date): Unknown {
  return ledger.addGap(
    { call: 'config:DeliveryFile', accountId: 'unknown', region: 'unknown', resource },
    { reason: 'error', message },
    at,
  );
}

/** What is kept of the items of one file, or of all. */
class Kept {
  readonly items = new Map<ItemType, LatestItems>();
  readonly since = new Map<string, string>();
  readonly types = new Set<ItemType>();
  newest: string | undefined;
  reaches: string | undefined;
  partition = 'aws';
  private readonly all: ConfigItem[] = [];
  private readonly wrong: { readonly row: JsonObject; readonly error: MalformedAnswer }[] = [];

  constructor(
    private readonly asOf: string | undefined,
    private readonly onItem: (item: ConfigItem) => void = () => undefined,
  ) {}

  add(row: JsonObject): void {
    if (!isItemType(row['resourceType'])) {
      this.noteAccount(row);
      return;
    }
    const item = this.read(row);
    if (item === undefined) return;
    this.noteTime(item.accountId, item.capturedAt);
    if (this.isAfter(item.capturedAt)) return;
    this.notePartition(item);
    this.types.add(item.type);
    if (few.has(item.type)) this.all.push(item);
  }

  private read(row: JsonObject): ConfigItem | undefined {
    try {
      return normalizeItem(row);
    } catch (error) {
      if (!(error instanceof MalformedAnswer)) throw error;
      this.wrong.push({ row, error });
      return hollowItem(row);
    }
  }

  join(other: Kept): void {
    for (const item of other.all) {
      const latest = this.items.get(item.type) ?? new LatestItems();
      latest.add(item);
      this.onItem(item);
      this.items.set(item.type, latest);
    }
    for (const [id, time] of other.since) this.noteSince(id, time);
    if (other.newest !== undefined && (this.newest ?? '') < other.newest) this.newest = other.newest;
    if (other.reaches !== undefined && (this.reaches ?? '') < other.reaches) this.reaches = other.reaches;
    if (other.partition !== 'aws') this.partition = other.partition;
    for (const it of other.wrong) this.wrong.push(it);
  }

  noteMalformed(ledger: Ledger, at: Date): Unknown[] {
    return this.wrong.map(({ row, error }) =>
      ledger.addGap(
        { call: 'config:DeliveryFile', accountId: 'unknown', region: 'unknown', resource: nameOf(row) },
        malformed(error),
        at,
      ),
    );
  }

  private isAfter(time: string): boolean {
    return this.asOf !== undefined && time > this.asOf;
  }

  /** Of other resources only when and where they were captured counts. */
  private noteAccount(row: JsonObject): void {
    const id = row['awsAccountId'] ?? row['accountId'];
    const time = row['configurationItemCaptureTime'];
    if (typeof id !== 'string' || !/^\d{12}$/.test(id) || typeof time !== 'string') return;
    const date = new Date(time);
    if (!Number.isNaN(date.getTime())) this.noteTime(id, date.toISOString());
  }

  private noteTime(id: string, time: string): void {
    this.noteSince(id, time);
    if ((this.reaches ?? '') < time) this.reaches = time;
    if (!this.isAfter(time) && (this.newest ?? '') < time) this.newest = time;
  }

  private noteSince(id: string, time: string): void {
    const other = this.since.get(id);
    if (other === undefined || time < other) this.since.set(id, time);
  }

  private notePartition({ arn }: ConfigItem): void {
    const partition = /^arn:([^:]+):/.exec(arn ?? '')?.[1];
    if (partition !== undefined) this.partition = partition;
  }
}
