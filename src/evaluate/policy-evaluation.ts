import type { Cause } from '../model/cause.js';
import type { Evaluation, Target } from '../model/results.js';
import type { CompiledPolicy, Decision } from '../policy/index.js';
import type { SharedParts } from './shared-parts.js';

/** What decided that an assertion fails. */
export interface Failing {
  /** For each deciding field what is to be fixed, each once; undefined: the target itself. */
  readonly causes: readonly (Cause | undefined)[];
  /** The names of the fields that it read. */
  readonly fields: readonly string[];
}

/** An evaluation with what its cause is found by. */
export interface PolicyEvaluation {
  readonly policy: CompiledPolicy;
  readonly evaluation: Evaluation;
  /** There was a target to decide on. */
  readonly isDecided: boolean;
  /** Empty unless it fails. */
  readonly failing: readonly Failing[];
}

const nothing: readonly Failing[] = [];

/** Of the decision only what causes are found by is kept: an organization may have hundreds of thousands. */
export function policyEvaluation(
  policy: CompiledPolicy,
  evaluation: Evaluation,
  decision: Decision | undefined,
  parts: SharedParts,
): PolicyEvaluation {
  const isDecided = decision !== undefined;
  if (decision?.outcome !== 'NON_COMPLIANT') return { policy, evaluation, isDecided, failing: nothing };
  const failing = decision.assertions
    .filter((assertion) => assertion.result === 'fails')
    .map(({ explanation }) => ({
      causes: distinct((explanation?.causes ?? []).map((cause) => elsewhere(cause, evaluation.target))),
      fields: [...new Set((explanation?.reads ?? []).map((read) => read.field))],
    }));
  return { policy, evaluation, isDecided, failing: parts.of(failing) };
}

/** Undefined for the target itself: then what decided is the same for all the targets that fail alike. */
function elsewhere(cause: Cause | undefined, { type, id, arn }: Target): Cause | undefined {
  return cause?.targetType === type && (cause.id === id || cause.id === arn) ? undefined : cause;
}

function distinct(causes: readonly (Cause | undefined)[]): readonly (Cause | undefined)[] {
  if (causes.length < 2) return causes;
  const keyOf = (cause: Cause | undefined): string => JSON.stringify(cause ?? null);
  return [...new Map(causes.map((cause) => [keyOf(cause), cause])).values()];
}
