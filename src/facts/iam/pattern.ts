/**
 * Patterns as automata over characters: a match, and the strings that tell several patterns apart, come from the same
 * steps (see witnesses.ts). Time is linear in the length of value times pattern: nothing a document says makes it
 * blow up.
 */
export interface Pattern {
  readonly tokens: readonly Token[];
  readonly ignoresCase: boolean;
}

export type Token =
  | { readonly type: 'char'; readonly char: string }
  /** `?`: any one character; within a part of an ARN none but the colon */
  | { readonly type: 'one'; readonly butColon: boolean }
  /** `*`: any characters, also none */
  | { readonly type: 'run'; readonly butColon: boolean };

/** Text in which wildcards work, or a text that stands for itself. */
export interface Piece {
  readonly text: string;
  readonly isLiteral: boolean;
}

export type Syntax = 'literal' | 'wildcards' | 'arn';

/**
 * @param syntax `arn`: a wildcard stays within its part of the ARN, of which there are six; the last one has all the
 * rest, colons too
 */
export function compile(pieces: readonly Piece[], syntax: Syntax, ignoresCase = false): Pattern {
  const tokens: Token[] = [];
  let colons = 0;
  for (const { text, isLiteral } of pieces) {
    for (const char of text) {
      const butColon = syntax === 'arn' && colons < 5;
      if (char === ':') colons += 1;
      if (isLiteral || syntax === 'literal' || (char !== '*' && char !== '?')) {
        tokens.push({ type: 'char', char: ignoresCase ? char.toLowerCase() : char });
      } else if (char === '?') tokens.push({ type: 'one', butColon });
      else if (tokens.at(-1)?.type !== 'run' || butColon) tokens.push({ type: 'run', butColon });
    }
  }
  return { tokens, ignoresCase };
}

/** A pattern in which every wildcard works. */
export function glob(text: string, ignoresCase = false): Pattern {
  return compile([{ text, isLiteral: false }], 'wildcards', ignoresCase);
}

/** A pattern of ours for what may be asked about: in an ARN, wildcards stay within their part of it. */
export function domainPattern(text: string, ignoresCase = false): Pattern {
  return compile([{ text, isLiteral: false }], text.startsWith('arn:') ? 'arn' : 'wildcards', ignoresCase);
}

/** Positions in the tokens that a reader may be at, ascending. */
export type Positions = readonly number[];

export function startOf(pattern: Pattern): Positions {
  return closed(pattern, [0]);
}

/** Where a reader may be after one more character. */
export function step(pattern: Pattern, positions: Positions, char: string): Positions {
  const read = pattern.ignoresCase ? char.toLowerCase() : char;
  const next = new Set<number>();
  for (const position of positions) {
    const token = pattern.tokens[position];
    if (token === undefined) continue;
    if (token.type === 'char') {
      if (token.char === read) next.add(position + 1);
    } else if (!token.butColon || char !== ':') next.add(token.type === 'run' ? position : position + 1);
  }
  return closed(pattern, [...next]);
}

/** A run may be empty: who stands before it may stand behind it. */
function closed(pattern: Pattern, positions: readonly number[]): Positions {
  const all = new Set(positions);
  for (const position of positions) {
    let at = position;
    while (pattern.tokens[at]?.type === 'run') {
      at += 1;
      all.add(at);
    }
  }
  return [...all].toSorted((a, b) => a - b);
}

export function accepts(pattern: Pattern, positions: Positions): boolean {
  return positions.includes(pattern.tokens.length);
}

export function matches(pattern: Pattern, text: string): boolean {
  let positions = startOf(pattern);
  for (const char of text) {
    if (positions.length === 0) return false;
    positions = step(pattern, positions, char);
  }
  return accepts(pattern, positions);
}
