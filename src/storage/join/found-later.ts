import type { Account, EventDataStore, Inventory, Trail } from '../../model/inventory.js';
import { known, type Known } from '../../model/known.js';
import { byText } from '../../text/order.js';

/** What is an account's, and when a part told of it. */
interface Found {
  readonly arn: string;
  readonly at: string;
}

type FoundBy = ReadonlyMap<string, readonly Found[]>;

/**
 * Accounts with the trails and event data stores that a part found there after another one had read the account: every
 * part reads what belongs to the organization, and one that was made in between is in no list of its owner.
 */
export function withFoundLater(accounts: readonly Account[], parts: readonly Inventory[]): readonly Account[] {
  const readAt = new Map<string, string>();
  for (const { accounts: told, capturedAt } of parts) {
    for (const { id, elsewhere } of told) {
      const before = readAt.get(id);
      if (elsewhere === undefined && (before === undefined || before < capturedAt)) readAt.set(id, capturedAt);
    }
  }
  const trails = foundBy(parts, (it) => it.trails.filter(({ description }) => description.state !== 'absent'));
  const stores = foundBy(parts, (it) => it.eventDataStores.filter(({ details }) => details.state !== 'absent'));
  return accounts.map((account) => {
    const since = readAt.get(account.id);
    if (since === undefined) return account;
    const later = (found: FoundBy): readonly string[] =>
      (found.get(account.id) ?? []).filter(({ at }) => at > since).map(({ arn }) => arn);
    const ownTrails = withMore(account.ownTrails, later(trails));
    const eventDataStores = account.eventDataStores && withMore(account.eventDataStores, later(stores));
    return { ...account, ownTrails, ...(eventDataStores === undefined ? {} : { eventDataStores }) };
  });
}

function foundBy(
  parts: readonly Inventory[],
  listOf: (part: Inventory) => readonly (Trail | EventDataStore)[],
): FoundBy {
  const found = new Map<string, Found[]>();
  for (const part of parts) {
    for (const { arn, accountId } of listOf(part)) {
      const all = found.get(accountId) ?? [];
      all.push({ arn, at: part.capturedAt });
      found.set(accountId, all);
    }
  }
  return found;
}

function withMore(list: Known<readonly string[]>, arns: readonly string[]): Known<readonly string[]> {
  if (list.state !== 'known' || arns.every((it) => list.value.includes(it))) return list;
  return known([...new Set([...list.value, ...arns])].toSorted(byText));
}
