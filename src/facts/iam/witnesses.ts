import { accepts, type Pattern, type Positions, startOf, step } from './pattern.js';

/** Beyond it a question is undecided rather than slow. */
const maxStates = 20_000;

/** A set of strings: those that one of these patterns matches, less those that another one does. */
export interface StringDomain {
  readonly like: readonly Pattern[];
  readonly unlike: readonly Pattern[];
}

/**
 * For each way in which patterns can agree and disagree on a string of the domain, one such string: what holds for
 * these strings holds for all. Breadth-first through the patterns' states side by side, so each is a shortest one.
 *
 * @returns undefined when there are too many states to look at.
 */
export function witnesses(domain: StringDomain, patterns: readonly Pattern[]): readonly string[] | undefined {
  const all = [...domain.like, ...domain.unlike, ...patterns];
  const found = new Map<string, string>();
  const seen = new Set<string>();
  let queue: State[] = [];
  const visit = (state: State): void => {
    const key = state.positions.map((it) => it.join(',')).join(';');
    if (seen.has(key)) return;
    // Nothing that begins like this is in the domain.
    if (!state.positions.slice(0, domain.like.length).some((it) => it.length > 0)) return;
    seen.add(key);
    queue.push(state);
    const verdicts = all.map((pattern, index) => accepts(pattern, state.positions[index] ?? []));
    const isLike = verdicts.slice(0, domain.like.length).includes(true);
    const isUnlike = verdicts.slice(domain.like.length, domain.like.length + domain.unlike.length).includes(true);
    if (!isLike || isUnlike) return;
    const vector = verdicts.slice(domain.like.length).join();
    if (!found.has(vector)) found.set(vector, state.text);
  };
  visit({ text: '', positions: all.map(startOf) });
  while (queue.length > 0) {
    const current = queue;
    queue = [];
    for (const { text, positions } of current) {
      if (seen.size > maxStates) return undefined;
      for (const char of nextCharacters(all, positions)) {
        visit({
          text: text + char,
          positions: all.map((pattern, index) => {
            const from = positions[index] ?? [];
            return from.length === 0 ? from : step(pattern, from, char);
          }),
        });
      }
    }
  }
  return [...found.values()];
}

interface State {
  readonly text: string;
  readonly positions: readonly Positions[];
}

/** The characters that some pattern waits for, the colon, and one that none of them waits for. */
function nextCharacters(patterns: readonly Pattern[], positions: readonly Positions[]): readonly string[] {
  const awaited = new Set<string>();
  for (const [index, pattern] of patterns.entries()) {
    for (const position of positions[index] ?? []) {
      const token = pattern.tokens[position];
      if (token === undefined) continue;
      if (token.type === 'char')
        awaited.add(token.char).add(pattern.ignoresCase ? token.char.toUpperCase() : token.char);
      else if (token.butColon) awaited.add(':');
    }
  }
  const other = Array.from('x0123456789abcdefghijklmnopqrstuvwyz-_').find((char) => !awaited.has(char));
  return [...awaited, other ?? '\u{e000}'];
}
