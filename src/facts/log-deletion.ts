import type { Bucket } from '../model/inventory.js';
import type { BucketSetting } from './bucket-policy/index.js';
import { type ActionDenial, actionDenial, controlDenial, isEffective } from './control-denial.js';
import { onBucket, onObjects } from './erasing-actions.js';
import {
  type ControlPolicy,
  deniesToAllBut,
  letsInOthers,
  noDocument,
  parseIamDocument,
  withControls,
} from './iam/index.js';
import { doubt, sure } from './three-valued.js';
import type { Tri } from './values.js';

/** Service control policies on the path of the account that owns a bucket. */
export interface OwnerControls {
  readonly levels: readonly (readonly ControlPolicy[])[];
  readonly gaps: readonly string[];
  readonly organizationPath: string | undefined;
  readonly isManagementAccount: boolean;
}

/**
 * To whom erasing logs, and lifting what protects them, is denied: by the bucket policy and resource control policies,
 * or by the service control policies above the account that owns the bucket, action by action. Whoever is of another
 * account must be denied by the bucket's documents, or not be let in by them.
 */
export function deletionDenial(
  bucket: Bucket,
  prefixes: readonly string[],
  controls: OwnerControls,
  setting: BucketSetting,
): Tri<ActionDenial> {
  const { owner, policy, arn } = bucket;
  if (owner.state === 'unknown') return doubt([owner.gap]);
  if (owner.state === 'absent') return sure({ scope: 'no-one', exceptPrincipals: [], why: 'there is no such bucket' });
  if (policy.state === 'unknown') return doubt([policy.gap]);
  const { accountId } = owner.value;
  const own = policy.state === 'absent' ? noDocument : parseIamDocument(policy.value, 'resource');
  const document = withControls(own, setting.resourceControls.policies);
  const place = {
    ownerAccountId: accountId,
    partition: setting.partition,
    trails: [],
    accountIds: setting.accountIds,
    areAllAccounts: setting.accountsOpen === undefined,
    organizationId: setting.organizationId,
  };
  const undecided = (action: string) => (because: readonly string[]) => {
    const what = `To whom ${action} is denied on bucket ${bucket.name} could not be decided.`;
    const message = [what, ...because].join(' ');
    return setting.note({ call: 's3:GetBucketPolicy', reason: 'unsupported', message }, `deny ${action}`);
  };
  const denied = (action: string, resources: readonly string[]): Tri<ActionDenial> => {
    const use = { actions: [action], resources };
    const byBucket = actionDenial(deniesToAllBut(document, place, use), undecided(action));
    if (byBucket.state === 'known' && isEffective(byBucket.value)) return byBucket;
    // Others than the owner's principals are bound by no service control policy of its account.
    const others = letsInOthers(document, place, use);
    if (others.verdict === 'yes') return orOpen(byBucket, setting);
    const { organizationPath, isManagementAccount, levels, gaps } = controls;
    const member = {
      accountId,
      partition: setting.partition,
      isManagementAccount,
      resource: { ownerAccountId: accountId, accountIds: setting.accountIds },
      ...(setting.organizationId === undefined ? {} : { organizationId: setting.organizationId }),
      ...(organizationPath === undefined ? {} : { organizationPath }),
    };
    const byControls = controlDenial(levels, gaps, member, action, resources, undecided(action));
    if (byControls.state === 'known' && isEffective(byControls.value)) {
      return others.verdict === 'unknown' ? doubt([undecided(action)(others.because)]) : byControls;
    }
    if (byControls.state === 'unknown') return byControls;
    return orOpen(byBucket, setting);
  };
  const objects = prefixes.map((prefix) => `${arn}/${prefix}*`);
  return worst([
    ...onObjects.map((it) => denied(it, objects)),
    ...overwriting(bucket, () => denied('s3:PutObject', objects)),
    ...onBucket.map((it) => denied(it, [arn])),
  ]);
}

/** Without versions, whoever may write a log may overwrite it. */
function overwriting({ versioning }: Bucket, denied: () => Tri<ActionDenial>): readonly Tri<ActionDenial>[] {
  if (versioning.state === 'known' && versioning.value.status === 'Enabled') return [];
  const denial = denied();
  const isDenied = denial.state === 'known' && isEffective(denial.value);
  return versioning.state === 'unknown' && !isDenied ? [doubt([versioning.gap])] : [denial];
}

/** Resource control policies that were not read may deny more. */
function orOpen(denial: Tri<ActionDenial>, { resourceControls: { open } }: BucketSetting): Tri<ActionDenial> {
  return denial.state === 'unknown' ? denial : (open ?? denial);
}

const rank: readonly ActionDenial['scope'][] = ['no-one', 'partly', 'except-named', 'everyone'];

/** Of several actions the least denied one counts; the principals that any of them spares are spared. */
function worst(all: readonly Tri<ActionDenial>[]): Tri<ActionDenial> {
  const known = all.flatMap((it) => (it.state === 'known' ? [it.value] : []));
  const least = known.toSorted((a, b) => rank.indexOf(a.scope) - rank.indexOf(b.scope))[0];
  if (least !== undefined && !isEffective(least)) return sure(least);
  const gaps = all.flatMap((it) => (it.state === 'unknown' ? it.gaps : []));
  if (gaps.length > 0 || least === undefined) return doubt(gaps);
  const exceptPrincipals = [...new Set(known.flatMap((it) => it.exceptPrincipals))].toSorted();
  return sure({ ...least, exceptPrincipals });
}
