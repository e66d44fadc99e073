import type { Value } from '../expression/index.js';
import { channelField, doubt, listOf, sure, type OpenList, type Tri } from '../facts/index.js';
import type { Account, EventDataStore, Organization, Trail } from '../model/inventory.js';
import { fromOpenList } from './convert.js';
import type { World } from './world.js';
import { byText } from '../text/order.js';
import type { Cause } from '../model/cause.js';
import { severed } from './severed.js';

const no: Tri<boolean> = sure(false);
const yes: Tri<boolean> = sure(true);

/** A list of which more may be there, for these reasons. */
function withRest<T>(list: OpenList<T>, gaps: readonly (string | undefined)[]): OpenList<T> {
  const given = gaps.filter((gap) => gap !== undefined);
  return given.length === 0 ? list : { ...list, rest: doubt([...given, ...(list.rest?.gaps ?? [])]) };
}

/** What is to be fixed where no organization trail reaches an account. */
export function organizationTrailsCause({ inventory: { organization } }: World): Cause | undefined {
  return organization === null ? undefined : { targetType: 'organization', id: organization.id, field: 'trails' };
}

/**
 * What is to be fixed where an account is in no organization trail that records: the one trail that reaches it and is
 * stopped, bound to one Region or without delivery, else what the organization has of trails.
 */
export function uncoveredCause(account: Account, world: World): Cause | undefined {
  const organization = organizationTrailsCause(world);
  const refuted = new Set(world.creditsOf(account).flatMap((it) => (it.grade === 'refuted' ? it.trailArn : [])));
  const reaching = world.lookup.trails.filter(
    ({ arn, description }) =>
      description.state === 'known' && description.value.isOrganizationTrail && !refuted.has(arn),
  );
  const [trail] = reaching;
  if (trail === undefined) return severedCause(world) ?? organization;
  if (trail.description.state !== 'known' || reaching.length > 1) return organization;
  const cause = (field: string): Cause => ({ targetType: 'trail', id: trail.arn, field });
  if (!trail.description.value.isMultiRegionTrail) return cause('isMultiRegionTrail');
  if (trail.status.state === 'known' && !trail.status.value.isLogging) return cause('isLogging');
  return world.coverages.mayDeliver(trail, account) ? organization : cause(channelField('logs'));
}

/** The trail that was the organization's, and is to be made so again. */
function severedCause(world: World): Cause | undefined {
  const lost = world.lookup.trails.find((it) => isCertain(severed(it, world)));
  return lost === undefined ? undefined : { targetType: 'trail', id: lost.arn, field: 'isSevered' };
}

/** Where nothing of an organization's own decides, what is to be fixed for every account alike. */
export function uncoveredEverywhere(world: World): Cause | undefined {
  const [first, ...others] = world.lookup.accounts.map((it) => uncoveredCause(it, world));
  return others.every((it) => it?.targetType === first?.targetType && it?.id === first?.id) ? first : undefined;
}

function isCertain(it: Tri<boolean>): boolean {
  return it.state === 'known' && it.value;
}

function isOrganizationTrail({ description, accountId }: Trail, organization: Organization | null): Tri<boolean> {
  if (organization === null) return no;
  if (description.state === 'known') return sure(description.value.isOrganizationTrail);
  // Only the management account owns organization trails, whoever creates them.
  return description.state === 'unknown' && accountId === organization.managementAccountId
    ? doubt([description.gap])
    : no;
}

/** Whether a store records the accounts of the organization. A member's store that could not be read may not. */
function isOrganizationStore({ details, accountId }: EventDataStore, organization: Organization | null): Tri<boolean> {
  if (organization === null || details.state === 'absent') return no;
  if (details.state === 'known') return sure(details.value.organizationEnabled);
  const { managementAccountId, delegatedAdministrators: administrators } = organization;
  if (accountId === managementAccountId) return doubt([details.gap]);
  if (administrators.state === 'unknown') return doubt([administrators.gap, details.gap]);
  return administrators.state === 'known' && administrators.value.includes(accountId) ? doubt([details.gap]) : no;
}

/** The organization's trails, as far as they are known. */
export function trailsOfOrganization(organization: Organization, world: World): OpenList<Trail> {
  const candidates = world.lookup.trails.map((value) => ({
    value,
    isMember: isOrganizationTrail(value, organization),
  }));
  return withRest(listOf(candidates), [organization.trailsGap]);
}

export function organizationTrails(organization: Organization, world: World): Value {
  const all = trailsOfOrganization(organization, world);
  return fromOpenList(all, world.trail, all.members.length === 0 ? severedCause(world) : undefined);
}

export function organizationStores(organization: Organization, world: World): Value {
  const candidates = world.lookup.eventDataStores.map((value) => ({
    value,
    isMember: isOrganizationStore(value, organization),
  }));
  return fromOpenList(withRest(listOf(candidates), [organization.eventDataStoresGap]), world.eventDataStore);
}

/** Whether a store of the organization certainly records the write management events of all accounts and Regions. */
export function isRecordedByStore(organization: Organization, { lookup, coverages }: World): boolean {
  return lookup.eventDataStores.some((store) => {
    const isShared = isOrganizationStore(store, organization);
    const { write } = coverages.ofEventDataStore(store).management();
    return (
      isCertain(isShared) &&
      store.details.state === 'known' &&
      store.details.value.multiRegionEnabled &&
      write.state === 'known' &&
      write.value === 'full'
    );
  });
}

/** Every account in the scope of the run; `accountsGap`: there may be more. */
export function organizationAccounts(organization: Organization, world: World): Value {
  const all = { members: world.lookup.accounts, doubtful: [] };
  return fromOpenList(withRest(all, [organization.accountsGap]), world.account);
}

/** Its own trails, and the organization's that are credited to it: doubtful where the credit is inferred. */
export function trailsOfAccount(account: Account, world: World): Value {
  const { lookup, inventory } = world;
  const own = lookup.trailsOf(account.id).map(({ arn }) => ({ value: arn, isMember: yes }));
  const credited = world.creditsOf(account).map((credit) => ({
    value: credit.trailArn,
    isMember: credit.grade === 'inferred' ? doubt(credit.gaps) : sure(credit.grade === 'observed'),
  }));
  const gap =
    inventory.organization?.managementAccountId === account.id ? undefined : inventory.organization?.trailsGap;
  const list = listOf([...own, ...credited].toSorted((a, b) => byText(a.value, b.value)));
  const hasNone = list.members.length === 0;
  return fromOpenList(
    withRest(list, [gap, account.ownTrailsGap]),
    (arn) => world.trailSeenBy(arn, account),
    hasNone ? organizationTrailsCause(world) : undefined,
  );
}

/** Trails that it owns, as far as they were told. */
export function ownTrails(account: Account, { lookup, trail }: World): Value {
  const own = { members: lookup.trailsOf(account.id), doubtful: [] };
  return fromOpenList(withRest(own, [account.ownTrailsGap]), trail);
}

/** Its own stores. What was found counts, though the list could not be read to its end. */
export function ownStores(account: Account, world: World): Value {
  const own = { members: world.lookup.storesOf(account.id), doubtful: [] };
  return fromOpenList(withRest(own, [storesGap(account)]), world.eventDataStore);
}

/** Its own stores, and the organization's. */
export function storesOfAccount(account: Account, world: World): Value {
  const { organization } = world.inventory;
  const candidates = world.lookup.eventDataStores.map((value) => ({
    value,
    isMember: value.accountId === account.id ? yes : isOrganizationStore(value, organization),
  }));
  return fromOpenList(
    withRest(listOf(candidates), [storesGap(account), organization?.eventDataStoresGap]),
    world.eventDataStore,
  );
}

/** A member that was not asked for its stores has none as far as this run is concerned. */
function storesGap({ eventDataStores: it }: Account): string | undefined {
  return it?.state === 'unknown' ? it.gap : undefined;
}

/** The accounts in scope that a trail is credited to. */
export function accountsOfTrail(trail: Trail, world: World): Value {
  const { organization } = world.inventory;
  const candidates = world.lookup.accounts.map((value) => ({ value, isMember: isCredited(value, trail, world) }));
  const isShared = isOrganizationTrail(trail, organization);
  const mayReachMore = isShared.state === 'unknown' || isShared.value;
  return fromOpenList(
    withRest(listOf(candidates), [mayReachMore ? organization?.accountsGap : undefined]),
    world.account,
  );
}

function isCredited(account: Account, trail: Trail, world: World): Tri<boolean> {
  // The owner's own list of trails could not be read, but the trail was found.
  if (account.id === trail.accountId) return yes;
  const credit = world.creditsOf(account).find((it) => it.trailArn === trail.arn);
  if (credit === undefined) return no;
  return credit.grade === 'inferred' ? doubt(credit.gaps) : sure(credit.grade === 'observed');
}

/** The accounts in scope whose events a store records. */
export function accountsOfStore(store: EventDataStore, world: World): Value {
  const { organization } = world.inventory;
  const isShared = isOrganizationStore(store, organization);
  const candidates = world.lookup.accounts.map((value) => ({
    value,
    isMember: value.id === store.accountId ? yes : isShared,
  }));
  const mayReachMore = isShared.state === 'unknown' || isShared.value;
  return fromOpenList(
    withRest(listOf(candidates), [mayReachMore ? organization?.accountsGap : undefined]),
    world.account,
  );
}
