import { readPackageJson } from '../../package-file.js';
import type { DocumentKind } from '../../policy/index.js';

/** What a published schema says of the keys of a map and of what stands under them. */
export interface KeyOrder {
  /** Keys in the order of the schema; empty where the keys are names of the user's. */
  readonly keys: readonly string[];
  under(key: string): KeyOrder;
  /** Of the members of a list. */
  readonly member: KeyOrder;
}

interface SchemaNode {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

/** The order of keys in a kind of file: the one in which its published schema names them. */
export function keyOrderOf(kind: DocumentKind): KeyOrder {
  // The file is part of this package.
  const schema = readPackageJson(`schema/${kind}.v1.json`) as SchemaNode;
  return orderOf(schema, schema.$defs ?? {});
}

function orderOf(node: SchemaNode | undefined, definitions: Readonly<Record<string, SchemaNode>>): KeyOrder {
  const resolved = node?.$ref === undefined ? node : definitions[node.$ref.replace('#/$defs/', '')];
  const properties = resolved?.properties ?? {};
  const others = typeof resolved?.additionalProperties === 'object' ? resolved.additionalProperties : undefined;
  return {
    keys: Object.keys(properties),
    under: (key) => orderOf(Object.hasOwn(properties, key) ? properties[key] : others, definitions),
    get member() {
      return orderOf(resolved?.items, definitions);
    },
  };
}
