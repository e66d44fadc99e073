import type { _Object, ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import type { ListedObject } from '../../model/object-store.js';
import { required } from '../../normalize/index.js';
import type { Aws } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import { S3Failure } from './s3-failure.js';

/** What is listed: a bucket in its Region, the beginning of the keys, the key behind which it starts. */
export interface Listing {
  readonly region: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly after?: string;
  /** Objects further below are told as folders. */
  readonly delimiter?: '/';
  /** The list is kept as evidence. */
  readonly isEvidence?: true;
}

export interface ListedPage {
  readonly objects: readonly ListedObject[];
  /** Keys up to the delimiter. */
  readonly folders: readonly string[];
}

/**
 * The objects of a bucket in the order of their keys, 1,000 a page. A bucket that S3 does not know has none.
 *
 * @throws S3Failure when the list cannot be read to its end
 */
export async function* listObjects(
  aws: Aws,
  session: Session,
  { region, bucket, prefix, after, delimiter, isEvidence }: Listing,
): AsyncGenerator<ListedPage, void, undefined> {
  const input = {
    Bucket: bucket,
    Prefix: prefix,
    ...(after === undefined || after === '' ? {} : { StartAfter: after }),
    ...(delimiter === undefined ? {} : { Delimiter: delimiter }),
  };
  const place = { region, ...(isEvidence === true ? { resource: `s3://${bucket}/${prefix}` } : {}) };
  const seen = new Set<string>();
  let next: ListObjectsV2CommandInput = input;
  let listed = 0;
  for (;;) {
    const answer = await aws.read(session, 's3:ListObjectsV2', next, place, (output) => ({
      objects: (output.Contents ?? []).map(listedObject),
      folders: (output.CommonPrefixes ?? []).map((it) => required(it.Prefix, 'Prefix')),
      token: required(output.IsTruncated, 'IsTruncated')
        ? required(output.NextContinuationToken, 'NextContinuationToken')
        : undefined,
    }));
    if ('failure' in answer) throw new S3Failure(answer.failure, listed);
    if (answer.it.state === 'absent') return;
    const { objects, folders, token } = answer.it.value;
    listed += objects.length;
    yield { objects, folders };
    if (token === undefined) return;
    if (seen.has(token)) throw new S3Failure(endless, listed);
    seen.add(token);
    next = { ...input, ContinuationToken: token };
  }
}

function listedObject({ Key, Size, ETag, LastModified, StorageClass }: _Object): ListedObject {
  return {
    key: required(Key, 'Key'),
    size: required(Size, 'Size'),
    ...(ETag === undefined ? {} : { etag: ETag }),
    ...(LastModified === undefined ? {} : { lastModified: LastModified.getTime() }),
    ...(StorageClass === undefined ? {} : { storageClass: StorageClass }),
  };
}

const endless = {
  reason: 'error',
  message: 's3:ListObjectsV2 gave the same page token twice, so its list cannot be read to the end.',
  code: 'EndlessPages',
  expired: false,
  regionDenied: false,
} as const;
