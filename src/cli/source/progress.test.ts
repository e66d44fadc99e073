import { expect, test } from 'vitest';
import { describe } from './progress.js';

test('says how far it is, how fast, and what it waits for', () => {
  const progress = {
    phase: 'accounts',
    listed: 1000,
    read: 312,
    calls: 948,
    waitingFor: 'organizations:ListAccounts',
  } as const;
  expect(describe(progress, 10)).toBe(
    'Accounts 312 of 1,000 · 948 calls, 95 a second · waiting for the quota of organizations:ListAccounts',
  );
});

test('the first second has no rate yet', () => {
  expect(describe({ phase: 'organization', listed: 0, read: 0, calls: 2, waitingFor: undefined }, 0.2)).toBe(
    'Organization · 2 calls',
  );
});
