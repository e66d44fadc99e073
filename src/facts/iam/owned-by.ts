import { isOurs } from './requesters.js';
import { type ContextValue, is } from './request.js';

/** Whose a resource is. */
interface Ownership {
  readonly ownerAccountId: string;
  /** Of the organization. */
  readonly accountIds?: readonly string[];
  readonly organizationId?: string | undefined;
}

/**
 * What AWS says of whoever owns the resource, in each request for it: `aws:ResourceAccount`, S3's own key of the same
 * meaning, and `aws:ResourceOrgID` of an account of the organization.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function ownedBy(
  { ownerAccountId, accountIds = [], organizationId }: Ownership,
  actions: readonly string[],
): Readonly<Record<string, ContextValue>> {
  return {
    'aws:ResourceAccount': is(ownerAccountId),
    ...(actions.every((it) => it.startsWith('s3:')) ? { 's3:ResourceAccount': is(ownerAccountId) } : {}),
    ...(organizationId !== undefined && isOurs(ownerAccountId, { accountIds })
      ? { 'aws:ResourceOrgID': is(organizationId) }
      : {}),
  };
}
