import { expect, test } from 'vitest';
import type { History } from '../../model/history.js';
import { aHistory, unseen, type Step } from '../../../test/support/history-builders.js';
import { changesByDay } from './changes.js';

/** `02 opened 1 0 0`: the kinds of a day, then what is open, unseen and unknown at its end; days of no interest left out. */
function told(history: History): string[] {
  return changesByDay(history).map(({ day, changes, open, unseen: lost, unknown, isMissed }) =>
    [day.slice(8), ...changes.map((it) => it.kind), open, lost, unknown, ...(isMissed ? ['missed'] : [])].join(' '),
  );
}

test('opened, closed, reopened, and what stood at the beginning', () => {
  const opened: Step[] = [
    ['01T00', 'COMPLIANT'],
    ['02T06', 'NON_COMPLIANT'],
    ['03T00', 'COMPLIANT'],
    ['05T23', 'NON_COMPLIANT'],
  ];
  const before: Step[] = [
    ['01T00', 'NON_COMPLIANT'],
    ['06T06', 'GONE'],
  ];
  expect(told(aHistory(opened, before))).toEqual([
    '01 1 0 0',
    '02 opened 2 0 0',
    '03 closed 1 0 0',
    '04 1 0 0 missed',
    '05 reopened 2 0 0',
    '06 closed 1 0 0',
    '07 1 0 0',
  ]);
});

test('a day without a run closes and reopens nothing', () => {
  const steps: Step[] = [
    ['01T00', 'INSUFFICIENT_DATA', unseen],
    ['02T06', 'NON_COMPLIANT'],
    ['04T00', 'INSUFFICIENT_DATA', unseen],
    ['05T06', 'NON_COMPLIANT'],
    ['06T00', 'INSUFFICIENT_DATA', unseen],
    ['07T06', 'COMPLIANT'],
  ];
  expect(told(aHistory(steps))).toEqual([
    '01 0 0 1',
    '02 opened 1 0 0',
    '03 1 0 0',
    '04 0 1 1 missed',
    '05 1 0 0',
    '06 0 1 1',
    '07 closed 0 0 0',
  ]);
});

test('waivers, verdicts that are lost, and what follows from elsewhere', () => {
  const waived: Step[] = [
    ['01T00', 'NON_COMPLIANT'],
    ['02T06', 'NON_COMPLIANT', { waived: true }],
    ['03T06', 'NON_COMPLIANT'],
  ];
  const lost: Step[] = [
    ['01T00', 'COMPLIANT'],
    ['02T06', 'INSUFFICIENT_DATA', { gaps: ['denied'] }],
    ['03T06', 'COMPLIANT'],
  ];
  const following: Step[] = [
    ['01T00', 'COMPLIANT'],
    ['02T06', 'NON_COMPLIANT', { follows: true }],
    ['05T06', 'NON_COMPLIANT'],
    ['06T06', 'NON_COMPLIANT', { follows: true }],
    ['07T06', 'COMPLIANT'],
  ];
  expect(told(aHistory(waived, lost, following))).toEqual([
    '01 1 0 0',
    '02 waived other other 0 0 1',
    '03 reopened other 1 0 0',
    '04 1 0 0 missed',
    '05 opened 2 0 0',
    '06 other 1 0 0',
    '07 other 1 0 0',
  ]);
});
