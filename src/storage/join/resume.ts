import { UsageError } from '../../model/errors.js';
import type { Account, Gap, Inventory } from '../../model/inventory.js';
import { chosenTypes, listedKinds, type ChosenType, type ListOf } from '../../model/resource-kinds.js';
import type { ShardNumber } from '../../model/shard.js';
import { joinInventories } from './join.js';
import { referencesOf } from './references.js';
import { checkSameRun, type NamedInventory } from './same-run.js';

/** Where accounts are that the earlier inventory does not hold whole. */
const thisRun = 'this run';

const aDay = 24 * 60 * 60 * 1000;

/**
 * Refuses an earlier inventory before anything is read: one that is too old, or of another part of the run.
 *
 * @throws UsageError
 */
export function checkResumable(earlier: NamedInventory, shard: ShardNumber | undefined, now: Date): void {
  const { file, inventory } = earlier;
  if (now.getTime() - Date.parse(inventory.capturedAt) > aDay) {
    throw new UsageError(
      `${file} was read at ${inventory.capturedAt}, more than a day ago.`,
      'What held then may not hold now: read everything again, without --resume.',
    );
  }
  if (inventory.organization === null) {
    throw new UsageError(
      `${file} holds a single account: there is nothing to resume.`,
      'Read it again, without --resume.',
    );
  }
  if (inventory.shard?.index !== shard?.index || inventory.shard?.count !== shard?.count) {
    throw new UsageError(
      `${file} is ${describePart(inventory.shard)}, and this run is ${describePart(shard)}.`,
      'Resume with the --shard that the file was read with.',
    );
  }
}

function describePart(shard: ShardNumber | undefined): string {
  return shard === undefined ? 'a whole run' : `shard ${shard.index} of ${shard.count}`;
}

/**
 * Ids of the accounts that an inventory holds whole: in scope, and nothing of what they or their trails, event data stores,
 * VPCs and event buses were asked was refused or failed. All others, and those it does not know, are read anew.
 */
export function accountsHeldWhole(inventory: Inventory): ReadonlySet<string> {
  const gaps = new Map(inventory.gaps.map((gap) => [gap.id, gap]));
  const lacking = new Set(
    [
      ...inventory.trails,
      ...inventory.eventDataStores,
      ...Object.values(chosenIn(inventory)).flat(),
      ...(inventory.eventRules ?? []),
    ]
      .filter((it) => lacksSomething(it, gaps))
      .map(({ accountId }) => accountId),
  );
  return new Set(
    inventory.accounts
      .filter((it) => it.outOfScope === undefined && it.elsewhere === undefined && it.ownTrails.state === 'known')
      .filter((it) => !lacking.has(it.id) && !lacksSomething(it, gaps))
      .map(({ id }) => id),
  );
}

/** What accounts have of kinds that only a policy asks for, as far as the inventory lists it. */
function chosenIn(
  inventory: Inventory,
  isWanted: (it: { readonly accountId: string }) => boolean = () => true,
): Pick<Inventory, ListOf<ChosenType>> {
  const lists = chosenTypes.flatMap((kind) => {
    const { list } = listedKinds[kind];
    const all: readonly { readonly accountId: string }[] | undefined = inventory[list];
    return all === undefined ? [] : [[list, all.filter(isWanted)] as const];
  });
  // Each list is a part of the one of its name.
  return Object.fromEntries(lists);
}

function lacksSomething(it: unknown, gaps: ReadonlyMap<string, Gap>): boolean {
  return [...referencesOf(it).gaps].some((id) => {
    const reason = gaps.get(id)?.reason;
    return reason !== 'not-collected' && reason !== 'unsupported';
  });
}

function readAnew(account: Account): Account {
  return { elsewhere: thisRun, ...account };
}

/**
 * The earlier inventory, with what was read anew in its place. Accounts that have left the organization since are no
 * longer in it.
 *
 * @throws UsageError when the two are not of one organization, or were read under other flags.
 */
export function resumedInventory(earlier: NamedInventory, fresh: Inventory): Inventory {
  checkSameRun(earlier, { file: 'this run', inventory: fresh });
  const wholeBefore = accountsHeldWhole(earlier.inventory);
  const isListed = new Set(fresh.accounts.map(({ id }) => id));
  const isStillMember = (id: string): boolean => isListed.has(id) || fresh.organization?.accountsGap !== undefined;
  const left = new Set(earlier.inventory.accounts.map(({ id }) => id).filter((id) => !isStillMember(id)));
  const isOfMember = ({ accountId }: { readonly accountId: string }): boolean => !left.has(accountId);
  const kept = {
    ...earlier.inventory,
    accounts: earlier.inventory.accounts
      .filter(({ id }) => !left.has(id))
      .map((it) => (wholeBefore.has(it.id) || !isListed.has(it.id) ? it : readAnew(it))),
    trails: earlier.inventory.trails.filter(isOfMember),
    eventDataStores: earlier.inventory.eventDataStores.filter(isOfMember),
    ...chosenIn(earlier.inventory, isOfMember),
    ...(earlier.inventory.eventRules === undefined
      ? {}
      : { eventRules: earlier.inventory.eventRules.filter(isOfMember) }),
    ...(earlier.inventory.targetBuses === undefined
      ? {}
      : { targetBuses: earlier.inventory.targetBuses.filter(isOfMember) }),
    ...(earlier.inventory.roles === undefined ? {} : { roles: earlier.inventory.roles.filter(isOfMember) }),
    evidence: earlier.inventory.evidence.filter(isOfMember),
    gaps: earlier.inventory.gaps.filter(isOfMember),
  };
  const { shard } = earlier.inventory;
  return {
    ...joinInventories([fresh, kept], { newestWins: true }),
    interrupted: fresh.interrupted,
    ...(shard === undefined ? {} : { shard }),
  };
}
