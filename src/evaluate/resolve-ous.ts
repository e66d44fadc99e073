import { UsageError } from '../model/errors.js';
import type { Organization, OrganizationalUnit } from '../model/inventory.js';
import type { Known } from '../model/known.js';
import type { BindingScope } from '../model/results.js';
import { isUnitId, OrganizationalUnits, type EffectivePolicy } from '../policy/index.js';

type Units = Known<readonly OrganizationalUnit[]>;

/** The OUs of the inventory; a run without an organization has none. */
export function listedUnits(organization: Organization | null): Units {
  return organization === null ? { state: 'absent' } : organization.organizationalUnits;
}

/** The OUs that a binding means. */
interface MeantOus {
  readonly ids: ReadonlySet<string>;
  /** Why a name of the binding could not be looked up. */
  readonly gap?: string;
}

/** Looks up the OUs that bindings name, each binding once. */
export class NamedOus {
  private readonly known: OrganizationalUnits | undefined;
  private readonly meant = new Map<BindingScope, MeantOus>();

  constructor(private readonly units: Units) {
    this.known = findable(units);
  }

  /** Ids need no list of OUs: an account says which are above it. */
  of(scope: BindingScope): MeantOus {
    const known = this.meant.get(scope);
    if (known !== undefined) return known;
    const named = scope.ous.map((text) => this.idOf(text) ?? (isUnitId(text) ? text : undefined));
    const isOpen = this.units.state === 'unknown' && scope.ous.some((text) => !isUnitId(text));
    const made: MeantOus = {
      ids: new Set(named.filter((it) => it !== undefined)),
      ...(this.units.state === 'unknown' && isOpen ? { gap: this.units.gap } : {}),
    };
    this.meant.set(scope, made);
    return made;
  }

  private idOf(text: string): string | undefined {
    const found = this.known?.find(text);
    return found?.kind === 'found' ? found.id : undefined;
  }
}

/** Undefined where the OUs could not be read. */
export function findable(units: Units): OrganizationalUnits | undefined {
  if (units.state === 'unknown') return undefined;
  return new OrganizationalUnits(units.state === 'known' ? units.value : []);
}

/**
 * Refuses bindings with a name that several OUs have: whatever was chosen, the values of the other would be wrong.
 *
 * @throws UsageError that tells each, with the OUs that it may mean
 */
export function refuseAmbiguousOus(organization: Organization | null, policies: readonly EffectivePolicy[]): void {
  const units = findable(listedUnits(organization));
  if (units === undefined) return;
  const found = new Set<string>();
  for (const { place, scope } of policies.flatMap((it) => it.bindings ?? [])) {
    for (const text of scope.ous) {
      const named = units.find(text);
      if (named.kind !== 'ambiguous') continue;
      found.add(`${place.file}:${place.line}: '${text}' may be ${named.candidates.join(', or ')}.`);
    }
  }
  if (found.size === 0) return;
  throw new UsageError(
    `A binding names ambiguous OUs. ${[...found].join(' ')}`,
    'Write the path from the root on, as in Root/Workloads/Prod, or the id.',
  );
}
