import type { Account, AclGrant, Bucket, PublicAccessBlock } from '../model/inventory.js';
import { isPublicByText } from './public-policy.js';
import { type AccessPointNotes, isOpenThroughAccessPoints, openAccessPoints } from './access-points.js';
import { publicStatements, type PublicGrant } from './public-statements.js';
import { allHold, doubt, fromKnown, mapTri, not, someHold, sure } from './three-valued.js';
import type { Doubt, OpenList, Tri } from './values.js';

export type { PublicGrant };

/** The four settings of Block Public Access as they work on a bucket. */
export type EffectiveBlock = { readonly [Setting in keyof PublicAccessBlock]: Tri<boolean> };

/**
 * Each setting works when the bucket or the account that owns it has it on; a setting that was never set is off.
 * @param ownersBlock Block Public Access of the account that owns the bucket
 */
export function effectiveBlock(bucket: Bucket, ownersBlock: Account['publicAccessBlock']): EffectiveBlock {
  const setting = (name: keyof PublicAccessBlock): Tri<boolean> =>
    someHold([bucket.publicAccessBlock, ownersBlock].map((block) => fromKnown(block, false, (it) => it[name])));
  return {
    blockPublicAcls: setting('blockPublicAcls'),
    ignorePublicAcls: setting('ignorePublicAcls'),
    blockPublicPolicy: setting('blockPublicPolicy'),
    restrictPublicBuckets: setting('restrictPublicBuckets'),
  };
}

/**
 * Whether anyone, or any AWS account, can reach the bucket, and through which grants. It rests on S3's own verdict on
 * the bucket policy (a grant to CloudTrail is not public to S3), on its text where S3 was not asked, and on the ACL, as
 * far as Block Public Access and Object Ownership let them work. `blockPublicAcls` and `blockPublicPolicy` only refuse
 * new ones: what was there before stays.
 *
 * @param notes tell why access points are not known
 */
export function publicAccess(
  bucket: Bucket,
  block: EffectiveBlock,
  notes: AccessPointNotes,
): { readonly isPublic: Tri<boolean>; readonly grants: OpenList<PublicGrant> } {
  const policy = throughPolicy(bucket, block, notes);
  const acl = throughAcl(bucket, block);
  return { isPublic: someHold([policy.isPublic, acl.isPublic]), grants: joined(policy.grants, acl.grants) };
}

interface Way {
  readonly isPublic: Tri<boolean>;
  readonly grants: OpenList<PublicGrant>;
}

const nothing: OpenList<never> = { members: [], doubtful: [] };

function throughPolicy(bucket: Bucket, block: EffectiveBlock, notes: AccessPointNotes): Way {
  const { policy, policyStatus } = bucket;
  const isPolicyPublic = isPublicPolicy(policy, policyStatus);
  // A policy that leaves access to access points is as open as the policies of these are.
  const throughAccessPoints = isOpenThroughAccessPoints(bucket, notes);
  const isPublic = allHold([someHold([isPolicyPublic, throughAccessPoints]), not(block.restrictPublicBuckets)]);
  if (isPublic.state === 'unknown') return { isPublic, grants: { ...nothing, rest: isPublic } };
  if (!isPublic.value || policy.state === 'absent') return { isPublic, grants: nothing };
  if (policy.state === 'unknown') return { isPublic, grants: { ...nothing, rest: doubt([policy.gap]) } };
  const points = openAccessPoints(bucket, notes).map(throughPoint);
  const isClosed = isPolicyPublic.state === 'known' && !isPolicyPublic.value && points.length > 0;
  const members = isClosed ? points : [...publicStatements(policy.value), ...points];
  return { isPublic, grants: { members, doubtful: [] } };
}

function throughPoint(arn: string): PublicGrant {
  return { class: 'anonymous', principal: '*', statement: `the policy of access point ${arn}`, actions: [] };
}

/**
 * Whether RestrictPublicBuckets keeps everyone out but AWS services and the owner's account, as it does while the policy
 * is public.
 */
export function isCutOff({ policy, policyStatus }: Bucket, { restrictPublicBuckets }: EffectiveBlock): Tri<boolean> {
  return allHold([isPublicPolicy(policy, policyStatus), restrictPublicBuckets]);
}

/**
 * No policy is no public one. S3's own verdict is asked first; where it was not read, the text may decide. A text that
 * could not be read says nothing, S3's verdict does.
 */
function isPublicPolicy(policy: Bucket['policy'], status: Bucket['policyStatus']): Tri<boolean> {
  if (policy.state === 'absent') return sure(false);
  const byText = status.state === 'unknown' && policy.state === 'known' ? isPublicByText(policy.value) : undefined;
  return byText === undefined ? fromKnown(status, false, (it) => it.isPublic) : sure(byText);
}

/** Everyone, and everyone with an AWS account. Other groups (log delivery) are services of S3. */
const publicGroups = new Map<string, PublicGrant['class']>([
  ['http://acs.amazonaws.com/groups/global/AllUsers', 'anonymous'],
  ['http://acs.amazonaws.com/groups/global/AuthenticatedUsers', 'any-account'],
]);

function throughAcl({ acl, objectOwnership }: Bucket, block: EffectiveBlock): Way {
  const counts = allHold([
    not(block.ignorePublicAcls),
    fromKnown(objectOwnership, true, (ownership) => ownership !== 'BucketOwnerEnforced'),
  ]);
  const open = fromKnown(acl, [], (grants) => grants.flatMap(publicGrant));
  const isPublic = allHold([mapTri(open, (grants) => grants.length > 0), counts]);
  return { isPublic, grants: grantsOf(isPublic, open) };
}

function grantsOf(isPublic: Tri<boolean>, open: Tri<readonly PublicGrant[]>): OpenList<PublicGrant> {
  if (isPublic.state === 'known') {
    return isPublic.value && open.state === 'known' ? { members: open.value, doubtful: [] } : nothing;
  }
  if (open.state === 'unknown') return { ...nothing, rest: isPublic };
  return { members: [], doubtful: open.value.map((value) => ({ value, gaps: isPublic.gaps })) };
}

function publicGrant({ grantee, permission }: AclGrant): PublicGrant[] {
  const reach = publicGroups.get(grantee);
  if (reach === undefined) return [];
  const group = grantee.slice(grantee.lastIndexOf('/') + 1);
  return [{ class: reach, principal: grantee, statement: `ACL: ${permission} for ${group}`, actions: [permission] }];
}

function joined(a: OpenList<PublicGrant>, b: OpenList<PublicGrant>): OpenList<PublicGrant> {
  const rests: Doubt[] = [a.rest, b.rest].filter((rest) => rest !== undefined);
  return {
    members: [...a.members, ...b.members],
    doubtful: [...a.doubtful, ...b.doubtful],
    ...(rests.length === 0 ? {} : { rest: doubt(rests.flatMap((rest) => rest.gaps)) }),
  };
}
