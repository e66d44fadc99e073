import { describe, expect, test } from 'vitest';
import { loadPolicies } from '../../src/index.js';
import { evaluate } from '../../src/evaluate/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import {
  anEventBus,
  anEventRule,
  aSendingRole,
  aSendingRule,
  aTopic,
  letsEventBridgePublish,
  type World,
} from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, joined, management } from '../support/worlds.js';

const policies = loadPolicies({ packs: ['alarms'] }).policies.filter(
  ({ id }) => id === 'event-rules-react-to-trail-changes',
);
const run = { startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:09.000Z', version: '0.0.0-test' };
const changes = {
  source: ['aws.cloudtrail'],
  detail: { eventName: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'] },
};
const topic = aTopic({ accountId: dev, name: 'security' });
const topics = [{ ...topic, attributes: { ...topic.attributes, Policy: letsEventBridgePublish(topic.arn) } }];
const busOf = (accountId: string, name: string, region = 'us-east-1'): string =>
  `arn:aws:events:${region}:${accountId}:event-bus/${name}`;

function allowing(Action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
}

async function read(parts: Partial<World>, options: CollectFromOptions = {}) {
  const { inventory, ...collected } = await collectFrom(joined(anOrganizationWithATrail(), parts), options);
  const found = evaluate(inventory, policies, run).evaluations.find((it) => it.target.id === management);
  return { ...collected, inventory, outcome: found?.outcome, found: JSON.stringify(found) };
}

/** The management account sends events to an event bus of a member, where a rule notifies a topic. */
function sentTo(name: string, there: object = changes): Partial<World> {
  return {
    topics,
    iamRoles: [aSendingRole()],
    eventBuses: [anEventBus(dev, name, [management])],
    eventRules: [
      aSendingRule(changes, busOf(dev, name)),
      anEventRule(there, [topic.arn], { accountId: dev, EventBusName: name, Name: 'central-changes' }),
    ],
  };
}

test.each(['central', 'default'])('the event bus %s of another account, each call once', async (name) => {
  const { outcome, callsIn } = await read(sentTo(name));
  expect(outcome).toBe('COMPLIANT');
  expect(callsIn(dev)).toMatchObject({
    'events:ListEventBuses': 1,
    'events:ListRules': 1,
    'events:ListTargetsByRule': 1,
    'sns:GetTopicAttributes': 1,
  });
  expect(callsIn(management)).toMatchObject({ 'events:ListRules': 1, 'events:ListTargetsByRule': 1 });
});

describe('a topic of another account, with a role', () => {
  const rule = anEventRule(changes, [topic.arn]);
  const eventRules = [
    { ...rule, targets: rule.targets.map((it) => Object.assign({}, it, { RoleArn: aSendingRole().arn })) },
  ];
  const admitting = (role: string) => {
    const statement = { Effect: 'Allow', Principal: { AWS: role }, Action: 'sns:Publish', Resource: topic.arn };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    return [{ ...topic, attributes: { ...topic.attributes, Policy } }];
  };
  const publishing = { ...aSendingRole(), inlinePolicies: { publish: allowing('sns:Publish') } };

  test.each<[string, Partial<World>, string]>([
    ['that may', { topics: admitting(publishing.arn), iamRoles: [publishing] }, 'COMPLIANT'],
    [
      'that the topic does not admit',
      { topics: admitting(`${publishing.arn}-2`), iamRoles: [publishing] },
      'NON_COMPLIANT',
    ],
    ['that may do something else', { topics: admitting(publishing.arn), iamRoles: [aSendingRole()] }, 'NON_COMPLIANT'],
    ['that is gone', { topics: admitting(publishing.arn), iamRoles: [] }, 'NON_COMPLIANT'],
  ])('%s', async (_, parts, expected) => {
    expect((await read({ eventRules, ...parts })).outcome).toBe(expected);
  });
});

test('no rule that sends on: no event bus is asked for', async () => {
  const { callsIn, inventory } = await read({ topics, eventRules: [anEventRule(changes, [topic.arn])] });
  expect(callsIn(management)['events:ListEventBuses']).toBeUndefined();
  expect(inventory.targetBuses).toEqual([]);
});

test('the same account in another Region, and two Regions that send to one', async () => {
  const region = 'eu-central-1';
  const there = aTopic({ accountId: management, region, name: 'security' });
  const { outcome, callsIn } = await read({
    topics: [{ ...there, attributes: { ...there.attributes, Policy: letsEventBridgePublish(there.arn) } }],
    iamRoles: [aSendingRole()],
    eventRules: [
      aSendingRule(changes, busOf(management, 'default', region)),
      aSendingRule({ source: ['aws.cloudtrail'] }, busOf(management, 'default', region), { Name: 'more' }),
      anEventRule(changes, [there.arn], { region }),
    ],
  });
  expect(outcome).toBe('COMPLIANT');
  expect(callsIn(management)).toMatchObject({ 'events:ListEventBuses': 1, 'events:ListRules': 2, 'iam:GetRole': 2 });
});

describe('no one is told', () => {
  const whole = sentTo('central');
  test.each<[string, Partial<World>, string]>([
    ['the event bus is gone', { ...whole, eventBuses: [anEventBus(dev, 'central-2', [management])] }, 'does not exist'],
    [
      'it admits others',
      { ...whole, eventBuses: [anEventBus(dev, 'central', ['999988887777'])] },
      'does not admit role',
    ],
    [
      'it has no policy',
      { ...whole, eventBuses: [{ accountId: dev, region: 'us-east-1', name: 'central' }] },
      'does not admit',
    ],
    ['the role is gone', { ...whole, iamRoles: [] }, 'does not exist'],
    ['the role may do nothing', { ...whole, iamRoles: [{ ...aSendingRole(), inlinePolicies: {} }] }, 'may not send to'],
    ['a rule there for its own events', sentTo('central', { ...changes, account: [dev] }), 'do not both match'],
  ])('%s', async (_, parts, why) => {
    const { outcome, found } = await read(parts);
    expect(outcome).toBe('NON_COMPLIANT');
    expect(found).toContain(why);
  });
});

describe('it is not known', () => {
  test.each([
    ['events', 'ListEventBuses', dev],
    ['events', 'ListRules', dev],
    ['events', 'ListTargetsByRule', dev],
    ['iam', 'GetRole', management],
    ['iam', 'GetRolePolicy', management],
  ] as const)('%s:%s is refused', async (service, operation, accountId) => {
    const faults = [{ match: { service, operation, accountId }, kind: 'denied' }] as const;
    expect((await read(sentTo('central'), { aws: { faults } })).outcome).toBe('INSUFFICIENT_DATA');
  });

  test('the account of the event bus is not read', async () => {
    const bus = busOf('999988887777', 'central');
    const { outcome, inventory } = await read({ iamRoles: [aSendingRole()], eventRules: [aSendingRule(changes, bus)] });
    expect(outcome).toBe('INSUFFICIENT_DATA');
    const [target] = inventory.targetBuses ?? [];
    expect(target).toMatchObject({ arn: bus, busArn: { state: 'unknown' }, rules: { state: 'unknown' } });
  });

  test('an inventory that was read before event buses were followed', async () => {
    const { inventory } = await read(sentTo('central'));
    const { targetBuses, ...before } = inventory;
    expect(targetBuses).toHaveLength(1);
    const found = evaluate(before, policies, run).evaluations.find((it) => it.target.id === management);
    expect(found?.outcome).toBe('INSUFFICIENT_DATA');
  });
});
