import { InterruptedError } from '../model/errors.js';
import type { EventHistory, EventLookup, HistoryPage, HistoryPlace, LookupAttribute } from '../model/event-history.js';
import type { EventBatch, EventCoverage, EventRecord, EventSource } from '../model/log-events.js';
import { Unreadable } from '../model/object-store.js';
import type { Limiter } from '../verify/index.js';
import { CoverageBook } from './coverage.js';
import { parseEventTime } from './event-time.js';
import { gapReasonOf } from './gap-reason.js';
import { recordIn } from './record-in.js';
import { day, hour, type Window } from './window.js';

export interface HistoryOptions {
  /** `[from, to)` by the time of the event; ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** When the run reads, ISO 8601. */
  readonly at: string;
  /**
   * What is looked up. Attributes: those, each for itself. Names of events: by these, or all events where that takes
   * fewer requests. Undefined: all events.
   */
  readonly lookups?:
    | { readonly by: 'attributes'; readonly attributes: readonly LookupAttribute[] }
    | { readonly by: 'names'; readonly names: ReadonlySet<string> };
  /** Of accounts and Regions that are read at once. */
  readonly limit: Limiter;
  /** Told of each account and Region that is read. */
  readonly onPlace?: (done: number, of: number) => void;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html */
const kept = 90 * day;

/** Event history as a source: management events alone, as AWS keeps them where nobody can change them. */
export function eventsFromHistory(history: EventHistory, options: HistoryOptions): EventSource {
  return new HistorySource(history, options);
}

class HistorySource implements EventSource {
  private readonly book: CoverageBook;
  private readonly window: Window;
  private isDone = false;

  constructor(
    private readonly history: EventHistory,
    private readonly options: HistoryOptions,
  ) {
    this.window = { from: Date.parse(options.from), to: Date.parse(options.to) };
    this.book = new CoverageBook(this.window, undefined, options.at);
  }

  async *read(_: unknown, signal?: AbortSignal): AsyncGenerator<EventBatch, void, undefined> {
    const { places, unreadable } = this.history;
    const { limit, onPlace } = this.options;
    for (const { account, reason, message } of unreadable) {
      const trouble = { call, resource: account, reason: gapReasonOf(new Unreadable(reason, message)), account };
      this.book.trouble({ ...trouble, message: `Event history of account ${account} could not be read: ${message}` });
    }
    let done = 0;
    const batches = await limit(places, async (place) => {
      if (signal?.aborted === true) throw new InterruptedError('Interrupted before all events were looked up.');
      const records = await this.readPlace(place);
      done += 1;
      onPlace?.(done, places.length);
      return { origin: { object: `event-history/${place.account}/${place.region}` }, records };
    });
    yield* batches.filter((it) => it.records.length > 0);
    this.isDone = true;
  }

  coverage(): EventCoverage {
    if (!this.isDone) throw new Error('The coverage is known once all was read.');
    return { ...this.book.result(), managementEventsOnly: true };
  }

  private async readPlace(place: HistoryPlace): Promise<EventRecord[]> {
    const { account, region } = place;
    const oldest = Date.parse(this.options.at) - kept;
    const from = Math.max(this.window.from, oldest);
    if (this.window.from < oldest) {
      const message = `Event history holds 90 days: what happened in account ${account}, ${region} before is not in it.`;
      const span = { from: this.window.from, to: Math.min(oldest, this.window.to) };
      this.book.unreadSpan(account, region, span, { call, resource: nameOf(place), reason: 'not-collected', message });
    }
    if (from >= this.window.to) return [];
    this.book.readSpan(account, region, { from, to: this.window.to });
    // Its times are in seconds, and its end is part of what is looked up.
    const lookup = { from: Math.floor(from / 1000) * 1000, to: Math.ceil(this.window.to / 1000) * 1000 };
    const found = new Map<string, EventRecord>();
    const { lookups } = this.options;
    switch (lookups?.by) {
      case undefined: {
        await this.readLookup(place, lookup, this.history.pages(place, lookup), found);
        break;
      }
      case 'attributes': {
        await this.readEach(place, lookup, lookups.attributes, found);
        break;
      }
      case 'names': {
        await this.readNames(place, lookup, lookups.names, found);
        break;
      }
    }
    return [...found.values()];
  }

  /** A first page of all events tells how many there may be: then all are read, or those of each name. */
  private async readNames(
    place: HistoryPlace,
    lookup: EventLookup,
    names: ReadonlySet<string>,
    found: Map<string, EventRecord>,
  ): Promise<void> {
    const pages = this.history.pages(place, lookup)[Symbol.asyncIterator]();
    const first = await this.nextPage(place, lookup, pages, lookup.to);
    if (first === undefined) return;
    this.take(place, first, found);
    if (first.isLast) return;
    if (pagesBehind(first, lookup) <= names.size) {
      await this.readLookup(place, lookup, { [Symbol.asyncIterator]: () => pages }, found);
      return;
    }
    await pages.return?.(undefined);
    const attributes = [...names].toSorted().map((value): LookupAttribute => ({ key: 'EventName', value }));
    await this.readEach(place, lookup, attributes, found);
  }

  private async readEach(
    place: HistoryPlace,
    lookup: EventLookup,
    attributes: readonly LookupAttribute[],
    found: Map<string, EventRecord>,
  ): Promise<void> {
    for (const attribute of attributes) {
      await this.readLookup(place, lookup, this.history.pages(place, { ...lookup, attribute }), found);
    }
  }

  private async readLookup(
    place: HistoryPlace,
    lookup: EventLookup,
    pages: AsyncIterable<HistoryPage>,
    found: Map<string, EventRecord>,
  ): Promise<void> {
    const iterator = pages[Symbol.asyncIterator]();
    let reached = lookup.to;
    for (;;) {
      const page = await this.nextPage(place, lookup, iterator, reached);
      if (page === undefined) return;
      this.take(place, page, found);
      reached = page.events.at(-1)?.at ?? reached;
    }
  }

  /** Undefined at the end, or where it cannot be read on: the hours before what was reached are open then. */
  private async nextPage(
    place: HistoryPlace,
    lookup: EventLookup,
    pages: AsyncIterator<HistoryPage>,
    reached: number,
  ): Promise<HistoryPage | undefined> {
    try {
      const next = await pages.next();
      return next.done === true ? undefined : next.value;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const { account, region } = place;
      const span = { from: lookup.from, to: Math.min(reached + 1, this.window.to) };
      const reason = gapReasonOf(error);
      const message = `Event history of account ${account} in ${region} could not be read to its end: ${error.message}.`;
      this.book.unreadSpan(account, region, span, { call, resource: nameOf(place), reason, message });
      return undefined;
    }
  }

  private take(place: HistoryPlace, { events }: HistoryPage, found: Map<string, EventRecord>): void {
    for (const { text, at } of events) {
      const record = recordIn(text);
      const time = parseEventTime(record?.['eventTime']);
      if (record === undefined || time === undefined) {
        const { account, region } = place;
        const message = `Event history of account ${account} in ${region} gave an event that is not a record.`;
        const start = Math.floor(at / hour) * hour;
        this.book.unreadHour(account, region, start, { call, resource: nameOf(place), reason: 'error', message });
      } else if (time >= this.window.from && time < this.window.to) {
        const id = record['eventID'];
        found.set(typeof id === 'string' ? id : text, record);
      }
    }
  }
}

/** How many more pages there may be, if events are as frequent as on the first one. */
function pagesBehind({ events }: HistoryPage, { from, to }: EventLookup): number {
  const oldest = events.at(-1)?.at ?? to;
  return (oldest - from) / Math.max(1000, (events[0]?.at ?? to) - oldest);
}

const call = 'cloudtrail:LookupEvents';

function nameOf({ account, region }: HistoryPlace): string {
  return `event-history/${account}/${region}`;
}
