import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { describe, tellingOfTime } from './progress.js';

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

test('that there is time is told once, behind the call that waits', async () => {
  const told: string[] = [];
  const update = tellingOfTime(
    ({ waitingFor }) => told.push(waitingFor ?? 'none'),
    () => told.push('time'),
  );
  const progress = { phase: 'accounts', listed: 240, read: 200, calls: 700 } as const;
  update({ ...progress, waitingFor: undefined });
  await setImmediate();
  update({ ...progress, waitingFor: 'organizations:ListAccounts' });
  update({ ...progress, waitingFor: 'organizations:ListAccounts' });
  await setImmediate();
  update({ ...progress, waitingFor: 'sts:AssumeRole' });
  await setImmediate();
  const quota = 'organizations:ListAccounts';
  expect(told).toEqual(['none', quota, quota, 'time', 'sts:AssumeRole']);
});
