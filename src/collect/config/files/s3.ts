import { InterruptedError, UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import { Aws } from '../../aws/aws-call.js';
import type { Failure } from '../../aws/classify-error.js';
import { identify } from '../../aws/identity.js';
import { startRun, type RunOptions } from '../../run/start.js';
import { findBucketRegion } from '../../s3/bucket-region.js';
import { listObjects } from '../../s3/list-objects.js';
import type { S3Location } from '../../s3/location.js';
import { readObject } from '../../s3/read-object.js';
import { S3Failure } from '../../s3/s3-failure.js';
import type { ListedObject } from '../../../model/object-store.js';
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
  const found = await listed(aws, session, bucket, async () => await findBucketRegion(aws, session, region, bucket));
  if (found.state === 'known') return found.value;
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
  const objects: ListedObject[] = [];
  // Half a list would show resources as they were, or not at all.
  await listed(aws, session, place, async () => {
    for await (const page of listObjects(aws, session, { region, bucket, prefix, isEvidence: true })) {
      objects.push(...page.objects.filter(({ key }) => mayHoldItems(key)));
    }
  });
  const files = objects
    .toSorted((a, b) => byText(a.key, b.key))
    .map((it): DeliveryFile => ({ name: it.key, bytes: () => bytesOf(aws, session, region, bucket, it) }));
  return { place, files, atOnce: Math.min(concurrency, filesAtOnce) };
}

/** Each holds one part of a file in memory. */
const filesAtOnce = 8;

async function listed<T>(aws: Aws, session: Session, what: string, list: () => Promise<T>): Promise<T> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof S3Failure) throw cannotRead(aws, session, what, error.failure, error.listed);
    throw error;
  }
}

function cannotRead(aws: Aws, session: Session, what: string, failure: Failure, count: number): Error {
  if (aws.settings.signal.aborted) return new InterruptedError('Interrupted before the files were listed.');
  const after = count > 0 ? ` after ${count} objects` : '';
  return new UsageError(
    `${what} could not be listed${after} by account ${session.accountId}: ${failure.message}`,
    `Allow what trailproof permissions --source s3://… prints, and name a longer prefix where there are millions of objects.`,
  );
}

/** A file's bytes, part after part; it must be as long as it was when it was listed. */
async function* bytesOf(
  aws: Aws,
  session: Session,
  region: string,
  bucket: string,
  { key, size }: ListedObject,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    const object = await readObject(aws, session, { region, bucket, key, isEvidence: true });
    if (object === undefined) throw new BrokenFile('is gone since it was listed');
    if (object.size !== size) throw new BrokenFile('is shorter or longer than it was when it was listed');
    yield* object.bytes;
  } catch (error) {
    if (error instanceof S3Failure) throw new BrokenFile(`cannot be read: ${error.message}`);
    throw error;
  }
}
