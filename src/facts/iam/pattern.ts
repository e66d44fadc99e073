/**
 * Patterns as automata over characters: a match, and the strings that tell several patterns apart, come from the same
 * steps (see witnesses.ts). A match takes time linear in the length of the text; the states are made as they are
 * reached, and there are at most as many as there are sets of positions on the way.
 */
export interface Pattern {
  /** Two patterns with the same key match the same texts. */
  readonly key: string;
  /** Of a pattern without wildcards: the text that it matches, in lower case where it ignores case. */
  readonly fixed: string | undefined;
  readonly ignoresCase: boolean;
  /** what each text that it matches begins with, in lower case where it ignores case */
  readonly prefix: string;
  /** a text that it matches */
  readonly sample: string;
  readonly start: PatternState;
}

/** Where a reader of a text may be in a pattern. */
export interface PatternState {
  /** a number of its own within the pattern */
  readonly id: number;
  readonly accepts: boolean;
  /** Whatever follows, nothing matches any more. */
  readonly isDead: boolean;
  /** Whatever follows, it matches. */
  readonly acceptsAll: boolean;
  /** Characters that lead elsewhere than any other one does. */
  readonly awaited: readonly string[];
  readonly next: (char: string) => PatternState;
}

type Token =
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

export type Syntax = 'literal' | 'wildcards' | 'arn' | 'resource';

/**
 * @param syntax `arn`: a wildcard stays within its part of the ARN, of which there are six; the last one has all the
 * rest, colons too. `resource`: the same, but an asterisk at the end of a part reaches over colons
 */
export function compile(pieces: readonly Piece[], syntax: Syntax, ignoresCase = false): Pattern {
  const tokens: Token[] = [];
  let colons = 0;
  const chars = pieces.flatMap(({ text, isLiteral }) => Array.from(text, (char) => ({ char, isLiteral })));
  for (const [index, { char, isLiteral }] of chars.entries()) {
    const isWide = syntax === 'resource' && char === '*' && (chars[index + 1]?.char ?? ':') === ':';
    const butColon = (syntax === 'arn' || syntax === 'resource') && colons < 5 && !isWide;
    if (char === ':') colons += 1;
    if (isLiteral || syntax === 'literal' || (char !== '*' && char !== '?')) {
      tokens.push({ type: 'char', char: ignoresCase ? char.toLowerCase() : char });
    } else if (char === '?') tokens.push({ type: 'one', butColon });
    else if (!isSameRun(tokens.at(-1), butColon)) tokens.push({ type: 'run', butColon });
  }
  const wildcard = tokens.findIndex((it) => it.type !== 'char');
  const prefix = textOf(wildcard === -1 ? tokens : tokens.slice(0, wildcard));
  return {
    key: keyOf(tokens, ignoresCase),
    fixed: wildcard === -1 ? prefix : undefined,
    ignoresCase,
    prefix,
    sample: tokens.map((it) => (it.type === 'char' ? it.char : 'x')).join(''),
    start: automaton(tokens, ignoresCase),
  };
}

function isSameRun(token: Token | undefined, butColon: boolean): boolean {
  return token?.type === 'run' && token.butColon === butColon;
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map((it) => (it.type === 'char' ? it.char : '')).join('');
}

function isWideRun(token: Token | undefined): boolean {
  return token?.type === 'run' && !token.butColon;
}

function keyOf(tokens: readonly Token[], ignoresCase: boolean): string {
  const parts = tokens.map((it) =>
    it.type === 'char' ? `=${it.char}` : `${it.type === 'run' ? '*' : '?'}${it.butColon ? ':' : ''}`,
  );
  return `${ignoresCase ? 'i' : 's'} ${parts.join('')}`;
}

/** A pattern in which every wildcard works. */
export function glob(text: string, ignoresCase = false): Pattern {
  return compile([{ text, isLiteral: false }], 'wildcards', ignoresCase);
}

/** A text that stands for itself. */
export function literal(text: string, ignoresCase = false): Pattern {
  return compile([{ text, isLiteral: true }], 'literal', ignoresCase);
}

/** A pattern of ours for what may be asked about: in an ARN, wildcards stay within their part of it. */
export function domainPattern(text: string, ignoresCase = false): Pattern {
  return compile([{ text, isLiteral: false }], text.startsWith('arn:') ? 'arn' : 'wildcards', ignoresCase);
}

export function matches(pattern: Pattern, text: string): boolean {
  if (pattern.fixed !== undefined && !pattern.ignoresCase) return text === pattern.fixed;
  if (!pattern.ignoresCase && !text.startsWith(pattern.prefix)) return false;
  let state = pattern.start;
  for (const char of text) {
    if (state.isDead) return false;
    state = state.next(char);
  }
  return state.accepts;
}

function automaton(tokens: readonly Token[], ignoresCase: boolean): PatternState {
  const states = new Map<string, PatternState>();
  const colonFree = colonFreeFrom(tokens);
  const at = (all: readonly number[]): PatternState => {
    const positions = withoutCovered(tokens, colonFree, all);
    const key = positions.join(',');
    const known = states.get(key);
    if (known !== undefined) return known;
    const awaited = awaitedAt(tokens, positions, ignoresCase);
    const reached = new Map<string, PatternState>();
    const next = (char: string): PatternState => {
      // All characters that nothing waits for lead to the same state.
      const kind = awaited.includes(char) ? char : '';
      const before = reached.get(kind);
      if (before !== undefined) return before;
      const after = at(step(tokens, positions, char, ignoresCase));
      reached.set(kind, after);
      return after;
    };
    const state = {
      id: states.size,
      accepts: positions.includes(tokens.length),
      isDead: positions.length === 0,
      acceptsAll: isWideRun(tokens.at(-1)) && positions.includes(tokens.length - 1),
      awaited,
      next,
    };
    states.set(key, state);
    return state;
  };
  const start: number[] = [];
  enter(tokens, start, 0);
  return at(start);
}

/** For each position the first one from which on, up to there, no token can be a colon. */
function colonFreeFrom(tokens: readonly Token[]): readonly number[] {
  let from = 0;
  return [...tokens, undefined].map((_, index) => {
    const before = tokens[index - 1];
    if (before !== undefined && (before.type === 'char' ? before.char === ':' : !before.butColon)) from = index;
    return from;
  });
}

/**
 * The positions that matter: whoever may stand in a run can skip there whatever those before it would have to read, so
 * that they lead to nothing else. A run that keeps to its part of an ARN covers those from which no colon is read.
 */
function withoutCovered(
  tokens: readonly Token[],
  colonFree: readonly number[],
  positions: readonly number[],
): readonly number[] {
  let rest = positions;
  for (const position of positions.toReversed()) {
    const token = tokens[position];
    if (token?.type !== 'run') continue;
    const from = token.butColon ? (colonFree[position] ?? position) : 0;
    rest = rest.filter((it) => it >= position || it < from);
    if (!token.butColon) break;
  }
  return rest;
}

/** Adds a position. A run may be empty: who stands before it may stand behind it. Positions stay in ascending order. */
function enter(tokens: readonly Token[], positions: number[], position: number): void {
  for (let at = position; ; at += 1) {
    if ((positions.at(-1) ?? -1) < at) positions.push(at);
    if (tokens[at]?.type !== 'run') return;
  }
}

function step(
  tokens: readonly Token[],
  positions: readonly number[],
  char: string,
  ignoresCase: boolean,
): readonly number[] {
  const read = ignoresCase ? char.toLowerCase() : char;
  const next: number[] = [];
  for (const position of positions) {
    const token = tokens[position];
    if (token === undefined) continue;
    if (token.type === 'char') {
      if (token.char === read) enter(tokens, next, position + 1);
    } else if (!token.butColon || char !== ':') enter(tokens, next, token.type === 'run' ? position : position + 1);
  }
  return next;
}

function awaitedAt(tokens: readonly Token[], positions: readonly number[], ignoresCase: boolean): readonly string[] {
  const awaited = new Set<string>();
  for (const position of positions) {
    const token = tokens[position];
    if (token?.type === 'char') {
      awaited.add(token.char);
      const upper = token.char.toUpperCase();
      if (ignoresCase && upper.length === token.char.length) awaited.add(upper);
    } else if (token?.butColon === true) awaited.add(':');
  }
  return [...awaited];
}
