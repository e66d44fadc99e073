import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachFile } from './delivery-file.js';

test('gives what each file holds in their order, and reads so many at once and no more', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), async (waits, atOnce) => {
      let running = 0;
      let most = 0;
      const read = async (index: number): Promise<number> => {
        running += 1;
        most = Math.max(most, running);
        for (let turn = 0; turn <= (waits[index] ?? 0); turn += 1) await Promise.resolve();
        running -= 1;
        return index;
      };
      const found: number[] = [];
      const files = waits.map((_, index) => index);
      for await (const it of eachFile(files, atOnce, read)) found.push(it);
      expect(found).toEqual(files);
      expect(most).toBeLessThanOrEqual(atOnce);
      expect(most).toBe(Math.min(atOnce, files.length));
    }),
  );
});

test('a file that fails is told in its turn, and no later one by itself', async () => {
  const read = async (file: string): Promise<string> =>
    await (file === 'ok' ? Promise.resolve(file) : Promise.reject(new Error(file)));
  const found: string[] = [];
  const reading = async (): Promise<void> => {
    for await (const it of eachFile(['ok', 'first', 'second', 'ok'], 4, read)) found.push(it);
  };
  await expect(reading()).rejects.toThrow('first');
  expect(found).toEqual(['ok']);
});
