import { each, leaf, node } from '../protocol/xml.js';
import type { WorldIamRole, WorldIamUser } from '../world/resources.js';
import type { World } from '../world/world.js';

export const authorizationLists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;

interface Item {
  readonly list: (typeof authorizationLists)[number];
  readonly xml: string;
}

const allow = (element: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...element, Resource: '*' }] });

/** The part of AWS's own policies that matters here. */
const awsPolicies: Readonly<Record<string, string>> = {
  AdministratorAccess: allow({ Action: '*' }),
  PowerUserAccess: allow({ NotAction: ['iam:*', 'organizations:*', 'account:*'] }),
  AWSCloudTrail_FullAccess: allow({ Action: ['cloudtrail:*', 'iam:ListRoles'] }),
  AWSCloudTrailFullAccess: allow({ Action: 'cloudtrail:*' }),
  ReadOnlyAccess: allow({ Action: ['cloudtrail:Describe*', 'cloudtrail:Get*', 'cloudtrail:List*', 's3:Get*'] }),
};

/** Users, groups, roles and policies of an account; the policies last, as who has them comes before. */
export function authorizationsOf(world: World, accountId: string): readonly Item[] {
  const mine = <T extends { readonly accountId: string }>(all: readonly T[] | undefined): readonly T[] =>
    (all ?? []).filter((it) => it.accountId === accountId);
  const attachments = mine(world.attachments);
  const attachedTo = (kind: 'roles' | 'users' | 'groups', name: string): readonly string[] =>
    attachments.flatMap((it) => (it[kind]?.includes(name) === true ? [it.policyArn] : []));
  const groups = mine(world.iamGroups);
  const roles = new Map<string, WorldIamRole>([
    ...attachments
      .flatMap((it) => [...(it.roles ?? []), ...(it.boundaryOf ?? [])])
      .map((name) => [name, { accountId, arn: `arn:${world.partition}:iam::${accountId}:role/${name}` }] as const),
    ...mine(world.iamRoles).map((it) => [nameIn(it.arn), it] as const),
  ]);
  const users = new Map<string, WorldIamUser>([
    ...[...attachments.flatMap((it) => it.users ?? []), ...groups.flatMap((it) => it.users)].map(
      (name) => [name, { accountId, name }] as const,
    ),
    ...mine(world.iamUsers).map((it) => [it.name, it] as const),
  ]);
  const boundaryOf = (name: string): string | undefined =>
    attachments.find((it) => it.boundaryOf?.includes(name) === true)?.policyArn;
  const principals: readonly Item[] = [
    ...[...users.values()].map(({ name, inlinePolicies, boundary, tags }): Item => {
      const inGroups = groups.filter((it) => it.users.includes(name));
      return {
        list: 'UserDetailList',
        xml: [
          leaf('UserName', name),
          leaf('UserId', `AIDA${name.toUpperCase()}`),
          leaf('Arn', `arn:${world.partition}:iam::${accountId}:user/${name}`),
          node('GroupList', ...inGroups.map((it) => leaf('member', it.name))),
          // Left out where a user has none.
          inlinePolicies === undefined ? '' : inline('UserPolicyList', inlinePolicies),
          ...limits(attachedTo('users', name), boundary, tags),
        ].join(''),
      };
    }),
    ...groups.map(({ name, inlinePolicies = {} }): Item => ({
      list: 'GroupDetailList',
      xml: leaf('GroupName', name) + attached(attachedTo('groups', name)) + inline('GroupPolicyList', inlinePolicies),
    })),
    ...[...roles.values()].map(({ arn, inlinePolicies = {}, attachedPolicies = [], boundary, tags }): Item => {
      const name = nameIn(arn);
      return {
        list: 'RoleDetailList',
        xml: [
          leaf('RoleName', name),
          leaf('RoleId', `AROA${name.toUpperCase()}`),
          leaf('Arn', arn),
          inline('RolePolicyList', inlinePolicies),
          ...limits([...attachedPolicies, ...attachedTo('roles', name)], boundary ?? boundaryOf(name), tags),
        ].join(''),
      };
    }),
  ];
  const own = Object.entries(world.managedPolicies ?? {}).filter(([arn]) => arn.split(':')[4] === accountId);
  const ofAws = Object.entries(awsPolicies).map(([name, document]) => [policyArn(world, name), document] as const);
  return [
    ...principals,
    ...[...own, ...ofAws].map(([arn, document]): Item => ({ list: 'Policies', xml: policy(arn, document) })),
  ];
}

function policyArn({ partition }: World, name: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}

function inline(list: string, policies: Readonly<Record<string, string>>): string {
  const entries = Object.entries(policies);
  return node(
    list,
    each('member', entries, ([name, document]) => leaf('PolicyName', name) + encoded('PolicyDocument', document)),
  );
}

function attached(arns: readonly string[]): string {
  return node(
    'AttachedManagedPolicies',
    each('member', arns, (arn) => leaf('PolicyName', nameIn(arn)) + leaf('PolicyArn', arn)),
  );
}

function limits(
  arns: readonly string[],
  boundary: string | undefined,
  tags: Readonly<Record<string, string>> = {},
): readonly string[] {
  return [
    attached(arns),
    boundary === undefined ? '' : node('PermissionsBoundary', leaf('PermissionsBoundaryArn', boundary)),
    node(
      'Tags',
      each('member', Object.entries(tags), ([key, value]) => leaf('Key', key) + leaf('Value', value)),
    ),
  ];
}

/** The version in force, and one that was. */
function policy(arn: string, document: string): string {
  const versions = [
    leaf('VersionId', 'v1') + leaf('IsDefaultVersion', false) + encoded('Document', allow({ Action: '*' })),
    leaf('VersionId', 'v2') + leaf('IsDefaultVersion', true) + encoded('Document', document),
  ];
  return (
    leaf('PolicyName', nameIn(arn)) +
    leaf('Arn', arn) +
    node(
      'PolicyVersionList',
      each('member', versions, (it) => it),
    )
  );
}

function encoded(name: string, document: string): string {
  return leaf(name, encodeURIComponent(document));
}

function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
