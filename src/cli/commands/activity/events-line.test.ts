import { expect, test } from 'vitest';
import type { Terminal } from '../../process/terminal.js';
import { describeRead, eventsLine } from './events-line.js';

const nothing = { files: 0, bytes: 0, requests: 0, part: 0 };

test.each([
  [nothing, 5, ''],
  [{ ...nothing, files: 1312, bytes: 45_000_000 }, 5, '1,312 log files, 45 MB, 9 MB a second'],
  [{ ...nothing, files: 2, bytes: 400_000, requests: 948 }, 0.5, '2 log files, 0 MB · 948 requests'],
  [{ ...nothing, requests: 3 }, 5, '3 requests'],
  [{ ...nothing, requests: 3, part: 0.01 }, 60, '3 requests'],
  [{ ...nothing, requests: 3, part: 0.5 }, 2, '3 requests'],
  [{ ...nothing, requests: 3, part: 0.5 }, 20, '3 requests · less than a minute left'],
  [{ ...nothing, requests: 3, part: 0.25 }, 80, '3 requests · about 4 minutes left'],
  [{ ...nothing, requests: 3, part: 0.1 }, 1000, '3 requests · about 3 hours left'],
])('%o after %d seconds', (read, seconds, text) => {
  expect(describeRead(read, seconds)).toBe(text);
});

test('how long it takes follows from the times of delivery, and from the places of Event history', () => {
  const written: string[] = [];
  const stderr = { isTTY: true, write: (text: string) => written.push(text) };
  let now = 0;
  const line = eventsLine({ stderr } as unknown as Terminal, true, { from: 1000, to: 2000 }, () => now);
  now = 60_000;
  line.object({ size: 1_000_000, name: { delivered: 1250 } });
  now = 120_000;
  line.object({ size: 1_000_000, name: undefined });
  now = 180_000;
  line.place(1, 2);
  line.done();
  expect(written.map((it) => it.replace('\r\u001B[2K', ''))).toEqual([
    '1 log file, 1 MB, 0 MB a second · about 3 minutes left',
    '2 log files, 2 MB, 0 MB a second · about 6 minutes left',
    '2 log files, 2 MB, 0 MB a second · about 3 minutes left',
    '',
  ]);
});
