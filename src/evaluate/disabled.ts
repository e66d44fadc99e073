import type { BindingScope, DisabledPolicy } from '../model/results.js';
import type { Disabled, EffectivePolicy } from '../policy/index.js';
import { byText } from '../text/order.js';

interface Entry {
  readonly policy: EffectivePolicy;
  readonly disabled: Disabled;
  readonly scope: BindingScope | undefined;
  targets: number;
  readonly accounts: Set<string>;
}

/** What packs took out, and which targets were left out with it: what is not asked must be seen all the same. */
export class DisabledPolicies {
  private readonly entries = new Map<string, Entry>();

  constructor(policies: readonly EffectivePolicy[]) {
    for (const policy of policies) {
      if (policy.disabled !== undefined) this.add(policy, policy.disabled, undefined);
      for (const { scope, settings } of policy.bindings ?? []) {
        if (settings.enablement === undefined || settings.enablement.value.enabled) continue;
        const { value, place } = settings.enablement;
        this.add(policy, { reason: value.reason, place }, scope);
      }
    }
  }

  /** A target that is not asked. */
  leaveOut(policy: EffectivePolicy, disabled: Disabled, accountId: string): void {
    const entry = this.entries.get(keyOf(policy, disabled));
    if (entry === undefined) throw new Error(`${policy.id} is disabled, and no pack says so`);
    entry.targets += 1;
    entry.accounts.add(accountId);
  }

  /** For the results: by policy, then by the line that says so. */
  list(): readonly DisabledPolicy[] {
    return [...this.entries.values()]
      .map(describe)
      .toSorted((a, b) => byText(a.policyId, b.policyId) || byText(a.file, b.file) || a.line - b.line);
  }

  private add(policy: EffectivePolicy, disabled: Disabled, scope: BindingScope | undefined): void {
    this.entries.set(keyOf(policy, disabled), { policy, disabled, scope, targets: 0, accounts: new Set() });
  }
}

function keyOf(policy: EffectivePolicy, { place }: Disabled): string {
  return `${policy.id} ${place.file}:${place.line}`;
}

function describe({ policy, disabled: { reason, place }, scope, targets, accounts }: Entry): DisabledPolicy {
  return {
    policyId: policy.id,
    title: policy.document.title,
    reason,
    file: place.file,
    line: place.line,
    ...(scope === undefined ? {} : { scope }),
    targets,
    accounts: [...accounts].toSorted(),
  };
}
