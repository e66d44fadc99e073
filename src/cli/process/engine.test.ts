import { expect, test } from 'vitest';
import { optimizeLate } from './engine.js';

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
