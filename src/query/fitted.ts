import { all, yes } from './build.js';
import { CannotSay, type Condition, type Origin } from './condition.js';
import { testsOf, type Tests } from './field-test.js';
import { weakenedTests } from './tests-vocabulary.js';
import type { LeftOut } from './weaken.js';

/** A text of an engine whose texts are short. */
export interface Fitted {
  /** Undefined: nothing of the condition can be said, or no event meets it. */
  readonly text: string | undefined;
  /** No event meets the condition, whatever happens. */
  readonly isNever: boolean;
  readonly leftOut: readonly LeftOut[];
}

export interface Fitting {
  /** Throws CannotSay where there are no words for tests. */
  say(tests: Tests): unknown;
  text(tests: Tests): string;
  /** Why a text is none that the engine takes; undefined: it takes it. */
  problem(text: string): string | undefined;
}

/** The text for as much of a condition as the engine takes: what comes first stays, and what is left out is told. */
export function fitted(condition: Condition, fitting: Fitting): Fitted {
  const leftOut: LeftOut[] = [];
  let asked: Condition = yes;
  for (const part of condition.kind === 'all' ? condition.parts : [condition]) {
    const more = weakenedTests(part, (it) => fitting.say(it));
    leftOut.push(...more.leftOut);
    const both = all(asked, more.condition);
    const problem = both === asked ? undefined : problemOf(testsOf(both), fitting);
    if (problem === undefined) asked = both;
    else leftOut.push({ origin: originOf(part), because: problem });
  }
  const tests = testsOf(asked);
  if (tests.kind === 'constant') return { text: undefined, isNever: !tests.value, leftOut };
  return { text: fitting.text(tests), isNever: false, leftOut };
}

/** Why an engine does not take tests that it takes one by one. */
function problemOf(tests: Tests, fitting: Fitting): string | undefined {
  if (tests.kind === 'constant') return undefined;
  try {
    return fitting.problem(fitting.text(tests));
  } catch (error) {
    if (error instanceof CannotSay) return error.message;
    throw error;
  }
}

function originOf(condition: Condition): Origin {
  if ('origin' in condition) return condition.origin;
  if (condition.kind === 'not') return originOf(condition.of);
  const first = 'parts' in condition ? condition.parts[0] : undefined;
  if (first === undefined) throw new Error('what is certain is always said');
  return originOf(first);
}
