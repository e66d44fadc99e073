import type { Needles } from './needles.js';
import {
  backslash,
  closeBrace,
  closeBracket,
  colon,
  comma,
  isSpace,
  openBrace,
  openBracket,
  quote,
} from '../text/json-bytes.js';

/** What is wrong with a file, in words that follow its name. */
export class LogFault extends Error {
  override readonly name = 'LogFault';
}

/** A record as it stands in `data`, from its brace to the one that closes it. */
export interface CutRecord {
  readonly data: Buffer;
  readonly start: number;
  readonly end: number;
  /** False where it surely holds no wanted value. */
  readonly isWanted: boolean;
  /** Where the text of its `eventTime` begins; -1 where none was met. */
  readonly time: number;
  /** A document by itself, as in JSON Lines: it may be something else than a record. */
  readonly isDocument: boolean;
  /** How many names of members are written in it, at whatever depth. */
  readonly names: number;
  /** Where the names of its own members begin, with the quotation mark: only until the next record is cut. */
  readonly members: Int32Array;
  /** How many these are; -1 where it is not known. */
  readonly memberCount: number;
}

const letterU = 0x75;

/** Records have some 25 members. */
const mostMembers = 64;

/** Events have 256 KB, enriched ones up to 1 MB: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const largestRecord = 16 * 1024 * 1024;

/**
 * Cuts records out of the bytes of a log file, chunk by chunk, and holds no more than one of them:
 *
 *     {"Records":[RECORD, RECORD, …]}     as CloudTrail delivers; several such documents one after the other
 *     [RECORD, RECORD, …]                 as `jq .Records` leaves it
 *     RECORD RECORD …                     JSON Lines
 *
 * What is between the braces of a record is taken as it is: whoever parses it finds out whether it is JSON.
 */
export class RecordCutter {
  private depth = 0;
  /** Depth of the list whose members are records; -1 outside of one. */
  private listDepth = -1;
  private hasItem = false;
  private hasComma = false;
  /** Where the record that is being read begins in `data`; -1 between records. */
  private recordStart = -1;
  private recordDepth = 0;
  private isWanted = false;
  private time = -1;
  private names = 0;
  private readonly members = new Int32Array(mostMembers);
  private memberCount = 0;
  private data: Buffer = Buffer.alloc(0);
  private position = 0;
  private documents = 0;
  private lists = 0;

  /** @param needles undefined where all records are wanted */
  constructor(
    private readonly needles: Needles | undefined,
    private readonly take: (record: CutRecord) => void,
  ) {}

  /** How many lists of records there were. */
  get listCount(): number {
    return this.lists;
  }

  push(chunk: Buffer): void {
    const kept = this.data.length;
    this.data = kept === 0 ? chunk : Buffer.concat([this.data, chunk]);
    let at = this.position;
    for (;;) {
      const next = this.recordStart < 0 ? this.between(at) : this.within(at);
      if (next < 0) {
        at = ~next;
        break;
      }
      at = next;
    }
    const from = this.recordStart < 0 ? at : this.recordStart;
    if (this.data.length - from > largestRecord) throw new LogFault('has a record of more than 16 MB');
    // A copy: the rest of the chunk is let go.
    this.data = Buffer.from(this.data.subarray(from));
    this.position = at - from;
    if (this.recordStart >= 0) this.recordStart = 0;
    if (this.time >= 0) this.time -= from;
    for (let index = 0; index < this.memberCount; index += 1) this.members[index] = (this.members[index] ?? 0) - from;
  }

  /** At the end of the file; throws when its text is not whole. */
  end(): void {
    if (this.depth > 0 || this.position < this.data.length) throw new LogFault('is cut off: its JSON does not end');
    if (this.documents === 0) throw new LogFault('is empty');
  }

  /**
   * Reads on between records.
   *
   * @returns where to go on, or, as its complement, where to go on once there are more bytes
   */
  private between(from: number): number {
    const { data } = this;
    const length = data.length;
    let at = from;
    while (at < length) {
      const byte = data[at] ?? 0;
      if (byte === quote) {
        if (this.depth === 0 || this.depth === this.listDepth) throw strange(this.depth);
        const end = endOfText(data, at + 1);
        if (end < 0) return ~at;
        if (this.depth === 1 && isName(recordsName, data, at + 1, end)) {
          const opened = this.openRecords(end + 1);
          if (opened === undefined) return ~at;
          at = opened;
          continue;
        }
        at = end + 1;
        continue;
      }
      if (byte === openBrace && (this.depth === 0 || this.depth === this.listDepth)) {
        return this.startRecord(at);
      }
      if (byte === openBrace || byte === openBracket) this.open(byte);
      else if (byte === closeBrace || byte === closeBracket) this.close(byte);
      else if (!isSpace(byte)) this.checkBetween(byte);
      at += 1;
    }
    return ~at;
  }

  private startRecord(at: number): number {
    if (this.depth === 0) this.documents += 1;
    else {
      if (this.hasItem && !this.hasComma) throw strange(this.depth);
      this.hasItem = true;
      this.hasComma = false;
    }
    this.depth += 1;
    this.recordStart = at;
    this.recordDepth = this.depth;
    this.isWanted = this.needles === undefined;
    this.time = -1;
    this.names = 0;
    this.memberCount = 0;
    return at + 1;
  }

  private open(byte: number): void {
    if (this.depth === 0) {
      // The document is a list itself.
      if (byte !== openBracket) throw strange(0);
      this.documents += 1;
      this.startList(1);
    } else if (this.depth === this.listDepth) throw strange(this.depth);
    this.depth += 1;
  }

  private startList(depth: number): void {
    this.lists += 1;
    this.listDepth = depth;
    this.hasItem = false;
    this.hasComma = false;
  }

  private close(byte: number): void {
    if (this.depth === 0) throw strange(0);
    if (this.depth === this.listDepth) {
      if (byte !== closeBracket || this.hasComma) throw strange(this.depth);
      this.listDepth = -1;
    }
    this.depth -= 1;
  }

  private checkBetween(byte: number): void {
    if (this.depth > 0 && this.depth !== this.listDepth) return;
    if (this.depth === 0 || byte !== comma || !this.hasItem || this.hasComma) throw strange(this.depth);
    this.hasComma = true;
  }

  /** Reads on within a record; the same answers as of {@link between}. */
  private within(from: number): number {
    const { data, recordDepth } = this;
    const length = data.length;
    let { depth } = this;
    let at = from;
    while (at < length) {
      const byte = data[at] ?? 0;
      if (byte === quote) {
        const end = this.textEnd(at + 1);
        if (end < 0) break;
        if (depth === recordDepth) {
          const isWhole = this.readName(at + 1, end);
          if (!isWhole) break;
          // It was a document with a list of records.
          if (this.recordStart < 0) return this.position;
        }
        at = end + 1;
        continue;
      }
      at += 1;
      if (byte < openBracket) {
        // In JSON, a colon outside of texts stands behind a name and nowhere else.
        if (byte === colon) this.names += 1;
        continue;
      }
      if (byte === openBrace || byte === openBracket) depth += 1;
      else if (byte === closeBrace || byte === closeBracket) {
        depth -= 1;
        if (depth < recordDepth) {
          this.depth = depth;
          if (byte !== closeBrace) throw new LogFault('has a record that no brace closes');
          this.finish(at);
          return at;
        }
      }
    }
    this.depth = depth;
    return ~at;
  }

  /** The quotation mark that ends a text of a record, which is looked at on the way; -1 where it is not there yet. */
  private textEnd(start: number): number {
    const { data, needles } = this;
    let end = start;
    let hasEscapes = false;
    for (;;) {
      let byte = data[end];
      while (byte !== quote && byte !== backslash && byte !== undefined) byte = data[(end += 1)];
      if (byte === undefined) return -1;
      if (byte === quote) break;
      hasEscapes = true;
      // What is written by code may be anything.
      if (data[end + 1] === letterU) this.isWanted = true;
      end += 2;
    }
    if (!this.isWanted && needles !== undefined) {
      this.isWanted = hasEscapes ? needles.hasEscaped(data, start, end) : needles.has(data, start, end);
    }
    return end;
  }

  /**
   * Looks at a text at the top of a record, which may be a name that matters.
   *
   * @returns false where there are too few bytes to tell
   */
  private readName(start: number, end: number): boolean {
    if (end + 1 >= this.data.length) return false;
    this.noteMember(start - 1, this.data[end + 1]);
    if (this.time < 0 && isName(timeName, this.data, start, end)) {
      const value = startOfValue(this.data, end + 1);
      if (value < 0) return false;
      if (this.data[value] === quote) this.time = value + 1;
    }
    if (this.recordDepth > 1 || !isName(recordsName, this.data, start, end)) return true;
    const next = this.openRecords(end + 1);
    if (next !== undefined) this.position = next;
    return next !== undefined;
  }

  private noteMember(at: number, behind: number | undefined): void {
    const { memberCount } = this;
    if (memberCount < 0) return;
    if (behind === colon && memberCount < mostMembers) {
      // What stands at the end of a part is looked at again with the next.
      if (memberCount > 0 && this.members[memberCount - 1] === at) return;
      this.members[memberCount] = at;
      this.memberCount += 1;
    } else if (behind === colon || isSpace(behind)) this.memberCount = -1;
  }

  private finish(end: number): void {
    const { data, recordStart: start, time, depth, isWanted, names, members, memberCount } = this;
    this.recordStart = -1;
    this.time = -1;
    this.take({ data, start, end, isWanted, time, isDocument: depth === 0, names, members, memberCount });
  }

  /**
   * Behind the name `Records` at the top of a document.
   *
   * @returns where the list goes on, behind the name where it is a value; undefined where there are too few bytes
   */
  private openRecords(from: number): number | undefined {
    const { data } = this;
    const value = startOfValue(data, from);
    if (value < 0) return undefined;
    if (value === 0) return from;
    if (data[value] !== openBracket) throw new LogFault('has no list of Records');
    this.recordStart = -1;
    this.time = -1;
    this.startList(2);
    this.depth = 2;
    return value + 1;
  }
}

/** The value behind a name: -1 where there are too few bytes, 0 where no colon follows and so it is no name. */
function startOfValue(data: Buffer, from: number): number {
  let at = from;
  while (isSpace(data[at])) at += 1;
  if (at >= data.length) return -1;
  if (data[at] !== colon) return 0;
  at += 1;
  while (isSpace(data[at])) at += 1;
  return at >= data.length ? -1 : at;
}

/** The quotation mark that ends a text; -1 where it is not there yet. */
function endOfText(data: Buffer, from: number): number {
  for (let at = from; at < data.length; at += 1) {
    const byte = data[at];
    if (byte === quote) return at;
    if (byte === backslash) at += 1;
  }
  return -1;
}

const recordsName = Buffer.from('Records');
const timeName = Buffer.from('eventTime');

function isName(name: Buffer, data: Buffer, start: number, end: number): boolean {
  return end - start === name.length && data[start] === name[0] && name.compare(data, start, end) === 0;
}

function strange(depth: number): LogFault {
  return new LogFault(depth === 0 ? 'is not JSON' : 'has something other than records in its list of them');
}
