import type { Bucket } from '../../model/inventory.js';
import type { DocumentSetting } from '../document-reach/index.js';
import {
  canCloudTrailWrite,
  type IamDocument,
  type MalformedDocument,
  noDocument,
  parseIamDocument,
  type Verdict,
  withControls,
} from '../iam/index.js';
import { doubt, mapTri, sure } from '../three-valued.js';
import type { Doubt, Tri } from '../values.js';
import type { LogTrail } from './log-objects.js';

/** Whose events a trail delivers. */
export interface Members {
  /** Of an organization trail the active accounts of the organization. */
  readonly accountIds: readonly string[];
  /** There may be others. */
  readonly open?: Doubt;
}

/** A path that CloudTrail may not write; undefined: it may write all of them. */
export type RefusedPath = string | undefined;

/**
 * Whether the documents of a bucket let CloudTrail write a trail's files wherever it puts them: of an organization
 * trail below the organization's id for each active account.
 */
export function refusedPath(
  bucket: Bucket,
  trail: LogTrail,
  members: Members,
  setting: DocumentSetting,
): Tri<RefusedPath> {
  const { owner, policy, arn, name } = bucket;
  if (owner.state === 'absent') return sure(`${arn}, which does not exist`);
  if (owner.state === 'unknown') return doubt([owner.gap]);
  if (policy.state === 'unknown') return doubt([policy.gap]);
  const own = policy.state === 'absent' ? noDocument : parseIamDocument(policy.value, 'resource');
  const document = withControls(own, setting.resourceControls.policies);
  const found = judged(document, bucket, trail, members, setting);
  const { verdict, because, example } = found;
  if (verdict === 'no') return sure(example?.resource ?? arn);
  if (verdict === 'unknown') {
    const what = `Whether the policy of bucket ${name} lets CloudTrail write for trail ${trail.arn} could not be decided.`;
    const message = [what, ...because].join(' ');
    return doubt([setting.note({ call: 's3:GetBucketPolicy', reason: 'unsupported', message }, `write ${trail.arn}`)]);
  }
  // Others could deny it.
  const { open } = setting.resourceControls;
  return mapTri(open ?? sure(undefined), () => undefined);
}

function judged(
  document: IamDocument | MalformedDocument,
  { arn: bucketArn, owner }: Bucket,
  { arn, accountId, s3KeyPrefix, isOrganizationTrail }: LogTrail,
  { accountIds, open }: Members,
  { organizationId }: DocumentSetting,
): Verdict {
  const user = { arn, ...(organizationId === undefined ? {} : { organizationId }) };
  const owned = owner.state === 'known' ? { ownerAccountId: owner.value.accountId } : {};
  const prefix = s3KeyPrefix === undefined ? {} : { prefix: s3KeyPrefix };
  const ask = (folder: string): Verdict =>
    canCloudTrailWrite(document, user, { bucketArn, ...prefix, ...owned, folders: [folder] });
  if (!isOrganizationTrail) return ask(accountId);
  if (organizationId === undefined) {
    return unknownBecause('The organization of the trail is not known to a run for one account alone.');
  }
  // Most policies let it write for each account that is there or joins.
  const all = ask(organizationId);
  if (all.verdict !== 'no') return all;
  for (const id of accountIds) {
    const one = ask(`${organizationId}/${id}`);
    if (one.verdict !== 'yes') return one;
  }
  return open === undefined ? yes : unknownBecause('There may be accounts of the organization that were not listed.');
}

const yes: Verdict = { verdict: 'yes', statements: [], conditions: [], because: [] };

function unknownBecause(why: string): Verdict {
  return { verdict: 'unknown', statements: [], conditions: [], because: [why] };
}
