import type { Policy } from '../model/history.js';
import type { Gap } from '../model/inventory.js';
import type { Outcome, Severity, Target } from '../model/results.js';

/** A verdict of an earlier run, as far as a history needs it. */
export interface RunVerdict {
  readonly policyId: string;
  readonly target: Target;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly message: string;
  readonly gaps: readonly string[];
  readonly fingerprint: string;
  readonly isWaived: boolean;
  /** Its cause is to be fixed elsewhere. */
  readonly follows: boolean;
  /** The run did not evaluate it again. */
  readonly isCarried: boolean;
}

/** An earlier run of this tool. */
export interface Run {
  /** RFC 3339: when the state was read. */
  readonly at: string;
  /** Why it proves no compliance: it was stopped, or accounts could not be read; undefined for a complete run. */
  readonly incomplete: string | undefined;
  readonly policies: readonly Policy[];
  readonly verdicts: readonly RunVerdict[];
  /** Those that verdicts wait for. */
  readonly gaps: readonly Gap[];
}
