import type { ErrorObject } from '../json-schema.js';
import type { Remark } from './yaml/source.js';

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  null: 'empty',
};

/**
 * A value of another type than the schema wants.
 *
 * @param written - a scalar as it stands in the file
 */
export function describeType(name: string, error: ErrorObject, written: string | undefined): Remark {
  // The keyword's value is a type or a list of types.
  const types = [error.schema as string | readonly string[]].flat();
  const wanted = types.map((it) => typeNames[it] ?? it).join(' or ');
  const message = `${name} must be ${wanted}, not ${show(error.data)}`;
  return { code: 'wrong-type', message, help: typeHelp(types, error.data, written) };
}

function typeHelp(types: readonly string[], data: unknown, written: string | undefined): string | undefined {
  if (types.includes('string') && written !== undefined) return quoteHelp(written);
  if (types.includes('array') && written !== undefined && written !== '') return `write a list: [${written}]`;
  if (types.includes('boolean') && typeof data === 'string') {
    // YAML 1.1 knew more words; in 1.2 they are texts.
    if (/^(?:yes|on|y)$/i.test(data)) return 'write true';
    if (/^(?:no|off|n)$/i.test(data)) return 'write false';
  }
  return undefined;
}

/** What to do about a scalar that YAML did not read as a text, as it is written in the file. */
export function quoteHelp(written: string): string | undefined {
  if (written === '' || written === 'null' || written === '~')
    return 'write a value after the colon, or remove the key';
  if (!/^\d{12}$/.test(written)) return `quote it: "${written}"`;
  return `account ids are texts of 12 digits, and a number loses its zeros: quote it: "${written}"`;
}

/** A value as a message names it, at a length that fits. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'a map of keys and values';
}
