import type { Gap, Role } from '../../model/inventory.js';
import { canCloudTrailAssume, canRoleWriteStream, parseIamDocument, type Verdict } from '../iam/index.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { roleDocuments } from './role-documents.js';

/** Why a role may not write a log stream, as a sentence; undefined: it may. */
export type Refusal = string | undefined;

/** What a trail's role may write in its log group. */
export interface RoleWriting {
  /** The streams of the account that owns the trail. */
  readonly own: () => Tri<Refusal>;
  /** Of an organization trail: the streams of a member. */
  readonly member: (accountId: string) => Tri<Refusal>;
}

export interface RoleSetting {
  /** Undefined in a run without an organization. */
  readonly organizationId: string | undefined;
  /** Notes why something cannot be decided, and gives the gap's id. `about` tells questions of one call apart. */
  readonly note: (gap: Pick<Gap, 'call' | 'reason' | 'message'>, about: string) => string;
}

interface WritingTrail {
  readonly arn: string;
  readonly accountId: string;
  readonly homeRegion: string;
}

/**
 * Whether CloudTrail may assume a role, and whether that may write a trail's log streams. CloudTrail names them
 * `ACCOUNT_CloudTrail_REGION`, with a number behind it where there are several; those of the members of an organization
 * begin with the organization's id.
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-log-group-log-stream-naming-for-cloudtrail.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
export function roleWriting(role: Role, trail: WritingTrail, logGroup: string, setting: RoleSetting): RoleWriting {
  const logGroupArn = logGroup.replace(/:\*$/, '');
  const { organizationId } = setting;
  const documents = roleDocuments(role, organizationId);
  const assumes = once(() => assumption(role, trail, setting));
  const judge = (name: string, isAnyEnough = false): Verdict =>
    canRoleWriteStream(documents.it, { logGroupArn, name, isAnyEnough });
  const refusalOf = (name: string, verdict: Verdict): Tri<Refusal> => {
    const assumed = assumes();
    if (assumed.state === 'known' && assumed.value !== undefined) return assumed;
    if (verdict.verdict === 'no') return sure(sentence(role, `${logGroupArn}:log-stream:${name}`, verdict));
    const gaps = verdict.verdict === 'yes' ? [] : open(role, name, verdict, documents.gaps, setting);
    const all = [...(assumed.state === 'unknown' ? assumed.gaps : []), ...gaps];
    return all.length === 0 ? sure(undefined) : doubt(all);
  };
  const stream = (accountId: string): string => `${accountId}_CloudTrail_${trail.homeRegion}`;
  const everyMember = once(() => everyMembers(organizationId, judge));
  return {
    own: once(() => refusalOf(stream(trail.accountId), judge(stream(trail.accountId)))),
    member: (accountId) => {
      const { name, verdict } = everyMember() ?? ofMember(`${organizationId ?? 'o-*'}_`, stream(accountId), judge);
      return refusalOf(name, verdict);
    },
  };
}

type Judge = (name: string, isAnyEnough?: boolean) => Verdict;

interface Judged {
  readonly name: string;
  readonly verdict: Verdict;
}

/** What holds for all streams of members, or for none; undefined: they differ. */
function everyMembers(organizationId: string | undefined, judge: Judge): Judged | undefined {
  if (organizationId === undefined) {
    const because = ['The organization, whose id the streams of its members begin with, was not read.'];
    return { name: 'o-*', verdict: { verdict: 'unknown', statements: [], conditions: [], because } };
  }
  const name = `${organizationId}_*`;
  const all = judge(name);
  if (all.verdict === 'yes') return { name, verdict: all };
  const some = judge(name, true);
  return some.verdict === 'no' ? { name, verdict: some } : undefined;
}

/** How the names go on behind the organization's id is documented for an account's own streams alone. */
function ofMember(prefix: string, stream: string, judge: Judge): Judged {
  const usual = { name: `${prefix}${stream}`, verdict: judge(`${prefix}${stream}`) };
  if (usual.verdict.verdict !== 'no') return usual;
  const name = `${prefix}${stream.replace(/_CloudTrail_.*$/, '')}_*`;
  const some = judge(name, true);
  return { name, verdict: some.verdict === 'no' ? some : { ...some, verdict: 'unknown' } };
}

function once<T>(compute: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => (made ??= { it: compute() }).it;
}

/** Undefined: CloudTrail may assume it. */
function assumption({ arn, details }: Role, trail: WritingTrail, { organizationId, note }: RoleSetting): Tri<Refusal> {
  if (details.state === 'absent') return sure(`Role ${arn} does not exist.`);
  if (details.state === 'unknown') return doubt([details.gap]);
  const document = parseIamDocument(details.value.trustPolicy, 'trust');
  const user = { arn: trail.arn, ...(organizationId === undefined ? {} : { organizationId }) };
  const { verdict, because } = canCloudTrailAssume(document, user, arn);
  if (verdict === 'yes') return sure(undefined);
  if (verdict === 'no') return sure(`The trust policy of role ${arn} does not let cloudtrail.amazonaws.com assume it.`);
  const what = `Whether the trust policy of role ${arn} lets CloudTrail assume it for trail ${trail.arn} could not be decided.`;
  const message = [what, ...because].join(' ');
  return doubt([note({ call: 'iam:GetRole', reason: 'unsupported', message }, `assume ${trail.arn}`)]);
}

function open(
  { arn }: Role,
  name: string,
  { because }: Verdict,
  gaps: readonly string[],
  { note }: RoleSetting,
): readonly string[] {
  if (gaps.length > 0) return gaps;
  const what = `Whether role ${arn} may write the log stream ${name} could not be decided.`;
  const message = [what, ...because].join(' ');
  return [note({ call: 'iam:GetRolePolicy', reason: 'unsupported', message }, `write ${name}`)];
}

function sentence({ arn }: Role, stream: string, { statements, example }: Verdict): string {
  const what = example === undefined ? 'create and write' : `use ${example.action} on`;
  const by = statements.length === 0 ? 'no policy allows it' : `denied by ${statements.join(', ')}`;
  return `Role ${arn} may not ${what} ${stream}: ${by}.`;
}
