import { alwaysEnabledRegions, isPartition, leaderRegion } from '../../model/identifiers.js';
import type { Account } from '../../model/inventory.js';
import type { EventSink } from './recording.js';

/** Regions in which the same sinks apply. */
export interface RegionGroup {
  /** As a loss names them: `*` for all enabled Regions. */
  readonly names: readonly string[];
  /** What decides which sinks apply: one of the Regions, or `*` where only those for all Regions do. */
  readonly region: string;
}

/** Where an account's events happen. */
export interface RegionPlan {
  readonly groups: readonly RegionGroup[];
  /** Regions that the account may have, too. */
  readonly possible: readonly RegionGroup[];
  /** Gaps for which those are only possible. */
  readonly gaps: readonly string[];
  /** All Regions of `groups`; empty where the group is `*`. */
  readonly all: readonly string[];
  readonly key: string;
}

const everywhere: RegionPlan = {
  groups: [{ names: ['*'], region: '*' }],
  possible: [],
  gaps: [],
  all: [],
  key: '*',
};

/** The Region of global services' events; partitions that are new to us are treated like `aws`. */
export function globalServicesRegion(partition: string): string {
  return leaderRegion(isPartition(partition) ? partition : 'aws');
}

/** One Region alone, or `*` for a sink of all Regions. */
export function onlyRegion(region: string): RegionPlan {
  return { ...everywhere, groups: [{ names: [region], region }], all: [region], key: region };
}

/** Groups an account's Regions by what records there. */
export function planRegions(account: Account, sinks: readonly EventSink[], partition: string): RegionPlan {
  const special = new Set(sinks.flatMap(regionsOf).filter((region) => region !== '*'));
  if (special.size === 0) return everywhere;
  const { regions } = account;
  if (regions.state === 'known') {
    const enabled = regions.value
      .filter(({ optStatus }) => optStatus === 'ENABLED' || optStatus === 'ENABLED_BY_DEFAULT')
      .map(({ name }) => name);
    return planOf(enabled, special, [], []);
  }
  const sure = alwaysEnabledRegions(partition);
  const homes = [...special].filter((region) => !sure.includes(region)).toSorted();
  const possible = [{ names: ['*'], region: '*' }, ...homes.map((region) => ({ names: [region], region }))];
  return planOf(sure, special, possible, regions.state === 'unknown' ? [regions.gap] : []);
}

function planOf(
  regions: readonly string[],
  special: ReadonlySet<string>,
  possible: readonly RegionGroup[],
  gaps: readonly string[],
): RegionPlan {
  const all = [...new Set(regions)].toSorted();
  const common = all.filter((region) => !special.has(region));
  const groups: RegionGroup[] = all
    .filter((region) => special.has(region))
    .map((region) => ({ names: [region], region }));
  if (common.length > 0)
    groups.push({ names: common.length === all.length && gaps.length === 0 ? ['*'] : common, region: '*' });
  if (groups.length === 0) return everywhere;
  return { groups, possible: gaps.length === 0 ? [] : possible, gaps, all, key: JSON.stringify([all, gaps]) };
}

function regionsOf({ worst, best }: EventSink): string[] {
  return [worst, best].flatMap((it) => (it === undefined ? [] : [it.region]));
}
