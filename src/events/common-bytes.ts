import { openMembers } from '../model/log-events.js';
import { closeBrace, comma, quote } from '../text/json-bytes.js';
import type { CutRecord } from './record-cutter.js';

/** Of an id of an event. */
export const idLength = 36;

/** Members that make a record its own: what it replaces, and what others are told of the same call. */
export const ownMembers: ReadonlySet<string> = new Set(['addendum', 'sharedEventID']);

/** Each with the quotation mark behind it. */
const names = [...openMembers, ...ownMembers].map((name, index) => ({
  bytes: Buffer.from(`${name}"`),
  bit: 1 << index,
  isOwn: ownMembers.has(name),
  isId: name === 'eventID',
}));
type Name = (typeof names)[number];
const namesByFirst = Array.from({ length: 256 }, (_, first) => names.filter((it) => it.bytes[0] === first));

/**
 * The bytes of all members of a record but the open ones, as they stand in it: found, hashed and compared where they
 * are, since there are millions of records. It speaks of the record that was found last.
 */
export class CommonBytes {
  private data: Buffer = Buffer.alloc(0);
  private view = viewOf(this.data);
  private readonly starts = new Int32Array(32);
  private readonly ends = new Int32Array(32);
  private count = 0;
  /** How many they are. */
  length = 0;
  /** Where the id of the event begins in the record's data: {@link idLength} letters, digits and dashes. */
  idAt = 0;

  /** @returns false where the record is one of its own, or not as CloudTrail writes it */
  find({ data, start, end, members, memberCount }: CutRecord): boolean {
    if (memberCount <= 0) return false;
    if (data !== this.data) {
      this.data = data;
      this.view = viewOf(data);
    }
    this.count = 0;
    this.length = 0;
    this.idAt = -1;
    let seen = 0;
    let run = start + 1;
    for (let index = 0; index < memberCount; index += 1) {
      const at = members[index] ?? 0;
      const name = nameAt(data, at + 1);
      if (name === undefined) continue;
      if (name.isOwn || (seen & name.bit) !== 0) return false;
      seen |= name.bit;
      const next = index + 1 < memberCount ? (members[index + 1] ?? 0) : end - 1;
      this.addRun(run, at);
      run = next;
      if (name.isId) this.idAt = idIn(data, at + name.bytes.length + 2, next);
    }
    this.addRun(run, end - 1);
    return this.idAt >= 0;
  }

  private addRun(start: number, end: number): void {
    if (start >= end) return;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count += 1;
    this.length += end - start;
  }

  /** The same for the same bytes in the same runs. */
  hash(): number {
    const { view, starts, ends } = this;
    let hash = this.length;
    for (let index = 0; index < this.count; index += 1) {
      let at = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      for (; at + 4 <= end; at += 4) {
        hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
        hash ^= hash >>> 15;
      }
      for (; at < end; at += 1) hash = Math.imul(hash ^ view.getUint8(at), 0x85ebca6b);
    }
    return hash;
  }

  /** Whether others are these bytes. */
  equals(other: DataView): boolean {
    if (other.byteLength !== this.length) return false;
    const { view, starts, ends } = this;
    let to = 0;
    for (let index = 0; index < this.count; index += 1) {
      let at = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      for (; at + 4 <= end; at += 4, to += 4) if (view.getInt32(at) !== other.getInt32(to)) return false;
      for (; at < end; at += 1, to += 1) if (view.getUint8(at) !== other.getUint8(to)) return false;
    }
    return true;
  }

  /** A copy of them. */
  copy(): Buffer {
    const copied = Buffer.allocUnsafeSlow(this.length);
    let to = 0;
    for (let index = 0; index < this.count; index += 1) {
      to += this.data.copy(copied, to, this.starts[index], this.ends[index]);
    }
    return copied;
  }
}

export function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** The name of an open or own member that stands at a place. */
function nameAt(data: Buffer, at: number): Name | undefined {
  const candidates = namesByFirst[data[at] ?? 0] ?? [];
  for (let index = 0; index < candidates.length; index += 1) {
    const name = candidates[index];
    if (name !== undefined && data[at + name.bytes.length - 1] === quote && isAt(name.bytes, data, at)) return name;
  }
  return undefined;
}

function isAt(name: Buffer, data: Buffer, at: number): boolean {
  for (let index = 1; index < name.length; index += 1) if (name[index] !== data[at + index]) return false;
  return true;
}

/** Where an id as CloudTrail writes it begins, with nothing else up to the next member; -1 where there is something else. */
function idIn(data: Buffer, at: number, next: number): number {
  const behind = at + idLength + 2;
  const isOnly = behind === next ? data[next] === closeBrace : behind + 1 === next && data[behind] === comma;
  if (!isOnly || data[at] !== quote || data[behind - 1] !== quote) return -1;
  for (let index = at + 1; index < behind - 1; index += 1) if (isOfId[data[index] ?? 0] !== 1) return -1;
  return at + 1;
}

/** By byte: a letter, a digit, a dash or an underscore. */
const isOfId = Uint8Array.from({ length: 256 }, (_, byte) => (/[\w-]/.test(String.fromCharCode(byte)) ? 1 : 0));
