import { lookBackOf, type AskedPolicy, type ParamsFor } from '../../activity/index.js';
import { UsageError } from '../../model/errors.js';
import type { Gap, Inventory } from '../../model/inventory.js';
import { paramsObject, underBindings, type CompiledPolicy, type EffectivePolicy } from '../../policy/index.js';
import { Placement, type PlacedPolicy } from '../resolve-bindings.js';

/** Activity policies, and what each of them is in each account. */
export class PlacedPolicies {
  readonly asked: readonly AskedPolicy[];
  private readonly byId: ReadonlyMap<string, EffectivePolicy>;
  private readonly placement: Placement | undefined;
  private readonly placed = new Map<string, PlacedPolicy>();
  private readonly params = new Map<CompiledPolicy, ReturnType<typeof paramsObject>>();

  /**
   * @throws UsageError where one judges a state, or a binding names OUs or tags and there is no inventory that has them
   */
  constructor(
    readonly policies: readonly EffectivePolicy[],
    inventory: Inventory | undefined,
  ) {
    refuseState(policies);
    if (inventory === undefined) refuseBindings(policies);
    this.byId = new Map(policies.map((it) => [it.id, it]));
    this.placement = inventory === undefined ? undefined : new Placement(inventory);
    this.asked = policies.flatMap(({ id, activity }) => (activity === undefined ? [] : [{ id, activity }]));
  }

  /** The parameters in force; undefined where the policy is not asked, or that is not known. */
  readonly paramsFor: ParamsFor = (policyId, account) => {
    const placed = this.policyIn(policyId, account);
    if (placed.kind !== 'enabled') return undefined;
    const known = this.params.get(placed.policy);
    if (known !== undefined) return known;
    const made = paramsObject(placed.policy.params);
    this.params.set(placed.policy, made);
    return made;
  };

  policyIn(policyId: string, account: string): PlacedPolicy {
    const key = `${policyId} ${account}`;
    const known = this.placed.get(key);
    if (known !== undefined) return known;
    const made = this.place(policyId, account);
    this.placed.set(key, made);
    return made;
  }

  /** How long before the window events are needed, in any account: milliseconds. */
  get lookBack(): number {
    const times = this.policies.flatMap((policy) => {
      const { activity, bindings = [] } = policy;
      if (activity === undefined) return [];
      const bound = [[], bindings, ...bindings.map((it) => [it])].map((some) => underBindings(policy, some));
      return bound.map((it) => (it.kind === 'enabled' ? lookBackOf(activity, paramsObject(it.policy.params)) : 0));
    });
    return Math.max(0, ...times);
  }

  gaps(): readonly Gap[] {
    return this.placement?.gaps() ?? [];
  }

  private place(policyId: string, account: string): PlacedPolicy {
    const policy = this.byId.get(policyId);
    if (policy === undefined) throw new Error(`${policyId} is not asked`);
    if (this.placement !== undefined) return this.placement.policyIn(policy, account);
    return underBindings(
      policy,
      (policy.bindings ?? []).filter(({ scope }) => scope.accounts.includes(account)),
    );
  }
}

function refuseState(policies: readonly EffectivePolicy[]): void {
  const found = policies.filter((it) => it.activity === undefined && it.disabled === undefined).map((it) => it.id);
  if (found.length === 0) return;
  const [first = ''] = found;
  const many = found.length === 1 ? `Policy ${first} judges` : `${first} and ${found.length - 1} more policies judge`;
  throw new UsageError(
    `${many} the state, and trailproof activity reads events.`,
    found.length === 1
      ? 'Ask it with trailproof scan, and leave it out of the packs and folders of this run.'
      : 'Ask them with trailproof scan, and leave them out of the packs and folders of this run.',
  );
}

function refuseBindings(policies: readonly EffectivePolicy[]): void {
  const bound = policies.find((it) =>
    it.bindings?.some(({ scope }) => scope.ous.length > 0 || scope.tags !== undefined),
  );
  if (bound === undefined) return;
  throw new UsageError(
    `A pack sets ${bound.id} by OU or tag, and without an inventory it is not known which accounts have them.`,
    'Give the inventory of the organization: --inventory FILE, as trailproof collect writes it.',
  );
}
