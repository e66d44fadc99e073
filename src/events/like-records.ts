import type { EventRecord, LightEvent, LikeRecords, OpenQuestion, RecordSorter } from '../model/log-events.js';
import { openMembers } from '../model/log-events.js';
import { isObject } from '../model/is-object.js';
import type { ByteRuns } from './byte-runs.js';
import { CommonBytes, maskOf, ownMember } from './common-bytes.js';
import { KindTable } from './kind-table.js';
import type { CutRecord } from './record-cutter.js';
import { isAmbiguous } from './repeated-names.js';

/** What is remembered, and when that is seen to be of no use. */
interface KindLimits {
  /** So many kinds of records are remembered, and so many bytes of them. */
  readonly kinds: number;
  readonly bytes: number;
  /** Once no more are remembered, it is seen after so many records whether enough were of known kinds. */
  readonly trial: number;
  /** Otherwise so many are not asked about, and each time that this is in vain, four times as many. */
  readonly pause: number;
}

const defaultLimits: KindLimits = { kinds: 16_384, bytes: 12 * 1024 * 1024, trial: 8192, pause: 100_000 };
/** So many closer kinds of one kind are remembered first, and more of them only while most records are of known ones. */
const firstCloser = 64;

/** What is known of a record without parsing it. */
export interface LightRecord extends LightEvent {
  readonly kind: LikeRecords;
}

type Made = LikeRecords | 'whole';

/** A kind of records of which more must be known, told apart by that. */
interface CloserKinds {
  /** What all have in common. */
  readonly common: EventRecord;
  readonly asks: ReadonlySet<string>;
  readonly mask: number;
  readonly table: KindTable<Made>;
  known: number;
  missed: number;
}

/**
 * Tells records by the bytes of what many of them have in common: all but their open members. What is wanted of such a
 * kind is asked once; where that depends on open members, once for those that hold the same there.
 */
export class KnownKinds {
  private readonly kinds = new KindTable<Made | CloserKinds>();
  private readonly record = new CommonBytes();
  private size = 0;
  private bytes = 0;
  private asked = 0;
  private missed = 0;
  private paused = 0;
  private pause: number;

  constructor(
    private readonly sorter: RecordSorter,
    private readonly limits: KindLimits = defaultLimits,
  ) {
    this.pause = limits.pause;
  }

  /**
   * @param at - the time of the record, in milliseconds
   * @returns undefined where the record must be parsed to know
   */
  sorted(cut: CutRecord, at: number): LightRecord | undefined {
    if (this.paused > 0) {
      this.paused -= 1;
      return undefined;
    }
    if (!this.record.find(cut)) return undefined;
    const kind = this.kindOf();
    const made = kind !== 'whole' && 'table' in kind ? this.closerKindOf(kind) : kind;
    return made === 'whole' ? undefined : { kind: made, at, data: cut.data, idAt: this.record.idAt };
  }

  private kindOf(): Made | CloserKinds {
    const { kinds } = this;
    const { common } = this.record;
    const hash = common.hash();
    const known = kinds.find(common, hash);
    if (known !== undefined) {
      this.count(true);
      return known;
    }
    if (this.isFull(common)) {
      this.count(false);
      return 'whole';
    }
    if (!kinds.hasRoom(hash)) return 'whole';
    const sample = sampleOf([common.texts().join('')], nothing);
    const made = sample === undefined ? 'whole' : this.ask(sample);
    this.remember(kinds, common, hash, made);
    this.asked = 0;
    this.missed = 0;
    return made;
  }

  private ask(sample: EventRecord): Made | CloserKinds {
    const answer = this.sorter.kindOf(sample, nothing);
    return answer !== 'whole' && 'asks' in answer ? closerKinds(sample, answer) : answer;
  }

  private closerKindOf(kind: CloserKinds): Made {
    const { table } = kind;
    const members = this.record.membersIn(kind.mask);
    const hash = members.hash();
    const known = table.find(members, hash);
    if (known !== undefined) {
      kind.known += 1;
      return known;
    }
    kind.missed += 1;
    const isVain = kind.missed > firstCloser && kind.missed > kind.known;
    if (isVain || this.isFull(members) || !table.hasRoom(hash)) return 'whole';
    const more = sampleOf(members.texts(), kind.asks);
    const answer = more === undefined ? 'whole' : this.sorter.kindOf(Object.assign({}, kind.common, more), kind.asks);
    const made = answer !== 'whole' && 'asks' in answer ? 'whole' : answer;
    this.remember(table, members, hash, made);
    return made;
  }

  private isFull(more: ByteRuns): boolean {
    return this.size >= this.limits.kinds || this.bytes + more.length > this.limits.bytes;
  }

  private remember<T>(table: KindTable<T>, runs: ByteRuns, hash: number, made: T): void {
    table.add(runs.copy(), hash, made);
    this.size += 1;
    this.bytes += runs.length;
  }

  /** Where most are unknown and no more can be remembered, those that are known are of no use any more, or none ever are. */
  private count(isKnown: boolean): void {
    this.asked += 1;
    if (!isKnown) this.missed += 1;
    if (this.asked < this.limits.trial) return;
    if (this.missed * 2 > this.asked) {
      this.kinds.clear();
      this.size = 0;
      this.bytes = 0;
      this.paused = this.pause;
      this.pause *= 4;
    } else this.pause = this.limits.pause;
    this.asked = 0;
    this.missed = 0;
  }
}

const nothing: ReadonlySet<string> = new Set();

function closerKinds(common: EventRecord, { asks }: OpenQuestion): CloserKinds {
  return { common, asks, mask: maskOf(asks), table: new KindTable(), known: 0, missed: 0 };
}

/**
 * @param members - texts of members, one or several each
 * @returns undefined where they are not the text of some members, each of them there once
 */
function sampleOf(members: readonly string[], known: ReadonlySet<string>): EventRecord | undefined {
  const texts = members.map(withoutComma).filter((it) => it !== '');
  const bytes = Buffer.from(`{${texts.join(',')}}`);
  try {
    const sample: unknown = JSON.parse(bytes.toString());
    // An open member by a name that is written in another way.
    const isCommon = isObject(sample) && !Object.keys(sample).some((it) => isOpen(it) && !known.has(it));
    return isCommon && !isAmbiguous(bytes, 0, bytes.length, sample) ? sample : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Of members that others may follow. */
function withoutComma(text: string): string {
  const members = text.trim();
  return members.endsWith(',') ? members.slice(0, -1) : members;
}

function isOpen(name: string): boolean {
  return openMembers.has(name) || name === ownMember;
}
