import { isOptInRegion } from '../model/identifiers.js';
import { chainKey, type ChainId } from './chain.js';
import type { ExpectedChain, Expectation, TrailFacts } from './expectation.js';
import type { Base } from './object-names.js';

/** Where a trail writes: `[PREFIX/]AWSLogs/[ORGANIZATION/]`. */
export function baseOf({ prefix, organizationId }: TrailFacts): Base {
  const root = `${prefix === '' ? '' : `${prefix}/`}AWSLogs/`;
  return { path: organizationId === undefined ? root : `${root}${organizationId}/`, organizationId };
}

export function idOf({ trail, account, region }: ExpectedChain): ChainId {
  const { name, homeRegion, organizationId } = trail;
  return { account, region, trail: name, homeRegion, organizationId };
}

/** The trail that a chain is of, as far as it is known. */
export function trailOf(id: ChainId, trails: readonly TrailFacts[]): TrailFacts | undefined {
  return trails.find((it) => isOf(id, it));
}

/** True when the chain is of the trail; what is not known of the trail is no difference. */
export function isOf(id: ChainId, trail: TrailFacts): boolean {
  if (id.trail !== trail.name || id.homeRegion !== trail.homeRegion) return false;
  return writesFor(trail, id.organizationId, id.account);
}

/** True when the trail may write an account's log files below the folder of an organization, or outside of any. */
export function writesFor(trail: TrailFacts, organizationId: string | undefined, account: string | undefined): boolean {
  const { isOrganization } = trail;
  if (organizationId === undefined) {
    return isOrganization !== true && (account === undefined || [undefined, account].includes(trail.account));
  }
  return isOrganization !== false && [undefined, organizationId].includes(trail.organizationId);
}

/** A chain that was found, or a place in which log files were found without one. */
export interface Seen {
  readonly account: string;
  readonly region: string;
  readonly organizationId: string | undefined;
}

/**
 * What must be there by what is there: of each trail that was found, all accounts and Regions that were named, or that
 * it was found with in some account. Regions that an account may have switched off are expected only where named.
 */
export function chainsByLayout(
  { basis, named }: Expectation,
  found: readonly ChainId[],
  withLogs: readonly Seen[],
): ChainId[] {
  if (basis !== 'layout' && basis !== 'named') return [];
  const chains = new Map<string, ChainId>();
  for (const group of byTrail(found)) {
    const [first] = group;
    if (first === undefined) continue;
    const ofBase = withLogs.filter((it) => it.organizationId === first.organizationId && isOwnOrMember(first, it));
    const accounts = accountsOf(first, [...group, ...ofBase], named?.accounts);
    const seenRegions = group.map((it) => it.region).filter((it) => !isOptInRegion('aws', it));
    for (const account of accounts) {
      const withLogsHere = ofBase.filter((it) => it.account === account).map((it) => it.region);
      for (const region of new Set([...(named?.regions ?? seenRegions), ...withLogsHere])) {
        const id = { ...first, account, region };
        chains.set(chainKey(id), id);
      }
    }
  }
  return [...chains.values()];
}

function accountsOf(first: ChainId, seen: readonly Seen[], named: readonly string[] | undefined): Set<string> {
  if (first.organizationId === undefined) return new Set([first.account]);
  return new Set(named ?? seen.map((it) => it.account));
}

/** A trail without an organization writes for its own account alone. */
function isOwnOrMember(id: ChainId, seen: Seen): boolean {
  return id.organizationId !== undefined || id.account === seen.account;
}

function byTrail(found: readonly ChainId[]): ChainId[][] {
  const groups = new Map<string, ChainId[]>();
  for (const id of found) {
    const owner = id.organizationId ?? id.account;
    const key = `${owner}/${id.trail}/${id.homeRegion}`;
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups.values()];
}
