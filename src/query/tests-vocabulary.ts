import { CannotSay, type Condition } from './condition.js';
import { testsOf, type Tests } from './field-test.js';
import { weakened, type LeftOut } from './weaken.js';

export interface WeakenedTests {
  readonly condition: Condition;
  readonly tests: Tests;
  readonly leftOut: readonly LeftOut[];
}

/**
 * A condition as tests of places, without what an engine has no words for.
 *
 * @param say - throws CannotSay where the engine has no words for tests
 */
export function weakenedTests(condition: Condition, say: (tests: Tests) => unknown): WeakenedTests {
  const { condition: asked, leftOut } = weakened(condition, {
    atom: (atom) => {
      say(testsOf(atom, true));
      say(testsOf(atom, false));
    },
    list: () => {
      throw new CannotSay('it asks the members of a list');
    },
    exists: (exists) => say(testsOf(exists, true)),
  });
  return { condition: asked, tests: testsOf(asked), leftOut };
}
