import { expect, test } from 'vitest';
import type { MissedDay } from '../../model/history.js';
import { missedRanges } from './missed-days.js';

const noRun = (day: string): MissedDay => ({ day, why: 'no-run', message: 'no run' });

test('days in a row that were missed for one reason are one range', () => {
  const cut: MissedDay = { day: '2026-03-01', why: 'incomplete-run', message: 'incomplete run of 06:00' };
  const missed = [noRun('2026-02-27'), noRun('2026-02-28'), cut, noRun('2026-03-02'), noRun('2026-03-05')];
  expect(missedRanges(missed)).toEqual([
    { days: '2026-02-27 to 2026-02-28, 2 days', message: 'no run' },
    { days: '2026-03-01', message: 'incomplete run of 06:00' },
    { days: '2026-03-02', message: 'no run' },
    { days: '2026-03-05', message: 'no run' },
  ]);
  expect(missedRanges([])).toEqual([]);
});
