import type { Span } from './ast.js';
import type { Diagnostics } from './diagnostic.js';
import { foreignSymbolAt } from './elsewhere.js';

export type Token = Span &
  (
    | { readonly kind: 'identifier'; readonly text: string }
    | { readonly kind: 'int'; readonly value: number }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'symbol'; readonly text: string }
    | { readonly kind: 'end' }
  );

// Longest first.
const symbols = [
  '&&',
  '||',
  '==',
  '!=',
  '<=',
  '>=',
  '.?',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '.',
  ',',
  '?',
  ':',
  '<',
  '>',
  '!',
  '+',
  '-',
  '*',
  '/',
  '%',
  '=',
] as const;

/** Splits a source into tokens; what is none is reported and skipped. The last token is `end`. */
export function lex(source: string, diagnostics: Diagnostics): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const skipped = matchAt(/(?:\s+|\/\/[^\n]*)/y, source, at);
    if (skipped !== undefined) {
      at += skipped[0].length;
      continue;
    }
    const token = nextToken(source, at, diagnostics);
    if (token.kind !== undefined) tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', start: source.length, end: source.length });
  return tokens;
}

type Skipped = Span & { readonly kind: undefined };

function nextToken(source: string, start: number, diagnostics: Diagnostics): Token | Skipped {
  const quoted = matchAt(/([rRbB]{0,2})('''|"""|'|")/y, source, start);
  if (quoted !== undefined) return stringToken(source, start, quoted[1] ?? '', quoted[2] ?? '', diagnostics);
  const identifier = matchAt(/[A-Za-z_]\w*/y, source, start);
  if (identifier !== undefined) {
    return { kind: 'identifier', text: identifier[0], start, end: start + identifier[0].length };
  }
  const number = matchAt(/(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[uU]?)/y, source, start);
  if (number !== undefined) return numberToken(number[0], start, diagnostics);
  const foreign = foreignSymbolAt(source, start);
  if (foreign !== undefined) {
    const end = start + foreign.text.length;
    diagnostics.error({ start, end }, 'syntax', `there is no '${foreign.text}'`, foreign.help);
    return { kind: undefined, start, end };
  }
  const symbol = symbols.find((it) => source.startsWith(it, start));
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, start, end: start + symbol.length };
  const character = String.fromCodePoint(source.codePointAt(start) ?? 0);
  const end = start + character.length;
  diagnostics.error({ start, end }, 'syntax', `${nameOf(character)} has no meaning here`, insteadOf(character));
  return { kind: undefined, start, end };
}

function matchAt(sticky: RegExp, source: string, at: number): RegExpExecArray | undefined {
  sticky.lastIndex = at;
  return sticky.exec(source) ?? undefined;
}

function nameOf(character: string): string {
  return /^[\u0021-\u007e]$/.test(character)
    ? `'${character}'`
    : `the character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function insteadOf(character: string): string | undefined {
  if (character === '&' || character === '|') return `write '${character}${character}'`;
  if ('‘’“”`'.includes(character)) return `quote text with ' or "`;
  return undefined;
}

function numberToken(text: string, start: number, diagnostics: Diagnostics): Token {
  const end = start + text.length;
  const value = Number(text);
  if (!/^(?:0[xX][0-9a-fA-F]+|\d+)$/.test(text)) {
    diagnostics.error(
      { start, end },
      'bad-literal',
      `'${text}' is not a whole number`,
      'numbers here are whole numbers',
    );
    return { kind: 'int', value: 0, start, end };
  }
  if (!Number.isSafeInteger(value)) {
    diagnostics.error({ start, end }, 'bad-literal', `${text} is too large a number`);
    return { kind: 'int', value: 0, start, end };
  }
  return { kind: 'int', value, start, end };
}

function stringToken(source: string, start: number, prefix: string, quote: string, diagnostics: Diagnostics): Token {
  const isRaw = /r/i.test(prefix);
  const from = start + prefix.length + quote.length;
  let value = '';
  let at = from;
  if (/b/i.test(prefix)) {
    diagnostics.error({ start, end: from }, 'syntax', 'there are no bytes in this language', 'leave out the b');
  }
  while (at < source.length && !source.startsWith(quote, at)) {
    const character = source[at] ?? '';
    if (character === '\n' && quote.length === 1) break;
    if (character !== '\\' || isRaw) {
      value += character;
      at += 1;
      continue;
    }
    const escape = readEscape(source, at);
    if (escape === undefined) {
      diagnostics.error(
        { start: at, end: at + 2 },
        'bad-literal',
        `'${source.slice(at, at + 2)}' is not an escape`,
        String.raw`write \\ for a backslash`,
      );
      at += 2;
      continue;
    }
    value += escape.text;
    at = escape.end;
  }
  if (!source.startsWith(quote, at)) {
    diagnostics.error({ start, end: at }, 'syntax', 'this text is not closed', `close it with ${quote}`);
    return { kind: 'string', value, start, end: at };
  }
  return { kind: 'string', value, start, end: at + quote.length };
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
  '?': '?',
};

function readEscape(source: string, at: number): { text: string; end: number } | undefined {
  const simple = escapes[source[at + 1] ?? ''];
  if (simple !== undefined) return { text: simple, end: at + 2 };
  const match = /^\\(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/.exec(
    source.slice(at, at + 10),
  );
  if (match === null) return undefined;
  const [whole, ...digits] = match;
  const code =
    digits[3] === undefined
      ? Number.parseInt(digits.find((it) => it !== undefined) ?? '', 16)
      : Number.parseInt(digits[3], 8);
  if (code > 0x10_ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { text: String.fromCodePoint(code), end: at + whole.length };
}
