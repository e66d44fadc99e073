import type { TargetType } from './results.js';

/** The target that is to be fixed, when a value breaks because of another target. */
export interface Cause {
  readonly targetType: TargetType;
  /** ARN or id. */
  readonly id: string;
  /** The field of that target that is to be fixed, e.g. `isLogging`. */
  readonly field: string;
}
