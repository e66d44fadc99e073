import type { Item } from '../model/history.js';
import type { Evidence } from '../model/inventory.js';
import type { Target } from '../model/results.js';
import type { ChangePoint, PastItem } from './past.js';
import { byText } from '../text/order.js';

/**
 * The configuration items that a verdict changed with: those of this moment which it rests on. Where it rests on none
 * of them (the target is gone, a recorder stopped), those of the target itself, else of its Region, account or group.
 */
export function itemsBehind(
  { at, items }: ChangePoint,
  target: Target,
  evidence: readonly Evidence[],
  isInGroup: (item: PastItem) => boolean,
): Item[] {
  const used = evidence.filter((it) => it.item !== undefined && it.at === at);
  if (used.length > 0) {
    const names = new Set(used.map((it) => `${it.item} ${it.resource}`));
    return sorted(items.filter((it) => names.has(`${it.type} ${it.arn ?? it.resourceId}`)));
  }
  const near: ((it: PastItem) => boolean)[] = [
    (it) => it.arn === (target.arn ?? target.id) || (it.resourceId === target.name && target.type === 'log-bucket'),
    (it) => it.accountId === target.accountId && it.region === target.region,
    (it) => it.accountId === target.accountId,
    isInGroup,
  ];
  for (const isNear of near) {
    const found = items.filter(isNear);
    if (found.length > 0) return sorted(found);
  }
  return [];
}

/** The items that a verdict rests on, as they were in force. */
export function itemsInForce(evidence: readonly Evidence[]): Item[] {
  return evidence
    .flatMap(({ item, accountId, region, resource = '', at }) =>
      item === undefined ? [] : [{ type: item, id: resource, accountId, region, captureTime: at }],
    )
    .toSorted(byItem);
}

function sorted(items: readonly PastItem[]): Item[] {
  return items
    .map(({ type, arn, resourceId, accountId, region, capturedAt, isGone }): Item => {
      const item = { type, id: arn ?? resourceId, accountId, region, captureTime: capturedAt };
      return isGone ? { ...item, deleted: true } : item;
    })
    .toSorted(byItem);
}

function byItem(a: Item, b: Item): number {
  return byText(a.type, b.type) || byText(a.accountId, b.accountId) || byText(a.region, b.region) || byText(a.id, b.id);
}
