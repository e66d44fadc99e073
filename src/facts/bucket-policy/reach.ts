import type { Bucket } from '../../model/inventory.js';
import {
  type Access,
  type Answer,
  type IamDocument,
  type MalformedDocument,
  noDocument,
  organizationsNamedIn,
  parseIamDocument,
  type Place,
  whoCan,
  withControls,
} from '../iam/index.js';
import { allHold, doubt, listOf, not, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';
import type { BucketUse, Reach } from './access.js';
import { aclReach } from './acl-reach.js';
import { type LogTrail, logObjects, onLogs } from './log-objects.js';
import type { DocumentSetting } from './setting.js';

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
  setting: DocumentSetting,
): OpenList<Reach> {
  const { policy, owner } = bucket;
  if (owner.state === 'absent') return none;
  if (owner.state === 'unknown') return { ...none, rest: doubt([owner.gap]) };
  if (policy.state === 'unknown') return { ...none, rest: doubt([policy.gap]) };
  const document = policy.state === 'absent' ? noDocument : parseIamDocument(policy.value, 'resource');
  const byAcl = aclReach(bucket, use, ignorePublicAcls, setting);
  if ('problem' in document) {
    const message = `The policy of bucket ${bucket.name} cannot be read. ${document.problem}`;
    const gap = setting.note({ call: 's3:GetBucketPolicy', reason: 'unsupported', message }, use.name);
    return { ...byAcl, rest: doubt([gap, ...(byAcl.rest?.gaps ?? [])]) };
  }
  const byPolicy = policyReach(bucket, document, owner.value.accountId, use, cutsOff, setting);
  const rests = [byPolicy.rest, byAcl.rest].filter((it) => it !== undefined);
  return {
    members: [...byPolicy.members, ...byAcl.members],
    doubtful: [...byPolicy.doubtful, ...byAcl.doubtful],
    ...(rests.length === 0 ? {} : { rest: doubt(rests.flatMap((it) => it.gaps)) }),
  };
}

function policyReach(
  bucket: Bucket,
  document: IamDocument,
  ownerAccountId: string,
  use: BucketUse,
  cutsOff: Tri<boolean>,
  setting: DocumentSetting,
): OpenList<Reach> {
  const { organizationId, trails, resourceControls } = setting;
  const controlled = withControls(document, resourceControls.policies);
  const asked = use.of === 'logs' ? onLogs(controlled, trails) : controlled;
  // A run for one account alone does not tell its organization: each that the policy names may be it.
  const organizations =
    organizationId === undefined ? [undefined, ...organizationsNamedIn(document)] : [organizationId];
  const perOrganization = organizations.map((id) =>
    accessOf(asked, bucket.arn, ownerAccountId, use, trails, { ...setting, organizationId: id }),
  );
  const [first = [], ...others] = perOrganization;
  const candidates = first.flatMap((access) => {
    const same = others.flatMap((it) => it.find((other) => keyOf(other) === keyOf(access)) ?? []);
    return candidatesOf(bucket, access, same, use, cutsOff, setting);
  });
  const list = listOf(candidates);
  return setting.trailsOpen === undefined || use.of === 'bucket' ? list : { ...list, rest: setting.trailsOpen };
}

function accessOf(
  document: IamDocument | MalformedDocument,
  bucketArn: string,
  ownerAccountId: string,
  { actions, of }: BucketUse,
  trails: readonly LogTrail[],
  { partition, organizationId, accountIds }: DocumentSetting,
): readonly Access[] {
  const place: Place = {
    ownerAccountId,
    partition,
    trails: trails.map(({ arn }) => arn),
    accountIds,
    organizationId,
  };
  const resources = of === 'bucket' ? [bucketArn] : logObjects(bucketArn, trails, organizationId);
  return whoCan(document, place, { actions, resources });
}

function keyOf({ class: it, principal }: Access): string {
  return `${it} ${principal}`;
}

const served: ReadonlySet<Access['class']> = new Set(['own-trails', 'other-trails', 'aws-services']);

interface Candidate {
  readonly value: Reach;
  readonly isMember: Tri<boolean>;
}

function candidatesOf(
  bucket: Bucket,
  access: Access,
  otherwise: readonly Access[],
  use: BucketUse,
  cutsOff: Tri<boolean>,
  setting: DocumentSetting,
): readonly Candidate[] {
  const undecided = (because: readonly string[]): string => {
    const what = `Whether the policy of bucket ${bucket.name} lets ${access.principal} ${use.actions.join(', ')} could not be decided.`;
    const message = [what, ...because].join(' ');
    return setting.note({ call: 's3:GetBucketPolicy', reason: 'unsupported', message }, `${use.name} ${keyOf(access)}`);
  };
  const verdicts = [access, ...otherwise].map((it) => holdsForSome(it.allowed, undecided));
  const byDocument = agreed(verdicts, () => undecided(['It depends on which organization the account is in.']));
  const doubts = [setting.resourceControls.open, ...(isOutside(access) ? [setting.accountsOpen] : [])].filter(
    (it) => it !== undefined,
  );
  const isOfOthers = !served.has(access.class) && access.class !== 'owner-account';
  const granted = allHold([byDocument, ...(isOfOthers ? [not(cutsOff)] : []), ...doubts]);
  const all = [{ value: reachOf(access, use, true), isMember: granted }];
  if (access.class !== 'owner-account') return all;
  // What no statement grants, an identity policy of the account may.
  const may = not(holdsForAll(access.denied, undecided));
  const byIdentity = allHold([may, not(granted), ...doubts]);
  return [...all, { value: reachOf(access, use, false), isMember: byIdentity }];
}

/** Accounts that are not listed may be ours. */
function isOutside({ class: it }: Access): boolean {
  return it === 'other-trails' || it === 'external-accounts';
}

function agreed(all: readonly Tri<boolean>[], disagree: () => string): Tri<boolean> {
  const [first = sure(false), ...others] = all;
  if (first.state === 'unknown' || others.every((it) => it.state === 'known' && it.value === first.value)) return first;
  return doubt([disagree()]);
}

function holdsForSome({ holdsFor, answer, because }: Answer, undecided: (because: readonly string[]) => string) {
  if (holdsFor !== undefined) return sure(true);
  return answer === 'never' ? sure(false) : doubt([undecided(because)]);
}

function holdsForAll({ failsFor, answer, because }: Answer, undecided: (because: readonly string[]) => string) {
  if (answer === 'always') return sure(true);
  return failsFor === undefined ? doubt([undecided(because)]) : sure(false);
}

function reachOf(
  { class: it, principal, accountId, allowed }: Access,
  { actions }: BucketUse,
  isGranted: boolean,
): Reach {
  return {
    class: it,
    principal,
    ...(accountId === undefined ? {} : { accountId }),
    statement: isGranted ? allowed.statements.join(', ') : 'identity policies',
    actions,
    conditions: isGranted && allowed.answer !== 'always' ? allowed.conditions : [],
    isGranted,
  };
}
