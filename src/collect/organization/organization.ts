import type { Organization, OrganizationalUnit } from '../../model/inventory.js';
import { known, type Known } from '../../model/known.js';
import { required, normalizeAccount, type ListedAccount } from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import type { Context } from '../run/context.js';

export type OrganizationIdentity = Pick<Organization, 'id' | 'arn' | 'managementAccountId' | 'featureSet'>;

/** Which organization the caller is in; absent: none. */
export async function describeOrganization(context: Context): Promise<Answer<OrganizationIdentity>> {
  const { aws, sessions, region } = context;
  return await aws.ask(sessions.base, 'organizations:DescribeOrganization', {}, { region }, ({ Organization: it }) => ({
    id: required(it?.Id, 'Organization.Id'),
    ...(it?.Arn === undefined ? {} : { arn: it.Arn }),
    managementAccountId: required(it?.MasterAccountId, 'Organization.MasterAccountId'),
    ...(it?.FeatureSet === undefined ? {} : { featureSet: it.FeatureSet }),
  }));
}

/** Every account of the organization, a page at a time: Organizations gives at most 20, eight times a second. */
export function listAccounts(context: Context): AsyncGenerator<Answer<readonly ListedAccount[]>, void, undefined> {
  const { aws, sessions, region } = context;
  return aws.pages(
    sessions.base,
    'organizations:ListAccounts',
    {},
    { region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ NextToken }),
      items: (output) => required(output.Accounts, 'Accounts').map(normalizeAccount),
    },
  );
}

export interface Structure {
  readonly organizationalUnits: Known<readonly OrganizationalUnit[]>;
  readonly policyTypes: Known<readonly string[]>;
  readonly evidence: Readonly<Record<string, string>>;
}

/** The root with its policy types, and all OUs below it. */
export async function readStructure(context: Context): Promise<Structure> {
  const { aws, sessions, region } = context;
  const roots = await aws.askAll(
    sessions.base,
    'organizations:ListRoots',
    {},
    { region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ NextToken }),
      items: (output) =>
        required(output.Roots, 'Roots').map((root) => ({
          id: required(root.Id, 'Root.Id'),
          name: root.Name ?? 'Root',
          policyTypes: (root.PolicyTypes ?? [])
            .filter((it) => it.Status === 'ENABLED')
            .map((it) => required(it.Type, 'Type')),
        })),
    },
  );
  if (roots.it.state !== 'known')
    return { organizationalUnits: roots.it, policyTypes: roots.it, evidence: roots.evidence };
  const found: OrganizationalUnit[] = roots.it.value.map(({ id, name }) => ({ id, name }));
  const evidence: Record<string, string> = { ...roots.evidence };
  // An OU may hold OUs: the list grows while it is walked.
  for (const parent of found) {
    const children = await childrenOf(context, parent.id);
    Object.assign(evidence, children.evidence);
    if (children.it.state !== 'known')
      return { organizationalUnits: children.it, policyTypes: typesOf(roots.it.value), evidence };
    found.push(...children.it.value);
  }
  return { organizationalUnits: known(found), policyTypes: typesOf(roots.it.value), evidence };
}

function typesOf(roots: readonly { readonly policyTypes: readonly string[] }[]): Known<readonly string[]> {
  return known([...new Set(roots.flatMap((root) => root.policyTypes))].toSorted());
}

async function childrenOf(context: Context, parentId: string): Promise<Answer<readonly OrganizationalUnit[]>> {
  const { aws, sessions, region } = context;
  const input = { ParentId: parentId };
  return await aws.askAll(
    sessions.base,
    'organizations:ListOrganizationalUnitsForParent',
    input,
    { region, resource: parentId },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) =>
        required(output.OrganizationalUnits, 'OrganizationalUnits').map((it) => ({
          id: required(it.Id, 'OrganizationalUnit.Id'),
          name: it.Name ?? required(it.Id, 'OrganizationalUnit.Id'),
          parentId,
        })),
    },
  );
}

/** Account id → ids of the root and OUs above it, root first, for where ListAccounts gives no paths. */
export async function parentsByWalk(
  context: Context,
  units: readonly OrganizationalUnit[],
): Promise<Known<ReadonlyMap<string, readonly string[]>>> {
  const { aws, sessions, region } = context;
  const parents = new Map<string, readonly string[]>();
  const paths = new Map<string, readonly string[]>();
  for (const unit of units) {
    const path = [...(unit.parentId === undefined ? [] : (paths.get(unit.parentId) ?? [])), unit.id];
    paths.set(unit.id, path);
    const input = { ParentId: unit.id };
    const place = { region, resource: unit.id };
    const accounts = await aws.askAll(sessions.base, 'organizations:ListAccountsForParent', input, place, {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) => required(output.Accounts, 'Accounts').map((it) => required(it.Id, 'Account.Id')),
    });
    if (accounts.it.state !== 'known') return accounts.it;
    for (const id of accounts.it.value) parents.set(id, path);
  }
  return known(parents);
}

/** Ids of the accounts that are registered as delegated administrators of CloudTrail. */
export async function readDelegatedAdministrators(context: Context): Promise<Answer<readonly string[]>> {
  const { aws, sessions, region } = context;
  const input = { ServicePrincipal: 'cloudtrail.amazonaws.com' };
  return await aws.askAll(
    sessions.base,
    'organizations:ListDelegatedAdministrators',
    input,
    { region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) =>
        required(output.DelegatedAdministrators, 'DelegatedAdministrators').map((it) => required(it.Id, 'Id')),
    },
  );
}

/** Service principals with trusted access to the organization. */
export async function readTrustedServices(context: Context): Promise<Answer<readonly string[]>> {
  const { aws, sessions, region } = context;
  return await aws.askAll(
    sessions.base,
    'organizations:ListAWSServiceAccessForOrganization',
    {},
    { region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ NextToken }),
      items: (output) =>
        required(output.EnabledServicePrincipals, 'EnabledServicePrincipals').map((it) =>
          required(it.ServicePrincipal, 'ServicePrincipal'),
        ),
    },
  );
}
