import { InterruptedError } from '../../model/errors.js';
import type { Known } from '../../model/known.js';
import { Unreadable, type UnreadableReason } from '../../model/object-store.js';
import type { Aws } from '../aws/aws-call.js';
import type { Failure } from '../aws/classify-error.js';
import type { Session } from '../aws/session.js';

/** The means: calls of a run, and those that are made although it was stopped, or AWS refused others. */
export interface QueryMeans extends CallPath {
  readonly starting: CallPath;
  readonly stopping: CallPath;
}

export interface CallPath {
  readonly aws: Aws;
  readonly session: Session;
}

/** How one service starts, asks after and stops a query. */
export interface QueryService<T> {
  /** @throws UsageError when it is not taken */
  start(path: CallPath): Promise<string>;
  ask(path: CallPath, id: string): Promise<Asked<QueryState<T>>>;
  stop(path: CallPath, id: string): Promise<unknown>;
}

/** An answer, or why there is none. */
type Asked<T> = { readonly it: Known<T> } | { readonly failure: Failure };

/** Where a query stands. */
export type QueryState<T> = {
  /** Bytes that it has read, as far as it is told. */
  readonly scanned: number | undefined;
} & (
  | { readonly is: 'running' }
  | { readonly is: 'done'; readonly result: T }
  /** It is over without a result, or with a part of one. */
  | { readonly is: 'over'; readonly reason: UnreadableReason; readonly message: string }
);

export interface QueryLimits {
  /** Bytes that may be read; undefined: as many as it takes. */
  readonly maxBytes: number | undefined;
  /** Told what was read so far, whenever AWS tells. */
  readonly onScanned: (bytes: number) => void;
  /** How long it is waited for, in milliseconds, and in words. */
  readonly longestRun: { readonly time: number; readonly words: string };
}

const firstPause = 250;
const longestPause = 5_000;
/** Questions after its state in a row that may fail. */
const mostFailures = 5;

/**
 * Starts a query and waits for its end. Whatever ends the waiting before, the query is stopped.
 *
 * @throws UsageError when it is not taken
 * @throws Unreadable when it fails, is cancelled, or reads more than it may
 */
export async function runQuery<T>(means: QueryMeans, service: QueryService<T>, limits: QueryLimits): Promise<T> {
  const { signal } = means.aws.settings;
  if (signal.aborted) throw interrupted();
  // A query that was started must be known, to be stopped.
  const id = await service.start(means.starting);
  let isOver = false;
  try {
    const result = await waitFor(means, service, limits, id);
    isOver = true;
    return result;
  } catch (error) {
    isOver = error instanceof EndedQuery;
    throw error;
  } finally {
    // Also of a run that was stopped. What AWS says to it changes nothing: the query ends by itself.
    if (!isOver) await service.stop(means.stopping, id);
  }
}

/** A query that is over without a result: there is nothing left to stop. */
class EndedQuery extends Unreadable {}

async function waitFor<T>(
  means: QueryMeans,
  service: QueryService<T>,
  { maxBytes, onScanned, longestRun }: QueryLimits,
  id: string,
): Promise<T> {
  const { clock, signal } = means.aws.settings;
  const until = clock.now() + longestRun.time;
  let failures = 0;
  for (let pause = firstPause; clock.now() < until; pause = Math.min(longestPause, pause * 1.5)) {
    const answer = await service.ask(means, id);
    if (signal.aborted) throw interrupted();
    if ('failure' in answer) {
      failures += 1;
      if (failures >= mostFailures || answer.failure.reason === 'access-denied') {
        throw unreadable(answer.failure, 'its state could not be asked for');
      }
    } else if (answer.it.state === 'known') {
      failures = 0;
      const state = answer.it.value;
      const { scanned = 0 } = state;
      if (state.scanned !== undefined) onScanned(scanned);
      if (state.is === 'done') return state.result;
      if (state.is === 'over') throw new EndedQuery(state.reason, state.message);
      if (maxBytes !== undefined && scanned > maxBytes) {
        throw new Unreadable('budget', `it was stopped as it had read ${scanned} bytes, more than --max-bytes allows`);
      }
    }
    await sleep(clock, pause, signal);
  }
  throw new Unreadable('error', `it did not end within ${longestRun.words}`);
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
