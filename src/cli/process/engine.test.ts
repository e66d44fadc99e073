import { expect, test } from 'vitest';
import { makeRoomFor, optimizeLate } from './engine.js';

test.each([
  ['11.3.244.8-node.30', ['--interrupt-budget=600000']],
  ['12.4.254.21-node.33', []],
  ['13.6.233.17-node.41', ['--invocation-count-for-turbofan=30000']],
  ['14.1.1', ['--invocation-count-for-turbofan=30000']],
])('V8 %s is set by the names that it knows', (version, flags) => {
  const set: string[] = [];
  optimizeLate(version, (flag) => set.push(flag));
  expect(set).toEqual(flags);
});

test.each([
  [499_999, []],
  [500_000, ['--semi-space-growth-factor=2']],
])('before %i evaluations the young part may grow where they are very many', (count, flags) => {
  const set: string[] = [];
  makeRoomFor(count, (flag) => set.push(flag));
  expect(set).toEqual(flags);
});
