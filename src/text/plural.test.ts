import { expect, test } from 'vitest';
import { counted, countedInThousands, plural } from './plural.js';

test.each([
  [0, '0 accounts', '0 policies', 'are'],
  [1, '1 account', '1 policy', 'is'],
  [2, '2 accounts', '2 policies', 'are'],
  [1204, '1204 accounts', '1204 policies', 'are'],
])('%i: %s, %s, %s', (count, accounts, policies, verb) => {
  expect(counted(count, 'account')).toBe(accounts);
  expect(counted(count, 'policy', 'policies')).toBe(policies);
  expect(plural(count, 'is', 'are')).toBe(verb);
});

test('large numbers in groups of three', () => {
  expect(countedInThousands(1_234_567, 'call')).toBe('1,234,567 calls');
  expect(countedInThousands(1, 'call')).toBe('1 call');
});
