import type { EventRecord, LikeRecords, RecordSorter } from '../model/log-events.js';
import { openMembers } from '../model/log-events.js';
import { isObject } from '../model/is-object.js';
import { parseEventTime } from './event-time.js';
import type { CutRecord } from './record-cutter.js';
import { isAmbiguous } from './repeated-names.js';
import { closeBrace, comma, quote } from '../text/json-bytes.js';

/** Of `2026-11-20T10:15:30Z` and of an id of an event. */
const [timeLength, idLength] = [20, 36];

/** So many kinds of records are remembered. */
const mostKinds = 4000;
/** After so many records it is seen whether enough of them were of known kinds; otherwise so many are not asked about. */
const [trial, pause] = [8192, 100_000];

/** What is known of a record without parsing it. */
export interface LightRecord {
  readonly kind: LikeRecords;
  readonly eventID: string;
  readonly at: number;
}

/**
 * Tells records by the bytes of what many of them have in common: all but their {@link openMembers}. What is wanted of
 * such a kind is asked once.
 */
export class KnownKinds {
  private readonly kinds = new Map<string, LikeRecords | 'whole'>();
  private asked = 0;
  private missed = 0;
  private paused = 0;

  constructor(private readonly sorter: RecordSorter) {}

  /** @returns undefined where the record must be parsed to know */
  sorted(cut: CutRecord): LightRecord | undefined {
    if (this.paused > 0) {
      this.paused -= 1;
      return undefined;
    }
    const { data, time } = cut;
    const found = commonOf(cut);
    if (found === undefined || time < 0 || data[time + timeLength] !== quote) return undefined;
    const at = parseEventTime(data.toString('latin1', time, time + timeLength));
    if (at === undefined) return undefined;
    const kind = this.kindOf(found.common);
    return kind === 'whole' ? undefined : { kind, eventID: found.eventID, at };
  }

  private kindOf(common: string): LikeRecords | 'whole' {
    this.asked += 1;
    const known = this.kinds.get(common);
    if (known !== undefined) return known;
    this.missed += 1;
    if (this.asked >= trial) {
      if (this.missed * 2 > this.asked) this.paused = pause;
      this.asked = 0;
      this.missed = 0;
    }
    const sample = sampleOf(common);
    const made = sample === undefined ? 'whole' : this.sorter.kindOf(sample);
    if (this.kinds.size >= mostKinds) this.kinds.clear();
    this.kinds.set(common, made);
    return made;
  }
}

/** Members that make a record its own: what it replaces, and what others are told of the same call. */
const ownMembers: ReadonlySet<string> = new Set(['addendum', 'sharedEventID']);
/** Each with the quotation mark behind it. */
const names: readonly Buffer[] = [...openMembers, ...ownMembers].map((it) => Buffer.from(`${it}"`));
const namesByFirst = Array.from({ length: 256 }, (_, first) => names.filter((it) => it[0] === first));
const [idName, ...ownNames] = ['eventID', ...ownMembers].map((name) =>
  names.find((it) => it.equals(Buffer.from(`${name}"`))),
);

/** The text of all members but the open ones, as it stands in the record, and the id of its event. */
function commonOf({ data, start, end, members, memberCount }: CutRecord) {
  if (memberCount <= 0) return undefined;
  let common = '';
  let run = start + 1;
  let eventID: string | undefined;
  const seen: Buffer[] = [];
  for (let index = 0; index < memberCount; index += 1) {
    const at = members[index] ?? 0;
    const next = index + 1 < memberCount ? (members[index + 1] ?? 0) : end - 1;
    const name = nameAt(data, at + 1);
    if (name === undefined) continue;
    if (ownNames.includes(name) || seen.includes(name)) return undefined;
    seen.push(name);
    if (run < at) common += data.toString('latin1', run, at);
    run = next;
    if (name === idName) eventID = idIn(data, at + name.length + 2, next);
  }
  if (run < end - 1) common += data.toString('latin1', run, end - 1);
  return eventID === undefined ? undefined : { common, eventID };
}

/** The name of an open or own member that stands at a place. */
function nameAt(data: Buffer, at: number): Buffer | undefined {
  for (const it of namesByFirst[data[at] ?? 0] ?? [])
    if (data[at + it.length - 1] === quote && isAt(it, data, at)) return it;
  return undefined;
}

function isAt(name: Buffer, data: Buffer, at: number): boolean {
  for (let index = 0; index < name.length; index += 1) if (name[index] !== data[at + index]) return false;
  return true;
}

/** An id as CloudTrail writes it, and nothing else up to the next member. */
function idIn(data: Buffer, at: number, next: number): string | undefined {
  const behind = at + idLength + 2;
  const isOnly = behind === next ? data[next] === closeBrace : behind + 1 === next && data[behind] === comma;
  if (!isOnly || data[at] !== quote || data[behind - 1] !== quote) return undefined;
  const id = data.toString('latin1', at + 1, behind - 1);
  return /^[\w-]+$/.test(id) ? id : undefined;
}

/** Undefined where the text is not that of some members, each of them there once. */
function sampleOf(common: string): EventRecord | undefined {
  const bytes = Buffer.from(`{${common.endsWith(',') ? common.slice(0, -1) : common}}`, 'latin1');
  try {
    const sample: unknown = JSON.parse(bytes.toString());
    // An open member by a name that is written in another way.
    const isCommon = isObject(sample) && !Object.keys(sample).some((it) => openMembers.has(it) || ownMembers.has(it));
    return isCommon && !isAmbiguous(bytes, 0, bytes.length, sample) ? sample : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
