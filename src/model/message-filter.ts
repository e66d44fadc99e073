import type { MessageFilter } from './inventory.js';
import type { Known } from './known.js';

/** Whether no other subscription is asked after this answer: it takes every message, or could not be read. */
export function endsTheSearch(filter: Known<MessageFilter>): boolean {
  return filter.state === 'unknown' || (filter.state === 'known' && filter.value.policy === undefined);
}
