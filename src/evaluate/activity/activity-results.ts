import { judgeAll, type ActivityVerdict, type Collector } from '../../activity/index.js';
import type { EventCoverage } from '../../model/log-events.js';
import type { Gap, Inventory } from '../../model/inventory.js';
import type { Evaluation, Evidence, Results, Target } from '../../model/results.js';
import { byId, byPlace } from '../../text/order.js';
import type { EffectivePolicy } from '../../policy/index.js';
import { accountsCoverage } from '../accounts.js';
import { DisabledPolicies } from '../disabled.js';
import { fingerprintOf } from '../fingerprint.js';
import { summaryOf } from '../policy-summary.js';
import { accountPlaces } from '../recording.js';
import { summarize } from '../summarize.js';
import { evaluationsOf } from './incident-evaluation.js';
import { logsCoverage } from './logs-coverage.js';
import { judgeableOf, type ActivityRun } from './judgeable.js';
import type { PlacedPolicies } from './placed-policies.js';

/** The results of a run over events. Pure: the same events, in whatever order, give the same bytes. */
export function activityResults(
  placed: PlacedPolicies,
  collected: Collector,
  coverage: EventCoverage,
  run: ActivityRun,
  inventory?: Inventory,
): Results {
  const inScope = (inventory?.accounts ?? []).filter((it) => it.outOfScope === undefined).map(({ id }) => id);
  const judged = judgeAll(judgeableOf(placed, collected, coverage, run, inventory));
  // With an inventory, of accounts that are not asked only what was found is told.
  const isAsked = new Set([...inScope, ...coverage.cells.map((it) => it.account), 'unknown']);
  const isTold = (it: ActivityVerdict): boolean =>
    inventory === undefined || it.outcome === 'NON_COMPLIANT' || isAsked.has(it.account);
  const verdicts = judged.filter(isTold);
  const accounts = new Set([
    ...inScope,
    ...coverage.cells.map((it) => it.account),
    ...verdicts.map((it) => it.account),
  ]);
  const around = {
    partition: inventory?.partition ?? partitionOf(coverage),
    readAt: run.readAt,
    neverHeld: coverage.neverHeld,
    inventoryOf:
      inventory !== undefined && Date.parse(inventory.capturedAt) < Date.parse(coverage.from)
        ? inventory.capturedAt
        : undefined,
  };
  const targetOf = targets(inventory);
  const known = new Set(inScope);
  const evaluated = evaluatedOf(verdicts, placed, targetOf, (account) =>
    Object.assign({}, around, {
      inventory:
        inventory === undefined
          ? ('none' as const)
          : known.has(account)
            ? ('with-account' as const)
            : ('without-account' as const),
    }),
  );
  const disabled = new DisabledPolicies(placed.policies);
  const open = unplacedOf(placed, [...accounts].toSorted(), disabled, (policy, account, gap) =>
    unplaced(policy, targetOf(account), gap, around.partition),
  );
  const evaluations = [...evaluated.evaluations, ...open].toSorted(byPlace);
  const named = new Set(evaluations.flatMap((it) => it.gaps));
  const others = [...placed.gaps(), ...(inventory?.gaps ?? [])].filter((it) => named.has(it.id));
  const gaps = new Map([...coverage.gaps, ...evaluated.gaps, ...others].map((it) => [it.id, it]));
  const asked = new Set(evaluations.map((it) => it.policyId));
  const left = disabled.list();
  return {
    schemaVersion: '1',
    tool: { name: 'trailproof', version: run.version },
    run: {
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      capturedAt: run.readAt,
      source: run.isSample === true ? 'sample' : run.source,
      caller: run.caller ?? 'unknown',
      partition: around.partition,
      deep: false,
      interrupted: run.isInterrupted,
      ...(run.scan === undefined ? {} : { scan: run.scan }),
    },
    organization: organizationOf(inventory),
    coverage: {
      ...accountsIn(inventory, [...accounts].toSorted(), gaps),
      apiCalls: run.apiCalls,
      logs: logsCoverage(coverage),
    },
    policies: placed.policies
      .filter((it) => it.disabled === undefined || asked.has(it.id))
      .map((it) => summaryOf(it, accounts.size)),
    evaluations,
    evidence: evaluated.evidence.toSorted(byId),
    gaps: [...gaps.values()].toSorted(byId),
    summary: summarize(evaluations),
    ...(left.length === 0 ? {} : { disabled: left }),
    ...(inventory === undefined ? {} : { accounts: accountPlaces(inventory) }),
  };
}

interface Evaluated {
  readonly evaluations: readonly Evaluation[];
  /** Each once. */
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
}

/** The verdicts as evaluations, with what they rest on and what they lack. */
function evaluatedOf(
  verdicts: readonly ActivityVerdict[],
  placed: PlacedPolicies,
  targetOf: (account: string) => Target,
  aroundOf: (account: string) => Parameters<typeof evaluationsOf>[3],
): Evaluated {
  const evaluations: Evaluation[] = [];
  const evidence = new Map<string, Evidence>();
  const gaps: Gap[] = [];
  for (const verdict of verdicts) {
    const policy = placed.policyIn(verdict.policyId, verdict.account);
    if (policy.kind !== 'enabled') continue;
    gaps.push(...verdict.gaps);
    const { params } = policy;
    for (const it of evaluationsOf(verdict, policy.policy, targetOf(verdict.account), aroundOf(verdict.account))) {
      evaluations.push(params === undefined ? it.evaluation : { ...it.evaluation, params });
      for (const one of it.evidence) evidence.set(one.id, one);
    }
  }
  return { evaluations, evidence: [...evidence.values()], gaps };
}

/** Policies that are disabled in an account are noted; where that could not be read, the verdict is open. */
function unplacedOf(
  placed: PlacedPolicies,
  accounts: readonly string[],
  disabled: DisabledPolicies,
  open: (policy: EffectivePolicy, account: string, gap: string) => Evaluation,
): readonly Evaluation[] {
  return placed.policies.flatMap((policy) =>
    accounts.flatMap((account) => {
      const it = placed.policyIn(policy.id, account);
      if (it.kind === 'disabled') disabled.leaveOut(policy, it.disabled, account);
      return it.kind === 'unknown' ? open(policy, account, it.gap) : [];
    }),
  );
}

/** A binding may change the policy here, and whether it applies could not be read. */
function unplaced(policy: EffectivePolicy, target: Target, gap: string, partition: string): Evaluation {
  return {
    policyId: policy.id,
    outcome: 'INSUFFICIENT_DATA',
    severity: policy.document.severity,
    target,
    message: `Not known: ${policy.document.title}. Which settings of the packs apply to the account could not be read.`,
    reasons: [],
    evidence: [],
    gaps: [gap],
    fingerprint: fingerprintOf(policy.id, partition, target),
  };
}

function targets(inventory: Inventory | undefined): (account: string) => Target {
  const names = new Map((inventory?.accounts ?? []).map(({ id, name }) => [id, name]));
  return (account) => {
    const name = names.get(account);
    const target = { type: 'account' as const, id: account, accountId: account, region: 'global' };
    return name === undefined ? target : { ...target, name };
  };
}

/** By the names of Regions, where no inventory says it. */
function partitionOf({ cells }: EventCoverage): string {
  const region = cells[0]?.region ?? '';
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function organizationOf(inventory: Inventory | undefined): Results['organization'] {
  const organization = inventory?.organization ?? null;
  return organization === null ? null : { id: organization.id, managementAccountId: organization.managementAccountId };
}

/** With an inventory its accounts; without one those of which logs were seen: of others nothing is known. */
function accountsIn(
  inventory: Inventory | undefined,
  seen: readonly string[],
  gaps: ReadonlyMap<string, Gap>,
): Pick<Results['coverage'], 'accounts' | 'evaluatedAccounts'> {
  if (inventory === undefined) {
    const evaluated = seen.map((id) => ({ id, name: id }));
    return {
      accounts: { listed: seen.length, evaluated: seen.length, outOfScope: [], unreadable: [] },
      evaluatedAccounts: evaluated,
    };
  }
  // Events of an account tell what was recorded, whether or not its trails could be listed.
  const outOfScope = accountsCoverage(inventory, (id) => gaps.get(id)).outOfScope;
  const listed = inventory.accounts.length;
  const open = inventory.organization?.accountsGap;
  const unlisted = { id: 'unknown', name: 'accounts that were not listed', reason: 'could not be read' };
  const unreadable = open === undefined ? [] : [unlisted];
  return {
    accounts: { listed: listed + unreadable.length, evaluated: listed - outOfScope.length, outOfScope, unreadable },
    evaluatedAccounts: inventory.accounts
      .filter((it) => it.outOfScope === undefined)
      .map(({ id, name }) => ({ id, name })),
  };
}
