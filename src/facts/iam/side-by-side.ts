import { recent } from './memo.js';
import type { Pattern, PatternState } from './pattern.js';

/** Patterns of which it only matters whether one of them matches. */
export type PatternGroup = readonly Pattern[];

/** Those that can match something, each once. */
export function distinctGroups(groups: readonly PatternGroup[]): readonly PatternGroup[] {
  const found = new Map(groups.map((it) => [keyOf(it), it]));
  return [...found.values()].filter((it) => it.length > 0);
}

function keyOf(group: PatternGroup): string {
  const [only, ...others] = group;
  if (only !== undefined && others.length === 0) return only.key;
  return [...new Set(group.map((it) => it.key))].toSorted().join('\t');
}

/** Where a reader of a text may be in several groups of patterns at once. */
export interface JointState {
  /** Those that match what was read so far, by their number, in ascending order. */
  readonly accepting: readonly number[];
  /** Those that match what was read so far, and whatever follows. */
  readonly settled: readonly number[];
  /** Those that may still match. */
  readonly alive: () => readonly number[];
  /** How many may still match, or not. */
  readonly open: number;
  /** Characters that lead elsewhere than any other one does. */
  readonly awaited: ReadonlySet<string>;
  readonly next: (char: string) => JointState;
}

/**
 * Groups side by side, each with its number. They are put together two by two, and each pair remembers its steps: what a
 * few patterns make of a text is worked out once, whatever the others make of it.
 */
export function sideBySide(groups: readonly PatternGroup[]): JointState {
  return joined(groups.map((it, index) => ofGroup(it, index)));
}

function ofGroup(group: PatternGroup, index: number): JointState {
  const [only, ...others] = group;
  if (only !== undefined && others.length === 0) return ofOne(only, index);
  const [numbers, states] = [[index], new Map<JointState, JointState>()];
  const matched: JointState = {
    accepting: numbers,
    settled: numbers,
    alive: () => numbers,
    open: 0,
    awaited: noChars,
    next: () => matched,
  };
  const of = (inner: JointState): JointState => {
    if (inner.settled.length > 0) return matched;
    const before = states.get(inner);
    if (before !== undefined) return before;
    const made: JointState = {
      accepting: inner.accepting.length > 0 ? numbers : none,
      settled: none,
      alive: () => (inner.open > 0 ? numbers : none),
      open: inner.open > 0 ? 1 : 0,
      awaited: inner.awaited,
      next: (char) => of(inner.next(char)),
    };
    states.set(inner, made);
    return made;
  };
  return of(joined(group.map((it, at) => ofOne(it, at))));
}

/** How many sets of patterns are remembered: questions of one document come one after the other. */
const maxRemembered = 32;

/** The same, and what was worked out before for the same patterns, which are told by their keys. */
export const jointStart = recent(maxRemembered, keyOfGroups, sideBySide);

/** Two lists of groups with the same key tell the same texts apart. */
export function keyOfGroups(groups: readonly PatternGroup[]): string {
  return groups.map(keyOf).join('\n');
}

const none: readonly never[] = [];
const noChars: ReadonlySet<string> = new Set();

/** No patterns at all. */
const nothing: JointState = {
  accepting: none,
  settled: none,
  alive: () => none,
  open: 0,
  awaited: noChars,
  next: () => nothing,
};

function joined(states: readonly JointState[]): JointState {
  const pairs: JointState[] = [];
  for (let at = 0; at < states.length; at += 2) {
    const [left = nothing, right] = states.slice(at, at + 2);
    pairs.push(right === undefined ? left : pairOf(left, right));
  }
  const [only = nothing, ...more] = pairs;
  return more.length === 0 ? only : joined(pairs);
}

function ofOne(pattern: Pattern, index: number): JointState {
  const states = new Map<PatternState, JointState>();
  const numbers = [index];
  const of = (state: PatternState): JointState => {
    const before = states.get(state);
    if (before !== undefined) return before;
    const { accepts, acceptsAll, isDead, awaited } = state;
    const made: JointState = {
      accepting: accepts ? numbers : none,
      settled: acceptsAll ? numbers : none,
      alive: () => (isDead ? none : numbers),
      open: acceptsAll || isDead ? 0 : 1,
      awaited: awaited.length === 0 ? noChars : new Set(awaited),
      next: (char) => of(state.next(char)),
    };
    states.set(state, made);
    return made;
  };
  return of(pattern.start);
}

function pairOf(firstLeft: JointState, firstRight: JointState): JointState {
  const states = new Map<JointState, Map<JointState, JointState>>();
  const of = (left: JointState, right: JointState): JointState => {
    const withLeft = states.get(left) ?? new Map<JointState, JointState>();
    states.set(left, withLeft);
    const before = withLeft.get(right);
    if (before !== undefined) return before;
    const made = pair(left, right, of);
    withLeft.set(right, made);
    return made;
  };
  return of(firstLeft, firstRight);
}

function pair(
  left: JointState,
  right: JointState,
  of: (left: JointState, right: JointState) => JointState,
): JointState {
  const awaited = both(left.awaited, right.awaited);
  const reached = new Map<string, JointState>();
  return {
    accepting: concatenated(left.accepting, right.accepting),
    settled: concatenated(left.settled, right.settled),
    alive: () => concatenated(left.alive(), right.alive()),
    open: left.open + right.open,
    awaited,
    next: (char) => {
      // All characters that nothing waits for lead to the same state.
      const kind = awaited.has(char) ? char : '';
      const before = reached.get(kind);
      if (before !== undefined) return before;
      const after = of(left.next(char), right.next(char));
      reached.set(kind, after);
      return after;
    },
  };
}

/** Most pairs wait for what one of them does. */
function both(left: ReadonlySet<string>, right: ReadonlySet<string>): ReadonlySet<string> {
  if (isWithin(right, left)) return left;
  return left.size === 0 ? right : new Set([...left, ...right]);
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  if (some === all) return true;
  for (const it of some) if (!all.has(it)) return false;
  return true;
}

function concatenated(left: readonly number[], right: readonly number[]): readonly number[] {
  if (right.length === 0) return left;
  return left.length === 0 ? right : [...left, ...right];
}
