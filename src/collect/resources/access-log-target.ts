import type { AccessLogging, AccessLogTarget, AclGrant } from '../../model/inventory.js';
import { known, type Known } from '../../model/known.js';
import { normalizeGrant, normalizeObjectLock, normalizePolicyText, required } from '../../normalize/index.js';
import type { InputOf, OperationName, OutputOf } from '../aws/operations/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';

type BucketOperation = Extract<OperationName, `s3:${string}Bucket${string}` | 's3:GetObjectLockConfiguration'>;

/**
 * The bucket that a log bucket sends its server access logs to, read by the owner of the log bucket, whose it must be.
 *
 * @returns undefined where there is no other bucket
 */
export async function readAccessLogTarget(
  context: Context,
  session: Session,
  logging: Known<AccessLogging>,
  { name, region }: { readonly name: string; readonly region: string },
): Promise<Known<AccessLogTarget> | undefined> {
  if (logging.state !== 'known' || logging.value.targetBucket === name) return undefined;
  const { targetBucket } = logging.value;
  const input = { Bucket: targetBucket, ExpectedBucketOwner: session.accountId };
  const place = { region, resource: targetBucket };
  const read = async <N extends BucketOperation, T>(call: N, normalize: (output: OutputOf<N>) => T) =>
    // Each of these operations takes these two members, and no other is required.
    (await context.aws.ask(session, call, input as InputOf<N>, place, normalize)).it;
  const home = await read('s3:HeadBucket', (it) => required(it.BucketRegion, 'x-amz-bucket-region'));
  if (home.state !== 'known') return home;
  const [lock, pays, policy, ownership, acl] = await Promise.all([
    read('s3:GetObjectLockConfiguration', (it) => normalizeObjectLock(it.ObjectLockConfiguration)),
    read('s3:GetBucketRequestPayment', (it) => required(it.Payer, 'Payer') === 'Requester'),
    read('s3:GetBucketPolicy', (it) => normalizePolicyText(it.Policy)),
    read('s3:GetBucketOwnershipControls', (it) =>
      required(it.OwnershipControls?.Rules?.[0]?.ObjectOwnership, 'OwnershipControls.Rules.ObjectOwnership'),
    ),
    read('s3:GetBucketAcl', (it) => required(it.Grants, 'Grants').map((grant) => normalizeGrant(grant, it.Owner?.ID))),
  ]);
  const unread = [lock, pays, policy, ownership, acl].find((it) => it.state === 'unknown');
  if (unread?.state === 'unknown') return unread;
  const listCounts = ownership.state !== 'known' || ownership.value !== 'BucketOwnerEnforced';
  return known({
    region: home.value,
    hasDefaultRetention: lock.state === 'known' && lock.value.enabled && lock.value.mode !== undefined,
    requesterPays: pays.state === 'known' && pays.value,
    ...(policy.state === 'known' ? { policy: policy.value } : {}),
    grantsLogDelivery: listCounts && acl.state === 'known' && acl.value.some(letsLogDeliveryWrite),
  });
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
function letsLogDeliveryWrite({ grantee, permission }: AclGrant): boolean {
  return (
    grantee === 'http://acs.amazonaws.com/groups/s3/LogDelivery' &&
    (permission === 'WRITE' || permission === 'FULL_CONTROL')
  );
}
