import { describe, expect, test } from 'vitest';
import { loadPolicies } from '../../src/index.js';
import { evaluate } from '../../src/evaluate/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import {
  aKey,
  anEventRule,
  anOrganization,
  aTopic,
  letsEventBridgePublish,
  type RuleParts,
  type World,
} from '../support/fake-aws/index.js';
import {
  anOrganizationWithATrail,
  anOwnTrail,
  dev,
  joined,
  management,
  prod,
  type OrganizationParts,
} from '../support/worlds.js';

const id = 'event-rules-react-to-trail-changes';
const policies = loadPolicies({ packs: ['alarms'] }).policies.filter((it) => it.id === id);
const run = { startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:09.000Z', version: '0.0.0-test' };

const changes = {
  source: ['aws.cloudtrail'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: {
    eventSource: ['cloudtrail.amazonaws.com'],
    eventName: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'],
  },
};

function topicOf(accountId: string, region = 'us-east-1') {
  const parts = { accountId, region, name: 'security' };
  return aTopic({ ...parts, attributes: { Policy: letsEventBridgePublish(aTopic(parts).arn) } });
}

/** A rule with a topic that tells someone, in an account. */
function toldIn(accountId: string, parts: RuleParts = {}): Partial<World> {
  const topic = topicOf(accountId, parts.region);
  return { topics: [topic], eventRules: [anEventRule(changes, [topic.arn], { accountId, ...parts })] };
}

async function outcomes(world: World, options: CollectFromOptions = {}) {
  const { inventory, ...collected } = await collectFrom(world, options);
  const { evaluations } = evaluate(inventory, policies, run);
  const byAccount = Object.fromEntries(evaluations.map((it) => [it.target.id, it.outcome]));
  return { ...collected, inventory, evaluations, byAccount };
}

const organization = (parts: OrganizationParts = {}): World => anOrganizationWithATrail(parts);

test('the owner of the organization trail is asked, once, and members without trails are not', async () => {
  const { byAccount, callsIn } = await outcomes(joined(organization(), toldIn(management)));
  expect(byAccount[management]).toBe('COMPLIANT');
  expect(byAccount[dev]).toBe('NOT_APPLICABLE');
  expect(callsIn(management)).toMatchObject({ 'events:ListRules': 1, 'events:ListTargetsByRule': 1 });
  expect(callsIn(dev)['events:ListRules']).toBeUndefined();
});

test('no rule: the finding names account, Region and call', async () => {
  const { byAccount, evaluations } = await outcomes(organization());
  expect(byAccount[management]).toBe('NON_COMPLIANT');
  expect(JSON.stringify(evaluations)).toContain(
    `StopLogging in us-east-1: No rule on the default event bus of account ${management} in us-east-1 matches`,
  );
});

test('a member with a trail of its own needs a rule of its own', async () => {
  const world = joined(organization(), anOwnTrail(prod), toldIn(management));
  expect((await outcomes(world)).byAccount).toMatchObject({ [management]: 'COMPLIANT', [prod]: 'NON_COMPLIANT' });
  const both = joined(world, toldIn(prod));
  expect((await outcomes(both)).byAccount).toMatchObject({ [management]: 'COMPLIANT', [prod]: 'COMPLIANT' });
});

test('a rule in another Region than the home Region of the trail', async () => {
  const { byAccount } = await outcomes(joined(organization(), toldIn(management, { region: 'eu-west-1' })));
  expect(byAccount[management]).toBe('NON_COMPLIANT');
});

test.each<[string, RuleParts]>([
  ['that is disabled', { State: 'DISABLED' }],
  ['that a schedule starts', { EventPattern: undefined, ScheduleExpression: 'rate(1 day)' }],
])('a rule %s', async (_, parts) => {
  const { byAccount, callsIn } = await outcomes(joined(organization(), toldIn(management, parts)));
  expect(byAccount[management]).toBe('NON_COMPLIANT');
  expect(callsIn(management)['events:ListTargetsByRule']).toBeUndefined();
});

test('a trail that logs no management events gives EventBridge none', async () => {
  const world = joined(
    organization({
      trail: { eventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] },
    }),
    toldIn(management),
  );
  expect((await outcomes(world)).byAccount[management]).toBe('NON_COMPLIANT');
});

test('a trail that is stopped has nothing to react to', async () => {
  const world = organization({ trail: { status: { IsLogging: false } } });
  expect((await outcomes(world)).byAccount[management]).toBe('NOT_APPLICABLE');
});

describe('a topic', () => {
  test('of another account, which lets the rule publish', async () => {
    const topic = topicOf(dev);
    const rules = [anEventRule(changes, [topic.arn])];
    const { byAccount } = await outcomes(joined(organization(), { topics: [topic], eventRules: rules }));
    expect(byAccount[management]).toBe('COMPLIANT');
  });

  test('that is encrypted with a key which EventBridge may use', async () => {
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
    };
    const keys = [aKey({ KeyId: 'of-topic', policy: JSON.stringify({ Statement: [statement] }) })];
    const plain = topicOf(management);
    const topics = [{ ...plain, attributes: { ...plain.attributes, KmsMasterKeyId: keys[0]?.arn ?? '' } }];
    const eventRules = [anEventRule(changes, [plain.arn])];
    const world = joined(organization(), { topics, keys, eventRules });
    expect((await outcomes(world)).byAccount[management]).toBe('COMPLIANT');
    const closed = [aKey({ KeyId: 'of-topic', policy: JSON.stringify({ Statement: [] }) })];
    const other = joined(organization(), { topics, keys: closed, eventRules });
    expect((await outcomes(other)).byAccount[management]).toBe('NON_COMPLIANT');
  });

  test('to which no one has subscribed', async () => {
    const topic = { ...topicOf(management), subscriptions: [] };
    const world = joined(organization(), { topics: [topic], eventRules: [anEventRule(changes, [topic.arn])] });
    expect((await outcomes(world)).byAccount[management]).toBe('NON_COMPLIANT');
  });
});

test.each([
  ['a function', 'arn:aws:lambda:us-east-1:111111111111:function:pager'],
  ['the event bus of another account', 'arn:aws:events:us-east-1:999999999999:event-bus/central'],
])('a rule that starts %s is open', async (_, target) => {
  const { byAccount } = await outcomes(joined(organization(), { eventRules: [anEventRule(changes, [target])] }));
  expect(byAccount[management]).toBe('INSUFFICIENT_DATA');
});

describe('a delegated administrator of CloudTrail', () => {
  const delegated = (): World =>
    organization({
      organization: anOrganization({
        delegatedAdministrators: [{ accountId: prod, service: 'cloudtrail.amazonaws.com' }],
      }),
    });

  test('has a rule of its own', async () => {
    const { byAccount } = await outcomes(joined(delegated(), toldIn(management), toldIn(prod)));
    expect(byAccount).toMatchObject({ [management]: 'COMPLIANT', [prod]: 'COMPLIANT' });
  });

  test('has none: whether the owner is told of what it does is not documented', async () => {
    const { byAccount } = await outcomes(joined(delegated(), toldIn(management)));
    expect(byAccount).toMatchObject({ [management]: 'COMPLIANT', [prod]: 'INSUFFICIENT_DATA' });
  });
});

test.each(['ListRules', 'ListTargetsByRule'])('%s is refused: nothing is known', async (operation) => {
  const fault = { match: { service: 'events', operation }, kind: 'denied' } as const;
  const { byAccount } = await outcomes(joined(organization(), toldIn(management)), { aws: { faults: [fault] } });
  expect(byAccount[management]).toBe('INSUFFICIENT_DATA');
});

test('rules by the hundred, of which those alone that may react are asked for their targets', async () => {
  const others = Array.from({ length: 250 }, (_, index) =>
    anEventRule({ source: ['aws.ec2'] }, ['arn:aws:sqs:us-east-1:111111111111:q'], { Name: `a-${index}` }),
  );
  const world = joined(organization(), toldIn(management), { eventRules: others });
  const { byAccount, callsIn, inventory } = await outcomes(world);
  expect(byAccount[management]).toBe('COMPLIANT');
  expect(callsIn(management)).toMatchObject({ 'events:ListRules': 3, 'events:ListTargetsByRule': 1 });
  expect(inventory.eventRules).toMatchObject([{ rules: { value: [{ name: 'trail-changes' }] } }]);
});
