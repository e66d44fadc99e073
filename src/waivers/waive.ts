import type { Evaluation, WaiverState } from '../model/results.js';
import { sortDiagnostics, type Diagnostic } from '../policy/index.js';
import { dayOf } from './days.js';
import type { WaiverFacts } from './facts.js';
import { withEffects } from './waive-effects.js';
import { marked, unmarked } from './mark.js';
import { meantOus } from './resolve-ous.js';
import { scopeOf, type Scope } from './scope.js';
import { stateOf } from './state.js';
import { emptyTally, meet } from './count-accepted.js';
import type { Waiver } from './waiver.js';
import { byId } from '../text/order.js';

export interface Waived {
  /** In the order in which they were given; NON_COMPLIANT ones with the waivers that accept them. */
  readonly evaluations: readonly Evaluation[];
  /** What became of each waiver, by id. */
  readonly waivers: readonly WaiverState[];
  /** What is to be said of them, at their places. An error means: exit 2. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The one matcher of waivers. Pure: what it does follows from its arguments, whatever the order of the waivers. It
 * marks NON_COMPLIANT evaluations and changes nothing else of them; marks of an earlier run are taken off first.
 *
 * @param now RFC 3339; a waiver holds from the beginning of its first day to the end of its last, in UTC
 */
export function waive(
  evaluations: readonly Evaluation[],
  waivers: readonly Waiver[],
  facts: WaiverFacts,
  now: string,
): Waived {
  const today = dayOf(now);
  const known = new Map(facts.accounts.map((it) => [it.id, it]));
  const entries = waivers.map((waiver) => {
    const ous = meantOus(waiver, facts.units);
    return { waiver, ous, scope: scopeOf(waiver, ous, known), tally: emptyTally() };
  });
  const byPolicy = new Map<string, (typeof entries)[number][]>();
  for (const entry of entries) {
    for (const id of entry.waiver.policies) {
      const group = byPolicy.get(id);
      if (group === undefined) byPolicy.set(id, [entry]);
      else group.push(entry);
    }
  }
  const acceptedBy = new Map<Evaluation, readonly Waiver[]>();
  const direct = evaluations.map((evaluation) => {
    const accepting = (byPolicy.get(evaluation.policyId) ?? [])
      .filter(({ tally, waiver, scope }) => meet(tally, waiver, scope, evaluation))
      .map(({ waiver }) => waiver)
      .filter(({ created, expires }) => created <= today && today <= expires);
    const it = marked(unmarked(evaluation), accepting);
    acceptedBy.set(it, accepting);
    return it;
  });
  const ids = new Set([...known.keys(), ...evaluations.map((it) => it.target.accountId)]);
  const states = entries.map(({ waiver, ous, tally }) => stateOf({ waiver, ous, tally }, facts, ids, today));
  const scopes = new Map(entries.map(({ waiver, scope }) => [waiver.id, scope]));
  return {
    evaluations: withEffects(direct, (cause, account) => {
      const accepting = (acceptedBy.get(cause) ?? []).filter(({ id }) => speaksOf(scopes.get(id), account));
      return marked(unmarked(cause), accepting);
    }),
    waivers: states.map((it) => it.state).toSorted(byId),
    diagnostics: sortDiagnostics(states.flatMap((it) => it.diagnostics)),
  };
}

/** Undefined: of all accounts, whatever they are. */
function speaksOf(scope: Scope | undefined, account: string | undefined): boolean {
  if (scope === undefined) return false;
  return account === undefined ? scope.isEverywhere : scope.ofAccount(account) === 'yes';
}
