import type { Pattern, PatternState } from './pattern.js';

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
export function witnesses({ like, unlike }: StringDomain, patterns: readonly Pattern[]): readonly string[] | undefined {
  const all = [...like, ...unlike, ...new Map(patterns.map((it) => [it.key, it])).values()];
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const queue: Place[] = [];
  const visit = (text: string, states: readonly PatternState[]): void => {
    const key = states.map((it) => it.id).join();
    if (seen.has(key)) return;
    seen.add(key);
    const ofDomain = states.slice(0, like.length);
    // Nothing that begins like this is in the domain.
    if (ofDomain.every((it) => it.isDead)) return;
    queue.push({ text, states });
    const isIn =
      ofDomain.some((it) => it.accepts) &&
      !states.slice(like.length, like.length + unlike.length).some((it) => it.accepts);
    if (!isIn) return;
    const verdicts = states.slice(like.length + unlike.length).map((it) => it.accepts);
    const vector = verdicts.join();
    if (!found.has(vector)) found.set(vector, text);
  };
  visit(
    '',
    all.map((it) => it.start),
  );
  for (const { text, states } of queue) {
    if (seen.size > maxStates) return undefined;
    for (const char of nextCharacters(states))
      visit(
        text + char,
        states.map((it) => it.next(char)),
      );
  }
  return [...found.values()];
}

interface Place {
  readonly text: string;
  readonly states: readonly PatternState[];
}

const ordinary = Array.from('x0123456789abcdefghijklmnopqrstuvwyz-_');

/** The characters that some pattern waits for, and one that none of them waits for. */
function nextCharacters(states: readonly PatternState[]): readonly string[] {
  const awaited = new Set<string>();
  for (const state of states) for (const char of state.awaited) awaited.add(char);
  const other = ordinary.find((char) => !awaited.has(char));
  return [...awaited, other ?? '\u{e000}'];
}
