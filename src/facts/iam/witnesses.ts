import { recent } from './memo.js';
import { matches, type Pattern } from './pattern.js';
import {
  distinctGroups,
  type JointState,
  jointStart,
  keyOfGroups,
  type PatternGroup,
  sideBySide,
} from './side-by-side.js';

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
 * For each way in which groups of patterns can agree and disagree on a string of the domain, one such string: what holds
 * for these strings holds for all. A group matches what one of its patterns does. Breadth-first through the patterns' states side by side, so each is a shortest one.
 *
 * @returns those that were found; all of them where `isWhole`, and not where there are too many states to look at
 */
export function witnesses(domain: StringDomain, groups: readonly PatternGroup[]): Witnesses {
  const { like } = domain;
  return found({ domain, groups: distinctGroups(groups.map((group) => group.filter((it) => mayMatch(it, like)))) });
}

interface Question {
  readonly domain: StringDomain;
  readonly groups: readonly PatternGroup[];
}

/** How many answers are remembered: one question asks for the same ones again, for one requester after the other. */
const maxRemembered = 64;

const found = recent(maxRemembered, keyOf, find);

function keyOf({ domain: { like, unlike }, groups }: Question): string {
  const keysOf = (all: readonly Pattern[]): string => all.map(({ key }) => key).join('\n');
  return [keysOf(like), keysOf(unlike), keyOfGroups(groups)].join('\n\n');
}

function find({ domain: { like, unlike }, groups: distinct }: Question): Witnesses {
  const texts = new Map<string, string>();
  const queue: Place[] = [];
  const visit = (domain: DomainState, state: JointState, char: string, from: Place | undefined): void => {
    // Nothing that begins like this is in the domain.
    if (!domain.mayBeIn || domain.seen.has(state)) return;
    domain.seen.add(state);
    const place = { domain, state, char, from };
    queue.push(place);
    if (!domain.isIn) return;
    const vector = state.accepting.join();
    if (!texts.has(vector)) texts.set(vector, textOf(place));
  };
  const domainAt = domainStates(like.length, like.length + unlike.length);
  visit(domainAt(sideBySide([...like, ...unlike].map((it) => [it]))), jointStart(distinct), '', undefined);
  let steps = 0;
  for (const place of queue) {
    const { domain, state } = place;
    const cost = 1 + domain.state.open + state.open;
    const read = (char: string): void => {
      steps += cost;
      visit(domainAt(domain.state.next(char)), state.next(char), char, place);
    };
    for (const char of domain.state.awaited) read(char);
    for (const char of state.awaited) if (!domain.state.awaited.has(char)) read(char);
    read(otherCharacter(domain.state.awaited, state.awaited));
    if (steps > maxSteps) {
      return { texts: [...texts.values(), ...samples({ like, unlike }, distinct)], isWhole: false };
    }
  }
  return { texts: [...texts.values()], isWhole: true };
}

/** Where a reader of a text is, and how it came there. */
interface Place {
  readonly domain: DomainState;
  readonly state: JointState;
  readonly char: string;
  readonly from: Place | undefined;
}

function textOf(place: Place): string {
  const chars: string[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.from) chars.push(at.char);
  return chars.toReversed().join('');
}

interface DomainState {
  readonly state: JointState;
  readonly isIn: boolean;
  readonly mayBeIn: boolean;
  /** The states of the groups in which a reader was here. */
  readonly seen: Set<JointState>;
}

/** @param likes how many patterns, the first ones, let texts in; the others, of all, keep them out */
function domainStates(likes: number, all: number): (state: JointState) => DomainState {
  const known = new Map<JointState, DomainState>();
  // Whatever follows is in the domain: it no longer matters how a reader came here.
  const everything = { state: sideBySide([]), isIn: true, seen: new Set<JointState>(), mayBeIn: true };
  known.set(everything.state, everything);
  return (state) => {
    const before = known.get(state);
    if (before !== undefined) return before;
    const { accepting, settled } = state;
    const alive = state.alive();
    const isEverything = settled.some((it) => it < likes) && (all === likes || !alive.some((it) => it >= likes));
    const made = isEverything
      ? everything
      : {
          state,
          isIn: accepting.some((it) => it < likes) && !accepting.some((it) => it >= likes),
          seen: new Set<JointState>(),
          mayBeIn: alive.some((it) => it < likes) && !settled.some((it) => it >= likes),
        };
    known.set(state, made);
    return made;
  };
}

function samples({ like, unlike }: StringDomain, groups: readonly PatternGroup[]): readonly string[] {
  const all = groups.flat().map((it) => it.sample);
  return all.filter((text) => like.some((it) => matches(it, text)) && !unlike.some((it) => matches(it, text)));
}

/** A text that is not in the domain tells nothing of it. */
function mayMatch({ fixed, ignoresCase }: Pattern, like: readonly Pattern[]): boolean {
  return fixed === undefined || ignoresCase || like.some((it) => matches(it, fixed));
}

const ordinary = Array.from('x0123456789abcdefghijklmnopqrstuvwyz-_');

/** One that no pattern waits for: all of them lead to the same place. */
function otherCharacter(domain: ReadonlySet<string>, groups: ReadonlySet<string>): string {
  return ordinary.find((char) => !domain.has(char) && !groups.has(char)) ?? '\u{e000}';
}
