import type { BusRule, RuleTarget } from '../model/inventory.js';
import { required } from './malformed-answer.js';
import { defined, optionalText } from './text.js';

/** A member that AWS may send. */
type Maybe<T> = T | undefined;

/** An item of ListRules, as far as it is used. */
export interface RawRule {
  readonly Arn?: Maybe<string>;
  readonly Name?: Maybe<string>;
  readonly State?: Maybe<string>;
  readonly EventPattern?: Maybe<string>;
  readonly ManagedBy?: Maybe<string>;
}

/** A rule with an event pattern; undefined for one that a schedule alone starts. */
export function normalizeRule(raw: RawRule): Omit<BusRule, 'evidence'> | undefined {
  const pattern = optionalText(raw.EventPattern);
  const rule = { arn: required(raw.Arn, 'Arn'), name: required(raw.Name, 'Name'), state: required(raw.State, 'State') };
  return pattern === undefined ? undefined : defined({ ...rule, pattern, managedBy: optionalText(raw.ManagedBy) });
}

/** An item of ListTargetsByRule, as far as it is used. */
export interface RawTarget {
  readonly Arn?: Maybe<string>;
  readonly RoleArn?: Maybe<string>;
}

export function normalizeRuleTarget(raw: RawTarget): RuleTarget {
  return defined({ arn: required(raw.Arn, 'Arn'), roleArn: optionalText(raw.RoleArn) });
}

/** An item of ListEventBuses, as far as it is used. */
export interface RawEventBus {
  readonly Arn?: Maybe<string>;
  readonly Name?: Maybe<string>;
  readonly Policy?: Maybe<string>;
}

export function normalizeEventBus(raw: RawEventBus): {
  readonly arn: string;
  readonly name: string;
  /** Missing: it has none. */
  readonly policy?: string;
} {
  const bus = { arn: required(raw.Arn, 'Arn'), name: required(raw.Name, 'Name') };
  return defined({ ...bus, policy: optionalText(raw.Policy) });
}
