/** The types of the policy language: those that `schema/view.v1.json` can say, no more. */
export type Type =
  | { readonly kind: 'bool' | 'int' | 'string' | 'arn' | 'timestamp' | 'duration' | 'json' }
  | { readonly kind: 'enum'; readonly values: readonly string[]; readonly isOpen: boolean }
  | { readonly kind: 'list'; readonly of: Type; readonly isNeverEmpty: boolean; readonly emptyHolds: boolean }
  | { readonly kind: 'map'; readonly of: Type; readonly isTotal: boolean }
  | { readonly kind: 'object'; readonly name: string };

export interface Field {
  readonly type: Type;
  /** May be absent: reading it needs a guard. */
  readonly isOptional: boolean;
  readonly description: string;
  /** The calls that fill it, as `service:Operation`; undefined where none does, or nothing says so. */
  readonly calls?: readonly string[];
}

/** The fields of each object type. */
export interface TypeTable {
  object(name: string): ReadonlyMap<string, Field> | undefined;
  readonly names: readonly string[];
}

export const bool: Type = { kind: 'bool' };
export const int: Type = { kind: 'int' };
export const string: Type = { kind: 'string' };
export const arn: Type = { kind: 'arn' };
export const timestamp: Type = { kind: 'timestamp' };
export const duration: Type = { kind: 'duration' };

/** JSON of any form: each part of it may be absent, and is read as the kind that is wanted of it. */
export const json: Type = { kind: 'json' };

export function listOf(of: Type): Type {
  return { kind: 'list', of, isNeverEmpty: false, emptyHolds: false };
}

export function objectOf(name: string): Type {
  return { kind: 'object', name };
}

/** A type as messages name it: `list<Trail>`, `ReadOnly | WriteOnly | All`. */
export function describeType(type: Type): string {
  switch (type.kind) {
    case 'enum': {
      return type.values.length > 6 ? `${type.values.slice(0, 6).join(' | ')} | …` : type.values.join(' | ');
    }
    case 'list': {
      return `list<${describeType(type.of)}>`;
    }
    case 'map': {
      return `map<string, ${describeType(type.of)}>`;
    }
    case 'object': {
      return type.name;
    }
    default: {
      return type.kind;
    }
  }
}

/** Text of any kind: what string functions take. */
export function isText(type: Type): boolean {
  return type.kind === 'string' || type.kind === 'arn' || type.kind === 'enum';
}

/** True when a value of `from` may stand where `to` is wanted. An ARN and an enum are strings; a string is neither. */
export function isAssignable(from: Type, to: Type): boolean {
  if (to.kind === 'string') return isText(from);
  if (from.kind === 'list' && to.kind === 'list') return isAssignable(from.of, to.of);
  if (from.kind === 'object' && to.kind === 'object') return from.name === to.name;
  if (from.kind === 'enum' && to.kind === 'enum') return from.values.every((value) => to.values.includes(value));
  return from.kind === to.kind;
}

/** A type table in which `extra` types stand beside those of `types`. */
export function withTypes(types: TypeTable, extra: ReadonlyMap<string, ReadonlyMap<string, Field>>): TypeTable {
  return {
    object: (name) => extra.get(name) ?? types.object(name),
    names: [...types.names, ...extra.keys()],
  };
}

/** A type table that knows the object type `params` with these fields. */
export function withParams(types: TypeTable, fields: ReadonlyMap<string, Field>): TypeTable {
  return withTypes(types, new Map([['params', fields]]));
}
