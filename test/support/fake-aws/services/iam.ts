import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { requiredText, textIn } from '../protocol/input.js';
import { each, leaf, node, xmlDocument } from '../protocol/xml.js';
import type { WorldIamRole } from '../world/resources.js';
import { authorizationLists, authorizationsOf } from './iam-authorizations.js';
import type { Call, Operation, Service } from './call.js';
import { pageOf } from './page.js';

/** Roles and their policies, and who holds managed ones. A role that a trail of its account names is there and may write logs, unless the world says otherwise. */
export const iam: Service = {
  name: 'iam',
  operations: {
    GetRole: ofRole('GetRole', getRole),
    ListRolePolicies: { ...ofRole('ListRolePolicies', listRolePolicies), isPaged: true },
    GetRolePolicy: ofRole('GetRolePolicy', getRolePolicy),
    ListAttachedRolePolicies: { ...ofRole('ListAttachedRolePolicies', listAttached), isPaged: true },
    GetPolicy: ofPolicy('GetPolicy', (call, arn) =>
      result(call, node('Policy', leaf('PolicyName', nameIn(arn)), leaf('Arn', arn), leaf('DefaultVersionId', 'v2'))),
    ),
    ListEntitiesForPolicy: {
      action: 'iam:ListEntitiesForPolicy',
      isPaged: true,
      resource: (call) => textIn(call.input, 'PolicyArn'),
      answer: listEntities,
    },
    GetAccountAuthorizationDetails: {
      action: 'iam:GetAccountAuthorizationDetails',
      isPaged: true,
      answer: authorizationDetails,
    },
    GetGroup: {
      action: 'iam:GetGroup',
      isPaged: true,
      resource: ({ index, caller, input }) =>
        `arn:${index.world.partition}:iam::${caller.accountId}:group/${textIn(input, 'GroupName') ?? ''}`,
      answer: getGroup,
    },
    GetPolicyVersion: ofPolicy('GetPolicyVersion', (call, _, document) => {
      if (requiredText(call.input, 'VersionId') !== 'v2') throw noSuch('Policy version does not exist.');
      const version = [leaf('VersionId', 'v2'), leaf('IsDefaultVersion', true)];
      return result(call, node('PolicyVersion', leaf('Document', encodeURIComponent(document)), ...version));
    }),
  },
};

function ofRole(name: string, answer: (call: Call, role: WorldIamRole) => HttpAnswer): Operation {
  const resource = (call: Call): string =>
    `arn:${call.index.world.partition}:iam::${call.caller.accountId}:role/${textIn(call.input, 'RoleName') ?? ''}`;
  return { action: `iam:${name}`, resource, answer: (call) => answer(call, roleOf(call)) };
}

function ofPolicy(name: string, answer: (call: Call, arn: string, document: string) => HttpAnswer): Operation {
  return {
    action: `iam:${name}`,
    resource: (call) => textIn(call.input, 'PolicyArn'),
    answer: (call) => {
      const arn = requiredText(call.input, 'PolicyArn');
      const document = call.index.world.managedPolicies?.[arn];
      if (document === undefined) throw noSuch(`Policy ${arn} does not exist or is not attachable.`);
      return answer(call, arn, document);
    },
  };
}

function roleOf({ index, caller, input }: Call): WorldIamRole {
  const name = requiredText(input, 'RoleName');
  const isIt = (arn: string | undefined): boolean => arn !== undefined && nameIn(arn) === name;
  const stated = index.world.iamRoles?.find((it) => it.accountId === caller.accountId && isIt(it.arn));
  if (stated !== undefined && stated.isGone !== true) return stated;
  const named = (index.trailsByOwner.get(caller.accountId) ?? []).find((it) =>
    isIt(it.description.CloudWatchLogsRoleArn),
  );
  const arn = named?.description.CloudWatchLogsRoleArn;
  if (stated !== undefined || arn === undefined) throw noSuch(`The role with name ${name} cannot be found.`);
  return workingRole(caller.accountId, arn);
}

function workingRole(accountId: string, arn: string): WorldIamRole {
  const Action = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
  return { accountId, arn, inlinePolicies: { 'write-logs': JSON.stringify(document) } };
}

const trustsCloudTrail = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

function getRole(call: Call, { arn, trustPolicy = trustsCloudTrail, boundary }: WorldIamRole): HttpAnswer {
  const limits = [leaf('PermissionsBoundaryType', 'Policy'), leaf('PermissionsBoundaryArn', boundary)];
  return result(
    call,
    node(
      'Role',
      leaf('RoleName', nameIn(arn)),
      leaf('Arn', arn),
      leaf('AssumeRolePolicyDocument', encodeURIComponent(trustPolicy)),
      boundary === undefined ? '' : node('PermissionsBoundary', ...limits),
    ),
  );
}

function listRolePolicies(call: Call, { inlinePolicies = {} }: WorldIamRole): HttpAnswer {
  const page = ofPage(call, Object.keys(inlinePolicies));
  return result(call, node('PolicyNames', page.items.map((it) => leaf('member', it)).join('')), ...page.end);
}

function getRolePolicy(call: Call, { arn, inlinePolicies = {} }: WorldIamRole): HttpAnswer {
  const name = requiredText(call.input, 'PolicyName');
  const document = inlinePolicies[name];
  if (document === undefined) throw noSuch(`The role policy with name ${name} cannot be found.`);
  return result(
    call,
    leaf('RoleName', nameIn(arn)),
    leaf('PolicyName', name),
    leaf('PolicyDocument', encodeURIComponent(document)),
  );
}

function listAttached(call: Call, { attachedPolicies = [] }: WorldIamRole): HttpAnswer {
  const page = ofPage(call, attachedPolicies);
  const members = each('member', page.items, (arn) => leaf('PolicyName', nameIn(arn)) + leaf('PolicyArn', arn));
  return result(call, node('AttachedPolicies', members), ...page.end);
}

/** Policies of AWS are there in every account. */
function listEntities(call: Call): HttpAnswer {
  const arn = requiredText(call.input, 'PolicyArn');
  const { attachments = [], managedPolicies } = call.index.world;
  if (!arn.includes('::aws:policy/') && managedPolicies?.[arn] === undefined) {
    throw noSuch(`Policy ${arn} does not exist or is not attachable.`);
  }
  const use = textIn(call.input, 'PolicyUsageFilter');
  const held = attachments.filter((it) => it.accountId === call.caller.accountId && it.policyArn === arn);
  const asPolicy = use === 'PermissionsBoundary' ? [] : held;
  const asBoundary = use === 'PermissionsPolicy' ? [] : held.flatMap((it) => it.boundaryOf ?? []);
  const all = [
    ...asPolicy.flatMap((it) => it.roles ?? []).map((name) => ({ kind: 'Role', name })),
    ...asPolicy.flatMap((it) => it.users ?? []).map((name) => ({ kind: 'User', name })),
    ...asPolicy.flatMap((it) => it.groups ?? []).map((name) => ({ kind: 'Group', name })),
    ...asBoundary.map((name) => ({ kind: 'Role', name })),
  ];
  const page = ofPage(call, all);
  const lists = ['Role', 'User', 'Group'].map((kind) => {
    const members = page.items.filter((it) => it.kind === kind);
    return node(
      `Policy${kind}s`,
      each('member', members, ({ name }) => leaf(`${kind}Name`, name)),
    );
  });
  return result(call, ...lists, ...page.end);
}

function getGroup(call: Call): HttpAnswer {
  const name = requiredText(call.input, 'GroupName');
  const { accountId } = call.caller;
  const group = call.index.world.iamGroups?.find((it) => it.accountId === accountId && it.name === name);
  if (group === undefined) throw noSuch(`The group with name ${name} cannot be found.`);
  const page = ofPage(call, group.users);
  const users = each('member', page.items, (user) => leaf('UserName', user));
  return result(call, node('Group', leaf('GroupName', name)), node('Users', users), ...page.end);
}

function authorizationDetails(call: Call): HttpAnswer {
  const page = ofPage(call, authorizationsOf(call.index.world, call.caller.accountId));
  const lists = authorizationLists.map((list) =>
    node(list, page.items.flatMap((it) => (it.list === list ? [node('member', it.xml)] : [])).join('')),
  );
  return result(call, ...lists, ...page.end);
}

function ofPage<T>(call: Call, all: readonly T[]) {
  const { items, next } = pageOf(call, all, {
    token: textIn(call.input, 'Marker'),
    size: 100,
    badToken: () => new ServiceError(400, 'InvalidInput', 'Invalid Marker.'),
  });
  return { items, end: [leaf('IsTruncated', next !== undefined), leaf('Marker', next)] };
}

function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function noSuch(message: string): ServiceError {
  return new ServiceError(404, 'NoSuchEntity', message);
}

function result(call: Call, ...members: readonly string[]): HttpAnswer {
  const body = xmlDocument(
    `${call.operation}Response`,
    'https://iam.amazonaws.com/doc/2010-05-08/',
    node(`${call.operation}Result`, ...members),
    node('ResponseMetadata', leaf('RequestId', call.requestId)),
  );
  return { status: 200, headers: {}, body };
}
