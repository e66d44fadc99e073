import { expect, test } from 'vitest';
import { absent, known, unknown, type Known } from '../../model/known.js';
import type { MessageFilter } from '../../model/inventory.js';
import { alarmMessage, confirmedFilters, delivered, someMessage, takes } from './index.js';

const topicArn = 'arn:aws:sns:eu-west-1:111122223333:security';
const alarm = { arn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:cis-root', name: 'cis-root' };

function body(policy: unknown): MessageFilter {
  return { policy: typeof policy === 'string' ? policy : JSON.stringify(policy), scope: 'MessageBody' };
}

test.each<[string, MessageFilter, string]>([
  ['no filter policy', {}, 'yes'],
  ['attributes, by default', { policy: '{"severity":["high"]}' }, 'no'],
  ['attributes', { policy: '{"severity":["high"]}', scope: 'MessageAttributes' }, 'no'],
  ['an attribute that must be missing', { policy: '{"severity":[{"exists":false}]}' }, 'no'],
  ['what is in alarm', body({ NewStateValue: ['ALARM'] }), 'yes'],
  ['what is all right', body({ NewStateValue: ['OK'] }), 'no'],
  ['anything but all right', body({ NewStateValue: [{ 'anything-but': ['OK'] }] }), 'yes'],
  ['alarms by name', body({ AlarmName: [{ prefix: 'cis-' }] }), 'yes'],
  ['other alarms by name', body({ AlarmName: [{ prefix: 'cost-' }] }), 'no'],
  ['alarms of the account', body({ AWSAccountId: ['111122223333'], NewStateValue: ['ALARM', 'OK'] }), 'yes'],
  ['a number that is written as text', body({ AWSAccountId: [111_122_223_333] }), 'no'],
  ['one of two fields', body({ $or: [{ AlarmName: ['other'] }, { NewStateValue: ['ALARM'] }] }), 'yes'],
  ['a field that is always there', body({ AlarmArn: [{ exists: true }] }), 'yes'],
  ['what the alarm watches', body({ Trigger: { Namespace: ['CloudTrail'] } }), 'unknown'],
  ['what the alarm watches, and all right', body({ Trigger: { Namespace: ['A'] }, NewStateValue: ['OK'] }), 'no'],
  ['the reason', body({ NewStateReason: [{ exists: true }] }), 'unknown'],
  ['below a text', body({ AlarmName: { x: ['y'] } }), 'no'],
  ['no filter policy that is known', body('{"NewStateValue":[{"sounds-like":"ALARM"}]}'), 'unknown'],
  ['no JSON', body('{'), 'unknown'],
  ['another scope', { policy: '{"NewStateValue":["OK"]}', scope: 'MessageSize' }, 'unknown'],
])('a subscription that filters by %s', (_, filter, expected) => {
  expect(takes(filter, alarmMessage(alarm))).toBe(expected);
});

test.each<[MessageFilter, string]>([
  [{}, 'yes'],
  [{ policy: '{"severity":["high"]}' }, 'unknown'],
  [body({ source: ['aws.cloudtrail'] }), 'unknown'],
])('of a message of which nothing is known, %j takes %s', (filter, expected) => {
  expect(takes(filter, someMessage('rule changes'))).toBe(expected);
});

const all = known<MessageFilter>({});
const none = known<MessageFilter>({ policy: '{"severity":["high"]}' });
const open = known(body({ Trigger: { Namespace: ['CloudTrail'] } }));

test.each<[string, Known<readonly Known<MessageFilter>[]>, string, readonly string[]]>([
  ['one takes all', known([none, unknown('refused'), all]), 'yes', []],
  ['each leaves it out', known([none, none]), 'no', []],
  ['the only one is gone', known([absent]), 'no', []],
  ['one is gone, one leaves it out', known([absent, none]), 'no', []],
  ['one could not be read', known([none, unknown('refused')]), 'unknown', ['refused']],
  ['one is not decided', known([none, open]), 'unknown', [`unsupported ${topicArn}`]],
  ['they could not be listed', unknown('list'), 'unknown', ['list']],
])('a topic of which %s', (_, filters, state, gaps) => {
  const found = delivered(filters, topicArn, alarmMessage(alarm), (resource) => `unsupported ${resource}`);
  expect(found.state).toBe(state);
  expect(found.state === 'unknown' ? found.gaps : []).toEqual(gaps);
});

test('a message says which topic, which alarm, and that filter policies leave it out', () => {
  expect(delivered(known([none]), topicArn, alarmMessage(alarm), String)).toEqual({
    state: 'no',
    why: `No subscription to topic ${topicArn} takes what alarm ${alarm.arn} publishes: each has a filter policy that leaves it out.`,
  });
});

test('subscriptions that a run did not ask are not known, unless none was left to ask', () => {
  const asked: string[] = [];
  const confirmed = { protocol: 'email', isConfirmed: true };
  const filtersOf = (...filters: (Known<MessageFilter> | undefined)[]) => {
    const each = filters.map((filter) => (filter === undefined ? confirmed : Object.assign({ filter }, confirmed)));
    const subscriptions = known([{ protocol: 'sms', isConfirmed: false }, ...each]);
    return confirmedFilters({ subscriptions }, () => {
      asked.push('unread');
      return unknown('unread');
    });
  };
  expect(filtersOf(all, undefined)).toEqual(known([all]));
  expect(filtersOf(unknown('refused'), undefined)).toEqual(known([unknown('refused')]));
  expect(filtersOf(none, none)).toEqual(known([none, none]));
  expect(asked).toEqual([]);
  expect(filtersOf(none, undefined)).toEqual(known([none, unknown('unread')]));
  expect(filtersOf(undefined)).toEqual(known([unknown('unread')]));
  expect(confirmedFilters({ subscriptions: unknown('list') }, () => unknown('unread'))).toEqual(unknown('list'));
});
