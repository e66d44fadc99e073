import type { Results } from '../../model/results.js';
import { counted } from '../../text/plural.js';

/** The names that the results give accounts, by id. */
export function accountNames(results: Results): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { target } of results.evaluations) {
    if (target.type === 'account' && target.name !== undefined && target.name !== '') names.set(target.id, target.name);
  }
  const { outOfScope, unreadable } = results.coverage.accounts;
  for (const { id, name } of [...outOfScope, ...unreadable]) {
    if (name !== '') names.set(id, name);
  }
  return names;
}

/** The first `limit` items, as many as there are, and how many were left out: `a, b and 7 more accounts`. */
export function listed(items: readonly string[], limit: number, noun = ''): string {
  if (items.length <= limit) {
    const [last = '', ...before] = items.toReversed();
    return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
  }
  const left = items.length - limit;
  const more = noun === '' ? `${left} more` : counted(left, `more ${noun}`);
  return `${items.slice(0, limit).join(', ')} and ${more}`;
}
