import { MalformedAnswer, required } from './malformed-answer.js';
import { normalizeIamDocument } from './role.js';
import { speaksOfTrails } from './speaks-of-trails.js';
import { defined, optionalText } from './text.js';

interface RawInline {
  readonly PolicyName?: string | undefined;
  readonly PolicyDocument?: string | undefined;
}

interface RawAttached {
  readonly PolicyArn?: string | undefined;
}

interface RawPrincipal {
  readonly Arn?: string | undefined;
  readonly AttachedManagedPolicies?: readonly RawAttached[] | undefined;
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn?: string | undefined } | undefined;
  readonly Tags?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
}

interface RawUser extends RawPrincipal {
  readonly UserName?: string | undefined;
  readonly UserId?: string | undefined;
  readonly GroupList?: readonly string[] | undefined;
  readonly UserPolicyList?: readonly RawInline[] | undefined;
}

interface RawRoleDetail extends RawPrincipal {
  readonly RoleName?: string | undefined;
  readonly RoleId?: string | undefined;
  readonly RolePolicyList?: readonly RawInline[] | undefined;
}

interface RawGroup {
  readonly GroupName?: string | undefined;
  readonly AttachedManagedPolicies?: readonly RawAttached[] | undefined;
  readonly GroupPolicyList?: readonly RawInline[] | undefined;
}

interface RawManagedPolicy {
  readonly Arn?: string | undefined;
  readonly PolicyVersionList?:
    | readonly { readonly Document?: string | undefined; readonly IsDefaultVersion?: boolean | undefined }[]
    | undefined;
}

/** A page of GetAccountAuthorizationDetails' answer, as far as it is used. */
export interface RawAuthorizationDetails {
  readonly UserDetailList?: readonly RawUser[] | undefined;
  readonly RoleDetailList?: readonly RawRoleDetail[] | undefined;
  readonly GroupDetailList?: readonly RawGroup[] | undefined;
  readonly Policies?: readonly RawManagedPolicy[] | undefined;
}

/** What its policies say, as far as they speak of trails. */
interface Holder {
  /** ARNs of managed policies */
  readonly attached: readonly string[];
  /** those inline policies that speak of trails, by name of the document */
  readonly inline: readonly SpeakingPolicy[];
}

export interface SpeakingPolicy {
  readonly name: string;
  readonly document?: string;
  readonly speaks: ReturnType<typeof speaksOfTrails>;
}

export interface PrincipalPart extends Holder {
  readonly kind: 'principal';
  readonly arn: string;
  readonly id: string;
  /** names */
  readonly groups: readonly string[];
  /** ARN of a managed policy */
  readonly boundary?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface GroupPart extends Holder {
  readonly kind: 'group';
  readonly name: string;
}

/** A managed policy; of one that says nothing of trails the document is not kept. */
export interface PolicyPart extends SpeakingPolicy {
  readonly kind: 'policy';
}

/** What of a page can matter for who may change a trail: the rest is let go page by page. */
export type AuthorizationPart = PrincipalPart | GroupPart | PolicyPart;

export function normalizeAuthorizationDetails(raw: RawAuthorizationDetails): readonly AuthorizationPart[] {
  return [
    ...required(raw.UserDetailList, 'UserDetailList').map(userOf),
    ...required(raw.RoleDetailList, 'RoleDetailList').map(roleOf),
    ...required(raw.GroupDetailList, 'GroupDetailList').map(groupOf),
    ...required(raw.Policies, 'Policies').map(policyOf),
  ];
}

function userOf(raw: RawUser): PrincipalPart {
  const name = required(raw.UserName, 'UserDetailList.UserName');
  return {
    ...principalOf(raw),
    id: required(raw.UserId, 'UserDetailList.UserId'),
    groups: required(raw.GroupList, 'UserDetailList.GroupList'),
    // Left out where a user has none.
    inline: inlineOf(`user/${name}`, raw.UserPolicyList ?? []),
  };
}

function roleOf(raw: RawRoleDetail): PrincipalPart {
  const name = required(raw.RoleName, 'RoleDetailList.RoleName');
  return {
    ...principalOf(raw),
    id: required(raw.RoleId, 'RoleDetailList.RoleId'),
    groups: [],
    inline: inlineOf(`role/${name}`, required(raw.RolePolicyList, 'RoleDetailList.RolePolicyList')),
  };
}

function principalOf(raw: RawPrincipal) {
  const { PermissionsBoundary: boundary, Tags: tags = [] } = raw;
  return {
    kind: 'principal' as const,
    arn: required(raw.Arn, 'Arn'),
    attached: attachedOf(raw.AttachedManagedPolicies),
    ...defined({
      boundary:
        boundary === undefined
          ? undefined
          : required(optionalText(boundary.PermissionsBoundaryArn), 'PermissionsBoundary.PermissionsBoundaryArn'),
    }),
    tags: Object.fromEntries(tags.map((it) => [required(it.Key, 'Tags.Key'), it.Value ?? ''])),
  };
}

function groupOf(raw: RawGroup): GroupPart {
  const name = required(raw.GroupName, 'GroupDetailList.GroupName');
  return {
    kind: 'group',
    name,
    attached: attachedOf(raw.AttachedManagedPolicies),
    inline: inlineOf(`group/${name}`, required(raw.GroupPolicyList, 'GroupDetailList.GroupPolicyList')),
  };
}

function attachedOf(raw: readonly RawAttached[] | undefined): readonly string[] {
  return required(raw, 'AttachedManagedPolicies').map((it) => required(it.PolicyArn, 'PolicyArn'));
}

function inlineOf(whose: string, raw: readonly RawInline[]): readonly SpeakingPolicy[] {
  return raw.flatMap((it) => {
    const name = `${whose}: ${required(it.PolicyName, 'PolicyName')}`;
    const document = normalizeIamDocument(it.PolicyDocument, 'PolicyDocument');
    const speaks = speaksOfTrails(document);
    return speaks === 'nothing' ? [] : [{ name, document, speaks }];
  });
}

/** It has up to five versions, of which one is in force. */
function policyOf(raw: RawManagedPolicy): PolicyPart {
  const name = required(raw.Arn, 'Policies.Arn');
  const versions = required(raw.PolicyVersionList, 'Policies.PolicyVersionList');
  const inForce = versions.find((it) => it.IsDefaultVersion === true);
  if (inForce === undefined) throw new MalformedAnswer(`The answer tells no version of ${name} that is in force.`);
  const document = normalizeIamDocument(inForce.Document, 'PolicyVersionList.Document');
  const speaks = speaksOfTrails(document);
  return { kind: 'policy', name, speaks, ...(speaks === 'nothing' ? {} : { document }) };
}
