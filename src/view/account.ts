import { Unknown, ViewList, type Value, type ViewObject } from '../expression/index.js';
import { type CoverageLimits, doubt, fromKnown, listOf, sure } from '../facts/index.js';
import type { Account } from '../model/inventory.js';
import { evidenceOfCalls, evidenceOfCoverage, evidenceOfStores, evidenceOfTrails } from './account-evidence.js';
import { fromOpenList, fromTri, orAbsent, required, texts, time } from './convert.js';
import { coverageOf } from './coverage.js';
import { alarmsOf, evidenceOfAlarms } from './alarms.js';
import { derived, evidenceOf, fields } from './fields.js';
import { evidenceOfFullAccess, fullAccessHoldersOf } from './full-access.js';
import { ownStores, ownTrails, storesOfAccount, trailsOfAccount, uncoveredCause } from './membership.js';
import { PartObject, type Field, type Shape, type Values } from './object.js';
import { controlPolicyCalls } from './controls.js';
import { scpDenials } from './denials.js';
import { publicAccessBlockOf } from './public-access-block.js';
import { enabledRegions, regionCalls } from './region.js';
import { evidenceOfTrailRights, trailAdministratorsOf } from './trail-administrators.js';
import { evidenceOfTrailChanges, trailChangesOf } from './trail-changes.js';
import { neverRecorded, type World } from './world.js';

/** What Organizations tells of it. */
function listed(calls: readonly string[], read: (account: Account, world: World) => Value): Field<Account> {
  return derived((account, world) => [evidenceOfCalls(account, world, calls)], read);
}

/** What only the account itself can tell: unknown when it could not be entered, or told no trails. */
function told(
  evidence: (account: Account, world: World) => readonly (readonly string[])[],
  read: (account: Account, world: World, self: ViewObject) => Value,
  cause?: Field<Account>['cause'],
): Field<Account> {
  const readIfEntered: typeof read = (account, world, self) =>
    account.ownTrails.state === 'unknown' ? new Unknown([account.ownTrails.gap]) : read(account, world, self);
  return derived(evidence, readIfEntered, cause);
}

const accounts = ['organizations:ListAccounts'];
const structure = ['organizations:ListRoots', 'organizations:ListOrganizationalUnitsForParent'];
const trailCalls = ['cloudtrail:ListTrails'];

function coverage(field: string, limits: CoverageLimits): Field<Account> {
  return told(
    (account, world) => evidenceOfCoverage(account, world.coverages.ofAccount(account, limits), world),
    (account, world, self) => coverageOf(world.coverages.ofAccount(account, limits), self, field, world),
  );
}

/** What the organization says of an account's part in it. Without one nothing does. */
function membership(
  decide: (account: Account, organization: NonNullable<World['inventory']['organization']>) => Value,
) {
  const calls = ['organizations:DescribeOrganization', 'organizations:ListDelegatedAdministrators'];
  return listed(calls, (account, world) => {
    const { organization, standsAlone } = world.inventory;
    if (organization !== null) return decide(account, organization);
    return standsAlone === true ? false : notToldAlone(account, world);
  });
}

/** A run for one account alone does not tell whether that is in an organization. */
function notToldAlone({ id }: Account, world: World): Unknown {
  const message = `Account ${id} was read by itself, without its organization, if it is in one.`;
  const call = 'organizations:DescribeOrganization';
  const reason = neverRecorded(world.inventory);
  return new Unknown([world.note({ call, accountId: id, region: 'global', reason, message })]);
}

function joinedTimestamp(account: Account, world: World): Value {
  if (account.joinedAt !== undefined) return time(account.joinedAt);
  const message = `AWS did not say when account ${account.id} joined the organization.`;
  const call = 'organizations:ListAccounts';
  return new Unknown([world.note({ call, accountId: account.id, region: 'global', reason: 'not-collected', message })]);
}

function organizationalUnitNames({ id, parents }: Account, world: World): Value {
  const { organization } = world.inventory;
  if (organization === null) return new ViewList([]);
  return required(parents, new ViewList([]), (ids) =>
    required(organization.organizationalUnits, new ViewList([]), (units) => {
      const names = new Map(units.map((unit) => [unit.id, unit.name]));
      const message = `AWS did not give the name of an OU above account ${id}.`;
      const call = 'organizations:ListOrganizationalUnitsForParent';
      const missing = (resource: string) =>
        new Unknown([
          world.note({ call, accountId: id, region: 'global', resource, reason: 'not-collected', message }),
        ]);
      return new ViewList(ids.map((unit) => names.get(unit) ?? missing(unit)));
    }),
  );
}

/** Buckets that it owns; those whose owner is not known may be its own, and so may those of trails that were not described. */
function logBuckets({ id }: Account, { lookup, bucket }: World): Value {
  const own = lookup.bucketsOf(id).map((value) => ({ value, isMember: sure(true) }));
  const open = lookup.buckets
    .filter((it) => it.owner.state === 'unknown')
    .map((value) => ({ value, isMember: fromKnown(value.owner, false, () => false) }));
  const gaps = lookup.undescribed.flatMap(({ description }) =>
    description.state === 'unknown' ? [description.gap] : [],
  );
  const list = listOf([...own, ...open]);
  return fromOpenList(gaps.length === 0 ? list : { ...list, rest: doubt(gaps) }, bucket);
}

const creditCalls = ['cloudtrail:GetTrailStatus'];

function credits(account: Account, world: World, self: ViewObject): Value {
  return new ViewList(
    world.creditsOf(account).map((credit) => {
      const values: Values = {
        trailArn: credit.trailArn,
        grade: credit.grade,
        isLogging: orAbsent(credit.isLogging),
        latestDeliveryError: orAbsent(credit.latestDeliveryError),
        latestCloudWatchLogsDeliveryError: orAbsent(credit.latestCloudWatchLogsDeliveryError),
        why: credit.why,
      };
      return new PartObject('Credit', values, self, 'credits');
    }),
  );
}

export const accountShape: Shape<Account> = {
  type: 'Account',
  label: (account) => account.id,
  // The functions that take an account ask what it records.
  readAsWhole: ['coverage'],
  fields: fields<Account>({
    id: listed([...accounts, 'sts:GetCallerIdentity'], (account) => account.id),
    name: listed(accounts, (account) => account.name),
    arn: listed(accounts, (account) => orAbsent(account.arn)),
    state: listed(accounts, (account) => account.state),
    // Nobody can mend when it joined: where that decides, the lack of a trail does.
    joinedTimestamp: { ...listed(accounts, joinedTimestamp), cause: uncoveredCause },
    // Where the list of accounts has no paths, each OU is asked for its accounts.
    organizationalUnitIds: listed([...accounts, ...structure, 'organizations:ListAccountsForParent'], (account) =>
      required(account.parents, new ViewList([]), texts),
    ),
    organizationalUnitNames: listed(structure, organizationalUnitNames),
    isManagementAccount: membership(({ id }, organization) => id === organization.managementAccountId),
    isMemberAccount: membership(({ id }, organization) => id !== organization.managementAccountId),
    isDelegatedAdministrator: membership(({ id }, organization) =>
      required(organization.delegatedAdministrators, false, (ids) => ids.includes(id)),
    ),
    regions: told((account) => [evidenceOf(account, regionCalls)], enabledRegions),
    publicAccessBlock: told(
      (account) => [evidenceOf(account, ['s3control:GetPublicAccessBlock'])],
      (account, _, self) => publicAccessBlockOf(account.publicAccessBlock, self),
    ),
    ownTrails: told((account) => [evidenceOf(account, trailCalls)], ownTrails),
    ownEventDataStores: told(evidenceOfStores, ownStores),
    trails: told(evidenceOfTrails, trailsOfAccount),
    eventDataStores: told(evidenceOfStores, storesOfAccount),
    credits: told((account) => account.observedTrails.map((seen) => evidenceOf(seen, creditCalls)), credits),
    logBuckets: told(
      (account, { lookup }) =>
        lookup.bucketsOf(account.id).map((it) => evidenceOf(it, ['s3:HeadBucket', 's3:ListBuckets'])),
      logBuckets,
    ),
    coverage: coverage('coverage', { protectedOnly: false, eventDataStores: true }),
    trailCoverage: coverage('trailCoverage', { protectedOnly: false, eventDataStores: false }),
    protectedCoverage: coverage('protectedCoverage', { protectedOnly: true, eventDataStores: true }),
    protectedTrailCoverage: coverage('protectedTrailCoverage', { protectedOnly: true, eventDataStores: false }),
    multiRegionCoverage: coverage('multiRegionCoverage', {
      protectedOnly: false,
      multiRegionOnly: true,
      eventDataStores: true,
    }),
    multiRegionTrailCoverage: coverage('multiRegionTrailCoverage', {
      protectedOnly: false,
      multiRegionOnly: true,
      eventDataStores: false,
    }),
    fullAccessHolders: told(evidenceOfFullAccess, fullAccessHoldersOf),
    trailAdministrators: told(evidenceOfTrailRights, trailAdministratorsOf),
    scpDenials: derived(
      (account, world) => [evidenceOfCalls(account, world, [...accounts, ...trailCalls, ...controlPolicyCalls])],
      scpDenials,
    ),
    alarms: told(evidenceOfAlarms, alarmsOf),
    trailChanges: told(evidenceOfTrailChanges, trailChangesOf),
    isInOrganizationTrail: told(
      evidenceOfTrails,
      (account, world) => fromTri(world.coverages.isInOrganizationTrail(account), (it) => it),
      uncoveredCause,
    ),
  }),
};
