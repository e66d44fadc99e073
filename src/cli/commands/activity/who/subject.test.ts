import { expect, test } from 'vitest';
import { aRecord } from '../../../../../test/support/event-logs.js';
import type { EventRecord } from '../../../../model/log-events.js';
import { subjectOf } from './subject.js';

function mentions(what: string, members: EventRecord): boolean {
  const plain = { userIdentity: { type: 'AWSService' }, sourceIPAddress: 'AWS Internal' };
  return subjectOf(what).mentionsIn(aRecord(1, { ...plain, ...members })).length > 0;
}

const session = 'arn:aws:sts::111122223333:assumed-role/Admin/alice';
const trail = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main';

test.each([
  ['a name', 'main', { requestParameters: { name: 'main' } }],
  ['a name at the end of an ARN', 'main', { requestParameters: { name: trail } }],
  ['an ARN', trail, { requestParameters: { trail: { arns: [trail] } } }],
  [
    'an ARN by its name, in an event of its service',
    trail,
    { eventSource: 'cloudtrail.amazonaws.com', requestParameters: { name: 'main' } },
  ],
  [
    'a log group by its ARN',
    'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/fn:*',
    { eventSource: 'logs.amazonaws.com', requestParameters: { logGroupName: '/aws/lambda/fn' } },
  ],
  [
    'a secret by its ARN',
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf',
    { eventSource: 'secretsmanager.amazonaws.com', requestParameters: { secretId: 'prod/db' } },
  ],
  [
    'an id',
    'i-0123456789abcdef0',
    { requestParameters: { instancesSet: { items: [{ instanceId: 'i-0123456789abcdef0' }] } } },
  ],
  [
    'an id within a text',
    'sg-0a1b2c3d',
    { requestParameters: { policyDocument: '{"Resource":"security-group/sg-0a1b2c3d"}' } },
  ],
  ['a user', 'ana', { userIdentity: { type: 'IAMUser', userName: 'ana' } }],
  ['a session', 'alice', { userIdentity: { principalId: 'AROAEXAMPLEEXAMPLEEXA:alice' } }],
  ['an access key', 'AKIAIOSFODNN7EXAMPLE', { userIdentity: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } }],
  ['an address', '192.0.2.7', { sourceIPAddress: '192.0.2.7' }],
  ['an address of another spelling', '2001:DB8::1', { sourceIPAddress: '2001:db8::1' }],
  ['an address that is written out', '2001:db8:0:0:0:0:0:1', { sourceIPAddress: '2001:db8::1' }],
  ['an address with zeros in front', '2001:db8::1', { sourceIPAddress: '2001:0DB8:0000::0001' }],
  ['an IPv4 address within IPv6', '192.0.2.7', { sourceIPAddress: '::ffff:192.0.2.7' }],
  ['the same the other way round', '::ffff:c000:207', { sourceIPAddress: '192.0.2.7' }],
  ['a session by its ARN', session, { userIdentity: { type: 'AssumedRole', arn: session } }],
  [
    'a session whose ARN is not recorded',
    session,
    {
      userIdentity: {
        principalId: 'AROAEXAMPLEEXAMPLEEXA:alice',
        accountId: '111122223333',
        sessionContext: { sessionIssuer: { userName: 'Admin' } },
      },
    },
  ],
  ['the name of an event', 'StopLogging', { eventName: 'StopLogging' }],
] as const)('finds %s', (_, what, members) => {
  expect(mentions(what, members)).toBe(true);
});

test.each([
  ['a name within another', 'main', { requestParameters: { name: 'main-2' } }],
  ['an ARN that another one begins with', trail, { requestParameters: { name: `${trail}-2` } }],
  [
    'the name of an ARN in another service',
    trail,
    { eventSource: 'iam.amazonaws.com', requestParameters: { userName: 'main' } },
  ],
  [
    'the name of an ARN in another account',
    trail,
    {
      eventSource: 'cloudtrail.amazonaws.com',
      recipientAccountId: '444455556666',
      requestParameters: { name: 'main' },
    },
  ],
  ['the beginning of an id', 'sg-0a1b2c3d', { requestParameters: { groupId: 'sg-0a1b2c3d4e5f60718' } }],
  ['an address within another', '192.0.2.7', { sourceIPAddress: '192.0.2.70' }],
  ['an IPv6 address within another', '2001:db8::1', { sourceIPAddress: '2001:db8::1:1' }],
  ['what only looks like an address', '1:2:3', { requestParameters: { time: '01:02:03' } }],
  ['a user with the name of a session', session, { requestParameters: { userName: 'alice' } }],
  [
    'a session of another role',
    session,
    { userIdentity: { arn: 'arn:aws:sts::111122223333:assumed-role/Dev/alice', principalId: 'AROAEXAMPLE:alice' } },
  ],
  ['a longer name of a session', session, { userIdentity: { arn: `${session}-2` } }],
  ['a key with the same beginning', 'AKIAIOSFODNN7EXAMPLE', { userIdentity: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE2' } }],
  ['a name with another case', 'Main', { requestParameters: { name: 'main' } }],
  ['a pattern', 'm.*', { requestParameters: { name: 'main' } }],
  ['the name of a member of every object', '__proto__', { requestParameters: { name: 'main' } }],
] as const)('does not take %s for it', (_, what, members) => {
  expect(mentions(what, members)).toBe(false);
});

test.each([
  [trail, ['ResourceName arn:aws:cloudtrail:us-east-1:111122223333:trail/main', 'ResourceName main', 'Username main']],
  ['AKIAIOSFODNN7EXAMPLE', ['AccessKeyId AKIAIOSFODNN7EXAMPLE']],
  ['ana', ['ResourceName ana', 'Username ana']],
  ['StopLogging', ['ResourceName StopLogging', 'Username StopLogging', 'EventName StopLogging']],
  [
    '00000000-0000-4000-8000-000000000001',
    [
      'EventId 00000000-0000-4000-8000-000000000001',
      'ResourceName 00000000-0000-4000-8000-000000000001',
      'Username 00000000-0000-4000-8000-000000000001',
    ],
  ],
  ['192.0.2.7', undefined],
  ['2001:db8::1', undefined],
  [session, [`ResourceName ${session}`, 'ResourceName alice', 'Username alice']],
])('%s is looked up by what Event history knows', (what, lookups) => {
  expect(subjectOf(what).lookups?.map(({ key, value }) => `${key} ${value}`)).toEqual(lookups);
});

test('nothing is no subject', () => {
  expect(() => subjectOf('  ')).toThrow('It is not said who or what is asked about.');
});
