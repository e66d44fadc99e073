import type { EventRecord, LightEvent, LikeRecords, RecordSorter } from '../model/log-events.js';
import { openMembers } from '../model/log-events.js';
import { isObject } from '../model/is-object.js';
import { CommonBytes, ownMembers, viewOf } from './common-bytes.js';
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
/** Kinds with one hash: no more are remembered, so that none are looked through for long. */
const mostAlike = 8;

/** What is known of a record without parsing it. */
export interface LightRecord extends LightEvent {
  readonly kind: LikeRecords;
}

interface Kind {
  readonly bytes: DataView;
  readonly made: LikeRecords | 'whole';
}

/**
 * Tells records by the bytes of what many of them have in common: all but their open members. What is wanted of such a
 * kind is asked once.
 */
export class KnownKinds {
  private readonly kinds = new Map<number, Kind[]>();
  private readonly common = new CommonBytes();
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
    if (!this.common.find(cut)) return undefined;
    const made = this.kindOf();
    return made === 'whole' ? undefined : { kind: made, at, data: cut.data, idAt: this.common.idAt };
  }

  private kindOf(): LikeRecords | 'whole' {
    const { common } = this;
    const hash = common.hash();
    const alike = this.kinds.get(hash);
    if (alike !== undefined) {
      for (const it of alike) if (common.equals(it.bytes)) return this.count(true, it.made);
    }
    const isFull = this.size >= this.limits.kinds || this.bytes + common.length > this.limits.bytes;
    if (isFull) return this.count(false, 'whole');
    if ((alike?.length ?? 0) >= mostAlike) return 'whole';
    const bytes = common.copy();
    const sample = sampleOf(bytes);
    const made = sample === undefined ? 'whole' : this.sorter.kindOf(sample);
    const kind = { bytes: viewOf(bytes), made };
    if (alike === undefined) this.kinds.set(hash, [kind]);
    else alike.push(kind);
    this.size += 1;
    this.bytes += bytes.length;
    this.asked = 0;
    this.missed = 0;
    return made;
  }

  /** Where most are unknown and no more can be remembered, those that are known are of no use any more, or none ever are. */
  private count(isKnown: boolean, made: LikeRecords | 'whole'): LikeRecords | 'whole' {
    this.asked += 1;
    if (!isKnown) this.missed += 1;
    if (this.asked < this.limits.trial) return made;
    if (this.missed * 2 > this.asked) {
      this.kinds.clear();
      this.size = 0;
      this.bytes = 0;
      this.paused = this.pause;
      this.pause *= 4;
    } else this.pause = this.limits.pause;
    this.asked = 0;
    this.missed = 0;
    return made;
  }
}

/** Undefined where the text is not that of some members, each of them there once. */
function sampleOf(common: Buffer): EventRecord | undefined {
  const text = common.toString();
  const bytes = Buffer.from(`{${text.endsWith(',') ? text.slice(0, -1) : text}}`);
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
