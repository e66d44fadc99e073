import type { Evaluation } from '../model/results.js';
import type { Scope } from './scope.js';
import type { Waiver } from './waiver.js';

/** What one waiver met among the evaluations. */
export interface Tally {
  /** NON_COMPLIANT evaluations of which it covers something. */
  accepts: number;
  /** NON_COMPLIANT ones that it matches, none of whose failing assertions it names. */
  othersFail: number;
  /** Matched ones that are not known. */
  notKnown: number;
  /** Matched ones that hold, or to which the policy does not apply. */
  holds: number;
  /** Evaluations of its policies in its accounts, whatever the resource. */
  inItsAccounts: number;
  readonly matchedResources: Set<string>;
  /** Accounts whose OUs decide, and could not be read. */
  readonly unreadAccounts: Set<string>;
}

export function emptyTally(): Tally {
  return {
    accepts: 0,
    othersFail: 0,
    notKnown: 0,
    holds: 0,
    inItsAccounts: 0,
    matchedResources: new Set(),
    unreadAccounts: new Set(),
  };
}

/** Notes an evaluation of one of the waiver's policies, and returns whether the waiver accepts any of it. */
export function meet(tally: Tally, waiver: Waiver, scope: Scope, evaluation: Evaluation): boolean {
  const { target, outcome } = evaluation;
  const account = scope.ofAccount(target.accountId);
  if (account === 'no') return false;
  if (account === 'yes') tally.inItsAccounts += 1;
  const resources = scope.resourcesOf(evaluation);
  if (resources?.length === 0) return false;
  if (account === 'unread') {
    if (outcome === 'NON_COMPLIANT') tally.unreadAccounts.add(target.accountId);
    return false;
  }
  for (const resource of resources ?? []) tally.matchedResources.add(resource);
  switch (outcome) {
    case 'COMPLIANT':
    case 'NOT_APPLICABLE': {
      tally.holds += 1;
      return false;
    }
    case 'INSUFFICIENT_DATA': {
      tally.notKnown += 1;
      return false;
    }
    case 'NON_COMPLIANT': {
      const isCovered = coversSome(waiver, evaluation);
      if (isCovered) tally.accepts += 1;
      else tally.othersFail += 1;
      return isCovered;
    }
  }
}

/** True where the waiver is of the whole policy, or of an assertion that fails. */
function coversSome({ assert }: Waiver, { reasons }: Evaluation): boolean {
  return assert === undefined || reasons.some((reason) => coversReason(assert, reason));
}

/** What could not be read cannot be waived: an assertion that is not known stays so. */
export function coversReason(assert: readonly string[], reason: Evaluation['reasons'][number]): boolean {
  return reason.unknown !== true && assert.includes(reason.assert);
}
