import { UsageError } from '../model/errors.js';
import { describeType, readViewSchema, suggestion, type Field, type ViewSchema } from '../expression/index.js';

/** A field of the View, as who writes a policy wants to know it. */
export interface FieldDescription {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  /** `observed` by calls, `derived` from other fields, or another object of the View. */
  readonly kind: 'observed' | 'derived' | 'navigation';
  /** The calls that fill it, those of the fields that it follows from included. */
  readonly calls: readonly string[];
  /** IAM actions of these calls. */
  readonly actions: readonly string[];
  /** Whether AWS Config records all of it, some or nothing. */
  readonly config: 'yes' | 'partly' | 'no';
  readonly meaning: string;
}

interface Source {
  readonly call: string;
  readonly action: string;
  readonly config: { readonly recorded: 'yes' | 'partly' | 'no' };
}

interface Property {
  readonly 'x-source'?: readonly Source[];
  readonly 'x-derived'?: { readonly from?: readonly string[]; readonly source?: readonly Source[] };
  readonly 'x-navigation'?: { readonly by: readonly string[] };
}

interface Document {
  readonly $defs: Readonly<Record<string, { readonly properties: Readonly<Record<string, Property>> }>>;
}

/**
 * The fields of a type of the View.
 *
 * @param viewSchema - schema/view.v1.json
 * @param path - a target (`log-bucket`), a name in scope (`bucket`), a type (`Bucket`), or fields behind one of these
 * (`trail.delivery.logs`)
 * @throws UsageError for a path that leads nowhere.
 */
export function describeFields(
  viewSchema: unknown,
  path: string,
): { readonly type: string; readonly fields: readonly FieldDescription[] } {
  const schema = readViewSchema(viewSchema);
  const type = typeAt(schema, path);
  // readViewSchema() has read the same members; these say where the values come from.
  const sources = new Sources(viewSchema as Document);
  const fields = [...(schema.types.object(type) ?? new Map<string, Field>())];
  return { type, fields: fields.map(([name, field]) => describe(type, name, field, sources)) };
}

function describe(type: string, name: string, field: Field, sources: Sources): FieldDescription {
  const found = sources.of(`${type}.${name}`);
  return {
    name,
    type: describeType(field.type),
    isOptional: field.isOptional,
    kind: sources.kindOf(type, name),
    calls: [...new Set(found.map((it) => it.call))].toSorted(),
    actions: [...new Set(found.map((it) => it.action))].toSorted(),
    config: recorded(found),
    meaning: field.description,
  };
}

function recorded(found: readonly Source[]): FieldDescription['config'] {
  const answers = new Set(found.map((it) => it.config.recorded));
  if (answers.size === 1) return answers.values().next().value ?? 'no';
  return answers.size === 0 ? 'no' : 'partly';
}

function typeAt({ types, targets }: ViewSchema, path: string): string {
  const [first = '', ...rest] = path.split('.');
  const target = targets.get(first) ?? [...targets.values()].find((it) => it.name === first);
  const start = target?.type ?? first;
  if (types.object(start) === undefined) {
    const known = [...targets.keys(), ...[...targets.values()].map((it) => it.name), ...types.names];
    throw new UsageError(
      `'${first}' is neither a target nor a type.`,
      suggestion(first, [...new Set(known)], 'targets'),
    );
  }
  return rest.reduce((type, name) => memberType(types, type, name), start);
}

function memberType(types: ViewSchema['types'], type: string, name: string): string {
  const fields = types.object(type);
  const field = fields?.get(name);
  if (field === undefined) {
    throw new UsageError(`${type} has no field '${name}'.`, suggestion(name, [...(fields?.keys() ?? [])], 'it has'));
  }
  const inner = field.type.kind === 'list' || field.type.kind === 'map' ? field.type.of : field.type;
  if (inner.kind === 'object') return inner.name;
  throw new UsageError(`${type}.${name} is ${describeType(field.type)}: it has no fields.`);
}

/** Follows fields to the calls that fill them. */
class Sources {
  private readonly known = new Map<string, readonly Source[]>();

  constructor(private readonly document: Document) {}

  kindOf(type: string, name: string): FieldDescription['kind'] {
    const property = this.document.$defs[type]?.properties[name];
    if (property?.['x-navigation'] !== undefined) return 'navigation';
    return property?.['x-derived'] === undefined ? 'observed' : 'derived';
  }

  /** The sources of `Type.field`, and of all that it follows from. Fields may follow from each other in circles. */
  of(place: string, visiting: ReadonlySet<string> = new Set()): readonly Source[] {
    const before = this.known.get(place);
    if (before !== undefined) return before;
    if (visiting.has(place)) return [];
    const [type = '', name = ''] = place.split('.');
    const property = this.document.$defs[type]?.properties[name];
    const inner = new Set([...visiting, place]);
    const derived = property?.['x-derived'];
    const from = [...(derived?.from ?? []), ...(property?.['x-navigation']?.by ?? [])];
    const all = [
      ...(property?.['x-source'] ?? []),
      ...(derived?.source ?? []),
      ...from.flatMap((other) => this.of(other, inner)),
    ];
    // What was found on the way round a circle is not all of it.
    if (visiting.size === 0) this.known.set(place, all);
    return all;
  }
}
