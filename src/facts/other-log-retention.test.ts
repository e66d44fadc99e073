import { expect, test } from 'vitest';
import { aBucket } from '../../test/support/inventory-builders.js';
import type { LifecycleRule } from '../model/inventory.js';
import { known, unknown } from '../model/known.js';
import { otherLogRetention } from './other-log-retention.js';

const rule = (parts: Partial<LifecycleRule>): LifecycleRule => ({
  id: 'rule',
  isEnabled: true,
  prefix: '',
  requiresTags: false,
  ...parts,
});
const never = { whole: undefined, any: undefined, hasPartial: false };

test.each<[string, readonly Partial<LifecycleRule>[], object]>([
  ['no rule', [], never],
  ['one of the whole bucket', [{ expirationDays: 90 }], { whole: 90, any: 90, hasPartial: false }],
  ['the earliest decides', [{ expirationDays: 90 }, { expirationDays: 30 }], { whole: 30, any: 30, hasPartial: false }],
  ['a date is today', [{ expirationDate: '2026-01-01' }], { whole: 0, any: 0, hasPartial: false }],
  [
    'one of a folder may meet logs',
    [{ expirationDays: 90 }, { prefix: 'tmp/', expirationDays: 1 }],
    { whole: 90, any: 1, hasPartial: true },
  ],
  ['one of sizes, too', [{ objectSizeLessThan: 100, expirationDays: 1 }], { ...never, any: 1, hasPartial: true }],
  ['one that is off does nothing', [{ isEnabled: false, expirationDays: 1 }], never],
  ['logs have no tags', [{ requiresTags: true, expirationDays: 1 }], never],
  ['what only moves or keeps versions removes nothing', [{ transitionDays: 1, noncurrentDays: 1 }], never],
])('%s', (_, rules, expected) => {
  expect(otherLogRetention(aBucket({ lifecycleRules: known(rules.map(rule)) }))).toEqual({
    state: 'known',
    value: expected,
  });
});

test('what could not be read is not known', () => {
  expect(otherLogRetention(aBucket({ lifecycleRules: unknown('gap') }))).toEqual({ state: 'unknown', gaps: ['gap'] });
});
