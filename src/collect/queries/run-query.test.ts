import { expect, test } from 'vitest';
import { Unreadable } from '../../model/object-store.js';
import { resultPages, type ResultPage } from './result-pages.js';
import { runQuery, type QueryMeans, type QueryState } from './run-query.js';

const hour = 3_600_000;

/** A query whose states come one after the other, the last one for ever; the clock goes on by itself. */
async function outcome(...states: readonly QueryState<string>[]) {
  let now = 0;
  let asked = 0;
  const stopped: string[] = [];
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
      await Promise.resolve();
    },
  };
  const path = { aws: { settings: { clock, signal: new AbortController().signal } } };
  // As much of the means as the waiting uses.
  const means = { ...path, starting: path, stopping: path } as unknown as QueryMeans;
  const result = await runQuery<string>(
    means,
    {
      start: async () => await Promise.resolve('q-1'),
      ask: async () => {
        const value = states[Math.min(asked, states.length - 1)] ?? { is: 'running', scanned: 0 };
        asked += 1;
        return await Promise.resolve({ it: { state: 'known', value } });
      },
      stop: async (_, id) => await Promise.resolve(stopped.push(id)),
    },
    { maxBytes: undefined, onScanned: () => undefined, longestRun: { time: 2 * hour, words: 'two hours' } },
  ).catch((error: unknown) => error);
  return { result, stopped, hours: now / hour };
}

test('a query that is queued for ever is stopped after its time, and told', async () => {
  const { result, stopped, hours } = await outcome({ is: 'running', scanned: undefined });
  expect(result).toBeInstanceOf(Unreadable);
  expect(String(result)).toContain('it did not end within two hours');
  expect(stopped).toEqual(['q-1']);
  expect(hours).toBeCloseTo(2, 2);
});

test('one that ends at last is not stopped', async () => {
  const { result, stopped } = await outcome(
    { is: 'running', scanned: undefined },
    { is: 'running', scanned: 5 },
    { is: 'done', scanned: 9, result: 'rows' },
  );
  expect({ result, stopped }).toEqual({ result: 'rows', stopped: [] });
});

async function rowsOf(...pages: readonly ResultPage<number>[]): Promise<readonly number[]> {
  const all: number[] = [];
  let at = 0;
  const read = async () => {
    const value = pages[at] ?? { rows: [], token: undefined };
    at += 1;
    return await Promise.resolve({ it: { state: 'known' as const, value } });
  };
  for await (const row of resultPages(read)) all.push(row);
  return all;
}

test('an empty page with a token is not the end', async () => {
  expect(
    await rowsOf(
      { rows: [1], token: 'a' },
      { rows: [], token: 'b' },
      { rows: [], token: 'c' },
      { rows: [2], token: '' },
    ),
  ).toEqual([1, 2]);
});
