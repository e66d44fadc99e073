import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ABSENT, Unknown } from '../expression/index.js';
import { eventFields, eventObject } from './event-object.js';

interface Schema {
  readonly $defs: Readonly<Record<string, { readonly properties: object; readonly required: readonly string[] }>>;
}

// Our own file.
const schema = JSON.parse(readFileSync(new URL('../../schema/event.v1.json', import.meta.url), 'utf8')) as Schema;
const unread = new Unknown(['event:1']);

test('an event has just the fields of the schema', () => {
  const { Incident: _, ...types } = schema.$defs;
  expect(Object.keys(eventFields).toSorted()).toEqual(Object.keys(types).toSorted());
  for (const [name, { properties }] of Object.entries(types)) {
    expect(eventFields[name]?.toSorted()).toEqual(Object.keys(properties).toSorted());
  }
});

test('of an empty record what every record has is unknown, never absent, and the rest is absent or empty', () => {
  const event = eventObject({}, unread);
  const isRequired = (field: string): boolean => schema.$defs['Event']?.required.includes(field) === true;
  const optional = Object.keys(schema.$defs['Event']?.properties ?? {}).filter((it) => !isRequired(it));
  for (const field of optional) expect([field, event.get(field)]).toEqual([field, ABSENT]);
  for (const field of ['eventName', 'eventSource', 'eventTime', 'awsRegion', 'sourceIPAddress', 'recipientAccountId']) {
    expect([field, event.get(field)]).toEqual([field, unread]);
  }
});

test.each([
  ['a text', { errorCode: 5 }, 'errorCode'],
  ['true or false', { readOnly: 'perhaps' }, 'readOnly'],
  ['a time', { eventTime: 'yesterday' }, 'eventTime'],
  ['an object', { userIdentity: 'root' }, 'userIdentity'],
  ['a list of objects', { resources: ['arn:aws:s3:::a'] }, 'resources'],
  ['what was left out', { requestParameters: { omitted: true, originalSize: 1, reason: 'x' } }, 'requestParameters'],
])('what should be %s and is none is unknown', (_, record, field) => {
  expect(eventObject(record, unread).get(field)).toBe(unread);
});

test.each([
  [
    'a role',
    { type: 'AssumedRole', sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::1:role/a/B' } } },
    'arn:aws:iam::1:role/a/B',
  ],
  [
    'a role by its session',
    { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/B/alice' },
    'arn:aws:iam::111122223333:role/B',
  ],
  ['root', { type: 'Root', arn: 'arn:aws:iam::111122223333:root' }, 'root'],
  ['a user', { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice' }, 'arn:aws:iam::111122223333:user/alice'],
  ['a service', { type: 'AWSService', invokedBy: 'config.amazonaws.com' }, 'config.amazonaws.com'],
  [
    'a service without a type',
    { accountId: '111122223333', invokedBy: 'config.amazonaws.com' },
    'config.amazonaws.com',
  ],
  ['someone in Identity Center', { type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1' } }, 'u-1'],
  ['nobody', {}, 'unknown'],
])('the principal of %s', (_, userIdentity, principal) => {
  expect(eventObject({ userIdentity }, unread).get('principal')).toBe(principal);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8::1', '2001:db8::1'],
  ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
  ['AWS Internal', ABSENT],
  ['ec2.amazonaws.com', ABSENT],
  ['999.1.1.1', ABSENT],
])('the address of %s', (sourceIPAddress, address) => {
  expect(eventObject({ sourceIPAddress }, unread).get('sourceIp')).toBe(address);
});

test.each([
  [{}, true],
  [{ errorCode: null, errorMessage: null }, true],
  [{ errorCode: 'null', errorMessage: 'null', responseElements: 'null' }, true],
  [{ errorCode: 'AccessDenied' }, false],
  [{ errorMessage: 'Failed authentication' }, false],
  [{ eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' } }, false],
  [{ eventName: 'SwitchRole', responseElements: { SwitchRole: 'Failure' } }, false],
])('%o succeeded: %s', (record, succeeded) => {
  expect(eventObject(record, unread).get('succeeded')).toBe(succeeded);
});

test('null as a text, as exports of other tools have it, is as good as null', () => {
  const record = { errorCode: 'null', requestParameters: 'null', responseElements: 'null', userAgent: 'null' };
  const event = eventObject(record, unread);
  const fields = ['errorCode', 'requestParameters', 'responseElements', 'userAgent'];
  expect(fields.map((it) => event.get(it))).toEqual([ABSENT, ABSENT, ABSENT, 'null']);
});

test.each([
  ['AccessDenied', true],
  ['AccessDeniedException', true],
  ['VpceAccessDenied', true],
  ['Client.UnauthorizedOperation', true],
  ['ThrottlingException', false],
])('%s is a refusal: %s', (errorCode, isDenied) => {
  expect(eventObject({ errorCode }, unread).get('isDenied')).toBe(isDenied);
});

test.each([
  [
    'a service on behalf of a person',
    { userIdentity: { type: 'IAMUser', invokedBy: 'cloudformation.amazonaws.com' } },
    true,
  ],
  ['a service itself', { userIdentity: { type: 'AWSService', invokedBy: 'config.amazonaws.com' } }, true],
  ['an event of a service', { eventType: 'AwsServiceEvent' }, true],
  ['a service by its address', { sourceIPAddress: 'athena.amazonaws.com' }, true],
  ['a person', { userIdentity: { type: 'IAMUser' }, sourceIPAddress: '203.0.113.7' }, false],
  ['a person in an older console', { userIdentity: { type: 'IAMUser', invokedBy: 'signin.amazonaws.com' } }, false],
])('whether a service made the call: %s', (_, record, expected) => {
  expect(eventObject(record, unread).get('isByService')).toBe(expected);
});
