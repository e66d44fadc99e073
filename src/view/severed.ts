import { isSevered, mapTri, type CoverageLimits, type Level } from '../facts/index.js';
import type { Trail } from '../model/inventory.js';
import type { World } from './world.js';

const everySink: CoverageLimits = { protectedOnly: false, eventDataStores: true };
const answers = new WeakMap<World, Map<Trail, ReturnType<typeof isSevered>>>();

/** Whether a trail was an organization trail and leaves accounts unrecorded now. It is asked for each account, so it is remembered. */
export function severed(trail: Trail, world: World): ReturnType<typeof isSevered> {
  const { inventory, lookup, coverages } = world;
  const known = answers.get(world) ?? new Map<Trail, ReturnType<typeof isSevered>>();
  answers.set(world, known);
  const it =
    known.get(trail) ??
    isSevered(trail, inventory, () =>
      lookup.accounts.map((account) => mapTri(coverages.ofAccount(account, everySink).management().write, isNone)),
    );
  known.set(trail, it);
  return it;
}

function isNone(level: Level): boolean {
  return level === 'none';
}
