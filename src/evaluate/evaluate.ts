import type { Gap, Inventory } from '../model/inventory.js';
import type { Evaluation, Results, Scan, Target as ResultTarget } from '../model/results.js';
import { wasNotAsked } from '../model/resource-kinds.js';
import type { Scope, Value } from '../expression/index.js';
import { evaluatePolicy, type CompiledPolicy, type Decision, type EffectivePolicy } from '../policy/index.js';
import { buildView, type Target, type View } from '../view/index.js';
import { accountsCoverage, evaluatedAccounts } from './accounts.js';
import { withCauses } from './causes.js';
import { DisabledPolicies } from './disabled.js';
import { policyEvaluation, type PolicyEvaluation } from './policy-evaluation.js';
import { summaryOf } from './policy-summary.js';
import { SharedParts } from './shared-parts.js';
import { accountPlaces, recordingOf } from './recording.js';
import { withoutTargets } from './no-targets.js';
import { unfoundEvaluation } from './unfound.js';
import { refuseAmbiguousOus } from './resolve-ous.js';
import { Placement } from './resolve-bindings.js';
import { refuseActivity } from './refuse-activity.js';
import { refuseShard } from './shard.js';
import { summarize } from './summarize.js';
import { toEvaluation } from './to-evaluation.js';
import { byId, byPlace } from '../text/order.js';

/** What the results say of the run itself. */
export interface RunInfo {
  /** RFC 3339 */
  readonly startedAt: string;
  /** RFC 3339 */
  readonly finishedAt: string;
  /** Version of this tool. */
  readonly version: string;
  /** Which scan this is a run of, where somebody follows it. */
  readonly scan?: Scan;
  /** Of the inventory, as its file has it. */
  readonly inventoryDigest?: string;
  /** It was changed after it was saved. */
  readonly isInventoryEdited?: boolean;
  /** Of the embedded sample organization. */
  readonly isSample?: boolean;
}

/**
 * Evaluates policies on an inventory. Pure: the same inventory, policies and run give the same results, sorted by
 * account, target and policy. Where a pack disables a policy there is no evaluation; the results list it.
 *
 * @throws UsageError when the inventory is one shard of a run, a binding names an OU of which there are several, or a
 * policy judges events.
 */
export function evaluate(inventory: Inventory, policies: readonly EffectivePolicy[], run: RunInfo): Results {
  refuseShard(inventory);
  refuseActivity(policies);
  refuseAmbiguousOus(inventory.organization, policies);
  const view = buildView(inventory);
  const sorted = policies.toSorted(byId);
  const placement = new Placement(inventory);
  const gapOf = gapsOf(view, placement);
  const judging: Judging = {
    view,
    inventory,
    gapOf,
    placement,
    disabled: new DisabledPolicies(sorted),
    parts: new SharedParts(),
  };
  const judged = judgeAll(sorted, judging);
  const evaluations = withCauses(judged).toSorted(byPlace);
  assertDistinct(evaluations);
  const disabled = judging.disabled.list();
  const asked = new Set(judged.map((it) => it.policy.id));
  const counts = new Map<string, number>();
  for (const it of judged) {
    if (it.isDecided) counts.set(it.policy.id, (counts.get(it.policy.id) ?? 0) + 1);
  }
  const { organization, caller, partition, capturedAt, asOf, source, scope, interrupted, apiCalls, evidence } =
    inventory;
  return {
    schemaVersion: '1',
    tool: { name: 'trailproof', version: run.version },
    run: {
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      capturedAt,
      source: run.isSample === true ? 'sample' : source,
      caller: caller.arn,
      partition,
      deep: scope.deep,
      interrupted,
      ...(asOf === undefined ? {} : { asOf }),
      ...(run.scan === undefined ? {} : { scan: run.scan }),
      ...(run.inventoryDigest === undefined ? {} : { inventoryDigest: run.inventoryDigest }),
      ...(run.isInventoryEdited === true ? { isInventoryEdited: true } : {}),
    },
    organization:
      organization === null ? null : { id: organization.id, managementAccountId: organization.managementAccountId },
    coverage: {
      accounts: accountsCoverage(inventory, gapOf),
      evaluatedAccounts: evaluatedAccounts(inventory),
      apiCalls,
    },
    policies: sorted
      .filter((policy) => policy.disabled === undefined || asked.has(policy.id))
      .map((policy) => summaryOf(policy, counts.get(policy.id) ?? 0)),
    evaluations,
    evidence,
    gaps: relevant(allGaps(view, placement), evaluations),
    summary: summarize(evaluations),
    ...(disabled.length === 0 ? {} : { disabled }),
    accounts: accountPlaces(inventory),
    recording: recordingOf(inventory),
  };
}

/**
 * Judges policies on some of an inventory's targets, without their causes: for who asks many times and keeps the rest.
 *
 * @returns what was judged, and the inventory's gaps with those that the facts found
 */
export function judgeTargets(
  inventory: Inventory,
  policies: readonly EffectivePolicy[],
  isAsked: (target: ResultTarget) => boolean,
): { readonly judged: readonly PolicyEvaluation[]; readonly gaps: readonly Gap[] } {
  refuseActivity(policies);
  const view = buildView(inventory);
  const placement = new Placement(inventory);
  const disabled = new DisabledPolicies(policies);
  const judging: Judging = {
    view,
    inventory,
    gapOf: gapsOf(view, placement),
    placement,
    disabled,
    parts: new SharedParts(),
    isAsked,
  };
  return { judged: judgeAll(policies, judging), gaps: allGaps(view, placement) };
}

/** Those of the inventory and of the facts, and those of what bindings ask; by id. */
function allGaps(view: View, placement: Placement): Gap[] {
  return [...view.gaps(), ...placement.gaps()].toSorted(byId);
}

type FindGap = (id: string) => Gap | undefined;

/** Facts note gaps while they are asked: each is looked for when it is. */
function gapsOf(view: View, placement: Placement): FindGap {
  return (id) => placement.gap(id) ?? view.gap(id);
}

/** The names are put together for the first policy that asks: the others have the same. */
function scopeOf(view: View, target: Target): Scope {
  let names: ReadonlyMap<string, Value> | undefined;
  return {
    get(name) {
      names ??= view.scope(target);
      const value = names.get(name);
      // The checker lets only names through that every target of the kind has.
      if (value === undefined) throw new Error(`the scope of ${target.id} has no ${name}`);
      return value;
    },
  };
}

/** What judging a policy takes. */
interface Judging {
  readonly view: View;
  readonly inventory: Inventory;
  readonly gapOf: FindGap;
  readonly placement: Placement;
  readonly disabled: DisabledPolicies;
  readonly parts: SharedParts;
  /** Only these targets, without an explanation of what holds; undefined: all, explained. */
  readonly isAsked?: (target: ResultTarget) => boolean;
}

/** In the order of the policies. All that speak of a kind of target are asked of one before the next is computed. */
function judgeAll(policies: readonly EffectivePolicy[], judging: Judging): PolicyEvaluation[] {
  const { view, inventory, isAsked = () => true } = judging;
  const inScope = policies.filter((it) => inventory.organization !== null || !it.usesOrganization);
  const judged = new Map(inScope.map((policy): [EffectivePolicy, PolicyEvaluation[]] => [policy, []]));
  for (const type of new Set(inScope.map((it) => it.target))) {
    const ofType = [...judged].filter(([policy]) => policy.target === type);
    let count = 0;
    for (const target of view.eachTarget(type)) {
      count += 1;
      if (!isAsked(target)) continue;
      const { object: _, ...place } = target;
      const scope = scopeOf(view, target);
      for (const [policy, evaluations] of ofType) {
        const it = judgeTarget(policy, scope, place, judging);
        if (it !== undefined) evaluations.push(it);
      }
    }
    for (const [policy, evaluations] of ofType) {
      for (const it of judgeMissing(policy, count === 0, judging)) evaluations.push(it);
    }
  }
  return [...judged.values()].flat();
}

/** What a policy says of targets that were not found. */
function judgeMissing(policy: EffectivePolicy, isNone: boolean, judging: Judging): readonly PolicyEvaluation[] {
  const { view, inventory, parts } = judging;
  const asksForOne = policy.document['on-no-targets'] === 'NON_COMPLIANT';
  if (!isNone || !asksForOne) return judgeUnfound(policy, judging);
  const gaps = view.unfound(policy.target).flatMap((it) => it.gaps);
  const evaluation = withoutTargets(policy, inventory, gaps);
  return policy.disabled === undefined ? [policyEvaluation(policy, evaluation, undefined, parts)] : [];
}

/**
 * Of what may be there and was not found, nothing is known but that: an evaluation for each place. What AWS Config never
 * records is listed, and leaves nothing open, unless nothing of the kind was read at all: then that is the verdict.
 */
function judgeUnfound(policy: EffectivePolicy, judging: Judging): PolicyEvaluation[] {
  const { view, inventory, placement, gapOf, isAsked = () => true } = judging;
  const isLeftOut = wasNotAsked(policy.target, inventory);
  return view.unfound(policy.target).flatMap(({ target, gaps: all }) => {
    if (!isAsked(target)) return [];
    const isRecordable = (id: string): boolean => gapOf(id)?.reason !== 'not-recorded-by-config';
    const gaps = isLeftOut ? all : all.filter(isRecordable);
    const placed = placement.policyIn(policy, target.accountId);
    // Where a pack disables the policy, there is no target that would be left out.
    if (gaps.length === 0 || placed.kind === 'disabled') return [];
    const bound = placed.kind === 'enabled' ? placed.policy : policy;
    return policyEvaluation(bound, unfoundEvaluation(bound, { target, gaps }, judging), undefined, judging.parts);
  });
}

function judgeTarget(
  policy: EffectivePolicy,
  scope: Scope,
  target: ResultTarget,
  { inventory, gapOf, placement, disabled, parts, isAsked }: Judging,
): PolicyEvaluation | undefined {
  const placed = placement.policyIn(policy, target.accountId);
  switch (placed.kind) {
    case 'disabled': {
      disabled.leaveOut(policy, placed.disabled, target.accountId);
      return undefined;
    }
    case 'unknown': {
      const decision: Decision = { outcome: 'INSUFFICIENT_DATA', assertions: [], gaps: [placed.gap], reads: [] };
      const evaluation = toEvaluation(policy, target, decision, inventory.partition, gapOf, parts);
      return policyEvaluation(policy, evaluation, decision, parts);
    }
    case 'enabled': {
      const { policy: bound, params } = placed;
      const decision = evaluatePolicy(bound, bound.params, scope, {
        explainAll: isAsked === undefined,
        target: target.arn ?? target.id,
      });
      const judged = toEvaluation(bound, target, decision, inventory.partition, gapOf, parts);
      const evaluation = spokenOf(judged, bound, inventory);
      return policyEvaluation(bound, params === undefined ? evaluation : { ...evaluation, params }, decision, parts);
    }
  }
}

/** A run over a part of the organization speaks of that part: no sentence about every account then. */
function spokenOf(evaluation: Evaluation, { document }: CompiledPolicy, { scope, accounts }: Inventory): Evaluation {
  const { accounts: only, excludedAccounts, organizationalUnits } = scope;
  const isPart = only.length > 0 || excludedAccounts.length > 0 || organizationalUnits.length > 0;
  if (!isPart || evaluation.target.type !== 'organization' || evaluation.outcome !== 'COMPLIANT') return evaluation;
  const asked = accounts.filter((it) => it.outOfScope === undefined).length;
  const others = asked === accounts.length ? '' : '; the others were not evaluated';
  const message = `Holds for the accounts in the scope of this run, ${asked} of ${accounts.length}${others}: ${document.title}.`;
  return { ...evaluation, message };
}

/** What nobody asked for, or nobody can read yet, is no gap unless a verdict waited for it. */
function relevant(gaps: readonly Gap[], evaluations: readonly Evaluation[]): Gap[] {
  const used = new Set(evaluations.flatMap((it) => it.gaps));
  return gaps.filter((gap) => (gap.reason !== 'not-collected' && gap.reason !== 'unsupported') || used.has(gap.id));
}

/** Two evaluations of one identity would hide each other in every later run. */
function assertDistinct(evaluations: readonly Evaluation[]): void {
  if (new Set(evaluations.map((it) => it.fingerprint)).size === evaluations.length) return;
  const seen = new Map<string, Evaluation>();
  for (const it of evaluations) {
    const other = seen.get(it.fingerprint);
    if (other !== undefined) {
      throw new Error(`two evaluations of ${it.policyId} share an identity: ${other.target.id} and ${it.target.id}`);
    }
    seen.set(it.fingerprint, it);
  }
}
