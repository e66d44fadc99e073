import type { Evaluation } from '../model/results.js';
import type { CompiledPolicy, Decision } from '../policy/index.js';

/** An evaluation with what it was made from. */
export interface PolicyEvaluation {
  readonly policy: CompiledPolicy;
  readonly evaluation: Evaluation;
  /** Undefined: there was no target to decide on. */
  readonly decision: Decision | undefined;
}
