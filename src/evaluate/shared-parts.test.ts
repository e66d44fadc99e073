import { expect, test } from 'vitest';
import { SharedParts } from './shared-parts.js';

test('parts that are written alike are one object, and others stay their own', () => {
  const parts = new SharedParts();
  const first = parts.of([{ expr: 'recorder.recording', value: true }]);
  expect(parts.of([{ expr: 'recorder.recording', value: true }])).toBe(first);
  const other = [{ expr: 'recorder.recording', value: 'true' }];
  const kept = parts.of(other);
  expect(kept).toEqual(other);
  expect(kept).not.toBe(first);
});

test('what is all different is forgotten again', () => {
  const parts = new SharedParts();
  const first = parts.of(['0']);
  for (let index = 1; index <= 5000; index += 1) expect(parts.of([String(index)])).toEqual([String(index)]);
  expect(parts.of(['0'])).toEqual(first);
});
