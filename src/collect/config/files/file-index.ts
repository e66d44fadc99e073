import { LatestItems, type ConfigItem, type ItemType } from '../../../normalize/index.js';
import { BrokenFile, ForeignFile } from './broken-file.js';
import { Deliveries } from './deliveries.js';
import { eachFile, type DeliveryFile, type DeliveryFiles } from './delivery-file.js';
import { parseDeliveryName, placeInFolders } from './delivery-name.js';
import { Doubts, type Doubt, type Unread } from './doubts.js';
import { readContents, type FileContents, type MalformedRow } from './file-contents.js';
import { mentionsItems } from './mentions-items.js';
import { PackedItems } from './packed-items.js';
import { noteRead, type Written } from './read-notes.js';
import {
  lackingDoubts,
  malformedDoubt,
  oldestFirst,
  skippedDoubt,
  type LackingFile,
  type SkippedFile,
} from './unread-parts.js';
import type { Ledger } from '../../aws/ledger.js';

/** A file that was read to its end, and the types of which it has items. */
export interface WholeFile {
  readonly file: DeliveryFile;
  readonly types: ReadonlySet<ItemType>;
  /** RFC 3339: when it is a whole snapshot, of which moment. */
  readonly snapshot: string | undefined;
}

/** What the first reading of delivery files found. */
export interface FileIndex {
  /** Files that are whole. */
  readonly files: readonly WholeFile[];
  readonly atOnce: number;
  readonly items: ReadonlyMap<ItemType, LatestItems>;
  readonly packed: PackedItems;
  readonly deliveries: Deliveries;
  /** By account: when its first item was captured. */
  readonly since: ReadonlyMap<string, string>;
  /** Accounts that files are of, by their names, of which nothing was read that is used here: why. */
  readonly unread: ReadonlyMap<string, Doubt>;
  /** When the newest item was captured, or the newest file written; undefined when there is none. */
  readonly reaches: string | undefined;
  readonly partition: string;
  readonly doubts: Doubts;
}

export interface IndexOptions {
  /** RFC 3339: nothing later counts. */
  readonly asOf: string | undefined;
  readonly silentAfterDays: number;
  /** RFC 3339: somebody says that no file is missing up to then, so that silence before means that nothing changed. */
  readonly vouchedUntil?: string | undefined;
  readonly ledger: Ledger;
  /** Bytes of buckets and keys that are kept, so that the files need not be read again for them. */
  readonly keepsBytes?: number | undefined;
  /** Is given each item that is kept of a whole file, the older ones too. */
  readonly onItem?: (item: ConfigItem) => void;
}

const keptBytes = 128 * 1024 * 1024;

/**
 * Reads delivery files once, all of each, and keeps what is small. Files that are not whole are left out as a whole,
 * and named in a gap: a broken gzip may be wrong in what it still gives.
 */
export async function indexFiles({ files, atOnce }: DeliveryFiles, options: IndexOptions): Promise<FileIndex> {
  const { keepsBytes = keptBytes } = options;
  const building = new Building(options, keepsBytes);
  const perFile = Math.ceil(keepsBytes / Math.max(1, atOnce));
  for await (const read of eachFile(files, atOnce, async (file) => await tryRead(file, perFile))) {
    if ('why' in read) building.skip(read);
    else building.join(read);
  }
  return building.index(atOnce);
}

async function tryRead(file: DeliveryFile, keepsBytes: number): Promise<FileContents | SkippedFile> {
  try {
    return await readContents(file, keepsBytes);
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    const isForeign = error instanceof ForeignFile && !(await mentionsItems(file));
    return { name: file.name, why: error.message, isForeign };
  }
}

/** The place and moment of a whole snapshot. */
interface SnapshotOf {
  readonly accountId: string;
  readonly region: string;
  readonly at: string;
}

/** What is kept of the files that were read so far. */
class Building {
  private readonly whole: WholeFile[] = [];
  private readonly skipped: SkippedFile[] = [];
  /** Each once, however many snapshots repeat it. */
  private readonly malformed = new Map<string, MalformedRow>();
  private readonly lacking: LackingFile[] = [];
  private readonly items = new Map<ItemType, LatestItems>();
  private readonly packed: PackedItems;
  private readonly deliveries = new Deliveries();
  private readonly since = new Map<string, string>();
  /** Accounts with an item of a type that is used. */
  private readonly used = new Set<string>();
  private readonly named = new Set<string>();
  private reaches: string | undefined;
  private partition = 'aws';

  constructor(
    private readonly options: IndexOptions,
    keepsBytes: number,
  ) {
    this.packed = new PackedItems(keepsBytes);
  }

  skip(file: SkippedFile): void {
    this.skipped.push(file);
    const name = parseDeliveryName(file.name);
    const place = name ?? placeInFolders(file.name);
    if (place !== undefined) this.named.add(place.accountId);
    if (name !== undefined) this.deliveries.noteSign(name, name.to);
  }

  join(contents: FileContents): void {
    const { file, types, notes, place } = contents;
    const snapshot = this.snapshotOf(contents);
    this.whole.push({ file, types, snapshot: snapshot?.at });
    if (place !== undefined) this.named.add(place.accountId);
    this.noteTimes(contents);
    for (const item of contents.items) this.keep(item, snapshot);
    for (const packed of contents.packed) {
      this.used.add(packed.item.accountId);
      this.packed.add(packed, snapshot?.at);
    }
    if (contents.unkept.size > 0) {
      this.packed.drop();
      for (const accountId of contents.accounts.keys()) this.used.add(accountId);
    }
    if (snapshot !== undefined) this.deliveries.noteSnapshot(snapshot, snapshot.at);
    for (const it of contents.malformed) this.malformed.set(identityOf(it), it);
    for (const it of notes.lacks) this.lacking.push({ ...it, file: file.name, cut: oldestFirst(contents) });
    if (contents.partition !== undefined && contents.partition !== 'aws') this.partition = contents.partition;
  }

  index(atOnce: number): FileIndex {
    const { options, deliveries, reaches } = this;
    const at = new Date(options.asOf ?? reaches ?? 0);
    const malformed = [...this.malformed.values()];
    const written = noteRead({ skipped: this.skipped, malformed, lacking: this.lacking }, options.ledger, at);
    const unread = this.unreadParts(malformed, written);
    const { silentAfterDays, vouchedUntil } = options;
    const doubts = new Doubts({ unread, deliveries, reaches, silentAfterDays, vouchedUntil });
    return {
      files: this.whole,
      atOnce,
      items: this.items,
      packed: this.packed,
      deliveries,
      since: this.since,
      unread: this.unreadAccounts(unread),
      reaches,
      partition: this.partition,
      doubts,
    };
  }

  private keep(item: ConfigItem, snapshot: SnapshotOf | undefined): void {
    const latest = this.items.get(item.type) ?? new LatestItems(this.options.asOf);
    this.items.set(item.type, latest);
    latest.add(item);
    this.options.onItem?.(item);
    this.used.add(item.accountId);
    if (snapshot !== undefined) this.deliveries.noteSighting(item, snapshot, snapshot.at);
  }

  /** The place and moment of a whole snapshot: by its name, else the one place and the newest item in it. */
  private snapshotOf({ name, notes, places, accounts }: FileContents): SnapshotOf | undefined {
    if (name !== undefined)
      return name.kind === 'snapshot' ? { accountId: name.accountId, region: name.region, at: name.to } : undefined;
    const [only] = places;
    if (!notes.isSnapshot || only === undefined || places.size > 1) return undefined;
    const [accountId = '', region = ''] = only.split(' ');
    const at = accounts.get(accountId)?.last;
    return at === undefined ? undefined : { accountId, region, at };
  }

  private noteTimes({ name, notes, accounts, items }: FileContents): void {
    for (const [accountId, { first, last }] of accounts) {
      const other = this.since.get(accountId);
      if (other === undefined || first < other) this.since.set(accountId, first);
      this.noteMoment(last);
    }
    if (notes.isDelivered || name !== undefined) {
      for (const [accountId, { last }] of accounts) this.deliveries.noteSign({ accountId, region: undefined }, last);
      for (const { accountId, region, capturedAt } of items) {
        this.deliveries.noteSign({ accountId, region }, capturedAt);
      }
    }
    if (name === undefined) {
      // A saved answer is at least as new as the newest item in it, whosever that is.
      const newest = [...accounts.values()].map((it) => it.last).toSorted();
      const at = newest.at(-1) ?? '';
      if (!notes.isDelivered)
        for (const accountId of accounts.keys()) this.deliveries.noteSign({ accountId, region: undefined }, at);
      return;
    }
    this.deliveries.noteSign(name, name.to);
    this.noteMoment(name.to);
  }

  private noteMoment(at: string): void {
    if ((this.reaches ?? '') < at) this.reaches = at;
  }

  private unreadParts(malformed: readonly MalformedRow[], { ofSkipped, ofMalformed, ofLacking }: Written): Unread[] {
    return [
      ...this.skipped.flatMap((it, index) => skippedDoubt(it, ofSkipped[index]) ?? []),
      ...malformed.flatMap((it, index) => malformedDoubt(it, ofMalformed[index]) ?? []),
      ...this.lacking.flatMap((it, index) => lackingDoubts(it, ofLacking[index])),
    ];
  }

  private unreadAccounts(unread: readonly Unread[]): Map<string, Doubt> {
    const accounts = [...new Set([...this.named, ...this.since.keys()])].filter((id) => !this.used.has(id));
    return new Map(
      accounts.map((accountId) => {
        const skipped = unread.find((it) => it.accountId === accountId);
        if (skipped !== undefined) return [accountId, skipped.doubt];
        const message =
          `The files of account ${accountId} hold no trail, bucket, key, event data store or recorder: ` +
          'AWS Config may not record them, or these files are not all.';
        const asked = { call: 'config:DeliveryFile', accountId, region: 'global', resource: 'nothing' };
        return [accountId, { asked, failure: { reason: 'error', message } }];
      }),
    );
  }
}

function identityOf({ row, message }: MalformedRow): string {
  const members = [
    'accountId',
    'awsAccountId',
    'awsRegion',
    'resourceType',
    'resourceId',
    'configurationItemCaptureTime',
  ];
  return JSON.stringify([...members.map((it) => row[it]), message]);
}
