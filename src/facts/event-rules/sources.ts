import type { Known } from '../../model/known.js';
import type { ChainTopic, RecordedEvent } from '../alarm-chain/index.js';
import type { Tri } from '../values.js';

/** A rule on an event bus, in EventBridge's own words. */
export interface BusRule {
  readonly arn: string;
  readonly name: string;
  /** `ENABLED`, `DISABLED` or `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`. */
  readonly state: string;
  /** The event pattern, as text. */
  readonly pattern: string;
  /** Absent: the rule is gone. */
  readonly targets: Known<readonly RuleTarget[]>;
}

export interface RuleTarget {
  readonly arn: string;
  /** The role that EventBridge uses instead of the target's own policy. */
  readonly roleArn?: string;
}

/** The account and Region whose default event bus gets the events. */
export interface BusPlace {
  readonly accountId: string;
  readonly region: string;
  /** Those whose patterns may match; others may be left out. */
  readonly rules: Known<readonly BusRule[]>;
  /** Whether a trail that logs there records each such event: EventBridge gets none otherwise. */
  records(event: RecordedEvent): Tri<boolean>;
}

/** Another event bus, to which a rule sends what it matches. */
export interface OtherBus {
  /** Those whose patterns may match what is sent on; others may be left out. */
  readonly rules: Known<readonly BusRule[]>;
  /** Why the rule may not send there, as a sentence; undefined: it may. */
  readonly refusal: Tri<string | undefined>;
}

/** Where what rules tell is looked up. */
export interface RuleSources {
  /** Absent: there is no such topic. */
  topicOf(topicArn: string): Known<ChainTopic>;
  /** The event bus that is the target of a rule; absent: there is none. Without this, event buses are targets like others. */
  busOf?(target: RuleTarget, ruleArn: string): Known<OtherBus>;
  /**
   * Why a rule may not publish to a topic with the role that the target names, as a sentence; undefined: it may. Without
   * this, that is not known.
   */
  publishingRefusal?(target: RuleTarget, ruleArn: string, topicPolicy: string): Tri<string | undefined>;
  /** Whether a target that is no topic, such as a Lambda function, tells someone. */
  tellsSomeone(targetArn: string): Tri<boolean>;
  /** Notes what we cannot decide; returns the gap's id. */
  noteUnsupported(resource: string, message: string): string;
}
