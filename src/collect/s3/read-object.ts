import type { GetObjectCommandInput } from '@aws-sdk/client-s3';
import { required } from '../../normalize/index.js';
import type { Aws } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import { S3Failure } from './s3-failure.js';

export interface ObjectPlace {
  readonly region: string;
  readonly bucket: string;
  readonly key: string;
  /** The account that must own the bucket, where it is known. */
  readonly owner?: string | undefined;
  /** The reading is kept as evidence. */
  readonly isEvidence?: true;
}

export interface S3Object {
  readonly size: number;
  readonly etag: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  /** Part after part, as it is stored; that it is still the same object is asked with each. */
  readonly bytes: AsyncIterable<Buffer>;
}

/** An object is read in parts of this size. */
const partSize = 8 * 1024 * 1024;

/**
 * An object, with its first part read already; undefined when S3 says that there is none.
 *
 * @throws S3Failure when it cannot be read; so does reading on
 */
export async function readObject(aws: Aws, session: Session, place: ObjectPlace): Promise<S3Object | undefined> {
  const first = await readPart(aws, session, place, 0, undefined);
  if (first === undefined) return undefined;
  return { ...first, bytes: parts(aws, session, place, first) };
}

interface Part {
  readonly bytes: Buffer;
  readonly size: number;
  readonly etag: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

async function* parts(aws: Aws, session: Session, place: ObjectPlace, first: Part): AsyncGenerator<Buffer> {
  yield first.bytes;
  for (let start = first.bytes.length; start < first.size;) {
    const part = await readPart(aws, session, place, start, first.etag);
    if (part === undefined) throw new S3Failure(changed('it was removed while it was read'));
    if (part.bytes.length === 0) throw new S3Failure(changed('it is shorter than S3 said'));
    yield part.bytes;
    start += part.bytes.length;
  }
}

async function readPart(
  aws: Aws,
  session: Session,
  { region, bucket, key, owner, isEvidence }: ObjectPlace,
  start: number,
  etag: string | undefined,
): Promise<Part | undefined> {
  const input: GetObjectCommandInput = {
    Bucket: bucket,
    Key: key,
    Range: `bytes=${start}-${start + partSize - 1}`,
    ...(etag === undefined ? {} : { IfMatch: etag }),
    ...(owner === undefined ? {} : { ExpectedBucketOwner: owner }),
  };
  const place = { region, ...(isEvidence === true ? { resource: `s3://${bucket}/${key}` } : {}) };
  const answer = await aws.read(session, 's3:GetObject', input, place, (output): Part => {
    const bytes = required(output.bytes, 'Body');
    return {
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      size: sizeIn(output.ContentRange) ?? bytes.length,
      etag: output.ETag,
      metadata: output.Metadata ?? {},
    };
  });
  if ('failure' in answer) {
    // There is no range in an object of no bytes.
    if (answer.failure.code === 'InvalidRange' && start === 0) return empty;
    throw new S3Failure(answer.failure);
  }
  return answer.it.state === 'known' ? answer.it.value : undefined;
}

const empty: Part = { bytes: Buffer.alloc(0), size: 0, etag: undefined, metadata: {} };

/** The whole size in `bytes 0-99/12345`. A server that knows no ranges gives the whole object, and no range. */
function sizeIn(range: string | undefined): number | undefined {
  const size = /\/(\d+)$/.exec(range ?? '')?.[1];
  return size === undefined ? undefined : Number(size);
}

function changed(message: string): S3Failure['failure'] {
  return { reason: 'error', message, code: 'Changed', expired: false, regionDenied: false };
}
