import type { EventRecord } from '../model/log-events.js';
import { isObject } from '../model/is-object.js';
import { EventHours, parseEventTime } from './event-time.js';
import type { KnownKinds, LightRecord } from './like-records.js';
import type { Needles } from './needles.js';
import { isOtherEvent } from './event-category.js';
import { namesIn } from './repeated-names.js';
import { LogFault, RecordCutter, type CutRecord } from './record-cutter.js';
import type { Window } from './window.js';

/** What was seen in a file, beside the records that are wanted. */
export interface FileFacts {
  /** Records in all. */
  records: number;
  /** By account, Region and beginning of an hour: how many records are of it. */
  readonly hours: Map<string, number>;
  /** Beginnings of hours of which all records say that they are of another account or Region than the file is named for. */
  readonly foreignHours: Set<number>;
  /** Records without a time. */
  undated: number;
  /** Records in which a name occurs twice, or that nest beyond all measure: what they say is not known. */
  ambiguous: number;
  /** A record was met that does not say of itself that it is no management event. */
  hasManagement: boolean;
  /** Before it one was met that says that it is none: one trail delivers both. */
  isMixed: boolean;
  /** Documents that are no records. */
  foreign: number;
  /** Lists of records, empty ones too. */
  lists: number;
}

interface Place {
  readonly account: string;
  readonly region: string;
}

/** Records of an hour in a file that is named for a place. */
interface HourCount {
  n: number;
  /** One of them is of that place, or does not say of which. */
  hasOwn: boolean;
}

/** Reads the records of one log file, part after part. */
export class LogFileReader {
  readonly facts: FileFacts = {
    records: 0,
    hours: new Map(),
    foreignHours: new Set(),
    undated: 0,
    ambiguous: 0,
    hasManagement: false,
    isMixed: false,
    foreign: 0,
    lists: 0,
  };
  private readonly cutter: RecordCutter;
  private readonly times = new EventHours();
  private found: EventRecord[] = [];
  private lastHour: number | undefined;
  private lastCount: HourCount = { n: 0, hasOwn: false };
  private readonly counts = new Map<number, HourCount>();

  constructor(
    needles: Needles | undefined,
    private readonly window: Window,
    /** Whose events these are by the name of the file; undefined: each record tells. */
    private readonly place: Place | undefined,
    /** Records of kinds that need not be parsed; undefined: all are. */
    private readonly kinds?: KnownKinds,
    private readonly takeLight: (record: LightRecord) => void = () => undefined,
  ) {
    this.cutter = new RecordCutter(needles, (record) => this.take(record));
  }

  /** @throws LogFault when it is no log file, or a broken one */
  push(part: Buffer): void {
    this.cutter.push(part);
  }

  /** The wanted records since the last call. */
  takeRecords(): EventRecord[] {
    const { found } = this;
    this.found = [];
    return found;
  }

  /** How many wanted records wait. */
  get waiting(): number {
    return this.found.length;
  }

  /** @throws LogFault when the file does not end where it should */
  end(): void {
    this.cutter.end();
    this.facts.lists = this.cutter.listCount;
    if (this.place === undefined) return;
    const { account, region } = this.place;
    for (const [hour, { n, hasOwn }] of this.counts) {
      if (hasOwn) this.count(account, region, hour, n);
      else this.facts.foreignHours.add(hour);
    }
  }

  private take(cut: CutRecord): void {
    const { facts } = this;
    if (cut.isDocument || this.place === undefined) {
      this.takeParsed(cut);
      return;
    }
    facts.records += 1;
    this.noteCategory(cut);
    const hour = this.times.at(cut.data, cut.time);
    if (hour === undefined) {
      // Cut by its bytes it shows no time: it may have one that is written in another way.
      this.takeUndated(cut);
      return;
    }
    if (hour !== this.lastHour) {
      this.lastHour = hour;
      this.lastCount = this.countsOf(hour);
    }
    const { lastCount: count } = this;
    count.n += 1;
    if (cut.isWanted && count.hasOwn && this.takeSorted(cut, hour)) return;
    // One record that is of the place is enough, so that hardly any is parsed for this alone.
    const record = cut.isWanted || !count.hasOwn ? parse(cut) : undefined;
    if (record === undefined) return;
    count.hasOwn ||= isOf(record, this.place);
    if (cut.isWanted) this.keep(record, cut);
  }

  /** False where the record must be parsed. */
  private takeSorted(cut: CutRecord, hour: number): boolean {
    if (this.kinds === undefined) return false;
    const at = this.times.timeIn(hour, cut.data, cut.time);
    const sorted = at === undefined ? undefined : this.kinds.sorted(cut, at);
    if (sorted === undefined) return false;
    if (sorted.at >= this.window.from && sorted.at < this.window.to) this.takeLight(sorted);
    return true;
  }

  private countsOf(hour: number): HourCount {
    const known = this.counts.get(hour);
    if (known !== undefined) return known;
    const made = { n: 0, hasOwn: false };
    this.counts.set(hour, made);
    return made;
  }

  private takeUndated(cut: CutRecord): void {
    const record = parse(cut);
    const time = parseEventTime(record['eventTime']);
    if (time === undefined) this.facts.undated += cut.isWanted ? 0 : 1;
    else if (this.place !== undefined) this.countNamed(record, this.place, hourOf(time));
    if (cut.isWanted) this.keep(record, cut);
  }

  private countNamed(record: EventRecord, place: Place, hour: number): void {
    const count = this.countsOf(hour);
    count.n += 1;
    count.hasOwn ||= isOf(record, place);
  }

  private takeParsed(cut: CutRecord): void {
    const record = parse(cut);
    if (cut.isDocument && !isRecord(record)) {
      this.facts.foreign += 1;
      return;
    }
    this.facts.records += 1;
    this.noteCategory(cut);
    const time = parseEventTime(record['eventTime']);
    if (time === undefined) this.facts.undated += cut.isWanted ? 0 : 1;
    else if (this.place !== undefined) this.countNamed(record, this.place, hourOf(time));
    else {
      const { account, region } = placeOf(record);
      if (account !== undefined && region !== undefined) this.count(account, region, hourOf(time), 1);
    }
    if (cut.isWanted) this.keep(record, cut);
  }

  private noteCategory({ data, start, end }: CutRecord): void {
    const { facts } = this;
    if (facts.hasManagement) return;
    facts.hasManagement = !isOtherEvent(data.subarray(start, end));
    facts.isMixed = facts.hasManagement && facts.records > 1;
  }

  private count(account: string, region: string, hour: number, n: number): void {
    const key = `${account}/${region}/${hour}`;
    this.facts.hours.set(key, (this.facts.hours.get(key) ?? 0) + n);
  }

  private keep(record: EventRecord, { names }: CutRecord): void {
    if (namesIn(record) !== names) {
      this.facts.ambiguous += 1;
      return;
    }
    const time = parseEventTime(record['eventTime']);
    if (time === undefined) this.facts.undated += 1;
    else if (time >= this.window.from && time < this.window.to) this.found.push(record);
  }
}

function parse({ data, start, end }: CutRecord): EventRecord {
  try {
    const value: unknown = JSON.parse(data.toString('utf8', start, end));
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new LogFault('has a record that is not JSON', { cause: error });
  }
  throw new LogFault('has a record that is not an object');
}

/** What stands by itself is a record when it says what every record says. */
function isRecord(value: EventRecord): boolean {
  return typeof value['eventTime'] === 'string' && typeof value['eventName'] === 'string';
}

function placeOf(record: EventRecord): { readonly account?: string; readonly region?: string } {
  const identity = record['userIdentity'];
  const account = record['recipientAccountId'] ?? (isObject(identity) ? identity['accountId'] : undefined);
  const region = record['awsRegion'];
  return {
    ...(typeof account === 'string' && /^\d{12}$/.test(account) ? { account } : {}),
    ...(typeof region === 'string' && /^[a-z0-9-]{1,40}$/.test(region) ? { region } : {}),
  };
}

/**
 * Whether a record is of the account and Region whose file it stands in, as far as it says. CloudTrail delivers to each
 * account what it received, by Region; so a file of others' records tells nothing of an hour there.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
function isOf(record: EventRecord, { account, region }: Place): boolean {
  const { recipientAccountId: recipient, awsRegion: its } = record;
  return (typeof recipient !== 'string' || recipient === account) && (typeof its !== 'string' || its === region);
}

function hourOf(time: number): number {
  return Math.floor(time / 3_600_000) * 3_600_000;
}
