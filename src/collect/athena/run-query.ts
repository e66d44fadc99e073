import type { GetQueryExecutionCommandOutput } from '@aws-sdk/client-athena';
import { InterruptedError, UsageError } from '../../model/errors.js';
import { Unreadable, type UnreadableReason } from '../../model/object-store.js';
import { required } from '../../normalize/index.js';
import type { Aws } from '../aws/aws-call.js';
import type { Failure } from '../aws/classify-error.js';
import type { Session } from '../aws/session.js';

/** Where and how queries are run. */
export interface QueryPlace {
  readonly region: string;
  readonly workgroup: string;
  readonly catalog: string;
  readonly database: string;
  /** Bytes that may be read; undefined: as many as it takes. */
  readonly maxBytes: number | undefined;
  /** Told what was read so far, whenever Athena tells. */
  readonly onScanned: (bytes: number) => void;
}

/** A query that succeeded. */
export interface DoneQuery {
  readonly id: string;
  /** `s3://bucket/key`; undefined where Athena keeps the result itself. */
  readonly output: string | undefined;
}

/** The means: calls of a run, and those that are made although it was stopped, or AWS refused others. */
export interface QueryMeans {
  readonly aws: Aws;
  readonly session: Session;
  readonly starting: CallPath;
  readonly stopping: CallPath;
}

interface CallPath {
  readonly aws: Aws;
  readonly session: Session;
}

const firstPause = 250;
const longestPause = 5_000;
/** Athena gives up a query after 30 minutes, which can be raised to hours: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const longestRun = 5 * 3_600_000;
/** Questions after its state in a row that may fail. */
const mostFailures = 5;

/**
 * Starts a query and waits for its end. Whatever ends the waiting before, the query is stopped.
 *
 * @throws UsageError when Athena does not take the query
 * @throws Unreadable when it fails, is cancelled, or reads more than it may
 */
export async function runQuery(means: QueryMeans, place: QueryPlace, sql: string): Promise<DoneQuery> {
  const { signal } = means.aws.settings;
  if (signal.aborted) throw interrupted();
  const id = await startQuery(means, place, sql);
  let isOver = false;
  try {
    const done = await waitFor(means, place, id);
    isOver = true;
    return done;
  } catch (error) {
    isOver = error instanceof EndedQuery;
    throw error;
  } finally {
    if (!isOver) await stopQuery(means, place, id);
  }
}

/** A query that is over without a result: there is nothing left to stop. */
class EndedQuery extends Unreadable {}

async function startQuery({ starting }: QueryMeans, place: QueryPlace, sql: string): Promise<string> {
  const { region, workgroup, catalog, database } = place;
  // A query that was started must be known, to be stopped.
  const answer = await starting.aws.read(
    starting.session,
    'athena:StartQueryExecution',
    {
      QueryString: sql,
      WorkGroup: workgroup,
      QueryExecutionContext: { Catalog: catalog, Database: database },
      // An earlier result would not have what was delivered since.
      ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    },
    { region },
    (output) => required(output.QueryExecutionId, 'QueryExecutionId'),
  );
  if (!('failure' in answer)) {
    if (answer.it.state !== 'known') throw new Error('athena:StartQueryExecution has no answer that means "absent".');
    return answer.it.value;
  }
  const { reason, message } = answer.failure;
  throw new UsageError(
    `Athena did not start the query in workgroup '${workgroup}' (${region}): ${message}`,
    reason === 'access-denied'
      ? 'trailproof permissions --athena prints what is needed.'
      : 'Check --workgroup, which must have a location for results, --catalog, and the Region (AWS_REGION).',
  );
}

async function waitFor({ aws, session }: QueryMeans, place: QueryPlace, id: string): Promise<DoneQuery> {
  const { clock, signal } = aws.settings;
  const until = clock.now() + longestRun;
  let failures = 0;
  for (let pause = firstPause; clock.now() < until; pause = Math.min(longestPause, pause * 1.5)) {
    const answer = await aws.read(
      session,
      'athena:GetQueryExecution',
      { QueryExecutionId: id },
      { region: place.region },
      stateOf,
    );
    if (signal.aborted) throw interrupted();
    if ('failure' in answer) {
      failures += 1;
      if (failures >= mostFailures || answer.failure.reason === 'access-denied') {
        throw unreadable(answer.failure, 'its state could not be asked for');
      }
    } else if (answer.it.state === 'known') {
      failures = 0;
      const state = answer.it.value;
      if (state.scanned !== undefined) place.onScanned(state.scanned);
      const done = settled(state, place, id);
      if (done !== undefined) return done;
    }
    await sleep(clock, pause, signal);
  }
  throw new Unreadable('error', 'it did not end within five hours');
}

/** Undefined where it still runs. */
function settled(state: QueryState, { maxBytes }: QueryPlace, id: string): DoneQuery | undefined {
  const { scanned = 0 } = state;
  const why = state.why === undefined ? '' : `: ${state.why}`;
  switch (state.name) {
    case 'SUCCEEDED': {
      return { id, output: state.output };
    }
    case 'FAILED': {
      throw new EndedQuery('error', `it failed${why}`);
    }
    case 'CANCELLED': {
      const isLimit = /limit/i.test(state.why ?? '');
      throw new EndedQuery(isLimit ? 'budget' : 'error', `it was cancelled${why}`);
    }
    default: {
      if (maxBytes === undefined || scanned <= maxBytes) return undefined;
      throw new Unreadable('budget', `it was stopped as it had read ${scanned} bytes, more than --max-bytes allows`);
    }
  }
}

interface QueryState {
  readonly name: string;
  readonly why: string | undefined;
  readonly output: string | undefined;
  readonly scanned: number | undefined;
}

function stateOf({ QueryExecution: query }: GetQueryExecutionCommandOutput): QueryState {
  const { Status: status, ResultConfiguration: result, Statistics: statistics } = required(query, 'QueryExecution');
  const { State: name, StateChangeReason: reason, AthenaError: error } = required(status, 'QueryExecution.Status');
  return {
    name: required(name, 'QueryExecution.Status.State'),
    why: reason ?? error?.ErrorMessage,
    output: result?.OutputLocation,
    scanned: statistics?.DataScannedInBytes,
  };
}

/** Stops a query, also of a run that was stopped. What AWS says to it changes nothing: the query ends by itself. */
async function stopQuery({ stopping }: QueryMeans, { region }: QueryPlace, id: string): Promise<void> {
  const { aws, session } = stopping;
  await aws.read(session, 'athena:StopQueryExecution', { QueryExecutionId: id }, { region }, () => undefined);
}

async function sleep(
  clock: { sleep(milliseconds: number, signal?: AbortSignal): Promise<void> },
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await clock.sleep(milliseconds, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw interrupted();
  }
}

function interrupted(): InterruptedError {
  return new InterruptedError('Interrupted before the query was done.');
}

/** What a refused call means for what was asked. */
export function unreadable({ code, reason, message }: Failure, what: string): Error {
  if (code === 'Interrupted') return interrupted();
  const why: UnreadableReason = reason === 'access-denied' || reason === 'throttled' ? reason : 'error';
  return new Unreadable(why, `${what}: ${message}`);
}
