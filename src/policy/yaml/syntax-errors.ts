import type { YAMLError } from 'yaml';
import type { Range, Remark, Source } from './source.js';

export const expressionKeys: ReadonlySet<string> = new Set(['when', 'expr', 'message']);

/** How to write a value so that YAML leaves it alone. */
export function blockHelp(key: string): string {
  return `start with \`${key}: |\` and write the value on the next line, indented: YAML then reads it as written`;
}

/** A remark of ours for what the YAML parser found, with the range that it speaks of. */
export function describeSyntaxError(
  source: Source,
  error: YAMLError,
): { readonly range: Range; readonly remark: Remark } {
  const line = lineAround(source, error.pos[0]);
  const found =
    trapOf(line, error, source) ??
    (error.code === 'DUPLICATE_KEY'
      ? duplicateKey(source, error.pos[0])
      : { range: { start: error.pos[0], end: error.pos[1] }, remark: plainRemark(error) });
  return { range: withinLine(source, found.range), remark: found.remark };
}

interface Line {
  readonly start: number;
  readonly text: string;
  /** `expr` in `  - expr: x`, with the offsets of what follows it. */
  readonly key: string | undefined;
  readonly valueStart: number;
  readonly value: string;
}

function lineAround(source: Source, offset: number): Line {
  const start = source.text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const end = source.text.indexOf('\n', Math.max(offset, start));
  const text = source.text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
  const match = /^(?:\s*(?:- +)*)([A-Za-z][\w-]*):\s+(\S.*)$/.exec(text);
  const value = match?.[2] ?? '';
  return { start, text, key: match?.[1], valueStart: start + text.length - value.length, value };
}

/** The mistakes that YAML's rules invite, in words that do not ask for knowing them. */
function trapOf(line: Line, error: YAMLError, source: Source): { range: Range; remark: Remark } | undefined {
  const whole = { start: line.valueStart, end: line.valueStart + line.value.trimEnd().length };
  if (/[{,].*\[[^\]]*\]/.test(line.text) && error.code === 'MISSING_CHAR' && source.text[error.pos[0] - 1] !== '"') {
    const path = /[A-Za-z][\w.]*\[[^\]]*\][\w.[\]]*/.exec(line.text);
    if (path !== null) {
      const start = line.start + path.index;
      return {
        range: { start, end: start + path[0].length },
        remark: {
          code: 'yaml-bracket-in-braces',
          message: `a '[' inside { … } starts a list, so '${path[0]}' is not read as a path`,
          help: `quote it: "${path[0].replaceAll('"', "'")}"`,
        },
      };
    }
  }
  const inBraces = error.code === 'TAG_RESOLVE_FAILED' ? undefined : valueInBraces(line, error.pos[0]);
  if (inBraces !== undefined) {
    const { key, range } = inBraces;
    return {
      range,
      remark: {
        code: 'yaml-braces',
        message: `inside { … } YAML gives commas, colons, brackets and quotes a meaning of their own, so '${key}' is not read as written`,
        help: `leave out the braces: give each key a line of its own, and ${blockHelp(key)}`,
      },
    };
  }
  const operator = /^\s*(&&|\|\||\?|[=!<>]=)/.exec(line.text);
  if (line.key === undefined && operator !== null) {
    const start = line.start + line.text.length - line.text.trimStart().length;
    return {
      range: { start, end: start + (operator[1]?.length ?? 1) },
      remark: {
        code: 'yaml-continuation',
        message: 'an expression goes on here, but YAML has ended its value in a line before',
        help: blockHelp('expr'),
      },
    };
  }
  if (line.key === undefined || line.value === '') return undefined;
  const isExpression = expressionKeys.has(line.key);
  const help = isExpression ? blockHelp(line.key) : 'quote the value';
  const first = line.value.charAt(0);
  if (error.code === 'TAG_RESOLVE_FAILED' || (first === '!' && error.code !== 'BLOCK_AS_IMPLICIT_KEY')) {
    return {
      range: whole,
      remark: { code: 'yaml-tag', message: `YAML takes a value that starts with '!' for a tag, and loses it`, help },
    };
  }
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY') {
    return {
      range: whole,
      remark: {
        code: 'yaml-colon',
        message: `a colon followed by a blank in the value of '${line.key}': YAML reads a key there`,
        help,
      },
    };
  }
  const isRefused = error.code === 'UNEXPECTED_TOKEN' || error.code === 'BAD_SCALAR_START';
  if (isRefused && '\'"[{*&%@`|>'.includes(first)) {
    return {
      range: whole,
      remark: {
        code: 'yaml-first-character',
        message: `YAML gives a value that starts with ${first} a meaning of its own, and cannot read this one`,
        help: isExpression ? help : (quotesHelp[first] ?? help),
      },
    };
  }
  return undefined;
}

/** The expression in `{ id: x, expr: … }` that the parser stumbled over, up to that place. */
function valueInBraces(line: Line, offset: number): { readonly key: string; readonly range: Range } | undefined {
  const before = line.text.slice(0, Math.max(0, offset - line.start));
  const keys = [...before.matchAll(/[{,]\s*([A-Za-z][\w-]*):\s+/g)];
  const last = keys.at(-1);
  const key = last?.[1];
  if (last === undefined || key === undefined || !expressionKeys.has(key)) return undefined;
  const start = line.start + last.index + last[0].length;
  const rest = /^[^,}]*/.exec(line.text.slice(start - line.start))?.[0].trimEnd() ?? '';
  return { key, range: { start, end: Math.max(start + rest.length, offset + 1) } };
}

const quotesHelp: Readonly<Record<string, string>> = {
  "'": "inside '…' write '' for an apostrophe",
  '"': 'inside "…" write \\" for a quotation mark',
};

/** The parser marks one character of the second key. */
function duplicateKey(source: Source, start: number): { range: Range; remark: Remark } {
  const [key = ''] = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s:#,{}[\]]+)/.exec(source.text.slice(start, start + 300)) ?? [];
  return {
    range: { start, end: start + Math.max(1, key.length) },
    remark: {
      code: 'duplicate-key',
      message: `the key ${key === '' ? '' : `'${key.replaceAll(/^["']|["']$/g, '')}' `}occurs here a second time`,
      help: 'only one would count: remove the other',
    },
  };
}

function plainRemark(error: YAMLError): Remark {
  switch (error.code) {
    case 'MULTIPLE_DOCS': {
      return {
        code: 'multiple-documents',
        message: 'a second document starts here, and it would not be read',
        help: 'write one policy a file, without --- between',
      };
    }
    case 'TAB_AS_INDENT': {
      return { code: 'yaml-tab', message: 'YAML does not allow tabs as indentation', help: 'indent with blanks' };
    }
    case 'TAG_RESOLVE_FAILED': {
      return {
        code: 'yaml-tag',
        message: "a tag ('!…') that has no meaning here",
        help: 'quote the value that starts with !',
      };
    }
    case 'BAD_INDENT': {
      return {
        code: 'yaml-indent',
        message: 'this line is indented unlike the lines that it belongs to',
        help: 'indent all lines of a value alike and deeper than its key, and the keys of one map alike',
      };
    }
    case 'BAD_ALIAS': {
      return {
        code: 'yaml-alias',
        message: 'an alias (*name) that nothing defines before',
        help: 'quote the value that starts with *',
      };
    }
    case 'BAD_DQ_ESCAPE': {
      return {
        code: 'yaml-escape',
        message: 'a backslash in double quotes starts an escape, and this is not one',
        help: 'write \\\\ for a backslash, or use single quotes',
      };
    }
    default: {
      return { code: 'yaml-syntax', message: `not YAML: ${lowerFirst(error.message)}` };
    }
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Parsers mark to the end of the file what never ends: one line is enough to see it. */
function withinLine(source: Source, { start, end }: Range): Range {
  const lineEnd = source.text.indexOf('\n', start);
  const limit = lineEnd === -1 ? source.text.length : Math.max(lineEnd, start + 1);
  return { start, end: Math.min(Math.max(end, start + 1), limit) };
}
