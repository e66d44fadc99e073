import { parseArn } from '../../../model/identifiers.js';
import { keyArn } from '../../../model/naming.js';
import type { EventDataStoreDetails } from '../../../model/inventory.js';
import { type ConfigItem, MalformedAnswer, normalizeStoreItem } from '../../../normalize/index.js';
import { storeArnOf } from '../stores.js';

export interface StoreOfItem {
  readonly arn: string;
  /** Undefined where the item does not tell them. */
  readonly details: EventDataStoreDetails | undefined;
  /** The key that it names. */
  readonly keyArn: string | undefined;
}

/** Items do not change: each is looked into once. */
const seen = new WeakMap<ConfigItem, StoreOfItem>();

/** The event data store that an item tells of; undefined for one that does not say which. */
export function storeOfItem(item: ConfigItem): StoreOfItem | undefined {
  const before = seen.get(item);
  if (before !== undefined) return before;
  const arn = storeArnOf(item);
  if (arn === undefined) return undefined;
  const details = item.isGone ? undefined : detailsOf(item);
  const { accountId = '', region = '' } = parseArn(arn) ?? {};
  const store = { arn, details, keyArn: keyArn(details?.kmsKeyId, { arn, accountId, region }) };
  seen.set(item, store);
  return store;
}

function detailsOf(item: ConfigItem): EventDataStoreDetails | undefined {
  try {
    return normalizeStoreItem(item);
  } catch (error) {
    if (error instanceof MalformedAnswer) return undefined;
    throw error;
  }
}
