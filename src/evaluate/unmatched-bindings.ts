import type { Inventory } from '../model/inventory.js';
import type { BindingScope } from '../model/results.js';
import type { EffectivePolicy, OrganizationalUnits, PolicyBinding } from '../policy/index.js';
import { findable, listedUnits } from './resolve-ous.js';

/** A binding that names what the organization does not have: a slip leaves other values in force than were meant. */
export interface UnmatchedBinding {
  readonly place: PolicyBinding['place'];
  /** Accounts, OUs as they are named, and tags as `key=value`. */
  readonly names: readonly string[];
  /** What may have been meant. */
  readonly help?: string;
}

/** Bindings that name accounts, OUs or tags which are not in the inventory, as far as it lists them. */
export function unmatchedBindings(
  inventory: Inventory,
  policies: readonly EffectivePolicy[],
): readonly UnmatchedBinding[] {
  const { organization, accounts } = inventory;
  const units = findable(listedUnits(organization));
  // A run of one account lists no other.
  const isComplete = organization !== null && organization.accountsGap === undefined;
  const known = isComplete ? new Set(accounts.map((it) => it.id)) : undefined;
  const tags = knownTags(inventory);
  const found = new Map<string, UnmatchedBinding>();
  for (const { place, scope } of policies.flatMap((it) => it.bindings ?? [])) {
    const missing = missingOus(scope, units);
    const names = [
      ...scope.accounts.filter((id) => known?.has(id) === false),
      ...missing.names,
      ...(tags === undefined ? [] : missingTags(scope, tags)),
    ];
    if (names.length === 0) continue;
    const help = missing.help.length === 0 ? {} : { help: missing.help.join('; ') };
    found.set(`${place.file}:${place.line}`, { place, names, ...help });
  }
  return [...found.values()];
}

function missingOus(
  { ous }: BindingScope,
  units: OrganizationalUnits | undefined,
): { readonly names: readonly string[]; readonly help: readonly string[] } {
  if (units === undefined) return { names: [], help: [] };
  const missing = ous.flatMap((text) => {
    const named = units.find(text);
    return named.kind === 'unknown' ? [{ text, help: named.help }] : [];
  });
  return { names: missing.map((it) => it.text), help: missing.flatMap((it) => it.help ?? []) };
}

/** `key=value` of every account; undefined where one could not be read. */
function knownTags({ accounts }: Inventory): ReadonlySet<string> | undefined {
  const all = accounts.map((it) => it.tags);
  if (all.some((it) => it?.state !== 'known')) return undefined;
  return new Set(all.flatMap((it) => (it?.state === 'known' ? Object.entries(it.value) : [])).map(tagText));
}

function missingTags({ tags = {} }: BindingScope, known: ReadonlySet<string>): readonly string[] {
  return Object.entries(tags).flatMap(([key, values]) =>
    values.map((value) => tagText([key, value])).filter((it) => !known.has(it)),
  );
}

function tagText([key, value]: readonly [string, string]): string {
  return `${key}=${value}`;
}
