import type { Account, Gap } from '../../model/inventory.js';
import type { Unknown } from '../../model/known.js';
import { chooseBest } from './choose.js';

/**
 * Each account as the part of the run tells that read it. Block Public Access is asked for where a log bucket turns
 * out to be: that may have been another part than the one that read the account.
 */
export function joinAccounts(all: readonly Account[], gaps: ReadonlyMap<string, Gap>): readonly Account[] {
  const here = all.filter((it) => it.elsewhere === undefined);
  const read = new Set(here.map(({ id }) => id));
  const nowhere = all.filter((it) => it.elsewhere !== undefined && !read.has(it.id));
  const { chosen } = chooseBest([...here, ...nowhere], ({ id }) => id);
  const asked = new Map<string, Account>();
  for (const it of all) {
    if (wasAsked(it, gaps) && !isKnown(asked.get(it.id))) asked.set(it.id, it);
  }
  return chosen.map((it) => (wasAsked(it, gaps) && isKnown(it) ? it : withBlockOf(it, asked.get(it.id))));
}

function wasAsked({ publicAccessBlock: it }: Account, gaps: ReadonlyMap<string, Gap>): boolean {
  return it.state !== 'unknown' || gaps.get(it.gap)?.reason !== 'not-collected';
}

function isKnown(account: Account | undefined): boolean {
  return account !== undefined && account.publicAccessBlock.state !== 'unknown';
}

const blockCall = 's3control:GetPublicAccessBlock';

function withBlockOf(account: Account, other: Account | undefined): Account {
  if (other === undefined) return account;
  const evidence = other.evidence[blockCall];
  return {
    ...account,
    publicAccessBlock: other.publicAccessBlock,
    evidence: { ...account.evidence, ...(evidence === undefined ? {} : { [blockCall]: evidence }) },
  };
}

/** Accounts that no part holds: each becomes one that could not be read, for the reason given. */
export function notRead(account: Account, gap: Unknown): Account {
  const { elsewhere: _, ...rest } = account;
  return { ...rest, ownTrails: gap, observedTrails: [], regions: gap, evidence: {} };
}
