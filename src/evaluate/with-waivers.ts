import type { Account, Inventory } from '../model/inventory.js';
import type { Results } from '../model/results.js';
import type { Diagnostic } from '../policy/index.js';
import { waive, type Waiver, type WaiverAccount, type WaiverFacts } from '../waivers/index.js';
import { findable } from './resolve-ous.js';
import { summarize } from './summarize.js';

/**
 * The results with waivers applied: accepted evaluations are marked and no longer counted as findings, and the results
 * list what became of each waiver. Pure; the time is that of the inventory.
 *
 * @returns the results, and what is to be said of the waivers: with an error among it the results are not to be used.
 */
export function withWaivers(results: Results, waivers: readonly Waiver[], inventory: Inventory): WithWaivers {
  return withWaiversOf(results, waivers, factsOf(results, inventory), results.run.asOf ?? inventory.capturedAt);
}

/** The same for results of a run over events, with or without an inventory. */
export function withWaiversOfActivity(
  results: Results,
  waivers: readonly Waiver[],
  inventory: Inventory | undefined,
): WithWaivers {
  const facts = inventory === undefined ? factsWithout(results) : factsOf(results, inventory);
  return withWaiversOf(results, waivers, facts, results.run.capturedAt);
}

interface WithWaivers {
  readonly results: Results;
  readonly diagnostics: readonly Diagnostic[];
}

function withWaiversOf(results: Results, waivers: readonly Waiver[], facts: WaiverFacts, now: string): WithWaivers {
  const waived = waive(results.evaluations, waivers, facts, now);
  const { evaluations, diagnostics } = waived;
  const accepted = evaluations.filter((it) => it.waiver !== undefined).length;
  return {
    results: {
      ...results,
      evaluations,
      waivers: waived.waivers,
      summary: { ...summarize(evaluations), waived: accepted },
    },
    diagnostics,
  };
}

function factsOf({ policies }: Results, { accounts, organization }: Inventory): WaiverFacts {
  return {
    accounts: accounts.map((account) => ({
      id: account.id,
      parents: parentsOf(account),
      state: stateOf(account),
    })),
    areAllAccountsKnown: organization !== null && organization.accountsGap === undefined,
    // A run of one account is told no OU.
    units: organization === null ? undefined : findable(organization.organizationalUnits),
    policies,
  };
}

/** The accounts of which logs were seen; of others, and of OUs, nothing is known. */
function factsWithout({ policies, coverage }: Results): WaiverFacts {
  return {
    accounts: (coverage.evaluatedAccounts ?? []).map(({ id }) => ({ id, parents: undefined, state: 'evaluated' })),
    areAllAccountsKnown: false,
    units: undefined,
    policies,
  };
}

function parentsOf({ parents }: Account): readonly string[] | undefined {
  if (parents.state === 'unknown') return undefined;
  return parents.state === 'known' ? parents.value : [];
}

function stateOf({ outOfScope, ownTrails, state }: Account): WaiverAccount['state'] {
  if (outOfScope !== undefined) return state === 'ACTIVE' ? 'out-of-scope' : 'closed';
  return ownTrails.state === 'known' ? 'evaluated' : 'unreadable';
}
