import type { Athena, AthenaRow } from '../../model/athena.js';
import { UsageError } from '../../model/errors.js';
import type { EventBatch, EventCoverage, EventRecord, EventSource, WantedValues } from '../../model/log-events.js';
import { Unreadable } from '../../model/object-store.js';
import { counted } from '../../text/plural.js';
import { CoverageBook, type Trouble } from '../coverage.js';
import { parseEventTime } from '../event-time.js';
import type { ExpectedPlaces, KnownPlaces } from '../from-inventory.js';
import { gapReasonOf } from '../gap-reason.js';
import type { LogObject } from '../log-object.js';
import { deliveredUntil, deliverySpan, type Window } from '../window.js';
import type { WantedCondition } from '../wanted-parts.js';
import { Deliveries } from './deliveries.js';
import { tellHoles, tellMissingDays } from './holes.js';
import { listLogs, type Listed, type LogListing } from './listing.js';
import { layoutOfTable, type Part, type TableLayout } from './layout.js';
import { objectAt } from './log-path.js';
import { checkReader } from './reader.js';
import { isAsPublished, recordOf, shapeOf, type RowShape } from './row-shape.js';
import { eventsQuery, longestQuery } from './sql.js';

export interface AthenaOptions {
  readonly catalog: string;
  readonly database: string;
  readonly table: string;
  /** `[from, to)` by the time of the event; ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Where the window that is asked begins, when reading begins before it. */
  readonly askedFrom?: string;
  /** When the run reads, ISO 8601. */
  readonly at: string;
  /** Of which accounts and Regions events must be there; undefined: of those that the table names, and that are seen. */
  readonly expected?: ExpectedPlaces;
  /** What an inventory knows; nothing else is asked for. Undefined: all of the table. */
  readonly known?: KnownPlaces;
  /** What is asked instead of the wanted texts, of a table that has all columns. */
  readonly condition?: WantedCondition;
  /** What lies there: Athena does not tell what it passes over. */
  readonly logs: LogListing;
  /** Told what the query reads at most, before it is started. */
  readonly onListed?: (listed: Listed) => void;
}

const call = 'athena:StartQueryExecution';

/** Log files as a table of Athena: one query for all policies, whose events are judged here. */
export function eventsFromAthena(athena: Athena, options: AthenaOptions): AthenaSource {
  return new AthenaSource(athena, options);
}

/** Records that are handed on together. */
const mostRecords = 500;

export class AthenaSource implements EventSource {
  private readonly book: CoverageBook;
  private readonly window: Window;
  private readonly layout: TableLayout;
  private readonly shape: RowShape;
  private readonly name: string;
  /** What was listed, once it was. */
  private listed: Listed | undefined;
  private readonly deliveries = new Deliveries();
  private isDone = false;

  /** @throws UsageError where the table is none of log files, or tells accounts, Regions and days not apart */
  constructor(
    private readonly athena: Athena,
    private readonly options: AthenaOptions,
  ) {
    const { from, to, at, expected, database, table } = options;
    this.name = `athena:${database}.${table}`;
    this.window = { from: Date.parse(from), to: Date.parse(to) };
    checkReader(this.name, athena.table);
    this.layout = layoutOfTable(this.name, athena.table, Date.parse(at));
    this.shape = shapeOf(athena.table.columns);
    const lacking = this.shape.lacking.filter((it) => it.isNeeded === true).map((it) => it.path.toLowerCase());
    if (lacking.length > 0) {
      throw new UsageError(
        `Table ${this.name} has no ${lacking.slice(0, 5).join(', ')}${lacking.length > 5 ? ` and ${lacking.length - 5} more` : ''}, as AWS publishes the columns of CloudTrail.`,
        'trailproof activity athena-table prints a table that has them.',
      );
    }
    this.book = new CoverageBook(this.window, expected?.places, at, Date.parse(options.askedFrom ?? from));
    this.book.openRegions(expected?.openAccounts ?? []);
    const { bucket, prefix } = this.layout;
    this.book.looksIn({ bucket, prefix: prefix.replace(/\/?AWSLogs(?:\/o-[a-z0-9]+)?$/, '') });
  }

  /** The text of the query: of what an inventory knows, and of what was listed. */
  query(wanted: WantedValues): string {
    const { catalog, database, table, known } = this.options;
    const { accounts = [], regions = [] } = this.listed ?? {};
    for (const part of [this.layout.account, this.layout.region]) this.checkInjected(part);
    const { condition } = this.options;
    const sql = (texts: WantedValues, asked?: WantedCondition): string =>
      eventsQuery({
        catalog,
        database,
        table,
        shape: this.shape,
        layout: this.layout,
        window: this.window,
        delivered: deliverySpan(this.window),
        wanted: texts,
        condition: asked,
        accounts: known && [...new Set([...known.accounts, ...accounts])],
        // Where Regions of an account are not known, all of the table are read.
        regions:
          known?.isWhole === true || isInjected(this.layout.region)
            ? known && [...new Set([...known.regions, ...regions])].toSorted()
            : undefined,
      });
    // What is too long to be said is not asked for: more comes back, and is judged here.
    const narrow = condition !== undefined && isAsPublished(this.shape) ? [sql(wanted, condition)] : [];
    const query = [...narrow, sql(wanted), sql('all')].find((it) => Buffer.byteLength(it) <= longestQuery);
    if (query !== undefined) return query;
    throw new UsageError(
      `The query of ${this.name} would be longer than the ${longestQuery} bytes that Athena takes.`,
      'Read a shorter time, or parts of the organization with an inventory of their own.',
    );
  }

  /** What can be told without a query: what it would read, and what Athena cannot. */
  async plan(): Promise<{ readonly listed: Listed | undefined; readonly coverage: EventCoverage }> {
    const listed = await this.list();
    this.tellHoles(listed !== undefined);
    return { listed, coverage: this.book.result() };
  }

  async *read(wanted: WantedValues): AsyncGenerator<EventBatch, void, undefined> {
    // What is refused is refused before anything is listed.
    this.query(wanted);
    const listed = await this.list();
    if (listed !== undefined) this.options.onListed?.(listed);
    const sql = this.query(wanted);
    try {
      const { rows } = await this.athena.run(sql);
      yield* this.batches(rows);
      this.deliveries.tell(this.name, this.book);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const message = `The query of ${this.name} gave not all events: ${error.message}`;
      this.book.trouble(this.trouble(gapReasonOf(error), this.name, message));
    }
    this.tellHoles(listed !== undefined);
    if (this.options.expected === undefined && this.book.seenPlaces().length === 0) {
      const message = `The query of ${this.name} gave nothing at all: whether there are log files of this time is not known.`;
      this.book.trouble(this.trouble('not-collected', this.name, message));
    }
    this.isDone = true;
  }

  coverage(): EventCoverage {
    if (!this.isDone) throw new Error('The coverage is known once all was read.');
    return { ...this.book.result(), deliveredUntil: deliveredUntil(this.window, this.options.at) };
  }

  private checkInjected(part: Part): void {
    if (part.kind === 'fixed' || !isInjected(part) || this.options.known !== undefined) return;
    throw new UsageError(
      `Table ${this.name} wants to be told the values of its partition column '${part.column.name}'.`,
      'Name the accounts and Regions with --inventory.',
    );
  }

  private async *batches(rows: AsyncIterable<AthenaRow>): AsyncGenerator<EventBatch, void, undefined> {
    let object: LogObject | undefined;
    let records: EventRecord[] = [];
    const batch = (): EventBatch[] => {
      const its = records;
      records = [];
      if (object === undefined || its.length === 0) return [];
      return [{ origin: { object: object.shown, call }, records: its }];
    };
    try {
      for await (const row of rows) {
        const [path = ''] = row;
        if (object?.shown !== path || records.length >= mostRecords) yield* batch();
        object = object?.shown === path ? object : objectAt(path);
        if (object === undefined) throw new Unreadable('error', `it names '${path}' as an object`);
        const record = this.take(object, row);
        if (record !== undefined) records.push(record);
      }
    } finally {
      yield* batch();
    }
  }

  /** Writes down what a row tells of its file, and gives the record in it, where it is wanted. */
  private take(object: LogObject, [, hour, account, region, other, text, count]: AthenaRow): EventRecord | undefined {
    const { name } = object;
    const delivered = name?.delivered;
    if (name !== undefined) this.deliveries.answer(name.account, name.region, name.delivered);
    const span = deliverySpan(this.window);
    if (delivered !== undefined && (delivered < span.from || delivered >= span.to)) return undefined;
    const records = Number(count);
    if (!Number.isSafeInteger(records) || records < 1)
      throw new Unreadable('error', 'a row is not as it was asked for');
    const start = parseEventTime(`${hour}:00:00Z`);
    const place = name ?? placeIn(account, region);
    const hours = new Map(
      start === undefined || place === undefined ? [] : [[`${place.account}/${place.region}/${start}`, records]],
    );
    const undated = start === undefined ? records : 0;
    const hasManagement = other !== 'true';
    // A name that occurs twice is not seen: Athena tells one of its values. Nor is it which file holds events of both kinds.
    this.book.read(object, {
      records,
      hours,
      foreignHours: new Set(),
      undated,
      ambiguous: 0,
      hasManagement,
      isMixed: hasManagement,
      foreign: 0,
      lists: 1,
    });
    if (undated > 0) {
      const message = `${object.shown} has ${counted(undated, 'record')} without a time.`;
      this.book.unread(object, this.trouble('error', object.shown, message));
    }
    if (text === undefined || text === '') return undefined;
    const record = recordOf(this.shape, text);
    if (record === undefined) throw new Unreadable('error', 'a row is not as it was asked for');
    const time = parseEventTime(record['eventTime']);
    return time !== undefined && time >= this.window.from && time < this.window.to ? record : undefined;
  }

  private async list(): Promise<Listed | undefined> {
    const { known, logs } = this.options;
    const { name, layout, window, deliveries } = this;
    this.listed = await listLogs({ name, layout, window, known, deliveries }, logs, this.book);
    return this.listed;
  }

  private tellHoles(isListed: boolean): void {
    const holes = {
      name: this.name,
      layout: this.layout,
      window: this.window,
      at: Date.parse(this.options.at),
      expected: this.options.expected?.places,
      isListed,
    };
    tellHoles(holes, this.book);
    tellMissingDays(holes, this.book);
  }

  private trouble(reason: Trouble['reason'], resource: string, message: string): Trouble {
    return { call, resource, reason, message };
  }
}

function isInjected(part: Part): boolean {
  return part.kind === 'column' && part.column.values.kind === 'injected';
}

function placeIn(account: string | undefined, region: string | undefined) {
  if (account === undefined || region === undefined) return undefined;
  return /^\d{12}$/.test(account) && /^[a-z0-9-]{1,40}$/.test(region) ? { account, region } : undefined;
}
