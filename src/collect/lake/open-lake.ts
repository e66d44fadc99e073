import { InterruptedError, UsageError } from '../../model/errors.js';
import type { Lake, LakeStore } from '../../model/lake.js';
import { normalizeEventDataStore, required } from '../../normalize/index.js';
import type { CallPath } from '../queries/run-query.js';
import { withQueries, type QueryRunOptions } from '../queries/with-queries.js';
import { runLakeQuery } from './run-query.js';

export interface LakeOptions extends QueryRunOptions {
  /** The ARN of an event data store, or the id that ends it. */
  readonly store: string;
  /** Bytes that the query may read; undefined: as many as it takes. */
  readonly maxBytes: number | undefined;
  /** Told what the query has read so far. */
  readonly onScanned: (bytes: number) => void;
}

const arn = /^arn:[a-z-]+:cloudtrail:(?<region>[a-z0-9-]+):(?<account>\d{12}):eventdatastore\/(?<id>[\w-]+)$/;

/**
 * Opens an event data store of CloudTrail Lake for as long as some work goes on, in the Region that its ARN names.
 *
 * @throws UsageError when there are no credentials, or no such store
 */
export async function withLake<T>(options: LakeOptions, work: (lake: Lake) => Promise<T>): Promise<T> {
  const { maxBytes, onScanned } = options;
  const named = arn.exec(options.store)?.groups?.['region'];
  const queries = { ...options, region: named ?? options.region };
  return await withQueries(queries, 'lake', async ({ means, region, accountId }) => {
    const store = await describeStore(means, region, options.store);
    const owner = store.account === accountId ? undefined : store.account;
    const place = { region, owner, maxBytes, onScanned };
    return await work({ store, run: async (sql) => await runLakeQuery(means, place, sql) });
  });
}

async function describeStore({ aws, session }: CallPath, region: string, named: string): Promise<LakeStore> {
  const input = { EventDataStore: named };
  const answer = await aws.read(session, 'cloudtrail:GetEventDataStore', input, { region }, (it): LakeStore => {
    const {
      id = '',
      account = '',
      region: home = '',
    } = arn.exec(required(it.EventDataStoreArn, 'EventDataStoreArn'))?.groups ?? {};
    return {
      arn: it.EventDataStoreArn ?? '',
      id: required(id === '' ? undefined : id, 'the id in EventDataStoreArn'),
      account,
      region: home,
      details: normalizeEventDataStore(it),
      createdAt: it.CreatedTimestamp?.getTime(),
    };
  });
  if (aws.settings.signal.aborted) throw new InterruptedError('Interrupted before the event data store was described.');
  if ('failure' in answer) {
    const { message, reason } = answer.failure;
    throw new UsageError(
      `Event data store ${named} could not be described (${region}): ${message}`,
      reason === 'access-denied'
        ? 'trailproof permissions --lake prints what is needed.'
        : 'Check --source lake:EVENT_DATA_STORE and the Region (AWS_REGION).',
    );
  }
  if (answer.it.state === 'known') return answer.it.value;
  throw new UsageError(
    `There is no event data store ${named} in ${region}.`,
    'Name it by its ARN, as in --source lake:arn:aws:cloudtrail:REGION:ACCOUNT:eventdatastore/ID.',
  );
}
