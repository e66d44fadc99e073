import type { AthenaColumn } from '../../model/athena.js';

/** A type of Hive: text as it is written, or a struct with its fields. */
export type ColumnType =
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, ColumnType> }
  | { readonly kind: 'array'; readonly item: ColumnType }
  | { readonly kind: 'map' }
  | { readonly kind: 'text' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'other' };

const other: ColumnType = { kind: 'other' };

/** The types of columns by their names, which do not tell large letters from small ones. */
export function columnTypes(columns: readonly AthenaColumn[]): ReadonlyMap<string, ColumnType> {
  return new Map(columns.map(({ name, type }) => [name.toLowerCase(), parseType(type)]));
}

/** `struct<type:string,sessioncontext:struct<…>>`; what is not understood is of another kind. */
export function parseType(text: string): ColumnType {
  const type = text.replaceAll(/\s+/g, '').toLowerCase();
  if (type === 'string' || /^(?:var)?char(?:\(\d+\))?$/.test(type)) return { kind: 'text' };
  if (type === 'boolean') return { kind: 'boolean' };
  if (/^(?:tiny|small|big)?int(?:eger)?$/.test(type)) return { kind: 'integer' };
  const [, name, inside = ''] = /^(struct|array|map)<(.*)>$/s.exec(type) ?? [];
  if (name === undefined) return other;
  const parts = splitParts(inside);
  if (parts === undefined) return other;
  if (name === 'map') return parts.length === 2 ? { kind: 'map' } : other;
  if (name === 'array') return parts.length === 1 ? { kind: 'array', item: parseType(parts[0] ?? '') } : other;
  const fields = parts.map((it): [string, ColumnType] => {
    const colon = it.indexOf(':');
    return [it.slice(0, colon), parseType(it.slice(colon + 1))];
  });
  return { kind: 'struct', fields: new Map(fields) };
}

/** Parts between commas that are in no brackets of their own; undefined where brackets do not fit. */
function splitParts(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const it = text[index];
    if (it === '<' || it === '(') depth += 1;
    else if (it === '>' || it === ')') depth -= 1;
    else if (it === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
    if (depth < 0) return undefined;
  }
  return depth === 0 ? [...parts, text.slice(start)] : undefined;
}
