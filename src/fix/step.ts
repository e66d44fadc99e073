import type { FindingGroup } from '../model/finding-groups.js';
import type { PolicySummary } from '../model/results.js';
import type { Command } from './command.js';
import type { HclBlock } from './hcl.js';

/** Stages in the order in which they are done: what receives logs is ready before what sends them is changed. */
export const stages = {
  organization: 'What the organization must allow',
  destinations: 'Buckets and keys accept the logs',
  protection: 'Settings of buckets and keys that no delivery depends on',
  trails: 'Trails and event data stores',
  logging: 'Logging starts',
  alarms: 'Alarms on what is recorded',
  limits: 'Limits, once deliveries are seen to arrive',
} as const;

export type Stage = keyof typeof stages;

/** A finding that is to be fixed, and the policy that it is of. */
export interface Open {
  readonly group: FindingGroup;
  readonly policy: PolicySummary;
}

/** A resource of AWS CloudFormation. */
export type CloudFormationResource = Readonly<Record<string, unknown>>;

/** One change, with the way back. */
export interface Step {
  readonly stage: Stage;
  readonly accountId: string;
  readonly region: string;
  readonly fixes: readonly Open[];
  readonly what: string;
  readonly commands: readonly Command[];
  /** Commands, or in words why there are none. */
  readonly rollback: readonly Command[] | string;
  readonly cost: string;
  readonly notes?: readonly string[];
  /** Missing: this form cannot say it without knowing all of the resource, or would take it over. */
  readonly terraform?: readonly HclBlock[];
  readonly cloudformation?: Readonly<Record<string, CloudFormationResource>>;
}

/** A finding that people have to decide about. */
export interface ByHand {
  readonly open: Open;
  /** What is to be done, in words. */
  readonly text: string;
  /** The recipe of the policy, as it is; it has words in capitals in the place of names. */
  readonly recipe?: string;
  readonly why: string;
}

/** What is to be done for the findings of a run. */
export interface FixPlan {
  readonly steps: readonly Step[];
  readonly byHand: readonly ByHand[];
}
