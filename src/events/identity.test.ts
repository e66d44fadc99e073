import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { aRecord, anAccount, eventId } from '../../test/support/event-logs.js';
import type { EventRecord } from '../model/log-events.js';
import { UniqueEvents, type FoundEvent } from './index.js';

function found(record: EventRecord, object = 'a.json.gz', verified?: boolean): FoundEvent {
  return { record, origin: { object, ...(verified === undefined ? {} : { verified }) } };
}

function unique(...events: readonly FoundEvent[]): FoundEvent[] {
  const all = new UniqueEvents();
  for (const it of events) all.add(it);
  return all.all();
}

const shared = { sharedEventID: 'shared-1' };
const callers = found(aRecord(1, shared), 'caller.json.gz');
const owners = found(aRecord(2, { ...shared, recipientAccountId: '444455556666' }), 'owner.json.gz');
const update = found(
  aRecord(3, { errorCode: 'AccessDenied', addendum: { reason: 'UPDATED_DATA', originalEventID: eventId(4) } }),
);

test('an event that two trails deliver is one, whichever file is read first', () => {
  const events = [found(aRecord(1), 'b'), found(aRecord(1), 'a'), found(aRecord(2), 'b')];
  expect(unique(...events).map((it) => [it.record['eventID'], it.origin.object])).toEqual([
    [eventId(1), 'a'],
    [eventId(2), 'b'],
  ]);
});

test('of the records that two accounts get of one action, the one of the caller stands', () => {
  expect(unique(callers, owners)).toEqual([callers]);
  expect(unique(owners, callers)).toEqual([callers]);
  expect(callers.record['recipientAccountId']).toBe(anAccount);
});

test('an update replaces what it names, also where it is not wanted itself', () => {
  const original = found(aRecord(4));
  expect(unique(original, update)).toEqual([update]);
  expect(unique(update, original)).toEqual([update]);
  const all = new UniqueEvents();
  all.replace(update);
  all.add(original);
  expect(all.all()).toEqual([]);
});

test('late delivery replaces nothing', () => {
  const late = found(aRecord(5, { addendum: { reason: 'DELIVERY_DELAY' } }));
  expect(unique(late, found(aRecord(4)))).toHaveLength(2);
});

test('a planted record hides no event: not by its id, and not as an update of a verified one', () => {
  const real = found(aRecord(4), 'real', true);
  const planted = found(aRecord(4, { eventName: 'ListUsers2' }), 'planted', false);
  expect(unique(planted, real)).toEqual([planted, real]);
  const other = found(aRecord(9, { ...shared, eventName: 'ListRoles' }));
  expect(unique(owners, other)).toEqual([owners, other]);
  expect(unique(real, { ...update, origin: { object: 'planted', verified: false } })).toContain(real);
});

test('records without an id are all kept', () => {
  const one = found({ eventName: 'A' });
  expect(unique(one, one)).toHaveLength(2);
});

test('the same events stand in whatever order they are read', () => {
  const some = [callers, owners, update, found(aRecord(4)), found(aRecord(4), 'z'), found(aRecord(6), 'y', true)];
  const names = (events: readonly FoundEvent[]): unknown =>
    new Set(unique(...events).map((it) => `${String(it.record['eventID'])} ${it.origin.object}`));
  fc.assert(
    fc.property(fc.shuffledSubarray([...some, ...some], { minLength: 12, maxLength: 12 }), (events) => {
      expect(names(events)).toEqual(names(some));
    }),
  );
});
