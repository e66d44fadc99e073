import { byText } from '../../text/order.js';
/**
 * Of things that are the same, the one with the fewest unknowns, or the first of these: what one part of a run was
 * refused, another may have been told. The result is in the order of the keys.
 */
export function chooseBest<T>(all: readonly T[], keyOf: (it: T) => string): readonly T[] {
  const groups = new Map<string, T[]>();
  for (const it of all) {
    const group = groups.get(keyOf(it));
    if (group === undefined) groups.set(keyOf(it), [it]);
    else group.push(it);
  }
  const chosen: T[] = [];
  for (const [, group] of [...groups].toSorted(([a], [b]) => byText(a, b))) {
    const [best] = group.length === 1 ? group : byUnknowns(group);
    if (best !== undefined) chosen.push(best);
  }
  return chosen;
}

function byUnknowns<T>(group: readonly T[]): T[] {
  return group
    .map((it) => ({ it, unknowns: unknownsIn(it) }))
    .toSorted((a, b) => a.unknowns - b.unknowns)
    .map(({ it }) => it);
}

function unknownsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if ('state' in value && value.state === 'unknown') return 1;
  return Object.entries(value).reduce(
    (sum, [key, it]: [string, unknown]) => sum + (key.endsWith('Gap') && typeof it === 'string' ? 1 : unknownsIn(it)),
    0,
  );
}
