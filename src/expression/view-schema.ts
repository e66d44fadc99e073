import {
  arn,
  bool,
  duration,
  int,
  json as jsonType,
  string,
  timestamp,
  type Field,
  type Type,
  type TypeTable,
} from './types.js';

/** What the published View schema says to the checker. */
export interface ViewSchema {
  readonly types: TypeTable;
  /** Target → its name in scope and its type: `log-bucket` → `bucket`, `Bucket`. */
  readonly targets: ReadonlyMap<string, { readonly name: string; readonly type: string }>;
}

interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: SchemaNode;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly 'x-open-enum'?: boolean;
  /** JSON of any form. */
  readonly 'x-json'?: boolean;
  readonly 'x-empty'?: string;
  readonly 'x-total'?: boolean;
  readonly 'x-source'?: readonly { readonly call: string }[];
  readonly 'x-derived'?: { readonly source?: readonly { readonly call: string }[] };
}

interface SchemaDocument {
  readonly $defs: Readonly<Record<string, SchemaNode>>;
  readonly 'x-targets': Readonly<Record<string, { readonly name: string; readonly type: string }>>;
}

/**
 * Reads the types and targets of `schema/view.v1.json`.
 *
 * @throws Error where the schema says what the language has no type for: our bug, as the schema is ours.
 */
export function readViewSchema(json: unknown): ViewSchema {
  // The schema is part of this package, and a test checks it against the JSON Schema dialect.
  const document = json as SchemaDocument;
  const objects = new Map(Object.entries(document.$defs).map(([name, node]) => [name, fieldsOf(name, node)]));
  return {
    types: { object: (name) => objects.get(name), names: [...objects.keys()] },
    targets: new Map(Object.entries(document['x-targets'])),
  };
}

function fieldsOf(owner: string, node: SchemaNode): ReadonlyMap<string, Field> {
  const required = new Set(node.required);
  return new Map(
    Object.entries(node.properties ?? {}).map(([name, property]) => [
      name,
      {
        type: typeOf(property, `${owner}.${name}`),
        isOptional: !required.has(name),
        description: property.description ?? '',
        ...callsOf(property),
      },
    ]),
  );
}

function callsOf(node: SchemaNode): Pick<Field, 'calls'> {
  const sources = [...(node['x-source'] ?? []), ...(node['x-derived']?.source ?? [])];
  return sources.length === 0 ? {} : { calls: [...new Set(sources.map(({ call }) => call))].toSorted() };
}

const formats: Readonly<Record<string, Type>> = { arn, 'date-time': timestamp, duration };

function typeOf(node: SchemaNode, where: string): Type {
  if (node.$ref !== undefined) return { kind: 'object', name: node.$ref.replace('#/$defs/', '') };
  if (node['x-json'] === true) return jsonType;
  if (node.enum !== undefined) return { kind: 'enum', values: node.enum, isOpen: node['x-open-enum'] === true };
  if (node.type === 'boolean') return bool;
  if (node.type === 'integer') return int;
  if (node.type === 'string') return node.format === undefined ? string : (formats[node.format] ?? string);
  if (node.type === 'array' && node.items !== undefined) {
    return {
      kind: 'list',
      of: typeOf(node.items, where),
      isNeverEmpty: (node.minItems ?? 0) > 0,
      emptyHolds: node['x-empty'] === 'holds',
    };
  }
  if (node.type === 'object' && typeof node.additionalProperties === 'object') {
    return { kind: 'map', of: typeOf(node.additionalProperties, where), isTotal: node['x-total'] === true };
  }
  throw new Error(`view schema: no type for ${where}`);
}
