import {
  isItemType,
  itemTypes,
  resourceKey,
  type ConfigItem,
  type ItemType,
  type JsonObject,
} from '../../../normalize/index.js';
import { ForeignFile } from './broken-file.js';
import type { DeliveryFile } from './delivery-file.js';
import { parseDeliveryName, placeInFolders, type DeliveryName, type DeliveryPlace } from './delivery-name.js';
import { newNotes, readItemsOf, type FileNotes, type FileRow } from './read-file.js';
import { itemOfRow } from './row-item.js';

/** Types of which there may be millions of resources: most of them nobody asks for. */
const many: ReadonlySet<ItemType> = new Set(['AWS::S3::Bucket', 'AWS::KMS::Key']);

export function isMany(type: ItemType): boolean {
  return many.has(type);
}

/** An item of a type of which there are many, kept as its bytes. */
export interface PackedItem {
  readonly item: Pick<ConfigItem, 'type' | 'accountId' | 'region' | 'resourceId' | 'capturedAt'>;
  readonly key: string;
  readonly bytes: Buffer;
  /** Only what a query selected is there. */
  readonly isSelected: boolean;
}

/** An item that cannot be read, or not all of it. */
export interface MalformedRow {
  readonly row: JsonObject;
  readonly message: string;
  /** Which resource it is of is known, and when it was captured. */
  readonly isPlaced: boolean;
}

interface Span {
  first: string;
  last: string;
}

/** What one file told, as far as it is kept. */
export class FileContents {
  readonly notes: FileNotes = newNotes();
  readonly items: ConfigItem[] = [];
  readonly packed: PackedItem[] = [];
  readonly malformed: MalformedRow[] = [];
  readonly types = new Set<ItemType>();
  /** Types of which it holds more than is kept. */
  readonly unkept = new Set<ItemType>();
  /** Of each account: when its first and last item was captured, of whatever type. */
  readonly accounts = new Map<string, Span>();
  readonly places = new Set<string>();
  partition: string | undefined;
  rows = 0;
  private packedBytes = 0;
  private looksLikeItems = false;

  constructor(
    readonly file: DeliveryFile,
    private readonly keepsBytes: number,
  ) {
    this.name = parseDeliveryName(file.name);
  }

  readonly name: DeliveryName | undefined;

  /** Whose the file is, by its name or its folder. */
  get place(): DeliveryPlace | undefined {
    return this.name ?? placeInFolders(this.file.name);
  }

  add({ row, isSelected, bytes }: FileRow): void {
    this.rows += 1;
    this.looksLikeItems ||= ['resourceType', 'resourceId', 'configurationItemCaptureTime'].some((it) =>
      Object.hasOwn(row, it),
    );
    const { resourceType } = row;
    if (typeof resourceType === 'string' && resourceType !== '' && !isItemType(resourceType)) {
      this.noteOther(
        textOf(row['awsAccountId'] ?? row['accountId']),
        textOf(row['awsRegion']),
        row['configurationItemCaptureTime'],
      );
      return;
    }
    const { item, problem } = itemOfRow(row, isSelected);
    if (problem !== undefined) this.malformed.push({ row, message: problem, isPlaced: item !== undefined });
    if (item === undefined) return;
    this.noteTime(item.accountId, item.region, item.capturedAt);
    this.types.add(item.type);
    this.partition ??= /^arn:([^:]+):/.exec(item.arn ?? '')?.[1];
    if (!isMany(item.type)) this.items.push(item);
    else this.pack(item, bytes, isSelected);
  }

  /** Of other resources only where and when they were captured counts: the account and the time, out of the bytes. */
  noteBytes(bytes: Buffer): boolean {
    if (needles.some((it) => bytes.includes(it)) || !hasTypes(bytes)) return false;
    const account = textIn(bytes, 'awsAccountId') ?? textIn(bytes, 'accountId');
    const time = textIn(bytes, 'configurationItemCaptureTime');
    if (account === undefined || time === undefined) return false;
    this.rows += 1;
    this.looksLikeItems = true;
    this.noteOther(account, textIn(bytes, 'awsRegion'), time);
    return true;
  }

  /** @throws ForeignFile for a list in which nothing is an item */
  end(): void {
    if (this.rows > 0 && !this.looksLikeItems) throw new ForeignFile('has no configuration item in its list');
    if (!this.notes.isPartial) return;
    for (const [index, item] of this.items.entries()) {
      const { type, resourceId: id, accountId, region } = item;
      const message = `The row of ${type} ${id} has parts of the configuration only: select configuration as a whole.`;
      const row = { accountId, awsRegion: region, resourceType: type, resourceId: id };
      this.malformed.push({ row, message, isPlaced: true });
      this.items[index] = { ...item, configuration: {} };
    }
  }

  private pack(item: ConfigItem, bytes: Buffer, isSelected: boolean): void {
    if (this.unkept.has(item.type)) return;
    this.packedBytes += bytes.length;
    if (this.packedBytes > this.keepsBytes) {
      this.unkept.add(item.type);
      return;
    }
    const { type, accountId, region, resourceId, capturedAt } = item;
    // A copy: what the scanner gives is a part of a chunk, which is not to be kept for it.
    const named = { type, accountId, region, resourceId, capturedAt };
    this.packed.push({ item: named, key: resourceKey(item), bytes: Buffer.from(bytes), isSelected });
  }

  private noteOther(account: string | undefined, region: string | undefined, time: unknown): void {
    if (account === undefined || !/^\d{12}$/.test(account)) return;
    const date = typeof time === 'string' || typeof time === 'number' ? new Date(time) : undefined;
    if (date !== undefined && !Number.isNaN(date.getTime())) this.noteTime(account, region, date.toISOString());
  }

  private noteTime(account: string, region: string | undefined, at: string): void {
    const span = this.accounts.get(account);
    if (span === undefined) this.accounts.set(account, { first: at, last: at });
    else if (at < span.first) span.first = at;
    else if (at > span.last) span.last = at;
    if (region !== undefined && region !== 'global') this.places.add(`${account} ${region}`);
  }
}

const needles = itemTypes.map((it) => Buffer.from(it));
const typeNeedle = '"resourceType"';

/** An item, and each resource that it is related to, has a type: where one lacks it, it is to be looked into. */
function hasTypes(bytes: Buffer): boolean {
  let at = bytes.indexOf(typeNeedle);
  if (at === -1) return false;
  for (; at !== -1; at = bytes.indexOf(typeNeedle, at + 1)) {
    const start = bytes.toString('latin1', at + typeNeedle.length, at + typeNeedle.length + 20);
    if (!/^\s*:\s*"[^"]/.test(start)) return false;
  }
  return true;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The text of a member, without parsing what it is in: of members that nothing nested has. */
function textIn(bytes: Buffer, member: string): string | undefined {
  const at = bytes.indexOf(`"${member}"`);
  if (at === -1) return undefined;
  const start = bytes.toString('latin1', at + member.length + 2, at + member.length + 120);
  return /^\s*:\s*"([^"\\]*)"/.exec(start)?.[1];
}

/** Reads a file to its end. @throws BrokenFile when it is not whole, or of another kind */
export async function readContents(file: DeliveryFile, keepsBytes: number): Promise<FileContents> {
  const contents = new FileContents(file, keepsBytes);
  const rows = readItemsOf(file, contents.notes, (bytes) => !contents.noteBytes(bytes));
  for await (const row of rows) contents.add(row);
  contents.end();
  return contents;
}
