import { expect, test } from 'vitest';
import { limiter } from './context.js';

test('no more tasks at once than there are places, and results in order', async () => {
  const limit = limiter(3);
  let running = 0;
  let most = 0;
  const results = await limit([5, 1, 4, 2, 3, 6, 0], async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, item));
    running -= 1;
    return item * 2;
  });
  expect(results).toEqual([10, 2, 8, 4, 6, 12, 0]);
  expect(most).toBe(3);
});

test('lists share the places, and a task that throws gives its place back', async () => {
  const limit = limiter(1);
  const failing = limit([1], async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await Promise.all([limit([1], async () => 'a'), limit([2], async () => 'b')])).toEqual([['a'], ['b']]);
});
