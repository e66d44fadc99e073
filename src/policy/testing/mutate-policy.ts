import type { CompiledPolicy, ExpressionPart } from '../compiled-policy.js';
import { mutantsOf, type Mutant } from '../../expression/index.js';
import { expressionsIn } from '../names-in.js';
import type { Path } from '../yaml/yaml-file.js';
import { mutatedActivities } from './mutate-activity.js';
import { runAll, type Testable } from './run-tests.js';

/** A change that no test notices. */
export interface Survivor {
  /** `when`, or the id of the assertion. */
  readonly part: string;
  readonly file: string;
  readonly line: number;
  readonly change: string;
}

export interface MutationRun {
  readonly id: string;
  readonly mutants: number;
  readonly survivors: readonly Survivor[];
}

/** Gets each expression of a policy slightly wrong, in every way, and runs the policy's tests on it. */
export function mutatePolicy(policy: CompiledPolicy, { tests, types }: Testable): MutationRun {
  const own = tests.get(policy.id);
  const isNoticed = (mutated: CompiledPolicy): boolean =>
    own !== undefined && runAll(mutated, own, types, true).some((it) => !it.passed);
  const survivors: Survivor[] = [];
  let mutants = 0;
  const tryOut = (
    mutated: CompiledPolicy,
    name: string,
    part: ExpressionPart | Path,
    start: number,
    change: string,
  ) => {
    mutants += 1;
    if (isNoticed(mutated)) return;
    survivors.push({ part: name, file: policy.file, line: policy.lineOf(part, start), change });
  };
  for (const { name, part, mutant, mutated } of everyMutant(policy)) {
    tryOut(mutated, name, part, mutant.start, mutant.change);
  }
  if (policy.activity !== undefined) {
    for (const { path, start, change, activity } of mutatedActivities(policy, policy.activity)) {
      tryOut({ ...policy, activity }, path.join('.'), path, start, change);
    }
  }
  return { id: policy.id, mutants, survivors };
}

interface MutatedPolicy {
  readonly name: string;
  readonly part: ExpressionPart;
  readonly mutant: Mutant;
  readonly mutated: CompiledPolicy;
}

function* everyMutant(policy: CompiledPolicy): Generator<MutatedPolicy> {
  if (policy.when !== undefined) {
    for (const mutant of mutantsOf(policy.when)) {
      if (!standsOn(policy, mutant.facts)) continue;
      yield { name: 'when', part: 'when', mutant, mutated: { ...policy, when: mutant.expression } };
    }
  }
  for (const [index, assertion] of policy.assertions.entries()) {
    for (const mutant of mutantsOf(assertion.expression)) {
      const assertions = policy.assertions.with(index, { ...assertion, expression: mutant.expression });
      yield { name: assertion.id, part: index, mutant, mutated: { ...policy, assertions } };
    }
  }
}

/** False where an assertion or a message stands on something that `when` proves, and that these facts do not. */
function standsOn({ assertions }: CompiledPolicy, facts: Mutant['facts']): boolean {
  const shown = assertions.flatMap(({ message }) => expressionsIn(message));
  const all = [...assertions.map(({ expression }) => expression), ...shown];
  return all.every((it) => it.recheck(it.root, facts) !== undefined);
}
