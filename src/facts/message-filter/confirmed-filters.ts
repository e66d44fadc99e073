import type { MessageFilter, Topic } from '../../model/inventory.js';
import { mapKnown, type Known, type Unknown } from '../../model/known.js';
import { endsTheSearch } from '../../model/message-filter.js';

/**
 * What each confirmed subscription to a topic takes. A run asks until one takes every message, or cannot be read; where
 * it asked none, as earlier inventories have it, that is not known.
 *
 * @param unread notes that they were not asked.
 */
export function confirmedFilters(
  { subscriptions }: Pick<Topic, 'subscriptions'>,
  unread: () => Unknown,
): Known<readonly Known<MessageFilter>[]> {
  return mapKnown(subscriptions, (all) => {
    const confirmed = all.filter((it) => it.isConfirmed);
    const read = confirmed.flatMap((it) => it.filter ?? []);
    return read.length === confirmed.length || read.some(endsTheSearch) ? read : [...read, unread()];
  });
}
