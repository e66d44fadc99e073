import { InterruptedError } from '../../model/errors.js';
import type { ObjectStore } from '../../model/object-store.js';
import type { KeySource, RegionKeys } from '../../model/public-keys.js';
import { required } from '../../normalize/index.js';
import { Aws } from '../aws/aws-call.js';
import { identify, type Identity } from '../aws/identity.js';
import { logFilesPolicy } from '../aws/permissions.js';
import type { Session } from '../aws/session.js';
import { Sessions } from '../aws/sessions.js';
import { startRun, type RunOptions } from '../run/start.js';
import { RequestBudget } from './request-budget.js';
import { accessOf, S3Store } from './s3-store.js';
import { S3Failure } from './s3-failure.js';

export interface LogFilesOptions extends Omit<RunOptions, 'calls' | 'onProgress'> {
  /** The account that owns a bucket, where it is known. */
  readonly ownerOf: (bucket: string) => string | undefined;
  /** The role that is assumed in other accounts that own buckets; undefined: the caller's credentials read them. */
  readonly roleName: string | undefined;
  readonly externalId: string | undefined;
  /** Requests to S3 that may be made in all. */
  readonly maxRequests: number | undefined;
  readonly onRequests: (requests: number) => void;
}

/** CloudTrail's log files as they lie in S3, and the public keys that they are checked with. */
export interface LogFiles {
  readonly store: ObjectStore;
  readonly keys: KeySource;
  /** Requests so far, by operation. */
  readonly requests: () => { readonly total: number; readonly byOperation: Readonly<Record<string, number>> };
}

/**
 * Opens log files in S3 for as long as some work goes on.
 *
 * @throws UsageError when there are no credentials
 */
export async function withLogFiles<T>(options: LogFilesOptions, work: (files: LogFiles) => Promise<T>): Promise<T> {
  let requests = 0;
  const onRequest = (): void => options.onRequests((requests += 1));
  return await startRun({ ...options, calls: undefined, onProgress: () => undefined }, async (started) => {
    const settings = { ...started.settings, onRequest };
    const aws = new Aws(settings);
    const identity = await identify(aws, started.base, started.region);
    const session = started.base.as(identity.accountId);
    const enter = entering(aws, session, identity, started.region, options);
    const store = new S3Store({
      aws,
      budget: new RequestBudget(options.concurrency, settings.clock),
      maxRequests: options.maxRequests,
      access: async (bucket) => {
        const owner = options.ownerOf(bucket);
        return await accessOf(aws, await enter(owner), started.region, bucket, owner);
      },
    });
    const result = await work({ store, keys: keySource(aws, session), requests: () => settings.ledger.apiCalls() });
    if (settings.signal.aborted) throw new InterruptedError('Interrupted before everything was verified.');
    return result;
  });
}

/** A session in the account that owns a bucket: the caller's own, where no role was named or no owner is known. */
function entering(
  aws: Aws,
  session: Session,
  { partition }: Identity,
  region: string,
  { roleName, externalId }: LogFilesOptions,
): (owner: string | undefined) => Promise<Session> {
  if (roleName === undefined) return async () => session;
  const policy = JSON.stringify(logFilesPolicy(partition));
  const sessions = new Sessions(aws, session, { partition, region, roleName, externalId, policy });
  return async (owner) => {
    if (owner === undefined) return session;
    const entered = await sessions.enter(owner);
    if ('session' in entered) return entered.session;
    const { reason, message } = aws.settings.ledger.gap(entered.gap);
    throw new S3Failure({ reason, message, code: 'AssumeRole', expired: false, regionDenied: false });
  };
}

function keySource(aws: Aws, session: Session): KeySource {
  return {
    keysOf: async (region, from, to): Promise<RegionKeys> => {
      const input = { StartTime: new Date(from), EndTime: new Date(to) };
      const listed = await aws.askAll(
        session,
        'cloudtrail:ListPublicKeys',
        input,
        { region },
        {
          token: (output) => output.NextToken,
          next: (NextToken) => ({ ...input, NextToken }),
          items: (output) =>
            required(output.PublicKeyList, 'PublicKeyList').map((it) => ({
              fingerprint: required(it.Fingerprint, 'Fingerprint'),
              value: Buffer.from(required(it.Value, 'Value')).toString('base64'),
              validFrom: required(it.ValidityStartTime, 'ValidityStartTime').getTime(),
              validTo: required(it.ValidityEndTime, 'ValidityEndTime').getTime(),
            })),
        },
      );
      if (listed.it.state === 'known') return { state: 'known', region, from, to, keys: listed.it.value };
      const { reason, message } = listed.failure ?? { reason: 'error', message: 'no answer' };
      const why = reason === 'access-denied' || reason === 'throttled' ? reason : 'error';
      return { state: 'unreadable', region, reason: why, message };
    },
  };
}
