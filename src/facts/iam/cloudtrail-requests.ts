import { parseArn } from '../../model/identifiers.js';
import { type ContextValue, is, isAbsent, isUnknown, type Requester, type RequesterKind } from './request.js';
import { type Ours, service, serviceForOthers } from './requesters.js';

/** The service principal of CloudTrail, in every partition. */
export const cloudTrail = 'cloudtrail.amazonaws.com';

/**
 * CloudTrail as it delivers for a trail: it names the trail and the account that owns it, also for what it delivers
 * of an organization's members.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 *
 * @param organizationId of the trail's owner: null when it is in none, undefined when that is not known
 */
export function ownTrail(arn: string, organizationId?: string | null): Requester {
  const accountId = parseArn(arn)?.accountId;
  const { kinds } = service(cloudTrail, {
    arn,
    ...(accountId === undefined ? {} : { accountId }),
    ...(organizationId === undefined ? {} : { organizationId }),
  });
  return { name: arn, kinds: kinds.map((kind) => delivering(kind, is(arn))) };
}

/** CloudTrail as it delivers for trails of accounts that are not ours. */
export function trailsOfOthers(ours: Ours, named: readonly string[]): Requester {
  const { name, kinds } = serviceForOthers(
    cloudTrail,
    { serviceOfArn: 'cloudtrail', resources: 'trail/?*' },
    ours,
    named,
  );
  return { name, kinds: kinds.map((kind) => delivering(kind, kind.context['aws:SourceArn'] ?? isAbsent)) };
}

/** What CloudTrail sends when it writes a log file, and when it has it encrypted: the trail is in the context. */
function delivering({ identity, context }: RequesterKind, trailArn: ContextValue): RequesterKind {
  const sent: Readonly<Record<string, ContextValue>> = {
    // What else it sends is its own affair, not the choice of who owns the trail.
    '*': isUnknown('is not known of CloudTrail'),
    's3:x-amz-acl': is('bucket-owner-full-control'),
    // It encrypts with a key of S3's or of KMS, never with one that it sends along.
    // Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
    's3:x-amz-server-side-encryption-customer-algorithm': isAbsent,
    'kms:EncryptionContext:aws:cloudtrail:arn': trailArn,
  };
  return { identity, context: { ...sent, ...context } };
}
