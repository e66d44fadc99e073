import type { Account, Gap } from '../../model/inventory.js';
import type { Unknown } from '../../model/known.js';
import { chooseBest } from './choose.js';
import { reconciled, type Joining, type Told } from './reconcile.js';

/**
 * Each account as the part of the run tells that read it. Block Public Access is asked for where a log bucket turns
 * out to be: that may have been another part than the one that read the account.
 */
export function joinAccounts(
  all: readonly Told<Account>[],
  gaps: ReadonlyMap<string, Gap>,
  joining: Joining,
): readonly Account[] {
  const here = all.filter(({ it }) => it.elsewhere === undefined);
  const read = new Set(here.map(({ it }) => it.id));
  const nowhere = all.filter(({ it }) => it.elsewhere !== undefined && !read.has(it.id));
  const accounts = [...here, ...nowhere].map(({ it }) => it);
  return chooseBest(accounts, ({ id }) => id).map((account) => {
    const asked = all.filter(({ it }) => it.id === account.id && wasAsked(it, gaps));
    return asked.length === 0 ? account : withBlockOf(account, asked, joining);
  });
}

function wasAsked({ publicAccessBlock: it }: Account, gaps: ReadonlyMap<string, Gap>): boolean {
  return it.state !== 'unknown' || gaps.get(it.gap)?.reason !== 'not-collected';
}

const blockCall = 's3control:GetPublicAccessBlock';

function withBlockOf(account: Account, asked: readonly Told<Account>[], joining: Joining): Account {
  const place = { id: account.id, accountId: account.id, region: 'global' };
  const told = asked.map(({ it: { publicAccessBlock, evidence }, at }) => {
    const id = evidence[blockCall];
    return { it: { publicAccessBlock, evidence: id === undefined ? {} : { [blockCall]: id } }, at };
  });
  const { publicAccessBlock, evidence } = reconciled(place, told, joining);
  return { ...account, publicAccessBlock, evidence: { ...account.evidence, ...evidence } };
}

/** Accounts that no part holds: each becomes one that could not be read, for the reason given. */
export function notRead(account: Account, gap: Unknown): Account {
  const { elsewhere: _, ...rest } = account;
  return { ...rest, ownTrails: gap, observedTrails: [], regions: gap, evidence: {} };
}
