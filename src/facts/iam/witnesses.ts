import { matches, type Pattern, type PatternState } from './pattern.js';

/** Beyond so many steps of patterns a question is undecided rather than slow. */
const maxSteps = 300_000;

/** A set of strings: those that one of these patterns matches, less those that another one does. */
export interface StringDomain {
  readonly like: readonly Pattern[];
  readonly unlike: readonly Pattern[];
}

export interface Witnesses {
  readonly texts: readonly string[];
  readonly isWhole: boolean;
}

/**
 * For each way in which patterns can agree and disagree on a string of the domain, one such string: what holds for
 * these strings holds for all. Breadth-first through the patterns' states side by side, so each is a shortest one.
 *
 * @returns those that were found; all of them where `isWhole`, and not where there are too many states to look at
 */
export function witnesses({ like, unlike }: StringDomain, patterns: readonly Pattern[]): Witnesses {
  const distinct = [...new Map(patterns.map((it) => [it.key, it])).values()].filter((it) => mayMatch(it, like));
  const all = [...like, ...unlike, ...distinct];
  const outOfDomain = like.length + unlike.length;
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const queue: Place[] = [];
  const visit = (text: string, live: readonly Live[]): void => {
    // Nothing that begins like this is in the domain.
    if ((live[0]?.index ?? like.length) >= like.length) return;
    if (live.some((it) => it.index >= like.length && it.index < outOfDomain && it.state.acceptsAll)) return;
    const key = live.map((it) => `${it.index}:${it.state.id}`).join();
    if (seen.has(key)) return;
    seen.add(key);
    queue.push({ text, live });
    const accepting = live.flatMap((it) => (it.state.accepts ? [it.index] : []));
    const isIn =
      accepting.some((it) => it < like.length) && !accepting.some((it) => it >= like.length && it < outOfDomain);
    if (!isIn) return;
    const vector = accepting.filter((it) => it >= outOfDomain).join();
    if (!found.has(vector)) found.set(vector, text);
  };
  visit('', stillLive(all.map((it, index) => ({ index, state: it.start }))));
  let steps = 0;
  for (const { text, live } of queue) {
    for (const char of nextCharacters(live)) {
      steps += live.length;
      if (steps > maxSteps)
        return { texts: [...found.values(), ...samples({ like, unlike }, distinct)], isWhole: false };
      visit(text + char, stillLive(live.map(({ index, state }) => ({ index, state: state.next(char) }))));
    }
  }
  return { texts: [...found.values()], isWhole: true };
}

function samples({ like, unlike }: StringDomain, patterns: readonly Pattern[]): readonly string[] {
  const all = patterns.map((it) => it.sample);
  return all.filter((text) => like.some((it) => matches(it, text)) && !unlike.some((it) => matches(it, text)));
}

/** A text that is not in the domain tells nothing of it. */
function mayMatch({ fixed, ignoresCase }: Pattern, like: readonly Pattern[]): boolean {
  return fixed === undefined || ignoresCase || like.some((it) => matches(it, fixed));
}

/** A pattern, by its number, that may still match. */
interface Live {
  readonly index: number;
  readonly state: PatternState;
}

interface Place {
  readonly text: string;
  readonly live: readonly Live[];
}

function stillLive(all: readonly Live[]): readonly Live[] {
  return all.filter((it) => !it.state.isDead);
}

const ordinary = Array.from('x0123456789abcdefghijklmnopqrstuvwyz-_');

/** The characters that some pattern waits for, and one that none of them waits for. */
function nextCharacters(live: readonly Live[]): readonly string[] {
  const awaited = new Set<string>();
  for (const { state } of live) for (const char of state.awaited) awaited.add(char);
  const other = ordinary.find((char) => !awaited.has(char));
  return [...awaited, other ?? '\u{e000}'];
}
