import { expect, test } from 'vitest';
import { aRecord } from '../../../../../test/support/event-logs.js';
import type { EventRecord } from '../../../../model/log-events.js';
import { subjectOf } from './subject.js';
import { inOrder, toldEvent } from './told-event.js';

function told(what: string, members: EventRecord) {
  const record = aRecord(1, { readOnly: false, ...members });
  return toldEvent({ record, origin: { object: 'a' } }, subjectOf(what).mentionsIn(record));
}

test.each([
  ['bob', { eventName: 'CreateUser', requestParameters: { userName: 'bob' } }, 'created'],
  ['bob', { eventName: 'CreateAccessKey', requestParameters: { userName: 'bob' } }, 'changed'],
  ['bob', { eventName: 'DeleteAccessKey', requestParameters: { userName: 'bob' } }, 'changed'],
  ['bob', { eventName: 'DeleteUser', requestParameters: { userName: 'bob' } }, 'deleted'],
  ['main', { eventName: 'CreateTrail', requestParameters: { name: 'main' } }, 'created'],
  ['main', { eventName: 'StopLogging', requestParameters: { name: 'main' } }, 'changed'],
  ['main', { eventName: 'DeleteTrail', requestParameters: { name: 'main' } }, 'deleted'],
  ['logs', { eventName: 'CreateBucket', requestParameters: { bucketName: 'logs' } }, 'created'],
  ['logs', { eventName: 'PutBucketPolicy', requestParameters: { bucketName: 'logs' } }, 'changed'],
  ['logs', { eventName: 'DeleteBucketPolicy', requestParameters: { bucketName: 'logs' } }, 'changed'],
  ['f', { eventName: 'CreateFunction20150331', requestParameters: { functionName: 'f' } }, 'created'],
  [
    'i-0123456789abcdef0',
    {
      eventName: 'RunInstances',
      responseElements: { instancesSet: { items: [{ instanceId: 'i-0123456789abcdef0' }] } },
    },
    'created',
  ],
  [
    'i-0123456789abcdef0',
    {
      eventName: 'TerminateInstances',
      requestParameters: { instancesSet: { items: [{ instanceId: 'i-0123456789abcdef0' }] } },
    },
    'deleted',
  ],
  [
    'sg-0a1b2c3d',
    { eventName: 'CreateTags', requestParameters: { resourcesSet: { items: [{ resourceId: 'sg-0a1b2c3d' }] } } },
    'changed',
  ],
  ['ana', { eventName: 'DeleteUser', requestParameters: { userName: 'bob' } }, undefined],
  ['bob', { eventName: 'GetUser', readOnly: true, requestParameters: { userName: 'bob' } }, undefined],
  ['bob', { eventName: 'DeleteUser', errorCode: 'AccessDenied', requestParameters: { userName: 'bob' } }, undefined],
] as const)('what %s gets by %j is %s', (what, members, effect) => {
  expect(told(what, members).effect).toBe(effect);
});

test('the newest comes first, and the last of each effect is marked', () => {
  const at = (minute: number, eventName: string) => ({
    ...told('bob', { eventName, requestParameters: { userName: 'bob' } }),
    at: `2026-11-20T10:0${minute}:00Z`,
  });
  const events = inOrder([at(1, 'CreateUser'), at(2, 'UpdateUser'), at(3, 'UpdateUser'), at(4, 'DeleteUser')]);
  expect(events.map((it) => [it.event, it.isLast])).toEqual([
    ['DeleteUser', true],
    ['UpdateUser', true],
    ['UpdateUser', undefined],
    ['CreateUser', true],
  ]);
});

test('the outcome is told with its code', () => {
  expect(told('bob', { errorCode: 'AccessDenied' })).toMatchObject({ outcome: 'denied', errorCode: 'AccessDenied' });
  expect(told('bob', { errorCode: 'ThrottlingException' })).toMatchObject({ outcome: 'failed' });
  expect(told('bob', {})).toMatchObject({ outcome: 'succeeded', principal: 'arn:aws:iam::111122223333:user/ana' });
});
