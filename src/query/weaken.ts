import { all, any, no, not, yes } from './build.js';
import { CannotSay, type Atom, type Condition, type List, type Origin } from './condition.js';

/** What an engine has words for; each throws `CannotSay` where it has none. */
export interface Vocabulary {
  atom(atom: Atom): unknown;
  list(list: List): unknown;
}

/** A part of the policy that an engine is not asked. */
export interface LeftOut {
  readonly origin: Origin;
  /** Why: `it compares objects`. */
  readonly because: string;
}

export interface Weakened {
  /** It holds of each event of which the whole condition holds, or may hold. */
  readonly condition: Condition;
  readonly leftOut: readonly LeftOut[];
}

/**
 * The condition without what the engine has no words for. What is left out is taken for true where more events come of
 * it, and for false below a negation, so that no event is lost. What decides nothing is not reported.
 */
export function weakened(condition: Condition, vocabulary: Vocabulary): Weakened {
  return weaken(condition, true, vocabulary);
}

function weaken(condition: Condition, taken: boolean, vocabulary: Vocabulary): Weakened {
  switch (condition.kind) {
    case 'constant': {
      return { condition, leftOut: [] };
    }
    case 'not': {
      const { condition: inner, leftOut } = weaken(condition.of, !taken, vocabulary);
      return { condition: not(inner), leftOut };
    }
    case 'all':
    case 'any': {
      const parts = condition.parts.map((it) => weaken(it, taken, vocabulary));
      const join = condition.kind === 'all' ? all : any;
      const joined = join(...parts.map((it) => it.condition));
      const decided = parts.find(({ condition: it, leftOut }) => leftOut.length === 0 && it.kind === 'constant');
      if (joined.kind === 'constant' && decided !== undefined) return { condition: joined, leftOut: [] };
      return { condition: joined, leftOut: parts.flatMap((it) => it.leftOut) };
    }
    case 'exists': {
      const refused = refusal(() => vocabulary.list(condition.list));
      if (refused !== undefined) return left(condition.origin, refused, taken);
      const { condition: body, leftOut } = weaken(condition.body, taken, vocabulary);
      if (body.kind === 'constant' && !body.value) return { condition: no, leftOut };
      return { condition: { ...condition, body }, leftOut };
    }
    default: {
      const refused = refusal(() => vocabulary.atom(condition));
      return refused === undefined ? { condition, leftOut: [] } : left(condition.origin, refused, taken);
    }
  }
}

function left(origin: Origin, because: string, taken: boolean): Weakened {
  return { condition: taken ? yes : no, leftOut: [{ origin, because }] };
}

function refusal(say: () => unknown): string | undefined {
  try {
    say();
    return undefined;
  } catch (error) {
    if (error instanceof CannotSay) return error.message;
    throw error;
  }
}
