import type { Evaluation } from '../model/results.js';
import type { CompiledPolicy, Decision } from '../policy/index.js';

/** An evaluation with what it was made from. */
export interface PolicyEvaluation {
  readonly policy: CompiledPolicy;
  readonly evaluation: Evaluation;
  /** Undefined: the policy had no target, and that fails. */
  readonly decision: Decision | undefined;
}
