import { InterruptedError } from '../../model/errors.js';
import type { Insights, InsightsRow } from '../../model/insights.js';
import type { EventBatch, EventCoverage, EventRecord, EventSource, WantedValues } from '../../model/log-events.js';
import { Unreadable } from '../../model/object-store.js';
import { counted } from '../../text/plural.js';
import { CoverageBook } from '../coverage.js';
import { parseEventTime } from '../event-time.js';
import type { ExpectedPlaces } from '../from-inventory.js';
import { gapReasonOf } from '../gap-reason.js';
import { recordIn } from '../record-in.js';
import type { Silence } from '../silence.js';
import { deliverySpan, hourText, type Window } from '../window.js';
import { dataEventsOfGroup, tellGroupHoles } from './group-holes.js';
import { eventsQuery, hoursQuery } from './query-text.js';
import { daysOfSpan, partsOf } from './slices.js';

export interface InsightsOptions {
  /** `[from, to)` by the time of the event; ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Where the window that is asked begins, when reading begins before it. */
  readonly askedFrom?: string;
  /** When the run reads, ISO 8601. */
  readonly at: string;
  /** Of which accounts and Regions events must be there; undefined: of those that are seen. */
  readonly expected?: ExpectedPlaces;
}

const call = 'logs:StartQuery';

/** A log group of a trail: asked with CloudWatch Logs Insights, whose events are judged here. */
export class InsightsSource implements EventSource {
  private readonly book: CoverageBook;
  private readonly window: Window;
  private isDone = false;

  constructor(
    private readonly insights: Insights,
    private readonly options: InsightsOptions,
  ) {
    const { from, to, at, expected, askedFrom } = options;
    const { arn } = insights.group;
    this.window = { from: Date.parse(from), to: Date.parse(to) };
    const silence: Silence = (account, region, hours) =>
      `Log group ${arn} holds no event of account ${account} in ${region} of ${counted(hours.length, 'hour')}, the first ${hourText(hours[0] ?? 0)}:00Z. Nothing says that nothing happened.`;
    this.book = new CoverageBook(this.window, expected?.places, at, Date.parse(askedFrom ?? from), silence);
    this.book.openRegions(expected?.openAccounts ?? []);
  }

  /** The texts of the queries, and the days that each is asked of. */
  queries(wanted: WantedValues): { readonly texts: readonly string[]; readonly days: number } {
    return { texts: [hoursQuery(this.window), eventsQuery(this.window, wanted)], days: this.slices().length };
  }

  /** What can be told without a query: what the group cannot hold. */
  plan(): EventCoverage {
    this.tellHoles();
    return this.book.result();
  }

  async *read(wanted: WantedValues, signal?: AbortSignal): AsyncGenerator<EventBatch, void, undefined> {
    const { arn } = this.insights.group;
    const [hours = '', events = ''] = this.queries(wanted).texts;
    // First the hours that are known: what happened in them is asked for after.
    for await (const { rows } of this.answers(hours, false, signal)) for (const it of rows) this.takeHour(it);
    for await (const { rows, slice } of this.answers(events, true, signal)) {
      const records = rows.map((it) => this.take(it, slice)).filter((it) => it !== undefined);
      if (records.length > 0) yield { origin: { object: arn, call }, records };
    }
    if (this.options.expected === undefined && this.book.seenPlaces().length === 0) {
      this.trouble(
        'not-collected',
        `${arn} gave no event at all: whether it should hold some of this time is not known.`,
      );
    }
    this.tellHoles();
    this.isDone = true;
  }

  coverage(): EventCoverage {
    if (!this.isDone) throw new Error('The coverage is known once all was read.');
    return {
      ...this.book.result(),
      withoutDataEvents: dataEventsOfGroup(this.insights.group, this.options.at),
      neverHeld: 'CloudTrail sends no event over 256 KB to a log group',
    };
  }

  /** A log event has the time of its event, or that of its delivery: both are asked for. */
  private slices(): readonly Window[] {
    const { from, to } = deliverySpan(this.window);
    return daysOfSpan({ from, to: Math.max(from, Math.min(to, Date.parse(this.options.at))) });
  }

  /** The rows of a query, part after part, each small enough to come whole. */
  private async *answers(
    text: string,
    isOfEvents: boolean,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<{ readonly rows: readonly InsightsRow[]; readonly slice: Window }, void, undefined> {
    const { arn } = this.insights.group;
    const todo = [...this.slices()];
    for (let slice = todo.shift(); slice !== undefined; slice = todo.shift()) {
      if (signal?.aborted === true) throw new InterruptedError('Interrupted before all events were read.');
      try {
        // Its end is part of it, so that nothing falls between two: what comes twice counts once.
        const answer = await this.insights.run({ text, ...slice, isOfEvents });
        const parts = answer.isWhole ? undefined : partsOf(slice, answer);
        if (parts !== undefined) {
          todo.unshift(...parts);
          continue;
        }
        if (!answer.isWhole) {
          const message = `${arn} holds more events of ${timeText(slice.from)} than Logs Insights gives: some of them are missing.`;
          this.trouble('not-collected', message);
        }
        yield { rows: answer.rows, slice };
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        const message = `The query of ${arn} from ${timeText(slice.from)} to ${timeText(slice.to)} gave not all events: ${error.message}`;
        this.trouble(gapReasonOf(error), message);
        // What is refused once is refused again.
        if (error.reason === 'budget' || error.reason === 'access-denied') return;
      }
    }
  }

  private takeHour({ recipientAccountId: account = '', awsRegion: region = '', hour = '' }: InsightsRow): void {
    const start = parseEventTime(`${hour}:00:00Z`);
    // What Logs Insights finds no fields of tells of no hour.
    if (start === undefined || !/^\d{12}$/.test(account) || !/^[a-z0-9-]{1,40}$/.test(region)) return;
    this.book.readSpan(account, region, { from: start, to: start + 1 });
  }

  private take(row: InsightsRow, slice: Window): EventRecord | undefined {
    const record = recordIn(row['@message'] ?? '');
    const time = parseEventTime(record?.['eventTime']);
    if (record === undefined || time === undefined) {
      const message = `${this.insights.group.arn} holds something else than records of CloudTrail, or broken ones, from ${timeText(slice.from)} on.`;
      this.trouble('error', message);
      return undefined;
    }
    return time >= this.window.from && time < this.window.to ? record : undefined;
  }

  private tellHoles(): void {
    const { at, expected } = this.options;
    tellGroupHoles(
      this.insights.group,
      { window: this.window, at: Date.parse(at), expected: expected?.places },
      this.book,
    );
  }

  private trouble(reason: Parameters<CoverageBook['trouble']>[0]['reason'], message: string): void {
    this.book.trouble({ call, resource: this.insights.group.arn, reason, message });
  }
}

function timeText(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** A log group as a source of events. */
export function eventsFromInsights(insights: Insights, options: InsightsOptions): InsightsSource {
  return new InsightsSource(insights, options);
}
