import { eventCoverages, FactGaps, type Coverages, type EventCoverage, type Level, type Tri } from '../facts/index.js';
import { alwaysEnabledRegions } from '../model/identifiers.js';
import type { Account, Inventory } from '../model/inventory.js';
import type { AccountPlace, RecordingGroup, RegionRecording } from '../model/results.js';
import { byId, byText } from '../text/order.js';

type Shown = RegionRecording['read'];

/** Every account with its place in the organization, by id. */
export function accountPlaces({ accounts, organization }: Inventory): AccountPlace[] {
  const units = organization?.organizationalUnits;
  const names = new Map(units?.state === 'known' ? units.value.map(({ id, name }) => [id, name]) : []);
  return accounts.toSorted(byId).map(({ id, name, parents }) => {
    const path = parents.state === 'known' ? parents.value.map((unit) => names.get(unit) ?? unit) : [];
    return path.length === 0 ? { id, name } : { id, name, path };
  });
}

/**
 * Which management events are recorded in which Region, for every account in scope: the same fact as in
 * `account.coverage`, for all enabled Regions. Accounts in the same state share one item; items are in the order of
 * their first account.
 */
export function recordingOf(inventory: Inventory): RecordingGroup[] {
  const coverages = eventCoverages(inventory, new FactGaps());
  const groups = new Map<string, { readonly group: RecordingGroup; readonly accounts: string[] }>();
  const states = new Map<EventCoverage, Map<string, string>>();
  for (const account of inventory.accounts.toSorted(byId)) {
    if (account.outOfScope !== undefined) continue;
    const { regions, isComplete } = enabledRegions(account, inventory.partition);
    const whole = coverages.ofAccount(account, { protectedOnly: false, eventDataStores: true });
    // Accounts in which the same sinks apply share one coverage; with the same Regions they are in one state.
    const key = `${isComplete} ${regions.join(' ')}`;
    const known = states.get(whole) ?? new Map<string, string>();
    states.set(whole, known);
    const state = known.get(key) ?? JSON.stringify([isComplete, regionsOf(account, regions, whole, coverages)]);
    known.set(key, state);
    const entry = groups.get(state);
    if (entry === undefined) {
      const accounts = [account.id];
      const [, recorded] = JSON.parse(state) as [boolean, RegionRecording[]]; // as written above
      const group = { accounts, regions: recorded, ...(isComplete ? {} : { mayHaveOthers: true as const }) };
      groups.set(state, { group, accounts });
    } else entry.accounts.push(account.id);
  }
  return [...groups.values()].map(({ group }) => group);
}

function regionsOf(
  account: Account,
  regions: readonly string[],
  whole: EventCoverage,
  coverages: Coverages,
): RegionRecording[] {
  const all = levelsOf(whole);
  const [first] = regions;
  if (first === undefined) return [];
  // What is said of all Regions together holds in each.
  if (isUniform(all)) return [{ names: [...regions], ...all }];
  const groups = new Map<string, string[]>();
  for (const region of regions) {
    const state = JSON.stringify(levelsOf(coverages.ofRegion(account, region)));
    const names = groups.get(state);
    if (names === undefined) groups.set(state, [region]);
    else names.push(region);
  }
  return [...groups].map(([state, names]) => {
    const { read, write } = JSON.parse(state) as Levels; // as written above
    return { names, read, write };
  });
}

type Levels = Pick<RegionRecording, 'read' | 'write'>;

function levelsOf(coverage: EventCoverage): Levels {
  const { read, write } = coverage.management();
  return { read: shown(read), write: shown(write) };
}

function isUniform({ read, write }: Levels): boolean {
  return [read, write].every((it) => it === 'full' || it === 'none');
}

function shown(level: Tri<Level>): Shown {
  return level.state === 'known' ? level.value : 'unknown';
}

/** Those that are known to be enabled, and whether that is all. */
function enabledRegions(
  { regions }: Account,
  partition: string,
): { readonly regions: readonly string[]; readonly isComplete: boolean } {
  if (regions.state !== 'known') return { regions: alwaysEnabledRegions(partition), isComplete: false };
  const enabled = regions.value
    .filter(({ optStatus }) => optStatus === 'ENABLED' || optStatus === 'ENABLED_BY_DEFAULT')
    .map(({ name }) => name);
  return { regions: [...new Set(enabled)].toSorted(byText), isComplete: true };
}
