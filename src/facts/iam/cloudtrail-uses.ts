import { parseArn } from '../../model/identifiers.js';
import { ownTrail } from './cloudtrail-requests.js';
import type { IamDocument, MalformedDocument } from './document.js';
import { isAllowed } from './evaluate.js';
import { ownedBy } from './owned-by.js';
import { forAll, type Verdict } from './verdict.js';

/** A trail that uses a bucket, key or topic. */
export interface UsingTrail {
  readonly arn: string;
  /** Of the account that owns it; null when that is in none, undefined when it is not known. */
  readonly organizationId?: string | null;
}

export interface Delivery {
  readonly bucketArn: string;
  /** the trail's key prefix */
  readonly prefix?: string;
  /**
   * Where below `AWSLogs/` it writes: `111122223333` for an account's trail, the organization's id and the account
   * (`o-…/111122223333`) for each member of an organization trail, or the organization's id for whichever member.
   */
  readonly folders: readonly string[];
  /** of the account that owns the bucket; undefined where it is not known */
  readonly ownerAccountId?: string;
}

/** What a trail puts into each account's folder. */
const kinds = ['CloudTrail', 'CloudTrail-Digest'];

/**
 * Whether a bucket policy lets CloudTrail write the trail's log and digest files, wherever it writes them. A policy
 * that names the trail in aws:SourceArn lets it; one that wants something of the request that is not known of
 * CloudTrail is unknown. What resource control policies deny is asked with `isDenied`.
 *
 * @returns no with a key in `example` that it may not write
 */
export function canCloudTrailWrite(
  document: IamDocument | MalformedDocument,
  trail: UsingTrail,
  { bucketArn, prefix, folders, ownerAccountId }: Delivery,
): Verdict {
  const base = `${bucketArn}/${prefix === undefined || prefix === '' ? '' : `${prefix}/`}AWSLogs`;
  const resources = folders.flatMap((folder) =>
    folder.startsWith('o-') && !folder.includes('/')
      ? [`${base}/${folder}/*`]
      : kinds.map((kind) => `${base}/${folder}/${kind}/*`),
  );
  const requester = ownTrail(trail.arn, trail.organizationId);
  const actions = ['s3:PutObject'];
  const context = ownerAccountId === undefined ? {} : ownedBy({ ownerAccountId }, actions);
  return forAll(isAllowed(document, { requester, actions, resources, context }));
}

/** Whether a bucket policy lets CloudTrail read the bucket's ACL, as it does before a trail is created or changed. */
export function canCloudTrailCheckBucket(
  document: IamDocument | MalformedDocument,
  trail: UsingTrail,
  bucketArn: string,
): Verdict {
  const requester = ownTrail(trail.arn, trail.organizationId);
  return forAll(isAllowed(document, { requester, actions: ['s3:GetBucketAcl'], resources: [bucketArn] }));
}

/**
 * Whether a key policy lets CloudTrail encrypt the trail's files: kms:GenerateDataKey with the trail in the encryption
 * context.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function canCloudTrailUseKey(
  document: IamDocument | MalformedDocument,
  trail: UsingTrail,
  keyArn: string,
): Verdict {
  const requester = ownTrail(trail.arn, trail.organizationId);
  return forAll(isAllowed(document, { requester, ...useOf('kms:GenerateDataKey', keyArn) }));
}

/** Whether a topic's policy lets CloudTrail publish the trail's notifications. */
export function canCloudTrailNotify(
  document: IamDocument | MalformedDocument,
  trail: UsingTrail,
  topicArn: string,
): Verdict {
  const requester = ownTrail(trail.arn, trail.organizationId);
  return forAll(isAllowed(document, { requester, ...useOf('sns:Publish', topicArn) }));
}

/** The use of something whose ARN names the account that owns it. */
function useOf(action: string, arn: string) {
  const ownerAccountId = parseArn(arn)?.accountId;
  const context = ownerAccountId === undefined ? {} : ownedBy({ ownerAccountId }, [action]);
  return { actions: [action], resources: [arn], context };
}
