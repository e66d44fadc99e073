import { expect, test } from 'vitest';
import { absent, aLogGroup, unknown } from '../../test/support/inventory-builders.js';
import { isWithoutFilters } from './log-group-class.js';

test.each([
  ['STANDARD', false],
  ['INFREQUENT_ACCESS', true],
  ['DELIVERY', true],
])('filters in a log group of the class %s: %s', (logGroupClass, expected) => {
  expect(isWithoutFilters(aLogGroup({ details: { logGroupClass } }))).toBe(expected);
});

test('a class that is not known takes away no filter', () => {
  expect(isWithoutFilters(aLogGroup({ details: unknown('d') }))).toBe(false);
  expect(isWithoutFilters(aLogGroup({ details: absent }))).toBe(false);
});
