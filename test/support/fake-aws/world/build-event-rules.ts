import type { Rule, Target } from '@aws-sdk/client-eventbridge';
import { managementAccountId } from './build-accounts.js';
import type { WorldEventBus, WorldIamRole, WorldRule } from './resources.js';

/** What a test states of a rule: members as ListRules names them. */
export interface RuleParts extends Partial<Rule> {
  readonly accountId?: string;
  readonly region?: string;
}

/** An enabled rule on the default event bus with this event pattern, that starts these targets. */
export function anEventRule(pattern: object, targets: readonly string[], parts: RuleParts = {}): WorldRule {
  const { accountId = managementAccountId, region = 'us-east-1', Name = 'trail-changes', ...members } = parts;
  const bus = members.EventBusName ?? 'default';
  const rule: Rule = {
    Name,
    Arn: `arn:aws:events:${region}:${accountId}:rule/${bus === 'default' ? '' : `${bus}/`}${Name}`,
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

/** A role with which rules may send events to other event buses. */
export function aSendingRole(accountId = managementAccountId): WorldIamRole {
  const statement = { Effect: 'Allow', Action: 'events:PutEvents', Resource: '*' };
  const trust = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' };
  return {
    accountId,
    arn: `arn:aws:iam::${accountId}:role/send-on`,
    trustPolicy: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    inlinePolicies: { 'put-events': JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) },
  };
}

/** An enabled rule that sends these events to another event bus with the role of its account. */
export function aSendingRule(pattern: object, busArn: string, parts: RuleParts = {}): WorldRule {
  const rule = anEventRule(pattern, [busArn], parts);
  const { arn: RoleArn } = aSendingRole(rule.accountId);
  return { ...rule, targets: rule.targets.map((it) => Object.assign({}, it, { RoleArn })) };
}

/** An event bus that takes events from these accounts. */
export function anEventBus(
  accountId: string,
  name: string,
  from: readonly string[],
  region = 'us-east-1',
): WorldEventBus {
  const Resource = `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
  const Principal = { AWS: from.map((id) => `arn:aws:iam::${id}:root`) };
  const statement = { Effect: 'Allow', Principal, Action: 'events:PutEvents', Resource };
  return { accountId, region, name, policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) };
}
