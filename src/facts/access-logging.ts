import type { AccessLogTarget, Bucket } from '../model/inventory.js';
import { isAllowed, isDenied, parseIamDocument, service } from './iam/index.js';
import { doubt, sure } from './three-valued.js';
import type { Tri } from './values.js';

/** What the answer rests on beside the bucket. */
export interface AccessLogSetting {
  /** A log bucket of the inventory by name; undefined: there is no such one. */
  readonly findBucket: (name: string) => Bucket | undefined;
  /** Notes that a policy could not be decided, and returns the id of that gap. */
  readonly note: (message: string) => string;
}

/**
 * Why server access logs do not arrive, or prove nothing, though logging is on; undefined: nothing speaks against it.
 * S3 delivers them only to a bucket of the same account and Region without a default retention of Object Lock and
 * without Requester Pays, whose policy or access control list lets it write; a bucket that logs into itself loses the
 * record together with the logs. Of a target that was not read nothing is said: earlier versions did not ask for it.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
 */
export function accessLogProblem(bucket: Bucket, setting: AccessLogSetting): Tri<string | undefined> {
  const { name, owner, accessLogging, accessLogTarget } = bucket;
  if (accessLogging.state === 'unknown') return doubt([accessLogging.gap]);
  if (accessLogging.state === 'absent') return sure(undefined);
  const { targetBucket, targetPrefix } = accessLogging.value;
  if (targetBucket === name) return sure('they go into the log bucket itself');
  const target = setting.findBucket(targetBucket);
  if (accessLogTarget?.state === 'absent' || target?.owner.state === 'absent') {
    return sure(`bucket ${targetBucket} does not exist`);
  }
  const elsewhere = target === undefined ? undefined : whyElsewhere(bucket, target);
  if (elsewhere !== undefined) return sure(elsewhere);
  if (accessLogTarget?.state === 'unknown') return doubt([accessLogTarget.gap]);
  if (accessLogTarget?.state === 'known') {
    const place = owner.state === 'known' ? owner.value : undefined;
    return whyRefused(accessLogTarget.value, { bucket, place, targetBucket, targetPrefix }, setting);
  }
  if (target === undefined) return sure(undefined);
  if (target.owner.state === 'unknown') return doubt([target.owner.gap]);
  if (target.objectLock.state === 'unknown') return doubt([target.objectLock.gap]);
  const isLocked = target.objectLock.state === 'known' && target.objectLock.value.mode !== undefined;
  return sure(isLocked ? retained(targetBucket) : undefined);
}

function whyElsewhere({ owner }: Bucket, target: Bucket): string | undefined {
  if (owner.state !== 'known' || target.owner.state !== 'known') return undefined;
  const { accountId, region } = target.owner.value;
  if (accountId !== owner.value.accountId) return `bucket ${target.name} belongs to account ${accountId}`;
  return region === owner.value.region ? undefined : `bucket ${target.name} is in ${region}`;
}

interface Delivery {
  readonly bucket: Bucket;
  readonly place: { readonly accountId: string; readonly region: string } | undefined;
  readonly targetBucket: string;
  readonly targetPrefix: string;
}

function whyRefused(
  { region, hasDefaultRetention, requesterPays, policy, grantsLogDelivery }: AccessLogTarget,
  { bucket, place, targetBucket, targetPrefix }: Delivery,
  { note }: AccessLogSetting,
): Tri<string | undefined> {
  if (place !== undefined && region !== place.region) return sure(`bucket ${targetBucket} is in ${region}`);
  if (hasDefaultRetention) return sure(retained(targetBucket));
  if (requesterPays) return sure(`bucket ${targetBucket} lets requesters pay`);
  const open = (): Tri<never> =>
    doubt([note(`Whether the policy of bucket ${targetBucket} lets S3's log delivery write could not be decided.`)]);
  const refused = `the policy of bucket ${targetBucket} does not let S3's log delivery write`;
  if (policy === undefined) return sure(grantsLogDelivery ? undefined : refused);
  const source = { arn: bucket.arn, ...(place === undefined ? {} : { accountId: place.accountId }) };
  const arn = `${bucket.arn.slice(0, bucket.arn.indexOf(':::') + 3)}${targetBucket}`;
  const document = parseIamDocument(policy, 'resource');
  const writing = {
    actions: ['s3:PutObject'],
    resources: logKeys(targetPrefix, place?.accountId).map((key) => `${arn}/${key}`),
    requester: service('logging.s3.amazonaws.com', source),
  };
  if (grantsLogDelivery) {
    // What a policy denies no access control list grants.
    const { answer } = isDenied(document, writing);
    if (answer === 'always') return sure(`the policy of bucket ${targetBucket} denies S3's log delivery to write`);
    return answer === 'never' ? sure(undefined) : open();
  }
  const { answer } = isAllowed(document, writing);
  if (answer === 'always') return sure(undefined);
  return answer === 'never' ? sure(refused) : open();
}

/**
 * Keys of access logs, with wildcards: behind the prefix comes a date, or, partitioned, the account of the bucket that is
 * logged. Which of the two is not read.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
 */
function logKeys(prefix: string, accountId = '????????????'): readonly string[] {
  return [`${prefix}20??-??-??-*`, `${prefix}${accountId}/*`];
}

function retained(name: string): string {
  return `bucket ${name} has a default retention of Object Lock`;
}
