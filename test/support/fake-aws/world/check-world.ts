import type { World, WorldOrganization } from './world.js';

/**
 * Refuses a world that AWS could not be in: a test built on it would prove nothing.
 *
 * @throws Error that names what is wrong, all of it.
 */
export function checkWorld(world: World): void {
  const accounts = new Set(world.accounts.map((account) => account.id));
  const wrong = [
    ...twice('account', world.accounts, (it) => it.id),
    ...twice('trail', world.trails, (it) => it.arn),
    ...twice('event data store', world.eventDataStores, (it) => it.arn),
    ...twice('bucket', world.buckets, (it) => it.name),
    ...twice('key', world.keys, (it) => it.arn),
    ...twice('topic', world.topics, (it) => it.arn),
    ...world.accounts.filter((it) => !/^\d{12}$/.test(it.id)).map((it) => `account id "${it.id}" has not 12 digits`),
    ...homeless('trail', world.trails, (it) => it.arn, accounts),
    ...homeless('event data store', world.eventDataStores, (it) => it.arn, accounts),
    ...homeless('bucket', world.buckets, (it) => it.name, accounts),
    ...homeless('key', world.keys, (it) => it.arn, accounts),
    ...homeless('alarm', world.alarms ?? [], (it) => it.name, accounts),
    ...homeless('mute rule', world.muteRules ?? [], ({ rule }) => rule.Name ?? '', accounts),
    ...homeless('rule', world.eventRules ?? [], (it) => it.name, accounts),
    ...homeless('log group', world.logGroups, (it) => it.name, accounts),
    ...homeless('distribution', world.distributions ?? [], ({ id }) => id, accounts),
    ...homeless('load balancer', world.loadBalancers ?? [], ({ arn }) => arn, accounts),
    ...homeless('VPC', world.vpcs ?? [], ({ vpc }) => vpc.VpcId ?? '', accounts),
    ...homeless('Security Hub', world.securityHubs ?? [], ({ region }) => region, accounts),
    ...homeless('topic', world.topics, (it) => it.arn, accounts),
    ...foreignPartition(world),
    ...(world.organization === null ? [] : organizationFaults(world, world.organization, accounts)),
    ...organizationTrailFaults(world),
  ];
  if (wrong.length > 0) throw new Error(`The world contradicts itself:\n- ${wrong.join('\n- ')}`);
}

function organizationFaults(world: World, organization: WorldOrganization, accounts: ReadonlySet<string>): string[] {
  const units = organization.organizationalUnits;
  const parents = new Set([organization.root.id, ...units.map((unit) => unit.id)]);
  const management = world.accounts.find((it) => it.id === organization.managementAccountId);
  return [
    ...twice('OU', units, (it) => it.id),
    ...(management === undefined || management.parent === null
      ? [`the management account ${organization.managementAccountId} is not in the organization`]
      : []),
    ...units
      .filter((unit) => !parents.has(unit.parent))
      .map((unit) => `OU ${unit.id} is below ${unit.parent}, which does not exist`),
    ...world.accounts
      .filter((account) => account.parent !== null && !parents.has(account.parent))
      .map((account) => `account ${account.id} is in ${account.parent}, which does not exist`),
    ...twice('control policy', organization.controlPolicies, (it) => it.id),
    ...organization.controlPolicies.flatMap(({ id, targets }) =>
      targets
        .filter((it) => !parents.has(it) && !accounts.has(it))
        .map((it) => `the control policy ${id} is attached to ${it}, which does not exist`),
    ),
    ...organization.delegatedAdministrators
      .filter((it) => !accounts.has(it.accountId) || it.accountId === organization.managementAccountId)
      .map((it) => `the delegated administrator ${it.accountId} is not a member`),
  ];
}

/** A delegated administrator may make an organization trail, yet the management account owns it. */
function organizationTrailFaults(world: World): string[] {
  const management = world.organization?.managementAccountId;
  return world.trails
    .filter((trail) => trail.description.IsOrganizationTrail === true && trail.accountId !== management)
    .map((trail) => `the organization trail ${trail.arn} does not belong to the management account`);
}

function foreignPartition(world: World): string[] {
  const arns = [...world.trails, ...world.eventDataStores, ...world.keys, ...world.topics].map((it) => it.arn);
  return arns
    .filter((arn) => !arn.startsWith(`arn:${world.partition}:`))
    .map((arn) => `${arn} is not in the partition ${world.partition}`);
}

function twice<T>(what: string, items: readonly T[], idOf: (item: T) => string): string[] {
  const seen = new Set<string>();
  const again = items.map(idOf).filter((id) => seen.size === seen.add(id).size);
  return again.map((id) => `${what} ${id} is there twice`);
}

function homeless<T extends { readonly accountId: string }>(
  what: string,
  items: readonly T[],
  nameOf: (item: T) => string,
  accounts: ReadonlySet<string>,
): string[] {
  return items
    .filter((item) => !accounts.has(item.accountId))
    .map((item) => `${what} ${nameOf(item)} belongs to account ${item.accountId}, which does not exist`);
}
