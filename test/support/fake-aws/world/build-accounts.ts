import type { Denial, World, WorldAccount, WorldOrganization, WorldOrganizationalUnit, WorldRole } from './world.js';

/** The ids that the builders use where a test names none. */
export const managementAccountId = '111122223333';
export const rootId = 'r-ab12';

/** What a builder takes: a part of the thing; `undefined` is as good as leaving out. */
type Parts<T> = { readonly [K in keyof T]?: T[K] };
type With<T, K extends keyof T> = Parts<T> & Pick<T, K>;

/** A world: an organization with nothing but its management account, unless told otherwise. */
export function aWorld(parts: Parts<World> = {}): World {
  return {
    partition: 'aws',
    organization: anOrganization(),
    accounts: [anAccount({ id: managementAccountId, name: 'management' })],
    trails: [],
    eventDataStores: [],
    buckets: [],
    keys: [],
    logGroups: [],
    topics: [],
    ...parts,
  };
}

/** An organization with all features, SCPs enabled, and trusted access for CloudTrail. */
export function anOrganization(parts: Parts<WorldOrganization> = {}): WorldOrganization {
  return {
    id: 'o-exampleorg1',
    managementAccountId,
    featureSet: 'ALL',
    root: { id: rootId, name: 'Root', policyTypes: ['SERVICE_CONTROL_POLICY'] },
    organizationalUnits: [],
    trustedServices: ['cloudtrail.amazonaws.com'],
    delegatedAdministrators: [],
    controlPolicies: [],
    ...parts,
  };
}

/** An OU, right below the root unless told otherwise. Ids look like `ou-ab12-11111111`. */
export function anOrganizationalUnit(parts: With<WorldOrganizationalUnit, 'id'>): WorldOrganizationalUnit {
  return { name: parts.id, parent: rootId, ...parts };
}

const auditRole = aRole();

/** An active account right below the root, with the role `TrailproofAudit` that the management account may assume. */
export function anAccount(parts: With<WorldAccount, 'id'>): WorldAccount {
  const name = parts.name ?? `account-${parts.id}`;
  return {
    name,
    email: `aws+${parts.id}@example.com`,
    state: 'ACTIVE',
    joinedMethod: 'CREATED',
    joinedAt: new Date('2024-03-01T09:00:00Z'),
    parent: rootId,
    tags: {},
    optInRegions: {},
    roles: [auditRole],
    denials: [],
    publicAccessBlock: null,
    hasCloudTrailLake: true,
    ...parts,
  };
}

/** A role that the management account and delegated administrators may assume without an external id. */
export function aRole(parts: Parts<WorldRole> = {}): WorldRole {
  return {
    name: 'TrailproofAudit',
    trusts: ['management', 'delegated-administrators'],
    externalId: null,
    allowsSourceIdentity: true,
    maxSessionDuration: 3600,
    denials: [],
    ...parts,
  };
}

/** A service control policy that closes Regions, with AWS's usual exceptions for global services. */
export function deniesRegions(...regions: readonly string[]): readonly Denial[] {
  const effect = 'service-control-policy';
  return ['cloudtrail:*', 'kms:*', 'logs:*', 's3:*'].map((action) => ({ action, effect, regions }));
}
