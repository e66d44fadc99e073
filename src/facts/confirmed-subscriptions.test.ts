import { expect, test } from 'vitest';
import { absent, known, unknown } from '../model/known.js';
import { confirmedSubscriptions } from './confirmed-subscriptions.js';

const attributes = known({ owner: '111122223333', subscriptionsConfirmed: 2, subscriptionsPending: 0 });
const listed = known([
  { protocol: 'email', isConfirmed: true },
  { protocol: 'email', isConfirmed: false },
]);

test.each([
  ['the list decides', attributes, listed, known(1)],
  ['an empty list decides', attributes, known([]), known(0)],
  ['without a list the number does', attributes, unknown('list'), known(2)],
  ['a topic that could not be read', unknown('number'), listed, unknown('number')],
  ['neither', unknown('number'), unknown('list'), unknown('number')],
  ['no such topic', absent, absent, absent],
  ['a topic that went in between', absent, listed, absent],
])('%s', (_what, number, list, expected) => {
  expect(confirmedSubscriptions({ attributes: number, subscriptions: list })).toEqual(expected);
});
