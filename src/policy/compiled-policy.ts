import type { CompiledActivity } from '../activity/index.js';
import type { Expression, Template } from '../expression/index.js';
import type { ParameterValues } from './parameters.js';
import type { Path } from './yaml/yaml-file.js';
import type { PolicyDocument } from './schema/policy.js';

export type Severity = PolicyDocument['severity'];

/** What must hold, checked. */
export interface CompiledAssertion {
  readonly id: string;
  /** Its own, or the policy's. */
  readonly severity: Severity;
  readonly expression: Expression;
  readonly message: Template;
}

/** `when`, or the place of an assertion. */
export type ExpressionPart = 'when' | number;

/** A policy that was read, checked and compiled without an error. */
export interface CompiledPolicy {
  readonly id: string;
  readonly document: PolicyDocument;
  readonly file: string;
  /** The line of its id. */
  readonly line: number;
  /** Lines of its values in its file: `severity`, `title`, `params.minDays`. */
  readonly lines: ReadonlyMap<string, number>;
  readonly isBuiltin: boolean;
  readonly target: PolicyDocument['target'];
  /** The target's name in scope: `log-bucket` is `bucket`. */
  readonly targetName: string;
  /** It names `organization`: a run without one gives it no target. */
  readonly usesOrganization: boolean;
  /** The fields of the View that its expressions and messages may read, as `Trail.isLogging`; sorted. */
  readonly reads: readonly string[];
  /** Parameters in force: the defaults. */
  readonly params: ParameterValues;
  readonly when?: Expression;
  /** Empty in an activity policy. */
  readonly assertions: readonly CompiledAssertion[];
  /** It judges events, not a state: `trailproof activity` asks it, and nothing else. */
  readonly activity?: CompiledActivity;
  /** The line in its file of an offset in `when` or in the expression of an assertion. */
  readonly lineOf: (part: ExpressionPart | Path, offset: number) => number;
}
