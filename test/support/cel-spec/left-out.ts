import type { CelCase } from './cases.js';

interface Rule {
  readonly category: string;
  applies(it: CelCase, source: string, types: string): boolean;
}

const functions = new Set(
  (
    'has exists all exists_one filter map size startsWith endsWith contains matches lowerAscii split join ' +
    'string int timestamp duration in'
  ).split(' '),
);

/** What the language leaves out of CEL by design, each by what the expression, its types or its value show. */
const rules: readonly Rule[] = [
  {
    category: 'protocol buffer messages',
    applies: (_, source, types) => /\b[A-Za-z]\w*\s*\{/.test(source) || /cel\.expr\.|google\.protobuf|~any/.test(types),
  },
  { category: 'maps', applies: (_, source, types) => source.includes('{') || types.includes('map(') },
  {
    category: 'unsigned numbers',
    applies: (it, source, types) =>
      /\d[uU]\b|\buint\b/.test(source) || /~uint|\buint\b/.test(types) || has(it, 'uint64Value'),
  },
  {
    category: 'doubles',
    applies: (it, source, types) =>
      /\d\.\d|\d[eE][+-]?\d|\bdouble\b|(^|\W)\.\d/.test(source) || types.includes('double') || has(it, 'doubleValue'),
  },
  {
    category: 'bytes',
    applies: (it, source, types) =>
      /\b[rR]?[bB][rR]?(?=\0)|\bbytes\b/.test(source) || types.includes('bytes') || has(it, 'bytesValue'),
  },
  {
    category: 'null',
    applies: (it, source, types) => /\bnull\b/.test(source) || types.includes('~null') || has(it, 'nullValue'),
  },
  { category: 'types as values', applies: (it, source) => has(it, 'typeValue') || /\btype\s*\(/.test(source) },
  { category: 'dyn', applies: (_, source, types) => /\bdyn\b/.test(source) || types.includes('dyn') },
  {
    category: 'functions that the language does not have',
    applies: (_, source) => unknownFunctions(source).length > 0,
  },
  {
    category: 'list indexes',
    applies: (_, source, types) => types.includes('^index_list') || /[\])\w]\s*\[/.test(source),
  },
  {
    category: 'lists compared, or put together',
    applies: (_, source) => /\]\s*(?:[=!]=|[<>+])|(?:[=!]=|[<>]=?|\+)\s*\[/.test(source),
  },
  { category: 'members of an empty list literal', applies: (_, source) => /\[\s*\]\s*\./.test(source) },
  { category: 'macros of two variables', applies: (_, source) => /\.\w+\(\s*\w+\s*,\s*\w+\s*,/.test(source) },
  { category: 'names with dots', applies: (it, source) => isQualified(it, source) },
  { category: 'names in backquotes', applies: (_, source) => source.includes('`') },
  {
    category: 'names of other types',
    applies: (it) => it.names.some(({ type }) => !['BOOL', 'INT64', 'STRING'].includes(type ?? '')),
  },
  {
    category: 'true and false in order',
    applies: (it) => /less_bool|greater_bool|less_equals_bool|greater_equals_bool/.test(it.checkedAst ?? ''),
  },
  {
    category: 'numbers beyond 2^53',
    applies: (it, source) => numbersIn(it, source).some((number) => !Number.isSafeInteger(number)),
  },
  {
    category: 'conversions of text and numbers',
    applies: (_, source) => /\bint\s*\(\s*\0|\btimestamp\s*\(\s*\d/.test(source),
  },
  {
    category: 'the text of a duration',
    applies: (_, source, types) => types.includes('^duration_to_string') || /\bstring\s*\(\s*duration/.test(source),
  },
  { category: 'times finer than a millisecond', applies: (it) => /\d\.\d{4}|\d[nuµ]s\b/.test(it.expr) },
  {
    category: 'errors that the checker finds, though nothing needs the value',
    applies: (it, source) => !it.isError && (it.isUnchecked || /[/%]\s*(?:0\b|[A-Za-z]|\((?!-?\d+\)))/.test(source)),
  },
];

/** The category that a case is left out in; undefined: it uses only what the language has. */
export function leftOut(it: CelCase): string | undefined {
  const source = blankStrings(it.expr);
  return rules.find((rule) => rule.applies(it, source, blankStrings(it.checkedAst ?? '')))?.category;
}

/** Each text of an expression as a NUL: what is in it is no code. */
function blankStrings(source: string): string {
  return source.replaceAll(/[rR]?(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/g, '\0');
}

function has(it: CelCase, kind: string): boolean {
  return it.value !== undefined && Object.hasOwn(it.value, kind);
}

function unknownFunctions(source: string): string[] {
  return [...source.matchAll(/([A-Za-z_]\w*)\s*\(/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => !functions.has(name));
}

function isQualified(it: CelCase, source: string): boolean {
  return it.names.some(({ name }) => name.includes('.')) || /(^|[\s(!-])\.[A-Za-z_]/.test(source);
}

function numbersIn(it: CelCase, source: string): number[] {
  const written = [...source.matchAll(/\b(?:0x[\da-f]+|\d+)\b/gi)].map(([text]) => Number(text));
  const value = it.value?.['int64Value'];
  return value === undefined ? written : [...written, Number(value)];
}
