import type { Bucket } from '../../model/inventory.js';
import { documentReach, type Reach } from '../document-reach/index.js';
import { noDocument, parseIamDocument } from '../iam/index.js';
import { doubt } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';
import type { BucketUse } from './access.js';
import { aclReach } from './acl-reach.js';
import { logObjects, onLogs } from './log-objects.js';
import type { BucketSetting } from './setting.js';

const none: OpenList<never> = { members: [], doubtful: [] };

/**
 * Who can do something with a bucket or the logs in it: by its policy and its ACL, as far as resource control policies
 * and Block Public Access let these work. Identity policies are not read: the owner's principals are there unless they
 * are denied.
 *
 * @param cutsOff the policy is public and RestrictPublicBuckets is on: then only AWS services and the owner's account
 * get in
 */
export function bucketReach(
  bucket: Bucket,
  use: BucketUse,
  cutsOff: Tri<boolean>,
  ignorePublicAcls: Tri<boolean>,
  setting: BucketSetting,
): OpenList<Reach> {
  const { policy, owner, name, arn } = bucket;
  if (owner.state === 'absent') return none;
  if (owner.state === 'unknown') return { ...none, rest: doubt([owner.gap]) };
  if (policy.state === 'unknown') return { ...none, rest: doubt([policy.gap]) };
  const document = policy.state === 'absent' ? noDocument : parseIamDocument(policy.value, 'resource');
  const byAcl = aclReach(bucket, use, ignorePublicAcls, setting);
  if ('problem' in document) {
    const message = `The policy of bucket ${name} cannot be read. ${document.problem}`;
    const gap = setting.note({ call: 's3:GetBucketPolicy', reason: 'unsupported', message }, use.name);
    return { ...byAcl, rest: doubt([gap, ...(byAcl.rest?.gaps ?? [])]) };
  }
  const { trails, trailsOpen } = setting;
  const narrowed = use.of === 'logs' ? onLogs(document, trails) : document;
  const asked = {
    document: `the policy of bucket ${name}`,
    call: 's3:GetBucketPolicy',
    about: use.name,
    ownerAccountId: owner.value.accountId,
    trails: trails.map((it) => it.arn),
    actions: use.actions,
    resourcesIn: (organizationId: string | undefined) =>
      use.of === 'bucket' ? [arn] : logObjects(arn, trails, organizationId),
    cutsOff,
  };
  const byPolicy = documentReach(narrowed, asked, setting);
  const rests = [byAcl.rest, use.of === 'logs' ? trailsOpen : undefined].filter((it) => it !== undefined);
  return {
    members: [...byPolicy.members, ...byAcl.members],
    doubtful: [...byPolicy.doubtful, ...byAcl.doubtful],
    ...(rests.length === 0 ? {} : { rest: doubt(rests.flatMap((it) => it.gaps)) }),
  };
}
