import { isObject } from '../../../model/is-object.js';
import type { JsonObject } from '../../../normalize/index.js';
import { BrokenFile, ForeignFile } from './broken-file.js';
import { CsvReader } from './csv-reader.js';
import type { DeliveryFile } from './delivery-file.js';
import { JsonScanner, type Shape, wholeDocument } from './json-scanner.js';
import { peek, plainBytes, type Peeked } from './plain-bytes.js';
import { isSpace, openBrace, openBracket } from '../../../text/json-bytes.js';

/**
 * The members that hold configuration items: of snapshots, history files and GetResourceConfigHistory; of an oversized
 * change notification; of the two BatchGet calls, of GetAggregateResourceConfig and of the two queries. A list by itself
 * is what `--query` or the console's export left of one of these.
 */
const holders: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['configurationItems', 'objects'],
  ['configurationItem', 'object'],
  ['baseConfigurationItems', 'objects'],
  ['BaseConfigurationItems', 'objects'],
  ['ConfigurationItem', 'object'],
  ['Results', 'texts'],
  [wholeDocument, 'objects'],
]);

/** Members that name what a call left out. */
const leftOut: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['unprocessedResourceKeys', 'objects'],
  ['UnprocessedResourceIdentifiers', 'objects'],
]);

/** What a query selected. */
const queryInfo = 'QueryInfo';

const wanted = new Map([...holders, ...leftOut, [queryInfo, 'object'] as const]);

/** Members of which one at least comes first in a file of AWS Config. */
const firstMembers: ReadonlySet<string> = new Set([
  ...wanted.keys(),
  'fileVersion',
  'configSnapshotId',
  'nextToken',
  'NextToken',
  'configurationItemDiff',
  'messageType',
  'notificationCreationTime',
  'recordVersion',
]);

/** What a file says of itself, beside its items. Complete once it was read to its end. */
export interface FileNotes {
  /** All that was recorded of an account and Region at a moment; delivered, and not changes only. */
  isSnapshot: boolean;
  /** Delivered by AWS Config, and not the answer of a call that somebody saved. */
  isDelivered: boolean;
  /** A query selected some members of configurations only: what is not there may be set. */
  isPartial: boolean;
  /** Why there may be more than it holds. */
  readonly lacks: Lack[];
}

/** What a file says that it does not hold. */
export interface Lack {
  readonly why: string;
  /** Other resources, and not only older or newer items of those that it is of. */
  readonly isOfOthers: boolean;
}

/** A configuration item as it stands in a file. */
export interface FileRow {
  readonly row: JsonObject;
  /** Only what a query selected is there. */
  readonly isSelected: boolean;
  readonly bytes: Buffer;
}

/**
 * The configuration items of a file, gzipped or not, one after the other: a file of a gigabyte is read with no more than
 * one item in memory.
 *
 * @param notes what the file says of itself is written here
 * @param mayMatter tells of an item's bytes whether it is worth parsing
 * @throws BrokenFile when the file is cut off, broken or of another kind
 */
export async function* readItemsOf(
  file: DeliveryFile,
  notes: FileNotes = newNotes(),
  mayMatter: (bytes: Buffer) => boolean = () => true,
): AsyncGenerator<FileRow, void, undefined> {
  let peeked: Peeked | undefined;
  try {
    peeked = await peek(plainBytes(file.bytes()), 1);
    const { head, all } = peeked;
    const start = head.find((byte) => !isSpace(byte));
    if (start === undefined || start === openBrace || start === openBracket) yield* readJson(all, notes, mayMatter);
    else if (/\.json(?:\.gz)?$/i.test(file.name)) throw new BrokenFile('is not a JSON object (byte 0)');
    else yield* readCsv(all, notes);
  } catch (error) {
    if (error instanceof BrokenFile || !isReadError(error)) throw error;
    throw new BrokenFile(describe(error), { cause: error });
  } finally {
    await peeked?.close();
  }
}

export function newNotes(): FileNotes {
  return { isSnapshot: false, isDelivered: false, isPartial: false, lacks: [] };
}

async function* readJson(
  bytes: AsyncIterable<Buffer>,
  notes: FileNotes,
  mayMatter: (bytes: Buffer) => boolean,
): AsyncGenerator<FileRow, void, undefined> {
  const scanner = new JsonScanner(wanted);
  let unprocessed = 0;
  for await (const chunk of bytes) {
    for (const { member, bytes: element } of scanner.push(chunk)) {
      if (leftOut.has(member)) unprocessed += 1;
      else if (member === queryInfo) notes.isPartial ||= selectsParts(selectedIn(asObject(parse(element))));
      else if (mayMatter(element)) yield rowOf(element, member === 'Results' || member === wholeDocument);
    }
  }
  scanner.end();
  notes.isDelivered = ['fileVersion', 'configurationItemDiff', 'recordVersion'].some((it) => scanner.members.has(it));
  notes.isSnapshot = notes.isDelivered && (scanner.textOf('configSnapshotId') ?? '') !== '';
  if (unprocessed > 0) {
    const why = `names ${unprocessed} resources that AWS Config left out of its answer`;
    notes.lacks.push({ why, isOfOthers: true });
  }
  if ((scanner.textOf('nextToken') ?? scanner.textOf('NextToken') ?? '') !== '') {
    const why = 'is one page of an answer: it has a token of the next one';
    // The history of one resource goes on with that.
    notes.lacks.push({ why, isOfOthers: !scanner.members.has('configurationItems') });
  }
}

async function* readCsv(bytes: AsyncIterable<Buffer>, notes: FileNotes): AsyncGenerator<FileRow, void, undefined> {
  const reader = new CsvReader();
  const decoder = new TextDecoder();
  const asRow = (row: JsonObject): FileRow => ({ row, isSelected: true, bytes: Buffer.from(JSON.stringify(row)) });
  for await (const chunk of bytes) {
    for (const row of reader.push(decoder.decode(chunk, { stream: true }))) yield asRow(row);
  }
  for (const row of reader.end()) yield asRow(row);
  notes.isDelivered = false;
  notes.isPartial = selectsParts(reader.columns);
}

/** QueryInfo names what was selected, as the query has it. */
function selectedIn({ SelectFields: fields }: JsonObject): string[] {
  const all: readonly unknown[] = Array.isArray(fields) ? fields : [];
  return all.flatMap((it) => (isObject(it) && typeof it['Name'] === 'string' ? it['Name'] : []));
}

function selectsParts(names: readonly string[]): boolean {
  return !names.includes('configuration') && names.some((it) => it.startsWith('configuration.'));
}

function rowOf(bytes: Buffer, isSelected: boolean): FileRow {
  const value = parse(bytes);
  return { row: typeof value === 'string' ? rowInText(value) : asObject(value), isSelected, bytes };
}

/** A row of a query's result is a text of JSON; texts of others are not. */
function rowInText(text: string): JsonObject {
  try {
    const row: unknown = JSON.parse(text);
    if (isObject(row)) return row;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new ForeignFile('has a list of texts that are not rows of a query');
}

/** The item that bytes hold which were read before. */
export function parseItem(bytes: Buffer): JsonObject {
  return rowOf(bytes, false).row;
}

function asObject(value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw new BrokenFile('has a configuration item that is not an object');
}

function parse(element: Buffer): unknown {
  try {
    return JSON.parse(element.toString('utf8'));
  } catch (error) {
    throw new BrokenFile('has a configuration item that is not JSON', { cause: error });
  }
}

/** Of the file system or of gzip: they have a code. All else is a bug. */
function isReadError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function describe({ code, message }: Error & { readonly code: string }): string {
  if (code === 'Z_BUF_ERROR') return 'is cut off: its gzip does not end';
  if (code === 'ENOENT') return 'cannot be read: it is a link to nothing, or was taken away';
  return code.startsWith('Z_') ? `is gzipped, but broken: ${message}` : `cannot be read: ${message}`;
}

const firstBytes = 64 * 1024;

/** True for a file that begins like AWS Config's, or an answer of it: an inventory has other names first. */
export async function isConfigFile(file: DeliveryFile): Promise<boolean> {
  const scanner = new JsonScanner(wanted);
  let read = 0;
  let peeked: Peeked | undefined;
  try {
    peeked = await peek(plainBytes(file.bytes()), 1);
    const { head, all } = peeked;
    const start = head.find((byte) => !isSpace(byte));
    if (start !== openBrace && start !== openBracket) return await isCsv(all);
    for await (const chunk of all) {
      for (const { member, bytes } of scanner.push(chunk.subarray(0, firstBytes))) {
        return member !== wholeDocument || bytes.includes('resourceType');
      }
      if ([...scanner.members].some((it) => firstMembers.has(it))) return true;
      read += chunk.length;
      if (read > firstBytes) break;
    }
  } catch (error) {
    // Whoever reads the file in earnest says what is wrong with it.
    if (!(error instanceof BrokenFile) && !isReadError(error)) throw error;
  } finally {
    await peeked?.close();
  }
  return false;
}

async function isCsv(bytes: AsyncIterable<Buffer>): Promise<boolean> {
  const reader = new CsvReader();
  let read = 0;
  for await (const chunk of bytes) {
    for (const _ of reader.push(chunk.subarray(0, firstBytes).toString('utf8'))) return true;
    read += chunk.length;
    if (read > firstBytes) return reader.isExport;
  }
  return reader.isExport;
}
