import type { Decision } from '../evaluate-policy.js';

export interface TestResult {
  readonly name: string;
  /** Of the test, in its file. */
  readonly line: number;
  readonly passed: boolean;
  /** `NON_COMPLIANT [writes]` */
  readonly expected: string;
  readonly actual: string;
  /** Why it came so: deciding parts of the expressions with their values, and what could not be read. */
  readonly details: readonly string[];
  /** Missing where the fixture is incomplete. */
  readonly decision?: Decision;
}
