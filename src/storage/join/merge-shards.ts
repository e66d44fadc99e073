import { UsageError } from '../../model/errors.js';
import type { Gap, Inventory, Shard } from '../../model/inventory.js';
import { unknown } from '../../model/known.js';
import { shardName } from '../../model/shard.js';
import { byRecord } from '../../text/order.js';
import { notRead } from './accounts.js';
import { joinInventories } from './join.js';
import { checkSameRun, type NamedInventory } from './same-run.js';
import { plural } from '../../text/plural.js';

interface NamedShard extends NamedInventory {
  readonly shard: Shard;
}

/**
 * Joins the inventories of all shards of a run.
 *
 * What a missing shard would hold are accounts that could not be read: the others' findings are worth having.
 *
 * @param allowsHalf a shard may be half read: what it lacks are then accounts that could not be read, too
 * @throws UsageError when a file is no shard, when one is there twice, or when they are not of one run.
 */
export function mergeShards(files: readonly NamedInventory[], allowsHalf: boolean): Inventory {
  const shards = files.map(asShard).toSorted((a, b) => a.shard.index - b.shard.index);
  const [first, ...others] = shards;
  if (first === undefined) throw new UsageError('There is nothing to merge.', 'trailproof merge shard-*.json.gz');
  for (const other of others) checkFits(first, other);
  checkEachOnce(shards);
  if (!allowsHalf) checkNoneInterrupted(shards);
  const missing = missingOf(first.shard.count, shards);
  const joined = joinInventories([first.inventory, ...others.map((it) => it.inventory)], { newestWins: false });
  return withUnreadAccounts(joined, new Set(missing));
}

function asShard(named: NamedInventory): NamedShard {
  const { shard } = named.inventory;
  if (shard === undefined) {
    throw new UsageError(
      `${named.file} is the inventory of a whole run, no shard.`,
      `Evaluate it by itself: trailproof scan --source ${named.file}`,
    );
  }
  if (shard.index > shard.count)
    throw new UsageError(`${named.file} calls itself ${shardName(shard)}: it is damaged.`, 'Collect it again.');
  return { ...named, shard };
}

function checkFits(first: NamedShard, other: NamedShard): void {
  for (const what of ['count', 'roleName'] as const) {
    if (first.shard[what] === other.shard[what]) continue;
    const name = what === 'count' ? 'the number of shards' : '--role-name';
    throw new UsageError(
      `${first.file} and ${other.file} cannot be joined: ${name} differs, ${first.shard[what]} and ${other.shard[what]}.`,
      'Give every shard of a run the same flags.',
    );
  }
  checkSameRun(first, other);
}

function checkEachOnce(shards: readonly NamedShard[]): void {
  for (const [position, it] of shards.entries()) {
    const before = shards[position - 1];
    if (before?.shard.index !== it.shard.index) continue;
    throw new UsageError(
      `${before.file} and ${it.file} are both ${shardName(it.shard)}.`,
      'Give each shard once. A shard that was tried again replaces its first try.',
    );
  }
}

function checkNoneInterrupted(shards: readonly NamedShard[]): void {
  const stopped = shards.find(({ inventory }) => inventory.interrupted);
  if (stopped === undefined) return;
  throw new UsageError(
    `${stopped.file} was stopped before it was done: half a shard proves nothing.`,
    `Read the rest of it: trailproof scan --shard ${stopped.shard.index}/${stopped.shard.count} --resume ${stopped.file} --save-inventory ${stopped.file}`,
  );
}

function missingOf(count: number, shards: readonly NamedShard[]): number[] {
  const there = new Set(shards.map(({ shard }) => shard.index));
  return Array.from({ length: count }, (_, position) => position + 1).filter((index) => !there.has(index));
}

/** That shards are missing, in a sentence; undefined where none is. */
export function missingShards(files: readonly NamedInventory[]): string | undefined {
  const shards = files.map(asShard);
  const count = shards[0]?.shard.count ?? 0;
  const missing = missingOf(count, shards);
  if (missing.length === 0) return undefined;
  const which = `${plural(missing.length, 'shard')} ${missing.join(', ')}`;
  return `${which} of ${count} ${plural(missing.length, 'is', 'are')} missing: ${plural(missing.length, 'its', 'their')} accounts count as not readable.`;
}

/** Accounts of a missing shard, and those that the shard they belong to did not list yet. */
function withUnreadAccounts(joined: Inventory, missing: ReadonlySet<number>): Inventory {
  const gaps = new Map<string, Gap>();
  const accounts = joined.accounts.map((account) => {
    if (account.elsewhere === undefined) return account;
    const isMissing = missing.has(Number(/^shard (\d+) of /.exec(account.elsewhere)?.[1]));
    const why = isMissing
      ? `its inventory is missing (${account.elsewhere})`
      : `${account.elsewhere} did not list it; it may have joined meanwhile`;
    const id = `not-read-in-${account.elsewhere.replaceAll(/[^a-z0-9]+/g, '-')}`;
    gaps.set(id, {
      id,
      call: 'cloudtrail:ListTrails',
      accountId: '*',
      region: 'global',
      resource: account.elsewhere,
      reason: 'not-collected',
      message: `The account was not read: ${why}.`,
      at: joined.capturedAt,
    });
    return notRead(account, unknown(id));
  });
  return { ...joined, accounts, gaps: [...joined.gaps, ...gaps.values()].toSorted(byRecord) };
}
