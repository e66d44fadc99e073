import type { BindingScope, DisabledPolicy, Results } from '../../model/results.js';
import { listed } from './accounts.js';
import { byText } from '../../text/order.js';
import { counted } from '../../text/plural.js';

/** What packs took out, by policy and by the line that says so. */
export function disabledPolicies({ disabled = [] }: Results): readonly DisabledPolicy[] {
  return disabled.toSorted(
    (a, b) => byText(a.policyId, b.policyId) || byText(a.file, b.file) || a.line - b.line || byText(a.reason, b.reason),
  );
}

/** Where it is not asked: `everywhere`, or `in ou-ab12-34cd56ef (3 targets)`. */
export function whereDisabled({ scope, targets }: DisabledPolicy): string {
  const left = counted(targets, 'target');
  return scope === undefined ? `everywhere, ${left}` : `in ${listed(scopeNames(scope), 3)}, ${left}`;
}

/** What a binding names: OUs, accounts, and tags as `environment=production|staging`. Raw. */
export function scopeNames({ ous, accounts, tags = {} }: BindingScope): readonly string[] {
  return [...ous, ...accounts, ...Object.entries(tags).map(([key, values]) => `${key}=${values.join('|')}`)];
}
