import { InterruptedError, UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import { required } from '../../../normalize/index.js';
import { Aws } from '../../aws/aws-call.js';
import type { Failure } from '../../aws/classify-error.js';
import { identify } from '../../aws/identity.js';
import { startRun, type RunOptions } from '../../run/start.js';
import type { S3Location } from '../../s3/location.js';
import type { Session } from '../../aws/session.js';
import { BrokenFile } from './broken-file.js';
import { inventoryOfFiles, type FilesOptions } from './collect.js';
import type { DeliveryFile, DeliveryFiles } from './delivery-file.js';
import { mayHoldItems } from './delivery-name.js';
import { byText } from '../../../text/order.js';

export interface S3FilesOptions extends RunOptions, FilesOptions {}

/**
 * The state that AWS Config's delivery files in a bucket tell, by the rules of a folder. The files are read in parts,
 * and kept nowhere.
 *
 * @throws UsageError when the bucket cannot be listed to the end, or holds no file of AWS Config
 */
export async function collectFromS3(location: S3Location, options: S3FilesOptions): Promise<Inventory> {
  return await startRun({ ...options, calls: undefined }, async ({ settings, base, region }) => {
    const aws = new Aws(settings);
    const { accountId, arn } = await identify(aws, base, region);
    const session = base.as(accountId);
    const bucketRegion = await findBucket(aws, session, region, location);
    const files = await listFiles(aws, session, bucketRegion, location, options.concurrency);
    const inventory = await inventoryOfFiles(files, options, settings.ledger, { accountId, arn });
    if (settings.signal.aborted) throw new InterruptedError('Interrupted while files were read.');
    return inventory;
  });
}

/** The Region that the bucket is in. */
async function findBucket(aws: Aws, session: Session, region: string, { bucket }: S3Location): Promise<string> {
  const place = { region, resource: bucket };
  const found = await aws.tryCall(session, 's3:HeadBucket', { Bucket: bucket }, place, (output) => output.BucketRegion);
  if ('failure' in found) throw cannotRead(aws, session, bucket, found.failure);
  if (found.it.state === 'known') return found.it.value ?? region;
  throw new UsageError(
    `There is no bucket ${bucket}.`,
    'Check the name in --source, and the partition that you are in.',
  );
}

async function listFiles(
  aws: Aws,
  session: Session,
  region: string,
  { bucket, prefix }: S3Location,
  concurrency: number,
): Promise<DeliveryFiles> {
  const place = `s3://${bucket}/${prefix}`;
  const input = { Bucket: bucket, Prefix: prefix };
  const listed = await aws.askAll(
    session,
    's3:ListObjectsV2',
    input,
    { region, resource: place },
    {
      token: (output) =>
        required(output.IsTruncated, 'IsTruncated')
          ? required(output.NextContinuationToken, 'NextContinuationToken')
          : undefined,
      next: (ContinuationToken) => ({ ...input, ContinuationToken }),
      items: (output) =>
        (output.Contents ?? []).map((it) => ({ key: required(it.Key, 'Key'), size: required(it.Size, 'Size') })),
    },
  );
  // Half a list would show resources as they were, or not at all.
  if (listed.failure !== undefined || listed.it.state !== 'known') {
    throw cannotRead(aws, session, place, listed.failure, listed.partial.length);
  }
  const files = listed.it.value
    .filter(({ key }) => mayHoldItems(key))
    .toSorted((a, b) => byText(a.key, b.key))
    .map((it): DeliveryFile => ({ name: it.key, bytes: () => readObject(aws, session, region, bucket, it) }));
  return { place, files, atOnce: Math.min(concurrency, filesAtOnce) };
}

/** Each holds one part of a file in memory. */
const filesAtOnce = 8;

function cannotRead(aws: Aws, session: Session, what: string, failure: Failure | undefined, count = 0): Error {
  if (aws.settings.signal.aborted) return new InterruptedError('Interrupted before the files were listed.');
  const after = count > 0 ? ` after ${count} objects` : '';
  return new UsageError(
    `${what} could not be listed${after} by account ${session.accountId}: ${failure?.message ?? 'no answer'}`,
    `Allow what trailproof permissions --source s3://… prints, and name a longer prefix where there are millions of objects.`,
  );
}

interface ListedObject {
  readonly key: string;
  readonly size: number;
}

/** An object is read in parts of this size. */
const partSize = 8 * 1024 * 1024;

/** Part after part; that it is still the same object is asked with each. */
async function* readObject(
  aws: Aws,
  session: Session,
  region: string,
  bucket: string,
  { key, size }: ListedObject,
): AsyncGenerator<Buffer, void, undefined> {
  let etag: string | undefined;
  for (let start = 0; start < size; start += partSize) {
    const end = Math.min(start + partSize, size) - 1;
    const input = {
      Bucket: bucket,
      Key: key,
      Range: `bytes=${start}-${end}`,
      ...(etag === undefined ? {} : { IfMatch: etag }),
    };
    const place = { region, resource: `s3://${bucket}/${key}` };
    const part = await aws.tryCall(session, 's3:GetObject', input, place, (output) => ({
      bytes: required(output.bytes, 'Body'),
      etag: output.ETag,
    }));
    if ('failure' in part) throw new BrokenFile(`cannot be read: ${part.failure.message}`);
    if (part.it.state !== 'known') throw new Error('s3:GetObject has no answer that means "absent".');
    const { bytes } = part.it.value;
    if (bytes.length !== end - start + 1) throw new BrokenFile('is shorter than it was when it was listed');
    etag = part.it.value.etag;
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}
