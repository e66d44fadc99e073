import { checkWorld } from './check-world.js';
import type {
  WorldAlarm,
  WorldBucket,
  WorldEventDataStore,
  WorldKey,
  WorldLogGroup,
  WorldRule,
  WorldTopic,
  WorldTrail,
  WorldVpc,
} from './resources.js';
import type { World, WorldAccount, WorldOrganization } from './world.js';
import { byText } from '../../../../src/text/order.js';

/** A world made ready for answering: everything by the id that calls ask for. */
export interface WorldIndex {
  readonly world: World;
  readonly accounts: ReadonlyMap<string, WorldAccount>;
  readonly members: readonly WorldAccount[];
  /** Accounts right below a root or OU. */
  readonly accountsByParent: ReadonlyMap<string, readonly WorldAccount[]>;
  readonly trailsByOwner: ReadonlyMap<string, readonly WorldTrail[]>;
  readonly organizationTrails: readonly WorldTrail[];
  readonly eventDataStoresByOwner: ReadonlyMap<string, readonly WorldEventDataStore[]>;
  readonly buckets: ReadonlyMap<string, WorldBucket>;
  readonly bucketsByOwner: ReadonlyMap<string, readonly WorldBucket[]>;
  readonly keys: ReadonlyMap<string, WorldKey>;
  /** By alias ARN. */
  readonly aliases: ReadonlyMap<string, WorldKey>;
  /** By account and Region, sorted by name. */
  readonly logGroups: ReadonlyMap<string, readonly WorldLogGroup[]>;
  readonly topics: ReadonlyMap<string, WorldTopic>;
  /** By account and Region. */
  readonly vpcs: ReadonlyMap<string, readonly WorldVpc[]>;
  /** By account and Region, sorted by name. */
  readonly alarms: ReadonlyMap<string, readonly WorldAlarm[]>;
  /** By account and Region, sorted by name. */
  readonly eventRules: ReadonlyMap<string, readonly WorldRule[]>;
  /** `o-…/r-…/ou-…/`, by root or OU. */
  readonly paths: ReadonlyMap<string, string>;
}

/**
 * Makes a world ready.
 *
 * @throws Error when the world contradicts itself, such as a trail in an account that it does not have.
 */
export function indexWorld(world: World): WorldIndex {
  checkWorld(world);
  const members = world.organization === null ? [] : world.accounts.filter((account) => account.parent !== null);
  return {
    world,
    accounts: byId(world.accounts, (account) => account.id),
    members,
    accountsByParent: groups(members, (account) => account.parent ?? ''),
    trailsByOwner: groups(world.trails, (trail) => trail.accountId),
    organizationTrails: world.trails.filter((trail) => trail.description.IsOrganizationTrail === true),
    eventDataStoresByOwner: groups(world.eventDataStores, (store) => store.accountId),
    buckets: byId(world.buckets, (bucket) => bucket.name),
    bucketsByOwner: groups(
      world.buckets.toSorted((a, b) => byText(a.name, b.name)),
      (bucket) => bucket.accountId,
    ),
    keys: byId(world.keys, (key) => key.arn),
    aliases: new Map(world.keys.flatMap((key) => key.aliases.map((alias) => [aliasArn(key, alias), key] as const))),
    logGroups: groups(
      world.logGroups.toSorted((a, b) => byText(a.name, b.name)),
      (group) => placeOf(group.accountId, group.region),
    ),
    topics: byId(world.topics, (topic) => topic.arn),
    vpcs: groups(world.vpcs ?? [], ({ accountId, region }) => placeOf(accountId, region)),
    alarms: groups(
      (world.alarms ?? []).toSorted((a, b) => byText(a.name, b.name)),
      (alarm) => placeOf(alarm.accountId, alarm.region),
    ),
    eventRules: groups(
      (world.eventRules ?? []).toSorted((a, b) => byText(a.name, b.name)),
      (rule) => placeOf(rule.accountId, rule.region),
    ),
    paths: pathsOf(world.organization),
  };
}

/** The key of what is kept by account and Region. */
export function placeOf(accountId: string, region: string): string {
  return `${accountId} ${region}`;
}

/** The organization that an account is in. */
export function organizationOf(index: WorldIndex, accountId: string): WorldOrganization | undefined {
  const isInside = (index.accounts.get(accountId)?.parent ?? null) !== null;
  return isInside ? (index.world.organization ?? undefined) : undefined;
}

/** Whether the account is registered for a service of the organization, or for any. */
export function isDelegatedAdministrator(
  organization: WorldOrganization,
  accountId: string,
  service?: string,
): boolean {
  return organization.delegatedAdministrators.some(
    (it) => it.accountId === accountId && (service === undefined || it.service === service),
  );
}

function aliasArn(key: WorldKey, alias: string): string {
  return key.arn.replace(/:key\/.*$/, `:${alias}`);
}

function pathsOf(organization: WorldOrganization | null): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  if (organization === null) return paths;
  paths.set(organization.root.id, `${organization.id}/${organization.root.id}/`);
  let waiting = organization.organizationalUnits;
  while (waiting.length > 0) {
    for (const unit of waiting) {
      const above = paths.get(unit.parent);
      if (above !== undefined) paths.set(unit.id, `${above}${unit.id}/`);
    }
    const left = waiting.filter((unit) => !paths.has(unit.id));
    if (left.length === waiting.length) {
      throw new Error(`World: the OUs ${left.map((unit) => unit.id).join(', ')} hang below themselves.`);
    }
    waiting = left;
  }
  return paths;
}

function byId<T>(items: readonly T[], idOf: (item: T) => string): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [idOf(item), item]));
}

function groups<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const grouped = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, [item]);
    else group.push(item);
  }
  return grouped;
}
