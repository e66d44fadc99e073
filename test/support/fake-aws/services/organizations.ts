import type {
  Account,
  DelegatedAdministrator,
  OrganizationalUnit,
  Parent,
  PolicyType,
  Root,
} from '@aws-sdk/client-organizations';
import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { numberIn, requiredText, textIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import { isDelegatedAdministrator, organizationOf } from '../world/index-world.js';
import type { WorldAccount, WorldControlPolicy, WorldOrganization, WorldOrganizationalUnit } from '../world/world.js';
import type { Call, Operation, Service } from './call.js';
import { pageOf } from './page.js';

/** Trusted access and delegation have a date; no test asks for a certain one. */
const enabledAt = new Date('2024-03-02T08:00:00Z');

export const organizations: Service = {
  name: 'organizations',
  operations: {
    DescribeOrganization: { action: 'organizations:DescribeOrganization', answer: describeOrganization },
    ListAccounts: list('ListAccounts', 'Accounts', (call) => call.index.members, accountOf),
    ListRoots: list('ListRoots', 'Roots', (_, organization) => [organization.root], rootOf),
    ListOrganizationalUnitsForParent: list(
      'ListOrganizationalUnitsForParent',
      'OrganizationalUnits',
      unitsForParent,
      unitOf,
    ),
    ListAccountsForParent: list(
      'ListAccountsForParent',
      'Accounts',
      (call) => call.index.accountsByParent.get(parentId(call)) ?? [],
      accountOf,
    ),
    ListTagsForResource: list('ListTagsForResource', 'Tags', tagsOf, (_call, _organization, [Key, Value]) => ({
      Key,
      Value,
    })),
    ListPolicies: list('ListPolicies', 'Policies', policiesOfType, policySummary),
    DescribePolicy: { action: 'organizations:DescribePolicy', answer: describePolicy },
    ListTargetsForPolicy: list(
      'ListTargetsForPolicy',
      'Targets',
      (call, organization) => policyNamed(call, organization).targets,
      (_call, _organization, TargetId) => ({ TargetId, Type: targetType(TargetId) }),
    ),
    ListParents: list('ListParents', 'Parents', parentsOf, parentOf),
    ListDelegatedAdministrators: list(
      'ListDelegatedAdministrators',
      'DelegatedAdministrators',
      delegatedAccounts,
      delegatedAdministratorOf,
    ),
    ListAWSServiceAccessForOrganization: list(
      'ListAWSServiceAccessForOrganization',
      'EnabledServicePrincipals',
      (_, organization) => organization.trustedServices,
      (_call, _organization, ServicePrincipal) => ({ ServicePrincipal, DateEnabled: enabledAt }),
    ),
  },
};

/** The one operation that every account of the organization may call. */
function describeOrganization(call: Call): HttpAnswer {
  const organization = callersOrganization(call);
  const { id, managementAccountId } = organization;
  return jsonAnswer({
    Organization: {
      Id: id,
      Arn: organizationArn(call, organization, 'organization', id),
      FeatureSet: organization.featureSet,
      MasterAccountArn: organizationArn(call, organization, 'account', `${id}/${managementAccountId}`),
      MasterAccountId: managementAccountId,
      MasterAccountEmail: call.index.accounts.get(managementAccountId)?.email,
      AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
    },
  });
}

/** What AWS attaches everywhere as soon as a type is switched on. */
function policiesOf({ controlPolicies, root, organizationalUnits }: WorldOrganization, call: Call) {
  const targets = [root.id, ...organizationalUnits.map((it) => it.id), ...call.index.members.map((it) => it.id)];
  const allow = { Effect: 'Allow', Action: '*', Resource: '*' };
  const content = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const ofAws: readonly WorldControlPolicy[] = [
    { id: 'p-FullAWSAccess', name: 'FullAWSAccess', type: 'SERVICE_CONTROL_POLICY', content: content(allow), targets },
    {
      id: 'p-RCPFullAWSAccess',
      name: 'RCPFullAWSAccess',
      type: 'RESOURCE_CONTROL_POLICY',
      content: content({ ...allow, Principal: '*' }),
      targets,
    },
  ];
  return [...ofAws, ...controlPolicies];
}

function policiesOfType(call: Call, organization: WorldOrganization): readonly WorldControlPolicy[] {
  const type = requiredText(call.input, 'Filter');
  return policiesOf(organization, call).filter((it) => it.type === type);
}

function policySummary(_call: Call, _organization: WorldOrganization, it: WorldControlPolicy): object {
  return { Id: it.id, Name: it.name, Type: it.type, AwsManaged: /^p-(RCP)?FullAWSAccess$/.test(it.id) };
}

function policyNamed(call: Call, organization: WorldOrganization): WorldControlPolicy {
  const id = requiredText(call.input, 'PolicyId');
  const found = policiesOf(organization, call).find((it) => it.id === id);
  if (found !== undefined) return found;
  throw new ServiceError(400, 'PolicyNotFoundException', "You specified a policy that doesn't exist.");
}

function describePolicy(call: Call): HttpAnswer {
  const organization = callersOrganization(call);
  mayList(call, organization);
  const policy = policyNamed(call, organization);
  return jsonAnswer({
    Policy: { PolicySummary: policySummary(call, organization, policy), Content: policy.content },
  });
}

function targetType(id: string): string {
  if (id.startsWith('r-')) return 'ROOT';
  return id.startsWith('ou-') ? 'ORGANIZATIONAL_UNIT' : 'ACCOUNT';
}

function mayList(call: Call, organization: WorldOrganization): void {
  const { accountId } = call.caller;
  if (accountId === organization.managementAccountId || isDelegatedAdministrator(organization, accountId)) return;
  throw new ServiceError(400, 'AccessDeniedException', "You don't have permissions to access this resource.");
}

/** A list that only the management account and delegated administrators may read, at most 20 at a time. */
function list<T>(
  name: string,
  member: string,
  items: (call: Call, organization: WorldOrganization) => readonly T[],
  show: (call: Call, organization: WorldOrganization, item: T) => object,
): Operation {
  const answer = (call: Call): HttpAnswer => {
    const organization = callersOrganization(call);
    mayList(call, organization);
    const size = numberIn(call.input, 'MaxResults') ?? 20;
    if (!(size >= 1 && size <= 20)) throw invalidInput('You provided a value that is outside of the range 1 to 20.');
    const page = pageOf(call, items(call, organization), {
      token: textIn(call.input, 'NextToken'),
      size,
      badToken: () => invalidInput('You provided an invalid pagination token.'),
    });
    const shown = page.items.map((item) => show(call, organization, item));
    return jsonAnswer({ [member]: shown, NextToken: page.next });
  };
  return { action: `organizations:${name}`, isPaged: true, answer };
}

function callersOrganization(call: Call): WorldOrganization {
  const organization = organizationOf(call.index, call.caller.accountId);
  if (organization !== undefined) return organization;
  const message = 'Your account is not a member of an organization.';
  throw new ServiceError(400, 'AWSOrganizationsNotInUseException', message);
}

function accountOf(call: Call, organization: WorldOrganization, account: WorldAccount): Account {
  const { id, name, email, state, joinedMethod, joinedAt, parent } = account;
  const has = call.behavior.accountFields;
  return {
    Id: id,
    Arn: organizationArn(call, organization, 'account', `${organization.id}/${id}`),
    Email: email,
    Name: name,
    JoinedMethod: joinedMethod,
    JoinedTimestamp: joinedAt,
    ...(has.includes('State') ? { State: state } : {}),
    ...(has.includes('Status') ? { Status: statusOf(state) } : {}),
    ...(has.includes('Paths') ? { Paths: [`${call.index.paths.get(parent ?? '') ?? ''}${id}/`] } : {}),
  };
}

/** The older member knows fewer words. */
function statusOf(state: WorldAccount['state']): 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' {
  if (state === 'PENDING_CLOSURE') return state;
  return state === 'ACTIVE' || state === 'PENDING_ACTIVATION' ? 'ACTIVE' : 'SUSPENDED';
}

function rootOf(call: Call, organization: WorldOrganization, root: WorldOrganization['root']): Root {
  return {
    Id: root.id,
    Arn: organizationArn(call, organization, 'root', `${organization.id}/${root.id}`),
    Name: root.name,
    // The SDK's type names the types of policies that it knows; a test may state others.
    PolicyTypes: root.policyTypes.map((type) => ({ Type: type as PolicyType, Status: 'ENABLED' })),
  };
}

function unitsForParent(call: Call, organization: WorldOrganization): readonly WorldOrganizationalUnit[] {
  const parent = parentId(call);
  return organization.organizationalUnits.filter((unit) => unit.parent === parent);
}

function unitOf(call: Call, organization: WorldOrganization, unit: WorldOrganizationalUnit): OrganizationalUnit {
  return {
    Id: unit.id,
    Arn: organizationArn(call, organization, 'ou', `${organization.id}/${unit.id}`),
    Name: unit.name,
    Path: call.index.paths.get(unit.id),
  };
}

function parentId(call: Call): string {
  const id = requiredText(call.input, 'ParentId');
  if (call.index.paths.has(id)) return id;
  throw new ServiceError(400, 'ParentNotFoundException', 'You specified parent that does not exist.');
}

function parentsOf(call: Call, organization: WorldOrganization): readonly string[] {
  const child = requiredText(call.input, 'ChildId');
  const parent =
    organizationOf(call.index, child) === undefined
      ? organization.organizationalUnits.find((it) => it.id === child)?.parent
      : call.index.accounts.get(child)?.parent;
  if (parent !== undefined && parent !== null) return [parent];
  throw new ServiceError(400, 'ChildNotFoundException', 'You specified a child that does not exist.');
}

function parentOf(_: Call, organization: WorldOrganization, id: string): Parent {
  return { Id: id, Type: id === organization.root.id ? 'ROOT' : 'ORGANIZATIONAL_UNIT' };
}

/** Of an account; tags of OUs and policies are in no world yet. */
function tagsOf(call: Call): readonly (readonly [string, string])[] {
  const account = call.index.members.find((it) => it.id === requiredText(call.input, 'ResourceId'));
  if (account !== undefined) return Object.entries(account.tags);
  throw new ServiceError(400, 'TargetNotFoundException', "We can't find a root, OU, account, or policy with that ID.");
}

/** Each account once, however many services it is registered for. */
function delegatedAccounts(call: Call, organization: WorldOrganization): readonly WorldAccount[] {
  const service = textIn(call.input, 'ServicePrincipal');
  const registered = organization.delegatedAdministrators.filter(
    (it) => service === undefined || it.service === service,
  );
  const ids = new Set(registered.map((it) => it.accountId));
  return call.index.members.filter((account) => ids.has(account.id));
}

function delegatedAdministratorOf(
  call: Call,
  organization: WorldOrganization,
  account: WorldAccount,
): DelegatedAdministrator {
  const { Paths: _, ...members } = accountOf(call, organization, account);
  return { ...members, DelegationEnabledDate: enabledAt };
}

function organizationArn(call: Call, organization: WorldOrganization, kind: string, id: string): string {
  return `arn:${call.index.world.partition}:organizations::${organization.managementAccountId}:${kind}/${id}`;
}

function invalidInput(message: string): ServiceError {
  return new ServiceError(400, 'InvalidInputException', message);
}
