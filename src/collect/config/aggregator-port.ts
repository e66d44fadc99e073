import { type JsonObject, required, type ItemType } from '../../normalize/index.js';
import type { Context } from '../run/context.js';
import type { HiddenBy } from './aggregator-filter.js';
import type { FoundItems, FoundRecorders } from './item-source.js';
import type { BatchRows, BatchType, QueryPort, Rows } from './queried-source.js';
import type { Query } from './query.js';
import { recordersIn } from './recorders.js';
import { asRow, parseRow, stringIn } from './rows.js';

/** Asks an aggregator, in the caller's account and Region, about all the accounts that it takes in. */
export class AggregatorPort implements QueryPort {
  readonly calls = {
    select: 'config:SelectAggregateResourceConfig',
    batch: 'config:BatchGetAggregateResourceConfig',
  } as const;

  private readonly configurations = new Map<string | undefined, unknown>();

  constructor(
    private readonly context: Context,
    private readonly name: string,
    readonly hides: HiddenBy,
  ) {}

  async select<T>({ expression, resource }: Query, take: (row: JsonObject) => T): Promise<Rows<T>> {
    const { aws, sessions, region } = this.context;
    const input = { ConfigurationAggregatorName: this.name, Expression: expression, Limit: 100 };
    const { it, evidence, partial } = await aws.askAll(
      sessions.base,
      this.calls.select,
      input,
      { region, resource },
      {
        token: (output) => output.NextToken,
        next: (NextToken) => ({ ...input, NextToken }),
        items: (output) => required(output.Results, 'Results').map((text) => take(this.shared(parseRow(text)))),
      },
    );
    return { rows: partial, evidence, ...(it.state === 'unknown' ? { gap: it } : {}) };
  }

  async batch(type: BatchType, rows: readonly JsonObject[]): Promise<BatchRows> {
    const { aws, sessions, region } = this.context;
    const input = {
      ConfigurationAggregatorName: this.name,
      ResourceIdentifiers: rows.map((row) => ({
        SourceAccountId: stringIn(row, 'accountId'),
        SourceRegion: stringIn(row, 'awsRegion'),
        ResourceId: stringIn(row, 'resourceId'),
        ResourceType: type,
      })),
    };
    const place = { region, resource: `${type} ${stringIn(rows[0] ?? {}, 'resourceId')}` };
    const { it, evidence } = await aws.ask(sessions.base, this.calls.batch, input, place, (output) => ({
      rows: required(output.BaseConfigurationItems, 'BaseConfigurationItems').map(asRow),
      unprocessed: new Set((output.UnprocessedResourceIdentifiers ?? []).map((key) => key.ResourceId)),
    }));
    if (it.state === 'known') return { ...it.value, evidence };
    return { rows: [], evidence, unprocessed: new Set(), ...(it.state === 'unknown' ? { gap: it } : {}) };
  }

  /** Recorders, of which there is one for each account and Region, are set alike: each configuration is held once. */
  private shared(row: JsonObject): JsonObject {
    if (row['resourceType'] !== 'AWS::Config::ConfigurationRecorder') return row;
    const text = JSON.stringify(row['configuration']);
    const configuration = this.configurations.get(text) ?? row['configuration'];
    this.configurations.set(text, configuration);
    return { ...row, configuration };
  }

  /** AWS Config records the recorders themselves, wherever it records. */
  async recorders(select: (type: ItemType) => Promise<FoundItems>): Promise<FoundRecorders> {
    const { ledger, clock } = this.context.aws.settings;
    const keeps = this.context.asksRecorders ? 'items' : 'settings';
    return recordersIn(await select('AWS::Config::ConfigurationRecorder'), ledger, new Date(clock.now()), keeps);
  }
}
