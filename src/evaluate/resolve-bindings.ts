import { FactGaps } from '../facts/index.js';
import { underBindings, type BoundPolicy, type EffectivePolicy } from '../policy/index.js';
import type { Account, Gap, Inventory } from '../model/inventory.js';
import type { BindingScope } from '../model/results.js';
import { listedUnits, NamedOus } from './resolve-ous.js';

/** What a policy is in an account; `unknown` where it could not be read what decides whether a binding applies. */
export type PlacedPolicy = BoundPolicy | { readonly kind: 'unknown'; readonly gap: string };

/** Whether something of a binding names an account, or the gap that leaves it open. */
type Applies = boolean | { readonly gap: string };

/** Where accounts are in the organization and what tags they have, and with it which bindings of packs apply to them. */
export class Placement {
  private readonly accounts: ReadonlyMap<string, Account>;
  private readonly ous: NamedOus;
  private readonly ownGaps = new FactGaps();
  /** Nearly all accounts share one of few combinations of bindings. */
  private readonly bound = new Map<EffectivePolicy, Map<string, BoundPolicy>>();
  private readonly free = new Map<EffectivePolicy, BoundPolicy>();

  constructor(private readonly inventory: Inventory) {
    this.accounts = new Map(inventory.accounts.map((it) => [it.id, it]));
    this.ous = new NamedOus(listedUnits(inventory.organization));
  }

  /** The policy as it is asked of targets of an account. */
  policyIn(policy: EffectivePolicy, accountId: string): PlacedPolicy {
    if (policy.bindings === undefined || policy.bindings.length === 0) return this.unbound(policy);
    const applying: number[] = [];
    for (const [index, { scope }] of policy.bindings.entries()) {
      const applies = this.applies(scope, accountId);
      if (typeof applies === 'object') return { kind: 'unknown', gap: applies.gap };
      if (applies) applying.push(index);
    }
    return this.boundPolicy(policy, applying);
  }

  /** Gaps that no call left: tags that nobody asked for. */
  gaps(): readonly Gap[] {
    return this.ownGaps.all();
  }

  gap(id: string): Gap | undefined {
    return this.ownGaps.find(id);
  }

  /** Most policies have no bindings, and each target asks. */
  private unbound(policy: EffectivePolicy): BoundPolicy {
    const known = this.free.get(policy);
    if (known !== undefined) return known;
    const made = this.boundPolicy(policy, []);
    this.free.set(policy, made);
    return made;
  }

  private boundPolicy(policy: EffectivePolicy, applying: readonly number[]): BoundPolicy {
    const variants = this.bound.get(policy) ?? new Map<string, BoundPolicy>();
    this.bound.set(policy, variants);
    const key = applying.join(' ');
    const known = variants.get(key);
    if (known !== undefined) return known;
    const bindings = (policy.bindings ?? []).filter((_, index) => applying.includes(index));
    const made = underBindings(policy, bindings);
    variants.set(key, made);
    return made;
  }

  private applies(scope: BindingScope, accountId: string): Applies {
    if (scope.accounts.includes(accountId)) return true;
    if (scope.ous.length === 0 && scope.tags === undefined) return false;
    const account = this.accounts.get(accountId);
    if (account === undefined) {
      // An account of another organization, unless the list of accounts could not be read to its end.
      const gap = this.inventory.organization?.accountsGap;
      return gap === undefined ? false : { gap };
    }
    const byOu = this.isBelow(account, scope);
    if (byOu === true || scope.tags === undefined) return byOu;
    const byTags = this.isTagged(account, scope.tags);
    return byTags === true ? true : typeof byOu === 'object' ? byOu : byTags;
  }

  private isBelow({ parents }: Account, scope: BindingScope): Applies {
    if (scope.ous.length === 0 || parents.state === 'absent') return false;
    if (parents.state === 'unknown') return { gap: parents.gap };
    const { ids, gap } = this.ous.of(scope);
    if (parents.value.some((id) => ids.has(id))) return true;
    // A name that could not be looked up may be that of any OU above the account.
    return gap === undefined || parents.value.length === 0 ? false : { gap };
  }

  private isTagged(account: Account, wanted: NonNullable<BindingScope['tags']>): Applies {
    const { tags = this.tagsNotAsked(account) } = account;
    if (tags.state === 'unknown') return { gap: tags.gap };
    if (tags.state === 'absent') return false;
    const has = new Map(Object.entries(tags.value));
    return Object.entries(wanted).every(([key, values]) => values.includes(has.get(key) ?? '') && has.has(key));
  }

  /** Outside of an organization no account has tags; of one that was not asked for its tags they are not known. */
  private tagsNotAsked({ id, parents }: Account): NonNullable<Account['tags']> {
    if (this.inventory.organization === null) {
      // Without an organization the parents are unknown where it may be there, and could not be read.
      return parents.state === 'unknown' ? parents : { state: 'absent' };
    }
    const call = 'organizations:ListTagsForResource';
    const message = 'The tags of accounts are read where a pack names tags, or with collect --account-tags.';
    const at = this.inventory.capturedAt;
    const gap = this.ownGaps.add({ call, accountId: id, region: 'global', reason: 'not-collected', message, at });
    return { state: 'unknown', gap };
  }
}
