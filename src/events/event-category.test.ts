import { expect, test } from 'vitest';
import { aRecord } from '../../test/support/event-logs.js';
import type { EventRecord } from '../model/log-events.js';
import { isOtherEvent } from './event-category.js';

const older = { managementEvent: undefined, eventCategory: undefined };

test.each<readonly [EventRecord, boolean]>([
  [{}, false],
  [{ managementEvent: false, eventCategory: 'Data' }, true],
  [{ ...older, managementEvent: false }, true],
  [{ ...older, eventCategory: 'Data' }, true],
  [{ ...older, eventCategory: 'NetworkActivity' }, true],
  [{ ...older, eventCategory: 'Management' }, false],
  [older, false],
  [{ ...older, requestParameters: { text: '"managementEvent":false' } }, false],
])('%j', (members, expected) => {
  for (const space of [0, 2]) {
    expect(isOtherEvent(Buffer.from(JSON.stringify(aRecord(1, members), undefined, space)))).toBe(expected);
  }
});

test('a name at the end is none', () => {
  expect(isOtherEvent(Buffer.from('{"managementEvent"'))).toBe(false);
  expect(isOtherEvent(Buffer.from('{"managementEvent":fal'))).toBe(false);
});
