import type { TrailDescription } from '../../../model/inventory.js';
import { type ConfigItem, normalizeTrailItem, MalformedAnswer } from '../../../normalize/index.js';
import { trailArnOf } from '../trails.js';

export interface TrailOfItem {
  readonly arn: string;
  /** Undefined where the item does not tell it. */
  readonly description: TrailDescription | undefined;
}

/** Items do not change: each is looked into once. */
const seen = new WeakMap<ConfigItem, TrailOfItem>();

/** The trail that an item tells of; undefined for one that does not say which. */
export function trailOfItem(item: ConfigItem): TrailOfItem | undefined {
  const known = seen.get(item);
  if (known !== undefined) return known;
  const arn = trailArnOf(item);
  if (arn === undefined) return undefined;
  const trail = { arn, description: item.isGone ? undefined : descriptionOf(item) };
  seen.set(item, trail);
  return trail;
}

function descriptionOf(item: ConfigItem): TrailDescription | undefined {
  try {
    return normalizeTrailItem(item).description;
  } catch (error) {
    if (error instanceof MalformedAnswer) return undefined;
    throw error;
  }
}
