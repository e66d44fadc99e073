import { wantedValues, type AskedPolicy } from '../../../activity/index.js';
import type { PlacedPolicies } from '../../../evaluate/index.js';
import type { ViewObject } from '../../../expression/index.js';
import type { Inventory } from '../../../model/inventory.js';
import { wantedMembers } from '../../../model/log-events.js';
import { lakePredicate, trinoPredicate } from '../../../query/index.js';

/** What is asked of a table where some policies demand no text, such as the name of an event. */
export interface TableCondition {
  /** Of the policies that demand one: an event that holds none of these is not theirs. */
  readonly texts: ReadonlySet<string>;
  /** Of the others: true on AWS's columns for each event that one of them may match, whatever account it is of. */
  readonly sql: string;
}

/**
 * Trino compiles a condition into code that may not be longer than 64 KB: those of all shipped policies are too much, and
 * their names say nearly as much.
 */
const longestOfAthena = 16_000;
/** A query of CloudTrail Lake may not be longer, the texts with it. */
const longestOfLake = 8_000;

export function athenaCondition(placed: PlacedPolicies, inventory: Inventory | undefined): TableCondition | undefined {
  return tableCondition(placed, inventory, trinoPredicate, longestOfAthena);
}

export function lakeCondition(placed: PlacedPolicies, inventory: Inventory | undefined): TableCondition | undefined {
  return tableCondition(placed, inventory, lakePredicate, longestOfLake);
}

/** Undefined where the texts that are wanted are enough, or the condition would be too much to say. */
function tableCondition(
  placed: PlacedPolicies,
  inventory: Inventory | undefined,
  predicate: typeof trinoPredicate,
  longest: number,
): TableCondition | undefined {
  const texts = new Set<string>();
  const others: AskedPolicy[] = [];
  for (const policy of placed.asked) {
    const wanted = wantedValues([policy.activity]);
    // Which members a record has, the columns of a table do not tell of all of them: the condition does.
    if (wanted === 'all' || [...wanted].some((it) => wantedMembers.has(it))) others.push(policy);
    else for (const it of wanted) texts.add(it);
  }
  if (others.length === 0) return undefined;
  const accounts = accountsOf(placed, inventory);
  const conditions = new Set<string>();
  for (const { id, activity } of others) {
    const settings = new Set<ViewObject>();
    for (const account of accounts) {
      const params = placed.paramsFor(id, account);
      if (params !== undefined) settings.add(params);
    }
    for (const params of settings) {
      conditions.add(`(${predicate(activity, params).sql})`);
      if ([...conditions].join('').length > longest) return undefined;
    }
  }
  return { texts, sql: conditions.size === 0 ? 'false' : [...conditions].join('\nOR ') };
}

/** Accounts of the inventory, those that packs name, and one of which nothing is known: events may be of others. */
function accountsOf({ policies }: PlacedPolicies, inventory: Inventory | undefined): ReadonlySet<string> {
  const bound = policies.flatMap(({ bindings = [] }) => bindings.flatMap(({ scope }) => scope.accounts));
  return new Set([...(inventory?.accounts ?? []).map((it) => it.id), ...bound, 'unknown']);
}
