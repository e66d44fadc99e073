import { FactGaps, unfoundOf } from '../../facts/index.js';
import type { Gap, Inventory } from '../../model/inventory.js';
import { nowhere } from '../../model/naming.js';
import { isNamedByResources } from '../../model/resource-kinds.js';
import type { Target, TargetType } from '../../model/results.js';

/** A place or ARN whose list is open for a reason that may hide what was found before. */
interface Hiding {
  readonly id?: string;
  readonly accountId: string;
}

/**
 * Tells whether a target that an earlier run found would have been found by this one, were it still there.
 *
 * @param recordedBefore - the earlier run read the same source: what AWS Config never records hid as much from it
 */
export function stillFindable(inventory: Inventory, recordedBefore: boolean): (target: Target) => boolean {
  const hidingOf = new Map<TargetType, readonly Hiding[]>();
  return (target) => {
    const hiding = hidingOf.get(target.type) ?? hidingPlaces(target.type, inventory, recordedBefore);
    hidingOf.set(target.type, hiding);
    // What resources name lives in whatever account, all else in the one whose list is open.
    const mayBeAnywhere = isNamedByResources(target.type);
    return !hiding.some(({ id, accountId }) =>
      id === undefined
        ? mayBeAnywhere || accountId === nowhere.accountId || accountId === target.accountId
        : id === (target.arn ?? target.id),
    );
  };
}

function hidingPlaces(type: TargetType, inventory: Inventory, recordedBefore: boolean): readonly Hiding[] {
  const found = new FactGaps();
  const unfound = unfoundOf(type, inventory, found);
  const gaps = new Map([...inventory.gaps, ...found.all()].map((gap) => [gap.id, gap]));
  return unfound.filter((it) => it.gaps.some((id) => mayHide(gaps.get(id), recordedBefore)));
}

function mayHide(gap: Gap | undefined, recordedBefore: boolean): boolean {
  return gap === undefined || !(gap.reason === 'not-recorded-by-config' && recordedBefore);
}
