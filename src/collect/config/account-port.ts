import { UsageError } from '../../model/errors.js';
import type { Account, RecorderEvent } from '../../model/inventory.js';
import type { Known, Unknown } from '../../model/known.js';
import { type JsonObject, required } from '../../normalize/index.js';
import type { Context } from '../run/context.js';
import { readRecorders, type ReadRecorders } from '../resources/recorders.js';
import type { FoundRecorder, FoundRecorders } from './item-source.js';
import type { BatchRows, BatchType, QueryPort, Rows } from './queried-source.js';
import { batches, type Query } from './query.js';
import { asRow, parseRow, stringIn } from './rows.js';

/** Asks the recorders of the caller's own account, Region by Region. */
export class AccountPort implements QueryPort {
  readonly calls = { select: 'config:SelectResourceConfig', batch: 'config:BatchGetResourceConfig' } as const;

  /** Its recorders are asked themselves. */
  readonly hides = (): undefined => undefined;

  constructor(
    private readonly context: Context,
    /** Those that have a recorder. */
    private readonly found: FoundRecorders,
  ) {}

  async select<T>({ expression, resource }: Query, take: (row: JsonObject) => T): Promise<Rows<T>> {
    const { aws, sessions } = this.context;
    const input = { Expression: expression, Limit: 100 };
    const read = await this.context.limit(this.regions(), async (region) =>
      aws.askAll(
        sessions.base,
        this.calls.select,
        input,
        { region, resource },
        {
          token: (output) => output.NextToken,
          next: (NextToken) => ({ ...input, NextToken }),
          items: (output) => required(output.Results, 'Results').map((text) => take(parseRow(text))),
        },
      ),
    );
    const gap = read.map(({ it }) => it).find((it): it is Unknown => it.state === 'unknown');
    return {
      rows: read.flatMap(({ partial }) => partial),
      evidence: Object.assign({}, ...read.map(({ evidence }) => evidence)) as Rows['evidence'],
      ...(gap === undefined ? {} : { gap }),
    };
  }

  async batch(type: BatchType, rows: readonly JsonObject[]): Promise<BatchRows> {
    const { aws, sessions } = this.context;
    const found: JsonObject[] = [];
    const unprocessed = new Set<string | undefined>();
    const evidence: Record<string, string> = {};
    let gap: Unknown | undefined;
    for (const region of new Set(rows.map((row) => stringIn(row, 'awsRegion')))) {
      const here = rows.filter((row) => row['awsRegion'] === region).map((row) => stringIn(row, 'resourceId'));
      for (const ids of batches(here, 100)) {
        const input = { resourceKeys: ids.map((resourceId) => ({ resourceType: type, resourceId })) };
        const place = { region, resource: `${type} ${ids[0] ?? ''}` };
        const answer = await aws.ask(sessions.base, this.calls.batch, input, place, (output) => ({
          items: required(output.baseConfigurationItems, 'baseConfigurationItems').map(asRow),
          left: (output.unprocessedResourceKeys ?? []).map((key) => key.resourceId),
        }));
        Object.assign(evidence, answer.evidence);
        if (answer.it.state === 'known') {
          found.push(...answer.it.value.items);
          for (const id of answer.it.value.left) unprocessed.add(id);
        } else if (answer.it.state === 'unknown') {
          gap = answer.it;
        }
      }
    }
    return { rows: found, evidence, unprocessed, ...(gap === undefined ? {} : { gap }) };
  }

  async recorders(): Promise<FoundRecorders> {
    return await Promise.resolve(this.found);
  }

  private regions(): string[] {
    return [...new Set(this.found.recorders.map((it) => it.region))].toSorted();
  }
}

/** What the caller's account told of its recorders. */
export interface OwnRecorders extends FoundRecorders {
  /** Those of all Regions that were asked, also where there is none. */
  readonly read: ReadRecorders;
}

/**
 * The customer managed recorders of the caller's account.
 *
 * @throws UsageError when there is none at all: nothing was ever recorded
 */
export async function findRecorders(context: Context, enabled: Account['regions']): Promise<OwnRecorders> {
  const { accountId } = context.sessions.base;
  const read = await readRecorders(context, context.sessions.base, enabled);
  const recorders = read.recorders.flatMap(({ region, settings, recording, lastEvent }): FoundRecorder[] => {
    if (settings.state !== 'known' || recording.state !== 'known') return [];
    const failure = whyFailing(context, region, lastEvent);
    const recorder = { accountId, region, settings: settings.value, isRecording: recording.value };
    return [failure === undefined ? recorder : { ...recorder, failure }];
  });
  const gap = read.recorders
    .flatMap((it) => [it.settings, it.recording])
    .find((it): it is Unknown => it.state === 'unknown');
  if (recorders.length > 0) {
    const evidence = Object.assign({}, ...read.recorders.map((it) => it.evidence)) as FoundRecorders['evidence'];
    return { recorders, evidence, read, ...(gap === undefined ? {} : { gap }) };
  }
  if (gap !== undefined) {
    throw new UsageError(
      `The AWS Config recorders of account ${accountId} could not be read: ${context.aws.settings.ledger.gap(gap).message}`,
      'Allow what trailproof permissions --source config prints.',
    );
  }
  throw new UsageError(
    `Account ${accountId} has no AWS Config recorder in ${read.recorders.map((it) => it.region).join(', ')}: nothing was recorded.`,
    'Turn AWS Config on, name an aggregator with --aggregator, or read live AWS with --source live.',
  );
}

/**
 * A recorder that runs and fails keeps the items that it wrote before.
 * Source: https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationRecorderStatus.html, lastStatus
 */
function whyFailing({ aws, sessions }: Context, region: string, lastEvent: Known<RecorderEvent>): Unknown | undefined {
  if (lastEvent.state !== 'known' || lastEvent.value.status?.toUpperCase() !== 'FAILURE') return undefined;
  const { ledger, clock } = aws.settings;
  const { accountId } = sessions.base;
  const { errorCode } = lastEvent.value;
  const message =
    `The recorder of account ${accountId} in ${region} failed when it recorded last` +
    `${errorCode === undefined ? '' : ` (${errorCode})`}: what it recorded before may have changed since.`;
  const asked = { call: 'config:DescribeConfigurationRecorderStatus', accountId, region, resource: 'failing' };
  return ledger.addGap(asked, { reason: 'error', message }, new Date(clock.now()));
}
