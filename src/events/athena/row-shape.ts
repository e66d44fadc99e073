import type { EventRecord } from '../../model/log-events.js';
import { isObject } from '../../model/is-object.js';
import { columnTypes, type ColumnType } from './columns.js';
import { recordFields, type RecordField } from './record-fields.js';
import type { AthenaColumn } from '../../model/athena.js';

interface HeldField {
  readonly field: RecordField;
  readonly steps: readonly string[];
  /** What is selected: a text, or NULL. */
  readonly sql: string;
}

/** How a record is taken apart into texts by the query, and put together again. */
export interface RowShape {
  readonly held: readonly HeldField[];
  /** Fields that the table lacks: of them nothing is known. */
  readonly lacking: readonly RecordField[];
}

/** Looks for the fields of records among the columns of a table. */
export function shapeOf(columns: readonly AthenaColumn[]): RowShape {
  const types = columnTypes(columns);
  const held: HeldField[] = [];
  const lacking: RecordField[] = [];
  for (const field of recordFields) {
    if (field.isForPeople === true) continue;
    const steps = field.path.split('.');
    const type = typeAt(types, steps);
    const sql = type === undefined ? undefined : expressionOf(field, type, columnOf(steps));
    if (sql === undefined) lacking.push(field);
    else held.push({ field, steps, sql });
  }
  return { held, lacking };
}

function typeAt(types: ReadonlyMap<string, ColumnType>, steps: readonly string[]): ColumnType | undefined {
  const [first = '', ...rest] = steps;
  let type = types.get(first.toLowerCase());
  for (const step of rest) type = type?.kind === 'struct' ? type.fields.get(step.toLowerCase()) : undefined;
  return type;
}

/** `"useridentity"."sessioncontext"` */
function columnOf(steps: readonly string[]): string {
  return steps.map((it) => quotedName(it.toLowerCase())).join('.');
}

/** A name in SQL, whatever is in it. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function expressionOf({ kind }: RecordField, type: ColumnType, column: string): string | undefined {
  switch (kind) {
    case 'text': {
      if (type.kind === 'text') return column;
      return type.kind === 'boolean' || type.kind === 'integer' ? `CAST(${column} AS varchar)` : undefined;
    }
    case 'json': {
      return type.kind === 'text' ? column : undefined;
    }
    case 'struct': {
      return type.kind === 'struct' ? `CASE WHEN ${column} IS NOT NULL THEN '' END` : undefined;
    }
    case 'map': {
      return type.kind === 'map' ? `json_format(CAST(${column} AS JSON))` : undefined;
    }
    case 'resources': {
      const fields = type.kind === 'array' && type.item.kind === 'struct' ? type.item.fields : undefined;
      if (fields === undefined || !resourceFields.every((it) => fields.has(it.toLowerCase()))) return undefined;
      const texts = resourceFields.map((it) => `it.${it.toLowerCase()}`).join(', ');
      // A row as JSON is an object in one version of Athena's engine and a list in another.
      return `json_format(CAST(transform(${column}, it -> ARRAY[${texts}]) AS JSON))`;
    }
  }
}

/** Names in the record, in the order in which they are selected. */
const resourceFields = ['ARN', 'accountId', 'type'] as const;

/**
 * What stands for a text or an object of which nothing is known: expressions take what is not of its kind for unknown.
 */
const notHeld = 0;

/** The same for JSON, as CloudTrail writes it where it leaves out what is too large. */
const omitted = { omitted: true, reason: 'it is not in the table' } as const;

/**
 * The record that a row holds, as CloudTrail wrote it; what the table lacks is not known in it.
 *
 * @returns undefined where the row does not hold what was selected
 */
export function recordOf({ held, lacking }: RowShape, text: string): EventRecord | undefined {
  const values = jsonIn(text);
  if (!Array.isArray(values) || values.length !== held.length) return undefined;
  const record: Record<string, unknown> = {};
  for (const [index, { field, steps }] of held.entries()) {
    const value: unknown = values[index];
    if (value === null) continue;
    if (typeof value !== 'string') return undefined;
    put(record, steps, valueOf(field, value));
  }
  for (const { path, kind } of lacking) put(record, path.split('.'), kind === 'json' ? omitted : notHeld);
  return record;
}

function valueOf({ kind }: RecordField, text: string): unknown {
  switch (kind) {
    case 'text': {
      return text;
    }
    case 'struct': {
      return {};
    }
    case 'json':
    case 'map': {
      return jsonIn(text) ?? omitted;
    }
    case 'resources': {
      const members = jsonIn(text);
      if (!Array.isArray(members)) return notHeld;
      return members.map((it: unknown) => (Array.isArray(it) ? resourceOf(it) : it));
    }
  }
}

function resourceOf(texts: readonly unknown[]): object {
  const pairs = resourceFields.map((name, index): [string, unknown] => [name, texts[index]]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== null));
}

/** Undefined where the text is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Puts a value where its struct is; without the struct there is none. */
function put(record: Record<string, unknown>, steps: readonly string[], value: unknown): void {
  let at: Record<string, unknown> = record;
  for (const step of steps.slice(0, -1)) {
    const next = at[step];
    if (!isObject(next)) return;
    at = next;
  }
  at[steps.at(-1) ?? ''] = value;
}
