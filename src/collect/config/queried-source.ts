import type { Unknown } from '../../model/known.js';
import { latestItems, type ConfigItem, type ItemType, type JsonObject } from '../../normalize/index.js';
import type { Context } from '../run/context.js';
import type { FoundItems, FoundRecorders, ItemSource, Wanted } from './item-source.js';
import { batches, queriesFor, type Query } from './query.js';
import { readItems } from './rows.js';

export interface Rows<T = JsonObject> {
  readonly rows: readonly T[];
  readonly evidence: Readonly<Record<string, string>>;
  readonly gap?: Unknown;
}

export interface BatchRows extends Rows {
  /** Ids of resources that AWS Config left for another time. */
  readonly unprocessed: ReadonlySet<string | undefined>;
}

/** Types that BatchGet takes: recorders are found by queries only. */
export type BatchType = Exclude<ItemType, 'AWS::Config::ConfigurationRecorder'>;

/** How an aggregator, or the recorders of one account, are asked. */
export interface QueryPort {
  /** The call that lists, and the one that gives whole items: for gaps. */
  readonly calls: { readonly select: string; readonly batch: string };
  /** Why items of a type may be missing, whatever is asked. */
  readonly hides: (type: ItemType) => Unknown | undefined;
  /** @param take makes of each row what is kept of it, page by page: there may be hundreds of thousands */
  select<T>(query: Query, take: (row: JsonObject) => T): Promise<Rows<T>>;
  batch(type: BatchType, rows: readonly JsonObject[]): Promise<BatchRows>;
  recorders(select: (type: ItemType) => Promise<FoundItems>): Promise<FoundRecorders>;
}

/** BatchGet takes 100 resources at once. */
const batchSize = 100;

/** A busy AWS Config leaves some of a batch for another time: so often it is asked again. */
const rounds = 3;

const selectedWhole: ReadonlySet<ItemType> = new Set(['AWS::CloudTrail::Trail', 'AWS::CloudTrail::EventDataStore']);

/** Reads items by queries: calls grow with resources, not with accounts. */
export class QueriedSource implements ItemSource {
  constructor(
    private readonly context: Context,
    private readonly port: QueryPort,
  ) {}

  /** Trails and stores whole, as queries give their configuration; all else by id first, and then whole. */
  async items(type: BatchType, wanted: Wanted = {}): Promise<FoundItems> {
    if (selectedWhole.has(type)) return await this.select(type, wanted);
    const gathered = new Gathered(this.port.hides(type));
    const rows: JsonObject[] = [];
    for (const query of queriesFor(type, wanted, false)) {
      const selected = await this.port.select(query, (row) => row);
      for (const row of selected.rows) rows.push(row);
      gathered.note(selected);
    }
    for (const batch of batches(rows, batchSize)) await this.details(type, batch, gathered);
    return gathered.found();
  }

  async recorders(): Promise<FoundRecorders> {
    return await this.port.recorders(async (type) => await this.select(type, {}));
  }

  private async select(type: ItemType, wanted: Wanted): Promise<FoundItems> {
    const gathered = new Gathered(this.port.hides(type));
    for (const query of queriesFor(type, wanted, true)) {
      let malformed: Unknown | undefined;
      const selected = await this.port.select(query, (row) => {
        const { items, gap = malformed } = this.itemsIn([row], this.port.calls.select);
        malformed = gap;
        return items[0];
      });
      gathered.note(selected);
      gathered.note(malformed === undefined ? {} : { gap: malformed });
      for (const item of selected.rows) if (item !== undefined) gathered.items.push(item);
    }
    return gathered.found();
  }

  private async details(type: BatchType, batch: readonly JsonObject[], gathered: Gathered): Promise<void> {
    let left = batch;
    for (let round = 0; left.length > 0 && round < rounds; round += 1) {
      const answer = await this.port.batch(type, left);
      gathered.note(answer);
      this.read(answer.rows, this.port.calls.batch, gathered);
      left = left.filter((row) => {
        const id = row['resourceId'];
        return typeof id === 'string' && answer.unprocessed.has(id);
      });
    }
    if (left.length > 0) gathered.note({ gap: this.unprocessed(type, left.length) });
  }

  private unprocessed(type: BatchType, count: number): Unknown {
    const { aws, sessions, region } = this.context;
    const message = `AWS Config left ${count} resources of type ${type} unprocessed, asked ${rounds} times.`;
    const asked = { call: this.port.calls.batch, accountId: sessions.base.accountId, region, resource: type };
    return aws.settings.ledger.addGap(asked, { reason: 'throttled', message }, new Date(aws.settings.clock.now()));
  }

  private itemsIn(rows: readonly JsonObject[], call: string): ReturnType<typeof readItems> {
    const { aws, sessions, region } = this.context;
    const asked = { call, accountId: sessions.base.accountId, region };
    return readItems(rows, asked, aws.settings.ledger, new Date(aws.settings.clock.now()));
  }

  private read(rows: readonly JsonObject[], call: string, gathered: Gathered): void {
    const read = this.itemsIn(rows, call);
    // One by one: there may be more than a call takes as arguments.
    for (const item of read.items) gathered.items.push(item);
    gathered.note(read);
  }
}

/** What the calls of one question gave. */
class Gathered {
  readonly items: ConfigItem[] = [];
  private readonly evidence: Record<string, string> = {};

  constructor(private gap: Unknown | undefined) {}

  note({ evidence, gap }: Partial<Pick<Rows, 'evidence' | 'gap'>>): void {
    Object.assign(this.evidence, evidence);
    this.gap ??= gap;
  }

  found(): FoundItems {
    const { evidence, gap } = this;
    return { items: latestItems(this.items), evidence, ...(gap === undefined ? {} : { gap }) };
  }
}
