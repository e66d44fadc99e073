import { alwaysEnabledRegions, isOptInRegion, isPartition } from '../model/identifiers.js';
import type { Account, Bucket, Inventory, LifecycleRule, Trail, TrailDescription } from '../model/inventory.js';
import { baseOf } from './expected-chains.js';
import type { ExpectedChain, Expectation, TrailFacts } from './expectation.js';

/**
 * What must lie in the buckets by what a scan has read: each trail's digest files for each account and Region that it
 * records. Closed accounts go on delivering to another account's bucket until they are gone:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-account-closure.html
 */
export function expectationFrom(inventory: Inventory): Expectation {
  const { organization } = inventory;
  const open = new Set<string>();
  const trails = inventory.trails.flatMap((trail): TrailFacts[] => {
    const { description } = trail;
    if (description.state === 'known') {
      if (description.value.isOrganizationTrail && organization === null) {
        open.add(`The organization of trail ${trail.arn} could not be read, and so not which accounts it records.`);
      }
      return [factsOf(trail, description.value, inventory)];
    }
    if (description.state === 'unknown') open.add(`What trail ${trail.arn} is set to could not be read.`);
    return [];
  });
  const accounts = inventory.accounts.filter(({ state }) => delivering.has(state));
  const unasked = new Set<string>();
  const chains = trails.flatMap((trail) =>
    accounts
      .filter((it) => (trail.isOrganization === true ? organization !== null : it.id === trail.account))
      .flatMap((account) => chainsOf(trail, account, inventory.partition, unasked)),
  );
  // A closed account cannot be asked, and nobody can act in it.
  const unseen = inventory.accounts.filter(
    ({ state, ownTrails, ownTrailsGap }) =>
      state === 'ACTIVE' && (ownTrails.state === 'unknown' || ownTrailsGap !== undefined),
  );
  if (unseen.length > 0) open.add(`The trails of ${unseen.length} accounts could not be read.`);
  if (organization?.accountsGap !== undefined) open.add('The list of the accounts could not be read to its end.');
  if (organization?.trailsGap !== undefined) open.add('The trails of the organization could not be read.');
  return {
    basis: organization === null ? 'account' : 'organization',
    trails,
    chains,
    knowsAllTrails: unseen.length === 0 && organization?.trailsGap === undefined,
    ...(organization === null || organization.accountsGap !== undefined
      ? {}
      : { accounts: new Set(inventory.accounts.map((it) => it.id)) }),
    open: [...open],
    ...(unasked.size === 0 ? {} : { unknownRegions: unknownRegions([...unasked].toSorted()) }),
  };
}

function unknownRegions(accounts: readonly string[]): string {
  const [first = ''] = accounts;
  const whose = accounts.length === 1 ? `account ${first}` : `${accounts.length} accounts, such as ${first},`;
  return `Which Regions ${whose} has enabled could not be read: only those that none can switch off are expected.`;
}

/** States in which an account's events are delivered to the bucket of an organization trail. */
const delivering: ReadonlySet<string> = new Set(['ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE']);

function factsOf(trail: Trail, description: TrailDescription, { organization, buckets }: Inventory): TrailFacts {
  const isOrganization = description.isOrganizationTrail;
  const facts: TrailFacts = {
    name: trail.name,
    homeRegion: trail.homeRegion,
    arn: trail.arn,
    account: trail.accountId,
    isOrganization,
    ...(isOrganization && organization !== null ? { organizationId: organization.id } : {}),
    bucket: description.s3BucketName,
    prefix: description.s3KeyPrefix ?? '',
    isMultiRegion: description.isMultiRegionTrail,
    validates: description.logFileValidationEnabled,
    ...statusOf(trail),
  };
  const bucket = buckets.find((it) => it.name === facts.bucket);
  const days = bucket === undefined ? undefined : expirationIn(bucket, baseOf(facts).path);
  return days === undefined ? facts : { ...facts, expiration: days };
}

function statusOf({ status }: Trail): Pick<TrailFacts, 'status'> {
  if (status.state !== 'known') return {};
  const { isLogging, startLoggingTime, stopLoggingTime, latestDigestDeliveryTime, latestDigestDeliveryError } =
    status.value;
  return {
    status: {
      isLogging,
      ...(startLoggingTime === undefined ? {} : { startedAt: Date.parse(startLoggingTime) }),
      ...(stopLoggingTime === undefined ? {} : { stoppedAt: Date.parse(stopLoggingTime) }),
      ...(latestDigestDeliveryTime === undefined ? {} : { latestDigest: Date.parse(latestDigestDeliveryTime) }),
      ...(latestDigestDeliveryError === undefined ? {} : { digestError: latestDigestDeliveryError }),
    },
  };
}

/** The earliest rule that may take digest files; a date is a day on which all older objects go. */
function expirationIn({ lifecycleRules }: Bucket, base: string): number | 'never' | undefined {
  if (lifecycleRules.state === 'unknown') return undefined;
  const rules = lifecycleRules.state === 'known' ? lifecycleRules.value : [];
  const days = rules
    .filter((it) => mayTake(it, base))
    .map((it) => (it.expirationDate === undefined ? it.expirationDays : 0));
  const given = days.filter((it) => it !== undefined);
  return given.length === 0 ? 'never' : Math.min(...given);
}

function mayTake({ isEnabled, requiresTags, prefix }: LifecycleRule, base: string): boolean {
  return isEnabled && !requiresTags && (base.startsWith(prefix) || prefix.startsWith(base));
}

function chainsOf(trail: TrailFacts, account: Account, partition: string, unasked: Set<string>): ExpectedChain[] {
  const enabled =
    account.regions.state === 'known'
      ? account.regions.value.filter((it) => enabledStates.has(it.optStatus)).map((it) => it.name)
      : undefined;
  const since =
    trail.isOrganization === true && account.joinedAt !== undefined ? { since: Date.parse(account.joinedAt) } : {};
  const chain = (region: string): ExpectedChain => ({ trail, account: account.id, region, ...since });
  if (trail.isMultiRegion === false) return [chain(trail.homeRegion)];
  if (enabled === undefined) {
    unasked.add(account.id);
    return alwaysEnabledRegions(partition).map(chain);
  }
  // In an account that has not enabled its home Region, a trail records nothing.
  const isOptIn = isPartition(partition) && isOptInRegion(partition, trail.homeRegion);
  return isOptIn && !enabled.includes(trail.homeRegion) ? [] : enabled.map(chain);
}

/** A Region that is being disabled is enabled until it is. */
const enabledStates: ReadonlySet<string> = new Set(['ENABLED', 'ENABLED_BY_DEFAULT', 'DISABLING']);
