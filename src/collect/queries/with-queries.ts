import { InterruptedError } from '../../model/errors.js';
import { Aws } from '../aws/aws-call.js';
import { identify } from '../aws/identity.js';
import type { Chosen } from '../aws/service.js';
import { startRun, type RunOptions } from '../run/start.js';
import type { QueryMeans } from './run-query.js';

export interface QueryRunOptions extends Omit<RunOptions, 'calls' | 'onProgress'> {
  readonly onRequests: (requests: number) => void;
}

/** A run that may start queries of one service, and as whom. */
export interface QueryRun {
  readonly means: QueryMeans;
  readonly region: string;
  /** The account of the caller. */
  readonly accountId: string;
}

/** How long stopping a query may take when the run was stopped. */
const stoppingTime = 10_000;

/**
 * Opens a run that may start queries of one service, for as long as some work goes on.
 *
 * @throws UsageError when there are no credentials
 */
export async function withQueries<T>(
  options: QueryRunOptions,
  optIn: NonNullable<Chosen['optIn']>,
  work: (run: QueryRun) => Promise<T>,
): Promise<T> {
  let requests = 0;
  const onRequest = (): void => options.onRequests((requests += 1));
  return await startRun({ ...options, calls: undefined, onProgress: () => undefined }, async (started) => {
    const { region } = started;
    const settings = { ...started.settings, optIn, onRequest };
    const aws = new Aws(settings);
    const { accountId } = await identify(aws, started.base, region);
    const uninterrupted = (deadline: number) => ({
      aws: new Aws({ ...settings, signal: new AbortController().signal, deadline }),
      session: started.base.as(accountId),
    });
    const means: QueryMeans = {
      aws,
      session: started.base.as(accountId),
      starting: uninterrupted(settings.deadline),
      stopping: uninterrupted(Math.min(settings.deadline, stoppingTime)),
    };
    const result = await work({ means, region, accountId });
    if (settings.signal.aborted) throw new InterruptedError('Interrupted before everything was read.');
    return result;
  });
}
