import type { EventRecord } from '../model/log-events.js';
import { isObject } from '../model/is-object.js';
import { EventHours, parseEventTime } from './event-time.js';
import type { Needles } from './needles.js';
import { isAmbiguous } from './repeated-names.js';
import { LogFault, RecordCutter, type CutRecord } from './record-cutter.js';
import type { Window } from './window.js';

/** What was seen in a file, beside the records that are wanted. */
export interface FileFacts {
  /** Records in all. */
  records: number;
  /** By account, Region and beginning of an hour: how many records are of it. */
  readonly hours: Map<string, number>;
  /** Records without a time. */
  undated: number;
  /** Records in which a name occurs twice, or that nest beyond all measure: what they say is not known. */
  ambiguous: number;
  /** Documents that are no records. */
  foreign: number;
  /** Lists of records, empty ones too. */
  lists: number;
}

/** Reads the records of one log file, part after part. */
export class LogFileReader {
  readonly facts: FileFacts = { records: 0, hours: new Map(), undated: 0, ambiguous: 0, foreign: 0, lists: 0 };
  private readonly cutter: RecordCutter;
  private readonly times = new EventHours();
  private found: EventRecord[] = [];
  private lastHour: number | undefined;
  private lastCount: { n: number } = { n: 0 };
  private readonly counts = new Map<number, { n: number }>();

  constructor(
    needles: Needles | undefined,
    private readonly window: Window,
    /** Whose events these are by the name of the file; undefined: each record tells. */
    private readonly place: { readonly account: string; readonly region: string } | undefined,
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
    for (const [hour, { n }] of this.counts) this.count(account, region, hour, n);
  }

  private take(cut: CutRecord): void {
    const { facts } = this;
    if (cut.isDocument || this.place === undefined) {
      this.takeParsed(cut);
      return;
    }
    facts.records += 1;
    const hour = this.times.at(cut.data, cut.time);
    if (hour === undefined) {
      // Cut by its bytes it shows no time: it may have one that is written in another way.
      this.takeUndated(cut);
      return;
    }
    if (hour !== this.lastHour) {
      this.lastHour = hour;
      this.lastCount = this.counts.get(hour) ?? { n: 0 };
      this.counts.set(hour, this.lastCount);
    }
    this.lastCount.n += 1;
    if (cut.isWanted) this.keep(parse(cut), cut);
  }

  private takeUndated(cut: CutRecord): void {
    const record = parse(cut);
    const time = parseEventTime(record['eventTime']);
    if (time === undefined) this.facts.undated += cut.isWanted ? 0 : 1;
    else if (this.place !== undefined) this.count(this.place.account, this.place.region, hourOf(time), 1);
    if (cut.isWanted) this.keep(record, cut);
  }

  private takeParsed(cut: CutRecord): void {
    const record = parse(cut);
    if (cut.isDocument && !isRecord(record)) {
      this.facts.foreign += 1;
      return;
    }
    this.facts.records += 1;
    const time = parseEventTime(record['eventTime']);
    if (time === undefined) this.facts.undated += cut.isWanted ? 0 : 1;
    else {
      const { account, region } = this.place ?? placeOf(record);
      if (account !== undefined && region !== undefined) this.count(account, region, hourOf(time), 1);
    }
    if (cut.isWanted) this.keep(record, cut);
  }

  private count(account: string, region: string, hour: number, n: number): void {
    const key = `${account}/${region}/${hour}`;
    this.facts.hours.set(key, (this.facts.hours.get(key) ?? 0) + n);
  }

  private keep(record: EventRecord, { data, start, end }: CutRecord): void {
    if (isAmbiguous(data, start, end, record)) {
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

function hourOf(time: number): number {
  return Math.floor(time / 3_600_000) * 3_600_000;
}
