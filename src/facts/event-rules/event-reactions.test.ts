import { describe, expect, test } from 'vitest';
import { absent, known, unknown, type Known } from '../../model/known.js';
import type { ChainTopic } from '../alarm-chain/index.js';
import { requiredEvents, type AlarmSubject, type EventClass } from '../required-events/index.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { eventReactions, trailChanges, type BusPlace, type BusRule, type RuleSources } from './index.js';

const accountId = '111122223333';
const region = 'eu-west-1';
const ruleArn = `arn:aws:events:${region}:${accountId}:rule/changes`;
const topicArn = `arn:aws:sns:${region}:${accountId}:security`;
const functionArn = `arn:aws:lambda:${region}:${accountId}:function:pager`;

function policyFor(
  Principal: object,
  Action: unknown = 'sns:Publish',
  Resource = topicArn,
  Condition?: object,
): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action, Resource, Condition }] });
}

const eventBridge = { Service: 'events.amazonaws.com' };
const topic: ChainTopic = {
  subscriptionsConfirmed: 1,
  filters: known([known({})]),
  policy: policyFor(eventBridge),
};

const allFour = { source: ['aws.cloudtrail'], detail: { eventName: trailChanges.map((it) => it.id) } };

function aRule(pattern: object | string = allFour, it: Partial<BusRule> = {}): BusRule {
  const text = typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
  const targets = known([{ arn: topicArn }]);
  return { arn: ruleArn, name: 'changes', state: 'ENABLED', pattern: text, targets, ...it };
}

interface Setting extends Partial<Pick<BusPlace, 'rules' | 'records'>> {
  readonly topic?: Known<ChainTopic>;
  readonly publishing?: Tri<string | undefined>;
  readonly subject?: AlarmSubject;
  readonly classes?: readonly EventClass[];
}

/** The reaction to each event: `told`, the link that is broken, or the gaps. */
function reactions(it: Setting): Readonly<Record<string, string | readonly string[]>> {
  const { publishing } = it;
  const sources: RuleSources = {
    topicOf: (arn) => (arn === topicArn ? (it.topic ?? known(topic)) : absent),
    ...(publishing === undefined ? {} : { publishingRefusal: () => publishing }),
    tellsSomeone: (arn) => (arn === functionArn ? doubt(['function']) : sure(false)),
    noteUnsupported: () => 'unsupported',
  };
  const place = { accountId, region, rules: known([aRule()]), records: () => sure(true), ...it };
  const { subject = 'cloudtrail-changes', classes = trailChanges } = it;
  const found = eventReactions(sources).at(place, subject, classes);
  return Object.fromEntries(
    found.map(({ id, reaction: of }) => [
      id,
      of.state === 'told' ? 'told' : of.state === 'untold' ? of.brokenAt : of.gaps,
    ]),
  );
}

/** Targets that get the event for certain, and of which it is not known whether they tell anyone. */
function targetsOf(it: Partial<BusPlace>): readonly string[] {
  const sources: RuleSources = {
    topicOf: () => absent,
    tellsSomeone: () => doubt(['function']),
    noteUnsupported: () => 'unsupported',
  };
  const place = { accountId, region, rules: known([]), records: () => sure(true), ...it };
  const [first] = eventReactions(sources).at(place, 'cloudtrail-changes', trailChanges);
  return first?.reaction.state === 'unknown' ? first.reaction.targets : [];
}

/** What is the same for all four. */
function reaction(it: Setting): unknown {
  const all = Object.values(reactions(it));
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  return all[0];
}

const rulesOf = (...rules: BusRule[]) => known(rules);

test('what makes a trail record less', () => {
  expect(trailChanges.map((it) => it.id).toSorted()).toEqual([
    'DeleteTrail',
    'PutEventSelectors',
    'StopLogging',
    'UpdateTrail',
  ]);
});

describe('whether a rule matches', () => {
  test.each([
    ['the calls by name', allFour],
    ['everything of CloudTrail', { source: ['aws.cloudtrail'] }],
    [
      'by ends of names, and in another place',
      {
        detail: {
          eventSource: ['cloudtrail.amazonaws.com'],
          eventName: [{ suffix: 'Trail' }, { prefix: 'StopLog' }, 'PutEventSelectors'],
        },
      },
    ],
    ['all but some', { source: ['aws.cloudtrail'], detail: { eventName: [{ 'anything-but': { prefix: 'Lookup' } }] } }],
    ['from its own account and Region', { ...allFour, account: [accountId], region: [region] }],
    ['said in the record', { detail: { ...allFour.detail, awsRegion: [region], recipientAccountId: [accountId] } }],
    ['alternatives', { $or: [{ source: ['aws.cloudtrail'] }, { source: ['aws.iam'] }] }],
  ])('%s', (_, pattern) => {
    expect(reaction({ rules: rulesOf(aRule(pattern)) })).toBe('told');
  });

  test.each([
    ['no rule', rulesOf()],
    ['of another account', rulesOf(aRule({ ...allFour, account: ['444455556666'] }))],
    ['of another Region', rulesOf(aRule({ ...allFour, region: ['us-east-1'] }))],
    ['of another service', rulesOf(aRule({ source: ['aws.ec2'] }))],
    [
      'only from one address',
      rulesOf(aRule({ ...allFour, detail: { ...allFour.detail, sourceIPAddress: ['198.51.100.7'] } })),
    ],
    [
      'only what went wrong',
      rulesOf(aRule({ ...allFour, detail: { ...allFour.detail, errorCode: [{ exists: true }] } })),
    ],
    [
      'only what went well',
      rulesOf(aRule({ ...allFour, detail: { ...allFour.detail, errorCode: [{ exists: false }] } })),
    ],
    ['everything there is', rulesOf(aRule({ source: [{ prefix: '' }] }))],
    ['disabled', rulesOf(aRule(allFour, { state: 'DISABLED', targets: absent }))],
  ])('it tells no one: %s', (_, rules) => {
    expect(reaction({ rules })).toBe('rule');
  });

  test('everything may be sifted by another bus or a function, and what is not of these calls is not', () => {
    const sentOn = (pattern: object, it: Partial<BusRule> = {}) =>
      rulesOf(aRule(pattern, { targets: known([{ arn: topicArn }, { arn: functionArn }]), ...it }));
    const everything = { source: [{ prefix: '' }] };
    expect(reaction({ rules: sentOn(everything) })).toEqual(['function']);
    expect(targetsOf({ rules: sentOn(everything) })).toEqual([functionArn]);
    expect(reaction({ rules: sentOn(everything, { state: 'DISABLED' }) })).toBe('rule');
    expect(reaction({ rules: sentOn({ source: [{ 'anything-but': 'aws.cloudtrail' }] }) })).toBe('rule');
    expect(reaction({ rules: sentOn({ ...everything, account: ['444455556666'] }) })).toBe('rule');
  });

  test('one of the four calls is left out', () => {
    const pattern = { ...allFour, detail: { eventName: ['StopLogging', 'DeleteTrail', 'UpdateTrail'] } };
    expect(reactions({ rules: rulesOf(aRule(pattern)) })).toEqual({
      StopLogging: 'told',
      DeleteTrail: 'told',
      UpdateTrail: 'told',
      PutEventSelectors: 'rule',
    });
  });

  test('a rule for each call, and rules that add up', () => {
    const each = trailChanges.map(({ id }) => aRule({ detail: { eventName: [id] } }));
    expect(reaction({ rules: known(each) })).toBe('told');
    const half = (exists: boolean, it: Partial<BusRule> = {}): BusRule =>
      aRule({ ...allFour, detail: { ...allFour.detail, errorCode: [{ exists }] } }, it);
    expect(reaction({ rules: rulesOf(half(true), half(false)) })).toBe('told');
    const open = half(true, { targets: known([{ arn: functionArn }]) });
    expect(reaction({ rules: rulesOf(open, half(false)) })).toEqual(['function']);
    expect(reaction({ rules: rulesOf(half(true, { targets: known([]) }), half(false)) })).toBe('rule');
  });

  test('what cannot be read or decided is not known', () => {
    expect(reaction({ rules: unknown('refused') })).toEqual(['refused']);
    expect(reaction({ rules: rulesOf(aRule('{"source": [{"newer": "x"}]}')) })).toEqual(['unsupported']);
    expect(reaction({ rules: rulesOf(aRule(allFour, { state: 'NEWER' })) })).toEqual(['unsupported']);
    expect(reaction({ rules: rulesOf(aRule('not JSON'), aRule()) }), 'another rule tells').toBe('told');
    expect(reaction({ rules: rulesOf(aRule('not JSON', { targets: known([]) })) }), 'no one in any case').toBe(
      'target',
    );
  });

  test('reads come only to rules in the state for them', () => {
    const [root] = requiredEvents['root-usage'].required;
    const asked = { subject: 'root-usage', classes: root === undefined ? [] : [root] } as const;
    const pattern = { detail: { userIdentity: { type: ['Root'] } } };
    expect(reactions({ ...asked, rules: rulesOf(aRule(pattern)) })).toEqual({ RootUsage: 'rule' });
    const state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
    expect(reactions({ ...asked, rules: rulesOf(aRule(pattern, { state })) })).toEqual({ RootUsage: 'told' });
  });
});

describe('whether EventBridge gets the events', () => {
  test('no trail records them', () => {
    expect(reaction({ records: () => sure(false) })).toBe('trail');
    expect(reaction({ records: () => sure(false), rules: unknown('refused') })).toBe('trail');
  });

  test('whether one does is not known', () => {
    expect(reaction({ records: () => doubt(['status']) })).toEqual(['status']);
    expect(reaction({ records: () => doubt(['status']), rules: rulesOf() }), 'in any case').toBe('rule');
    expect(reaction({ records: () => doubt(['status']), rules: unknown('refused') })).toEqual(['refused', 'status']);
  });

  test('it is asked of each event', () => {
    const records: BusPlace['records'] = ({ eventName, readOnly }) =>
      sure(eventName !== 'UpdateTrail' && readOnly === false);
    expect(reactions({ records })).toMatchObject({ StopLogging: 'told', UpdateTrail: 'trail' });
  });
});

describe('whether a target tells someone', () => {
  const to = (...targets: { arn: string; roleArn?: string }[]) => ({
    rules: rulesOf(aRule(allFour, { targets: known(targets) })),
  });

  test('no target, one that is gone, one that starts something', () => {
    expect(reaction(to())).toBe('target');
    expect(reaction(to({ arn: `${topicArn}-gone` }))).toBe('target');
    expect(reaction(to({ arn: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1' }))).toBe('target');
    expect(reaction({ rules: rulesOf(aRule(allFour, { targets: absent })) }), 'the rule is gone').toBe('target');
    expect(reaction({ rules: rulesOf(aRule(allFour, { targets: unknown('refused') })) })).toEqual(['refused']);
  });

  test('a function is not known to, and a topic beside it is enough', () => {
    expect(reaction(to({ arn: functionArn }))).toEqual(['function']);
    expect(reaction(to({ arn: functionArn }, { arn: topicArn }))).toBe('told');
  });

  test('a function that may not get the event is not among the targets that do', () => {
    const targets = known([{ arn: functionArn }]);
    const rules = rulesOf(aRule(allFour, { targets }));
    expect(targetsOf({ rules })).toEqual([functionArn]);
    expect(targetsOf({ rules, records: () => doubt(['status']) }), 'no trail may record it').toEqual([]);
    const newer = aRule('{"source": [{"newer": "x"}]}', { targets });
    expect(targetsOf({ rules: rulesOf(newer) }), 'its rule may not match').toEqual([]);
    expect(targetsOf({ rules: rulesOf(aRule(allFour, { targets, state: 'NEWER' })) }), 'nor be on').toEqual([]);
  });

  test.each<[string, Tri<string | undefined>, Partial<ChainTopic>, string | readonly string[]]>([
    ['may', sure(undefined), {}, 'told'],
    ['may, whatever the topic says of EventBridge', sure(undefined), { policy: policyFor({ AWS: accountId }) }, 'told'],
    ['may not', sure('The role may not.'), {}, 'target'],
    ['perhaps may', doubt(['role']), {}, ['role']],
    ['may, to a topic with a key', sure(undefined), { kmsMasterKeyId: 'alias/own' }, ['unsupported']],
    ['may, to a topic whose policy is not given', sure(undefined), { policy: '' }, ['unsupported']],
    ['may, to a topic of no one', sure(undefined), { subscriptionsConfirmed: 0 }, 'subscriber'],
  ])('a role that %s', (_, refusal, parts, expected) => {
    const roleArn = 'arn:aws:iam::111122223333:role/r';
    const { policy, ...others } = { ...topic, ...parts };
    const given = policy === '' ? others : { ...others, ...(policy === undefined ? {} : { policy }) };
    expect(reaction({ ...to({ arn: topicArn, roleArn }), topic: known(given), publishing: refusal })).toEqual(expected);
  });

  test('a role does it, whose permissions are not read', () => {
    expect(reaction(to({ arn: topicArn, roleArn: 'arn:aws:iam::111122223333:role/r' }))).toEqual(['unsupported']);
    const silent = known({ ...topic, subscriptionsConfirmed: 0 });
    const target = { arn: topicArn, roleArn: 'arn:aws:iam::111122223333:role/r' };
    expect(reaction({ ...to(target), topic: silent })).toBe('subscriber');
  });

  test.each<[string, Known<ChainTopic>, string | readonly string[]]>([
    ['no one has confirmed', known({ ...topic, subscriptionsConfirmed: 0 }), 'subscriber'],
    ['the subscription is gone', known({ ...topic, filters: known([absent]) }), 'subscriber'],
    [
      'the subscription has a filter policy',
      known({ ...topic, filters: known([known({ policy: '{"severity":["high"]}' })]) }),
      ['unsupported'],
    ],
    ['the filter policies may not be read', known({ ...topic, filters: known([unknown('refused')]) }), ['refused']],
    ['it could not be read', unknown('refused'), ['refused']],
    [
      'its policy lets in the account alone',
      known({
        ...topic,
        policy: policyFor({ AWS: '*' }, 'sns:Publish', topicArn, { StringEquals: { 'AWS:SourceOwner': accountId } }),
      }),
      ['unsupported'],
    ],
    [
      'its policy lets in CloudWatch alone',
      known({ ...topic, policy: policyFor({ Service: 'cloudwatch.amazonaws.com' }) }),
      'target',
    ],
    [
      'its policy lets in this rule',
      known({
        ...topic,
        policy: policyFor(eventBridge, 'sns:Publish', topicArn, { ArnEquals: { 'aws:SourceArn': ruleArn } }),
      }),
      'told',
    ],
    [
      'its policy lets in another rule',
      known({
        ...topic,
        policy: policyFor(eventBridge, 'sns:Publish', topicArn, { ArnEquals: { 'aws:SourceArn': `${ruleArn}-2` } }),
      }),
      'target',
    ],
    ['SNS did not give its policy', known({ subscriptionsConfirmed: 1, filters: known([known({})]) }), ['unsupported']],
    ['the key of AWS for SNS', known({ ...topic, kmsMasterKeyId: 'alias/aws/sns' }), 'target'],
    ['its key is gone', known({ ...topic, kmsMasterKeyId: 'key', key: absent }), 'target'],
    ['its key could not be read', known({ ...topic, kmsMasterKeyId: 'key', key: unknown('key') }), ['key']],
    ['its key was not asked for', known({ ...topic, kmsMasterKeyId: 'key' }), ['unsupported']],
    [
      'its key keeps EventBridge out',
      known({
        ...topic,
        kmsMasterKeyId: 'key',
        key: known({
          arn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
          state: 'Enabled',
          policy: policyFor({ AWS: 'arn:aws:iam::111122223333:root' }, 'kms:*', '*'),
        }),
      }),
      'target',
    ],
    [
      'its key lets EventBridge in',
      known({
        ...topic,
        kmsMasterKeyId: 'key',
        key: known({
          arn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
          state: 'Enabled',
          policy: policyFor(eventBridge, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'),
        }),
      }),
      'told',
    ],
    [
      'its key lets EventBridge in, and is pending deletion',
      known({
        ...topic,
        kmsMasterKeyId: 'key',
        key: known({
          arn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
          state: 'PendingDeletion',
          policy: policyFor(eventBridge, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'),
        }),
      }),
      'target',
    ],
  ])('a topic: %s', (_, it, expected) => {
    expect(reaction({ topic: it })).toEqual(expected);
  });
});

test('the farthest link is named', () => {
  const rules = rulesOf(
    aRule({ source: ['aws.ec2'] }),
    aRule(allFour, { targets: known([]) }),
    aRule(allFour, { state: 'DISABLED' }),
  );
  expect(reaction({ rules })).toBe('target');
});
