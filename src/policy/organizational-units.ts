import { suggestion } from '../expression/index.js';
import { byText } from '../text/order.js';

/** A root or an OU, as an inventory lists it. */
interface Unit {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string;
}

/** What a text names: one unit by its id, several, or none. */
export type NamedUnit =
  | { readonly kind: 'found'; readonly id: string }
  /** `candidates`: path and id of each. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly kind: 'unknown'; readonly help: string | undefined };

/** True for the form of an id, `ou-ab12-34cd56ef` or `r-ab12`: anything else is a name or a path of names. */
export function isUnitId(text: string): boolean {
  return /^(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/.test(text);
}

/** The roots and OUs of an organization, to be found by id, by name or by a path of names. */
export class OrganizationalUnits {
  private readonly ids: ReadonlySet<string>;
  private readonly paths: readonly { readonly id: string; readonly path: string }[];

  constructor(units: readonly Unit[]) {
    this.ids = new Set(units.map((it) => it.id));
    const byId = new Map(units.map((it) => [it.id, it]));
    this.paths = units
      .map((unit) => ({ id: unit.id, path: pathOf(unit, byId) }))
      .toSorted((a, b) => byText(a.path, b.path) || byText(a.id, b.id));
  }

  /**
   * What a text of a file names: `ou-ab12-34cd56ef`, `Sandbox`, `Workloads/Prod`, or from the root on
   * `Root/Workloads/Prod` or `/Workloads/Prod`. Names are those of AWS, letter by letter; a whole path wins over a
   * part of another one.
   */
  find(text: string): NamedUnit {
    if (this.ids.has(text)) return { kind: 'found', id: text };
    const wanted = text.length > 1 && text.endsWith('/') ? text.slice(0, -1) : text;
    const whole = this.paths.filter(({ path }) => path === wanted || belowRoot(path) === wanted);
    const found = whole.length > 0 ? whole : this.paths.filter(({ path }) => path.endsWith(`/${wanted}`));
    const [first, ...others] = found;
    if (first === undefined) return { kind: 'unknown', help: isUnitId(text) ? undefined : this.nearest(wanted) };
    if (others.length === 0) return { kind: 'found', id: first.id };
    return { kind: 'ambiguous', candidates: found.map(({ path, id }) => `${path} (${id})`) };
  }

  private nearest(wanted: string): string | undefined {
    const names = this.paths.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
    const candidates = wanted.includes('/') ? this.paths.map((it) => it.path) : names;
    return suggestion(wanted, [...new Set(candidates)], 'OUs');
  }
}

/** `Root/Workloads/Prod` → `/Workloads/Prod` */
function belowRoot(path: string): string {
  return path.includes('/') ? path.slice(path.indexOf('/')) : '/';
}

function pathOf(unit: Unit, byId: ReadonlyMap<string, Unit>): string {
  const names: string[] = [];
  const seen = new Set<string>();
  // AWS gives a tree; an inventory that was edited may hold a circle.
  for (let at: Unit | undefined = unit; at !== undefined && !seen.has(at.id);) {
    seen.add(at.id);
    names.unshift(at.name);
    at = at.parentId === undefined ? undefined : byId.get(at.parentId);
  }
  return names.join('/');
}
