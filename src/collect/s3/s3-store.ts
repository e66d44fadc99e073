import { InterruptedError } from '../../model/errors.js';
import {
  Unreadable,
  type ListedObject,
  type ObjectStore,
  type StoredObject,
  type UnreadableReason,
} from '../../model/object-store.js';
import type { Aws } from '../aws/aws-call.js';
import type { Failure } from '../aws/classify-error.js';
import type { Session } from '../aws/session.js';
import { findBucketRegion } from './bucket-region.js';
import { listObjects, type Listing } from './list-objects.js';
import { readObject } from './read-object.js';
import type { RequestBudget } from './request-budget.js';
import { S3Failure } from './s3-failure.js';

/** As whom and where a bucket is read. */
export interface BucketAccess {
  readonly session: Session;
  readonly region: string;
  readonly owner?: string | undefined;
}

export interface S3StoreOptions {
  readonly aws: Aws;
  readonly budget: RequestBudget;
  /** Finds out, once for each bucket. */
  readonly access: (bucket: string) => Promise<BucketAccess>;
  /** Requests to S3 that may be made in all; undefined: as many as it takes. */
  readonly maxRequests: number | undefined;
}

/** How often a request that S3 found too much is made again, beside the retries of the SDK. */
const tries = 8;

/** Amazon S3, read with a bounded number of requests at once, which is lowered where S3 asks for it. */
export class S3Store implements ObjectStore {
  readonly keepsMetadata = true;
  private readonly accesses = new Map<string, Promise<BucketAccess>>();
  private requests = 0;

  constructor(private readonly options: S3StoreOptions) {}

  async *list(bucket: string, prefix: string, after?: string): AsyncGenerator<readonly ListedObject[]> {
    for await (const { objects } of this.pages(bucket, { prefix, ...(after === undefined ? {} : { after }) })) {
      yield objects;
    }
  }

  async folders(bucket: string, prefix: string): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const page of this.pages(bucket, { prefix, delimiter: '/' })) {
      names.push(...page.folders.map((it) => it.slice(prefix.length).replace(/\/$/, '')));
    }
    return names.filter((it) => it !== '').toSorted();
  }

  async read(bucket: string, key: string): Promise<StoredObject | undefined> {
    const { session, region, owner } = await this.access(bucket);
    const found = await this.guarded(
      async () => await readObject(this.options.aws, session, { region, bucket, key, owner }),
    );
    if (found === undefined) return undefined;
    const { metadata, etag } = found;
    return { bytes: readingOn(found.bytes), metadata, ...(etag === undefined ? {} : { etag }) };
  }

  private async *pages(bucket: string, what: Pick<Listing, 'prefix' | 'after' | 'delimiter'>) {
    const { session, region } = await this.access(bucket);
    const pages = listObjects(this.options.aws, session, { region, bucket, ...what });
    for (;;) {
      const page = await this.guarded(async () => await pages.next());
      if (page.done === true) return;
      yield page.value;
    }
  }

  private async access(bucket: string): Promise<BucketAccess> {
    let access = this.accesses.get(bucket);
    if (access === undefined) {
      access = this.options.access(bucket);
      this.accesses.set(bucket, access);
    }
    try {
      return await access;
    } catch (error) {
      throw asUnreadable(error);
    }
  }

  /** Makes a request within the budget, and again where S3 found it too much. */
  private async guarded<T>(request: () => Promise<T>): Promise<T> {
    const { budget, aws, maxRequests } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      if (maxRequests !== undefined && this.requests >= maxRequests) {
        throw new Unreadable('budget', `the ${maxRequests} requests that were allowed have been made`);
      }
      this.requests += 1;
      try {
        const answer = await budget.run(request);
        budget.succeeded();
        return answer;
      } catch (error) {
        if (!(error instanceof S3Failure) || error.failure.reason !== 'throttled' || attempt >= tries) {
          throw asUnreadable(error);
        }
        budget.slowDown();
        await aws.settings.clock.sleep(aws.settings.backoff.throttled * attempt, aws.settings.signal);
      }
    }
  }
}

/** A bucket by its own Region, read by the session. */
export async function accessOf(
  aws: Aws,
  session: Session,
  region: string,
  bucket: string,
  owner?: string,
): Promise<BucketAccess> {
  try {
    const found = await findBucketRegion(aws, session, region, bucket);
    return { session, region: found.state === 'known' ? found.value : region, owner };
  } catch (error) {
    // Who may not ask for the bucket may still read in it; the SDK follows S3 into the right Region.
    if (error instanceof S3Failure && error.failure.reason === 'access-denied') return { session, region, owner };
    throw error;
  }
}

async function* readingOn(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* bytes;
  } catch (error) {
    throw asUnreadable(error);
  }
}

function asUnreadable(error: unknown): unknown {
  if (!(error instanceof S3Failure)) return error;
  const { failure } = error;
  if (failure.code === 'Interrupted') return new InterruptedError('Interrupted before everything was verified.');
  return new Unreadable(reasonOf(failure), generalized(failure.message), { cause: error });
}

const network =
  /^(?:ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|TimeoutError|Deadline|MalformedAnswer|UND_ERR)/;

function reasonOf({ code, message, reason }: Failure): UnreadableReason {
  if (code === 'InvalidObjectState') return 'archived';
  if (code.startsWith('KMS.') || (reason === 'access-denied' && /\bkms:|KMS key/i.test(message))) return 'kms';
  if (reason === 'access-denied') return 'access-denied';
  if (reason === 'throttled') return 'throttled';
  return network.test(code) ? 'network' : 'error';
}

/** AWS names the object in its refusals: without it, one sentence stands for all of them. */
function generalized(message: string): string {
  return message.replaceAll(/ on resource: "?arn:[^\s"]+"?/g, '');
}
