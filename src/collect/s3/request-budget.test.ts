import { expect, test } from 'vitest';
import { RequestBudget } from './request-budget.js';

/** A budget with a clock that stands still unless it is moved. */
function aBudget(most: number) {
  let now = 0;
  const budget = new RequestBudget(most, { now: () => now, sleep: async () => undefined });
  return { budget, later: (milliseconds: number) => (now += milliseconds) };
}

/** Starts so many requests that end when they are told to; `most` is how many were under way at once. */
function started(budget: RequestBudget, count: number) {
  const ends: (() => void)[] = [];
  let running = 0;
  const seen = { most: 0 };
  const all = Promise.all(
    Array.from({ length: count }, async () => {
      await budget.run(async () => {
        running += 1;
        seen.most = Math.max(seen.most, running);
        await new Promise<void>((resolve) => ends.push(resolve));
        running -= 1;
      });
    }),
  );
  const finish = async (): Promise<void> => {
    while (ends.length > 0) {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await all;
  };
  return { finish, seen };
}

test('no more requests are under way than there is room for, and all are made', async () => {
  const { budget } = aBudget(3);
  const { finish, seen } = started(budget, 20);
  await finish();
  expect(seen.most).toBe(3);
});

test('half as many go on where S3 finds it too much, once for all that were under way', () => {
  const { budget, later } = aBudget(64);
  budget.slowDown();
  budget.slowDown();
  expect(budget.room).toBe(32);
  later(1_000);
  budget.slowDown();
  expect(budget.room).toBe(16);
});

test('there is room for one at least, and with success for more again, up to the most', async () => {
  const { budget, later } = aBudget(4);
  for (let it = 0; it < 5; it += 1) {
    budget.slowDown();
    later(1_000);
  }
  expect(budget.room).toBe(1);
  for (let it = 0; it < 100; it += 1) budget.succeeded();
  expect(budget.room).toBe(4);
  const { finish, seen } = started(budget, 10);
  await finish();
  expect(seen.most).toBe(4);
});

test('a request that fails leaves its room', async () => {
  const { budget } = aBudget(1);
  await expect(budget.run(async () => await Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await budget.run(async () => 'yes')).toBe('yes');
});
