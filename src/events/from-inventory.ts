import { alwaysEnabledRegions } from '../model/identifiers.js';
import type { Account, Inventory } from '../model/inventory.js';
import { byText } from '../text/order.js';
import type { ExpectedPlace } from './expected-places.js';

/** Of which accounts and Regions events must be there. */
export interface ExpectedPlaces {
  readonly places: readonly ExpectedPlace[];
  /** Accounts of which only the Regions are expected that nobody can switch off: the others could not be read. */
  readonly openAccounts: readonly string[];
}

/** A Region that is being disabled is enabled until it is. */
const enabledStates: ReadonlySet<string> = new Set(['ENABLED', 'ENABLED_BY_DEFAULT', 'DISABLING']);

/** The accounts of an inventory that are in scope, in each of their enabled Regions, since they joined. */
export function expectedPlaces({ accounts, partition }: Inventory): ExpectedPlaces {
  const inScope = accounts.filter((it) => it.outOfScope === undefined);
  return {
    places: inScope.flatMap((account) => regionsOf(account, partition).map((region) => placeOf(account, region))),
    openAccounts: inScope.filter((it) => it.regions.state !== 'known').map((it) => it.id),
  };
}

/** What an inventory says of where events may be, whether or not it is in scope. */
export interface KnownPlaces {
  readonly accounts: readonly string[];
  /** That any of them has enabled, as far as it is known. */
  readonly regions: readonly string[];
  /** The Regions of each account are known. */
  readonly isWhole: boolean;
  /** They are those of an organization, to which others may have come since. */
  readonly isOrganization: boolean;
}

/** All accounts of an inventory, and their Regions. */
export function knownPlaces({ accounts, partition, organization }: Inventory): KnownPlaces {
  const regions = accounts.flatMap((it) => regionsOf(it, partition));
  return {
    accounts: accounts.map((it) => it.id),
    regions: [...new Set(regions)].toSorted(byText),
    isWhole: accounts.every((it) => it.regions.state === 'known'),
    isOrganization: organization !== null,
  };
}

function regionsOf({ regions }: Account, partition: string): readonly string[] {
  if (regions.state !== 'known') return alwaysEnabledRegions(partition);
  return regions.value.filter((it) => enabledStates.has(it.optStatus)).map((it) => it.name);
}

function placeOf({ id, joinedAt }: Account, region: string): ExpectedPlace {
  const since = joinedAt === undefined ? Number.NaN : Date.parse(joinedAt);
  return { account: id, region, ...(Number.isNaN(since) ? {} : { since }) };
}
