import type { AclGrant, Bucket } from '../../model/inventory.js';
import type { DocumentSetting, Reach } from '../document-reach/index.js';
import { allHold, doubt, fromKnown, listOf, not, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';
import type { BucketUse } from './access.js';

const groups: ReadonlyMap<string, Reach['class']> = new Map([
  ['http://acs.amazonaws.com/groups/global/AllUsers', 'anonymous'],
  ['http://acs.amazonaws.com/groups/global/AuthenticatedUsers', 'any-account'],
]);

/**
 * Whom the bucket's ACL lets do something, beside its owner. ACLs work as long as Object Ownership does not switch them
 * off; grants to everyone only where IgnorePublicAcls is off. S3's log delivery group is no one else's: server access
 * logs come from buckets of the same account.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 */
export function aclReach(
  bucket: Bucket,
  { name, actions, aclPermissions }: BucketUse,
  ignorePublicAcls: Tri<boolean>,
  setting: DocumentSetting,
): OpenList<Reach> {
  const { acl, objectOwnership } = bucket;
  const works = fromKnown(objectOwnership, true, (it) => it !== 'BucketOwnerEnforced');
  if (aclPermissions.length === 0 || (works.state === 'known' && !works.value)) return { members: [], doubtful: [] };
  if (acl.state === 'unknown') return { members: [], doubtful: [], rest: doubt([acl.gap]) };
  if (acl.state === 'absent') return { members: [], doubtful: [] };
  const isOwners = ownersGrants(acl.value, () => {
    const message = `Which grantee of the ACL of bucket ${bucket.name} is its owner was not told.`;
    return setting.note({ call: 's3:GetBucketAcl', reason: 'not-collected', message }, name);
  });
  const grants = acl.value.filter(
    ({ grantee, granteeType, permission }) =>
      aclPermissions.includes(permission) && (granteeType !== 'Group' || groups.has(grantee)),
  );
  return listOf(
    grants.map((grant) => ({
      value: reachOf(grant, actions),
      isMember: allHold([
        works,
        grant.granteeType === 'Group' ? not(ignorePublicAcls) : not(isOwners(grant)),
        ...(setting.resourceControls.open === undefined ? [] : [setting.resourceControls.open]),
      ]),
    })),
  );
}

/** Whether a grant is to the bucket's owner. Each bucket begins with one to its owner: a single grantee is that. */
function ownersGrants(acl: readonly AclGrant[], undecided: () => string): (grant: AclGrant) => Tri<boolean> {
  const users = new Set(acl.flatMap((it) => (it.granteeType === 'Group' ? [] : [it.grantee])));
  return ({ isOwner }) => {
    if (isOwner !== undefined) return sure(isOwner);
    return users.size === 1 ? sure(true) : doubt([undecided()]);
  };
}

function reachOf({ grantee, permission }: AclGrant, actions: readonly string[]): Reach {
  return {
    class: groups.get(grantee) ?? 'otherwise-named',
    principal: grantee,
    statement: `ACL: ${permission}`,
    actions,
    conditions: [],
    isGranted: true,
  };
}
