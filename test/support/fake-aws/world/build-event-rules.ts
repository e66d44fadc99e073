import type { Rule, Target } from '@aws-sdk/client-eventbridge';
import { managementAccountId } from './build-accounts.js';
import type { WorldRule } from './resources.js';

/** What a test states of a rule: members as ListRules names them. */
export interface RuleParts extends Partial<Rule> {
  readonly accountId?: string;
  readonly region?: string;
}

/** An enabled rule on the default event bus with this event pattern, that starts these targets. */
export function anEventRule(pattern: object, targets: readonly string[], parts: RuleParts = {}): WorldRule {
  const { accountId = managementAccountId, region = 'us-east-1', Name = 'trail-changes', ...members } = parts;
  const rule: Rule = {
    Name,
    Arn: `arn:aws:events:${region}:${accountId}:rule/${Name}`,
    EventPattern: JSON.stringify(pattern),
    State: 'ENABLED',
    EventBusName: 'default',
    ...members,
  };
  const all = targets.map((Arn, index): Target => ({ Id: `target-${index}`, Arn }));
  return { accountId, region, name: Name, rule, targets: all };
}

/** A policy that lets EventBridge publish to a topic. */
export function letsEventBridgePublish(topicArn: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: topicArn,
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
