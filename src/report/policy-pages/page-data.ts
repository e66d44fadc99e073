import type { PolicySummary, Severity } from '../../model/results.js';

/** What a page says of a policy. Texts are raw: the page escapes them. */
export interface PolicyPage {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly target: string;
  readonly description: string;
  readonly rationale: string;
  readonly remediation: PolicySummary['remediation'];
  readonly when?: string;
  /** What an activity policy asks of events, as YAML. */
  readonly activity?: string;
  readonly assertions: readonly PageAssertion[];
  /** The outcome where there is no target. */
  readonly onNoTargets: string;
  readonly parameters: readonly PageParameter[];
  /** Framework → control ids. */
  readonly controls: Readonly<Record<string, readonly string[]>>;
  readonly packs: readonly string[];
  readonly references: readonly string[];
  readonly examples: readonly PageExample[];
}

export interface PageAssertion {
  readonly id: string;
  readonly severity: Severity;
  readonly expr: string;
  /** What a finding says, from the first test in which it fails. */
  readonly finding?: string;
}

export interface PageParameter {
  readonly name: string;
  readonly type: string;
  readonly default: unknown;
  /** `90 to 2560`, `one of any, protected` */
  readonly allowed: string;
  readonly description: string;
}

/** A test, in words: what is so, and the outcome. */
export interface PageExample {
  readonly name: string;
  readonly outcome: string;
  /** The assertions that fail. */
  readonly failing: readonly string[];
}

/** The first line of every page: who edits it is told so, and pages that are no longer made are known by it. */
export const generatedLine = '<!-- Made by `trailproof policies docs`. Edit the policy instead. -->';
