import { parseArn } from '../../../model/identifiers.js';
import type { ToldTrail } from '../../../model/inventory.js';
import { unknown } from '../../../model/known.js';
import { namesOfTrail } from '../../../model/resource-kinds.js';
import { type ConfigItem, normalizeTrailItem, MalformedAnswer } from '../../../normalize/index.js';
import { trailArnOf } from '../trails.js';

export interface TrailOfItem {
  readonly arn: string;
  /** Undefined where the item does not tell it; some of its members may be missing. */
  readonly description: ToldTrail | undefined;
}

/** Items do not change: each is looked into once. */
const seen = new WeakMap<ConfigItem, TrailOfItem>();

/** The trail that an item tells of; undefined for one that does not say which. */
export function trailOfItem(item: ConfigItem): TrailOfItem | undefined {
  const before = seen.get(item);
  if (before !== undefined) return before;
  const arn = trailArnOf(item);
  if (arn === undefined) return undefined;
  const trail = { arn, description: item.isGone ? undefined : descriptionOf(item) };
  seen.set(item, trail);
  return trail;
}

/** The ARNs of all that a trail names. */
export function namedByTrailOf({ arn, description }: TrailOfItem): readonly string[] {
  if (description === undefined) return [];
  const { accountId = '', region: homeRegion = '' } = parseArn(arn) ?? {};
  // What a trail names is read from what was told of it, whole or not.
  return namesOfTrail({ arn, accountId, homeRegion, description: unknown('none'), told: description });
}

function descriptionOf(item: ConfigItem): ToldTrail | undefined {
  try {
    return normalizeTrailItem(item).description;
  } catch (error) {
    if (error instanceof MalformedAnswer) return undefined;
    throw error;
  }
}
