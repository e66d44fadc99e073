import type { BindingScope } from '../model/results.js';
import type { EffectivePolicy } from './packs/effective-policy.js';

interface Observation {
  readonly call: string;
}

/** What `schema/view.v1.json` says of where a field comes from. */
interface SourcedNode {
  readonly 'x-source'?: readonly Observation[];
  readonly 'x-derived'?: { readonly from?: readonly string[]; readonly source?: readonly Observation[] };
  readonly 'x-navigation'?: { readonly by: readonly string[] };
  /** What is chosen beside calls: it widens what these are made for. */
  readonly 'x-choice'?: string;
}

interface SourcedTarget {
  readonly type: string;
  /** The calls that find targets of this kind. */
  readonly discovery: readonly string[];
  /** The fields that name them. */
  readonly by?: readonly string[];
}

interface SourcedSchema {
  readonly $defs: Readonly<Record<string, { readonly properties?: Readonly<Record<string, SourcedNode>> }>>;
  readonly 'x-targets': Readonly<Record<string, SourcedTarget>>;
  /** What tells whether an account is meant by a binding that names OUs, or tags. */
  readonly 'x-bindings': { readonly ous: readonly string[]; readonly tags: readonly string[] };
}

type Needing = Pick<EffectivePolicy, 'target' | 'reads' | 'bindings'>;

/**
 * The calls, as `cloudtrail:GetTrailStatus`, that decide these policies: what finds the accounts and the targets, and
 * what fills each field that an expression or a message may read, with all that such a field follows from, and what
 * tells which bindings of packs apply to an account. What a field chooses beside calls stands among them, by its name.
 *
 * @param viewSchema - `schema/view.v1.json`
 * @throws Error where the schema does not say where a field comes from: our bug
 */
export function neededCalls(policies: readonly Needing[], viewSchema: unknown): ReadonlySet<string> {
  // The schema is part of this package, and a test checks what it says of sources.
  const needs = new Needs(viewSchema as SourcedSchema);
  // Whatever is asked, the accounts are found, and one that does not tell its trails is reported as unreadable.
  needs.target('account');
  for (const { target, reads, bindings = [] } of policies) {
    needs.target(target);
    for (const path of reads) needs.field(path);
    for (const { scope } of bindings) needs.binding(scope);
  }
  return new Set([...needs.calls].toSorted());
}

class Needs {
  readonly calls = new Set<string>();
  private readonly seen = new Set<string>();

  constructor(private readonly schema: SourcedSchema) {}

  target(name: string): void {
    const target = this.schema['x-targets'][name];
    if (target === undefined) throw new Error(`view schema: no target ${name}`);
    this.discovered(target);
    for (const path of target.by ?? []) this.field(path);
  }

  field(path: string): void {
    if (this.seen.has(path)) return;
    this.seen.add(path);
    const [type = '', name = ''] = path.split('.');
    const node = this.schema.$defs[type]?.properties?.[name];
    const derived = node?.['x-derived'];
    const observed = [...(node?.['x-source'] ?? []), ...(derived?.source ?? [])];
    const others = [...(derived?.from ?? []), ...(node?.['x-navigation']?.by ?? [])];
    if (observed.length + others.length === 0) throw new Error(`view schema: no source of ${path}`);
    for (const { call } of observed) this.calls.add(call);
    if (node?.['x-choice'] !== undefined) this.calls.add(node['x-choice']);
    for (const other of others) this.field(other);
    // Who reads a field of an object needs the object, too.
    for (const target of Object.values(this.schema['x-targets'])) if (target.type === type) this.discovered(target);
  }

  binding({ ous, tags }: BindingScope): void {
    const { ous: ofOus, tags: ofTags } = this.schema['x-bindings'];
    for (const call of [...(ous.length > 0 ? ofOus : []), ...(tags === undefined ? [] : ofTags)]) this.calls.add(call);
  }

  private discovered({ discovery }: SourcedTarget): void {
    for (const call of discovery) this.calls.add(call);
  }
}
