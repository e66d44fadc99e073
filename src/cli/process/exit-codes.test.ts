import { expect, test } from 'vitest';
import type { Results } from '../../model/results.js';
import { isIncomplete } from './exit-codes.js';

const gaps = [{ id: 'never', reason: 'not-recorded-by-config' }];

function incomplete(...outcomes: string[]): boolean {
  const evaluations = outcomes.map((outcome) => ({ outcome, gaps: outcome === 'INSUFFICIENT_DATA' ? ['never'] : [] }));
  // What the question does not read is left out.
  const results = { coverage: { accounts: { unreadable: [] } }, evaluations, gaps } as unknown as Results;
  return isIncomplete(results);
}

test('a run that asked not one account is not complete', () => {
  const accounts = { unreadable: [], evaluated: 0 };
  // What the question does not read is left out.
  const results = { coverage: { accounts }, evaluations: [], gaps: [] } as unknown as Results;
  expect(isIncomplete(results)).toBe(true);
});

test('what AWS Config never records leaves no run incomplete, but for one in which nothing else is known', () => {
  expect(incomplete('COMPLIANT', 'INSUFFICIENT_DATA')).toBe(false);
  expect(incomplete('NON_COMPLIANT', 'INSUFFICIENT_DATA')).toBe(false);
  expect(incomplete('INSUFFICIENT_DATA', 'INSUFFICIENT_DATA')).toBe(true);
  expect(incomplete()).toBe(false);
});
