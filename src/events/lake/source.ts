import { UsageError } from '../../model/errors.js';
import type { Lake, LakeRow } from '../../model/lake.js';
import type { EventBatch, EventCoverage, EventRecord, EventSource, WantedValues } from '../../model/log-events.js';
import { Unreadable } from '../../model/object-store.js';
import { counted } from '../../text/plural.js';
import { CoverageBook } from '../coverage.js';
import { parseEventTime } from '../event-time.js';
import type { ExpectedPlaces } from '../from-inventory.js';
import { gapReasonOf } from '../gap-reason.js';
import { recordIn } from '../record-in.js';
import type { Silence } from '../silence.js';
import { hourText, type Window } from '../window.js';
import type { WantedCondition } from '../wanted-parts.js';
import { selectionOf } from '../selection.js';
import { lakeQuery, longestQuery } from './sql.js';
import { tellStoreHoles, withoutDataEvents } from './store-holes.js';

export interface LakeOptions {
  /** `[from, to)` by the time of the event; ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Where the window that is asked begins, when reading begins before it. */
  readonly askedFrom?: string;
  /** When the run reads, ISO 8601. */
  readonly at: string;
  /** Of which accounts and Regions events must be there; undefined: of those that are seen. */
  readonly expected?: ExpectedPlaces;
  /** What is asked instead of the wanted texts. */
  readonly condition?: WantedCondition;
}

const call = 'cloudtrail:StartQuery';

/** Records that are handed on together. */
const mostRecords = 500;

/** An event data store of CloudTrail Lake: one query for all policies, whose events are judged here. */
export class LakeSource implements EventSource {
  private readonly book: CoverageBook;
  private readonly window: Window;
  private isDone = false;

  /** @throws UsageError where the store holds no events of CloudTrail */
  constructor(
    private readonly lake: Lake,
    private readonly options: LakeOptions,
  ) {
    const { from, to, at, expected, askedFrom } = options;
    const { arn, details } = lake.store;
    if (!selectionOf(details.advancedEventSelectors).isOfEvents) {
      throw new UsageError(
        `Event data store ${arn} holds no events of CloudTrail, by its selectors.`,
        'Name one that selects management events.',
      );
    }
    this.window = { from: Date.parse(from), to: Date.parse(to) };
    const silence: Silence = (account, region, hours) =>
      `Event data store ${arn} holds no event of account ${account} in ${region} of ${counted(hours.length, 'hour')}, the first ${hourText(hours[0] ?? 0)}:00Z. Nothing says that nothing happened.`;
    this.book = new CoverageBook(this.window, expected?.places, at, Date.parse(askedFrom ?? from), silence);
    this.book.openRegions(expected?.openAccounts ?? []);
  }

  /** The text of the query. What is too long to be said is not asked for: more comes back, and is judged here. */
  query(wanted: WantedValues): string {
    const { condition } = this.options;
    const store = this.lake.store.id;
    const sql = (texts: WantedValues, asked?: WantedCondition): string =>
      lakeQuery({ store, window: this.window, wanted: texts, condition: asked });
    const narrow = condition === undefined ? [] : [sql(wanted, condition)];
    return [...narrow, sql(wanted)].find((it) => it.length <= longestQuery) ?? sql('all');
  }

  /** What can be told without a query: what the store cannot hold. */
  plan(): EventCoverage {
    this.tellHoles();
    return this.book.result();
  }

  async *read(wanted: WantedValues): AsyncGenerator<EventBatch, void, undefined> {
    const { arn } = this.lake.store;
    try {
      yield* this.batches(await this.lake.run(this.query(wanted)));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const message = `The query of ${arn} gave not all events: ${error.message}`;
      this.book.trouble({ call, resource: arn, reason: gapReasonOf(error), message });
    }
    if (this.options.expected === undefined && this.book.seenPlaces().length === 0) {
      const message = `The query of ${arn} gave nothing at all: whether it should hold events of this time is not known.`;
      this.book.trouble({ call, resource: arn, reason: 'not-collected', message });
    }
    this.tellHoles();
    this.isDone = true;
  }

  coverage(): EventCoverage {
    if (!this.isDone) throw new Error('The coverage is known once all was read.');
    return { ...this.book.result(), withoutDataEvents: withoutDataEvents(this.lake.store, this.options.at) };
  }

  private tellHoles(): void {
    const { at, expected } = this.options;
    const asked = { window: this.window, at: Date.parse(at), expected: expected?.places };
    tellStoreHoles(this.lake.store, asked, this.book);
  }

  private async *batches(rows: AsyncIterable<LakeRow>): AsyncGenerator<EventBatch, void, undefined> {
    const origin = { object: this.lake.store.arn, call };
    let records: EventRecord[] = [];
    try {
      for await (const row of rows) {
        const record = this.take(row);
        if (record !== undefined) records.push(record);
        if (records.length < mostRecords) continue;
        yield { origin, records };
        records = [];
      }
    } finally {
      if (records.length > 0) yield { origin, records };
    }
  }

  /** Writes down what a row tells of its hour, and gives the record in it, where it is wanted. */
  private take(row: LakeRow): EventRecord | undefined {
    const { account = '', region = '', hour = '', record: text = '', records = '' } = row;
    const count = Number(records);
    const [, date, hours] = /^(\d{4}-\d\d-\d\d)[ T](\d\d):00/.exec(hour) ?? [];
    const start = parseEventTime(`${date}T${hours}:00:00Z`);
    if (!Number.isSafeInteger(count) || count < 1 || start === undefined) {
      throw new Unreadable('error', 'a row is not as it was asked for');
    }
    if (/^\d{12}$/.test(account) && /^[a-z0-9-]{1,40}$/.test(region)) {
      this.book.readSpan(account, region, { from: start, to: start + 1 });
    }
    // How NULL is written is not documented.
    if (text === '' || text === 'null') return undefined;
    const record = recordIn(text);
    const time = parseEventTime(record?.['eventTime']);
    if (record === undefined || time === undefined) throw new Unreadable('error', 'a row holds no record');
    return time >= this.window.from && time < this.window.to ? record : undefined;
  }
}

/** An event data store as a source of events. */
export function eventsFromLake(lake: Lake, options: LakeOptions): LakeSource {
  return new LakeSource(lake, options);
}
