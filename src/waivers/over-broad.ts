import type { WaiverFacts } from './facts.js';
import type { MeantOus } from './resolve-ous.js';
import type { Tally } from './count-accepted.js';
import type { Waiver } from './waiver.js';

export const overBroadHelp =
  'name the accounts, OUs or resources; if the policy does not suit the organization, disable it in a pack or set its parameters';

/**
 * True when a waiver accepts its policies everywhere: it names no account (or the root, or every account that was
 * evaluated) and no resource (or patterns that match whatever its policies met). A policy on the organization has one
 * target only, so no waiver of it can be too broad.
 */
export function isOverBroad(waiver: Waiver, ous: MeantOus['ids'], tally: Tally, facts: WaiverFacts): boolean {
  const targets = waiver.policies.flatMap((id) => facts.policies.find((it) => it.id === id)?.target ?? []);
  if (targets.every((target) => target === 'organization')) return false;
  return isEverywhere(waiver, ous, facts) && isEverything(waiver, tally);
}

function isEverywhere({ accounts }: Waiver, ous: MeantOus['ids'], facts: WaiverFacts): boolean {
  if (accounts === undefined && ous === undefined) return true;
  if (ous?.some((id) => id.startsWith('r-')) === true) return true;
  const evaluated = facts.accounts.filter((it) => it.state === 'evaluated');
  const isNamed = (id: string, parents: readonly string[] = []) =>
    accounts?.includes(id) === true || parents.some((parent) => ous?.includes(parent));
  return evaluated.length > 1 && evaluated.every(({ id, parents }) => isNamed(id, parents));
}

function isEverything({ resources }: Waiver, tally: Tally): boolean {
  if (resources === undefined) return true;
  const patterns = resources.filter((it) => it.includes('*'));
  if (patterns.some((it) => /^\**$/.test(it))) return true;
  const matched = tally.accepts + tally.othersFail + tally.notKnown + tally.holds;
  // One match proves nothing: a single bucket is as well named by a pattern as by its name.
  return patterns.length > 0 && matched > 1 && matched === tally.inItsAccounts;
}
