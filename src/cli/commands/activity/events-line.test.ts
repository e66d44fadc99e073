import { expect, test } from 'vitest';
import { describeRead } from './events-line.js';

test.each([
  [{ files: 0, bytes: 0, requests: 0 }, 5, ''],
  [{ files: 1312, bytes: 45_000_000, requests: 0 }, 5, '1,312 log files, 45 MB, 9 MB a second'],
  [{ files: 2, bytes: 400_000, requests: 948 }, 0.5, '2 log files, 0 MB · 948 requests'],
  [{ files: 0, bytes: 0, requests: 3 }, 5, '3 requests'],
])('%o after %d seconds', (read, seconds, text) => {
  expect(describeRead(read, seconds)).toBe(text);
});
