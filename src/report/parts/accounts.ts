import type { Results } from '../../model/results.js';
import { counted } from '../../text/plural.js';

/** The names that the results give accounts, by id. */
export function accountNames(results: Results): ReadonlyMap<string, string> {
  const names = namesByResults.get(results) ?? namesIn(results);
  namesByResults.set(results, names);
  return names;
}

/** Several reports and parts of them ask for them. */
const namesByResults = new WeakMap<Results, ReadonlyMap<string, string>>();

function namesIn(results: Results): ReadonlyMap<string, string> {
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
  return `${items.slice(0, limit).join(', ')} and ${moreThan(limit, items.length, noun)}`;
}

/** The same of what has yet to be described: what is left out is not. */
export function listedAs<T>(items: readonly T[], show: (item: T) => string, limit: number, noun = ''): string {
  if (items.length <= limit) return listed(items.map(show), limit, noun);
  return `${items.slice(0, limit).map(show).join(', ')} and ${moreThan(limit, items.length, noun)}`;
}

function moreThan(limit: number, count: number, noun: string): string {
  const left = count - limit;
  return noun === '' ? `${left} more` : counted(left, `more ${noun}`);
}
