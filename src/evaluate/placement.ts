import type { Account, Inventory, Organization } from '../model/inventory.js';
import type { BindingScope } from '../model/results.js';
import { underBindings, type BoundPolicy, type EffectivePolicy, type PolicyBinding } from '../policy/index.js';

/** What a policy is in an account; `unknown` where it could not be read in which OUs the account is. */
export type PlacedPolicy = BoundPolicy | { readonly kind: 'unknown'; readonly gap: string };

/** Where accounts are in the organization, and with it which bindings of packs apply to them. */
export class Placement {
  private readonly accounts: ReadonlyMap<string, Account>;
  /** Nearly all accounts share one of few combinations of bindings. */
  private readonly bound = new Map<EffectivePolicy, Map<string, BoundPolicy>>();

  constructor(private readonly inventory: Inventory) {
    this.accounts = new Map(inventory.accounts.map((it) => [it.id, it]));
  }

  /** The policy as it is asked of targets of an account. */
  policyIn(policy: EffectivePolicy, accountId: string): PlacedPolicy {
    const applying: number[] = [];
    for (const [index, { scope }] of (policy.bindings ?? []).entries()) {
      const applies = this.applies(scope, accountId);
      if (typeof applies === 'object') return { kind: 'unknown', gap: applies.gap };
      if (applies) applying.push(index);
    }
    return this.boundPolicy(policy, applying);
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

  private applies({ accounts, ous }: BindingScope, accountId: string): boolean | { readonly gap: string } {
    if (accounts.includes(accountId)) return true;
    if (ous.length === 0) return false;
    const account = this.accounts.get(accountId);
    if (account === undefined) {
      // An account of another organization, unless the list of accounts could not be read to its end.
      const gap = this.inventory.organization?.accountsGap;
      return gap === undefined ? false : { gap };
    }
    switch (account.parents.state) {
      case 'known': {
        return account.parents.value.some((id) => ous.includes(id));
      }
      case 'absent': {
        return false;
      }
      case 'unknown': {
        return { gap: account.parents.gap };
      }
    }
  }
}

/** A binding that names what the organization does not have: a slip leaves other values in force than were meant. */
export interface UnmatchedBinding {
  readonly place: PolicyBinding['place'];
  /** Ids of OUs and accounts, sorted. */
  readonly ids: readonly string[];
}

/** Bindings that name OUs or accounts which are not in the inventory, as far as it lists them. */
export function unmatchedBindings(
  { organization, accounts }: Inventory,
  policies: readonly EffectivePolicy[],
): readonly UnmatchedBinding[] {
  const knownOus = listedOus(organization);
  // A run of one account lists no other.
  const isComplete = organization !== null && organization.accountsGap === undefined;
  const knownAccounts = isComplete ? new Set(accounts.map((it) => it.id)) : undefined;
  const found = new Map<string, UnmatchedBinding>();
  for (const { place, scope } of policies.flatMap((it) => it.bindings ?? [])) {
    const ids = [
      ...scope.accounts.filter((id) => knownAccounts?.has(id) === false),
      ...scope.ous.filter((id) => knownOus?.has(id) === false),
    ];
    if (ids.length > 0) found.set(`${place.file}:${place.line}`, { place, ids });
  }
  return [...found.values()];
}

/** Undefined where they could not be read. A run without an organization has none. */
function listedOus(organization: Organization | null): ReadonlySet<string> | undefined {
  if (organization === null) return new Set();
  const { organizationalUnits: ous } = organization;
  return ous.state === 'unknown' ? undefined : new Set(ous.state === 'known' ? ous.value.map((it) => it.id) : []);
}
