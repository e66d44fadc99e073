import { openMembers } from '../model/log-events.js';
import { closeBrace, comma, quote } from '../text/json-bytes.js';
import { ByteRuns } from './byte-runs.js';
import type { CutRecord } from './record-cutter.js';

/** Of an id of an event. */
const idLength = 36;

/** A member that makes a record its own: what it replaces. */
export const ownMember = 'addendum';

/** A member of which only the id that it holds is left out: whether there is one is common. */
const sharedMember = 'sharedEventID';

/** Each with the quotation mark behind it. */
const names = [...openMembers, ownMember, sharedMember].map((name, index) => ({
  name,
  index,
  bytes: Buffer.from(`${name}"`),
  bit: 1 << index,
  isOwn: name === ownMember,
  isId: name === 'eventID',
  isShared: name === sharedMember,
}));
type Name = (typeof names)[number];
const namesByFirst = Array.from({ length: 256 }, (_, first) => names.filter((it) => it.bytes[0] === first));

/** A number for a set of open members. */
export function maskOf(members: ReadonlySet<string>): number {
  return names.reduce((mask, { name, bit }) => (members.has(name) ? mask | bit : mask), 0);
}

/**
 * The bytes of all members of a record but the open ones, as they stand in it, and apart from them the open ones that
 * somebody asks for. It speaks of the record that was found last.
 */
export class CommonBytes {
  /** What it has in common with others. */
  readonly common = new ByteRuns();
  private readonly asked = new ByteRuns();
  private data: Buffer = Buffer.alloc(0);
  private readonly starts = new Int32Array(names.length);
  private readonly ends = new Int32Array(names.length);
  /** The open members that it has. */
  private seen = 0;
  /** Where the id of the event begins in the record's data: {@link idLength} letters, digits and dashes. */
  idAt = 0;

  /** @returns false where the record is one of its own, or not as CloudTrail writes it */
  find({ data, start, end, members, memberCount }: CutRecord): boolean {
    if (memberCount <= 0) return false;
    const { common } = this;
    this.data = data;
    common.begin(data);
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
      this.starts[name.index] = at;
      this.ends[name.index] = next;
      if (name.isShared) {
        const id = idIn(data, at + name.bytes.length + 2, next);
        if (id < 0) return false;
        common.add(run, id);
        run = id + idLength;
        continue;
      }
      common.add(run, at);
      run = next;
      if (name.isId) this.idAt = idIn(data, at + name.bytes.length + 2, next);
    }
    common.add(run, end - 1);
    this.seen = seen;
    return this.idAt >= 0;
  }

  /** Those of its open members that are asked for, each a run, in one order for all records. */
  membersIn(mask: number): ByteRuns {
    const { asked, starts, ends } = this;
    asked.begin(this.data);
    const found = this.seen & mask;
    for (let index = 0; index < names.length; index += 1) {
      if ((found & (1 << index)) !== 0) asked.add(starts[index] ?? 0, ends[index] ?? 0);
    }
    return asked;
  }
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
