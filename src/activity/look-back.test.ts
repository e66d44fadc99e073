import { describe, expect, test } from 'vitest';
import { activityPolicies, oneFile, shownVerdicts, theDay, wholeDay } from '../../test/support/activity-policies.js';
import { anAccount, aRecord } from '../../test/support/event-logs.js';
import type { CoverageCell, EventCoverage, EventRecord } from '../model/log-events.js';
import { paramsObject } from '../policy/index.js';
import { Collector, coverageFrom, judgeAll, lookBackOf, readFrom } from './index.js';

const is = (name: string): string => `event.eventSource == 'cloudtrail.amazonaws.com' && event.eventName == '${name}'`;
const policies = activityPolicies({
  never: `activity: { never: { where: "${is('StopLogging')}" } }\nmessage: M`,
  series: `activity: { at-most: { where: "${is('StopLogging')}", by: [event.sourceIPAddress], count: 2, within: 1h } }\nmessage: M`,
  again: `activity: { followed-by: { where: "${is('StopLogging')}", then: "${is('StartLogging')}", same: ["'x'"], within: 1h } }\nmessage: M`,
  seen: `activity: { happens: { where: "${is('StopLogging')}", every: 1d } }\nmessage: M`,
});

const from = theDay.from - 2 * 3_600_000;

/** The day with two hours before it, of which some are silent. */
function covered(silent: readonly string[] = []): EventCoverage {
  const day = wholeDay();
  const before = ['2026-11-19T22', '2026-11-19T23'].map((hour): CoverageCell => {
    return { account: anAccount, region: 'us-east-1', hour, state: silent.includes(hour) ? 'silent' : 'present' };
  });
  const read = { ...day, from: new Date(from).toISOString(), cells: [...before, ...day.cells] };
  return coverageFrom(read, day.from);
}

function event(id: number, eventTime: string, eventName = 'StopLogging'): EventRecord {
  return aRecord(id, { eventSource: 'cloudtrail.amazonaws.com', eventName, eventTime, awsRegion: 'us-east-1' });
}

function verdict(policyId: string, records: readonly EventRecord[], coverage = covered()): string | undefined {
  const paramsFor = () => paramsObject(new Map());
  const collected = new Collector(policies, { from, to: theDay.to }, paramsFor);
  for (const batch of oneFile(records)) collected.add(batch);
  const given = { policies, collected, coverage, window: theDay, accounts: [], paramsFor };
  const all = judgeAll({ ...given, settled: theDay.to, at: '2026-11-22T00:00:00Z' });
  return shownVerdicts(all)
    .find((it) => it.startsWith(`${policyId} `))
    ?.replace(`${policyId} ${anAccount} `, '');
}

describe('a series that begins before the window', () => {
  const start = [event(1, '2026-11-19T23:50:00Z'), event(2, '2026-11-19T23:55:00Z')];
  const end = event(3, '2026-11-20T00:10:00Z');

  test('and ends in it is an incident, of the day on which it began', () => {
    expect(verdict('series', [...start, end])).toBe('NON_COMPLIANT [192.0.2.1 × 3]');
  });

  test('and ends before it is none of this run', () => {
    expect(verdict('series', [...start, event(3, '2026-11-19T23:59:00Z')])).toBe('COMPLIANT');
    expect(verdict('series', [...start, event(3, '2026-11-20T00:55:01Z')])).toBe('COMPLIANT');
  });

  test('is open where the hour before is missing, and something of the window may belong to it', () => {
    expect(verdict('series', [end], covered(['2026-11-19T23']))).toBe('INSUFFICIENT_DATA');
    expect(verdict('series', [event(3, '2026-11-20T01:10:00Z')], covered(['2026-11-19T23']))).toBe('COMPLIANT');
    expect(verdict('series', [], covered(['2026-11-19T23']))).toBe('COMPLIANT');
    expect(verdict('series', [end], covered(['2026-11-19T22']))).toBe('COMPLIANT');
  });
});

describe('what must be followed', () => {
  const stop = event(1, '2026-11-19T23:50:00Z');

  test('is an incident of the window in which its time ends', () => {
    expect(verdict('again', [stop])).toContain('NON_COMPLIANT');
    expect(verdict('again', [event(1, '2026-11-19T22:50:00Z')])).toBe('COMPLIANT');
  });

  test('and was, holds', () => {
    expect(verdict('again', [stop, event(2, '2026-11-20T00:20:00Z', 'StartLogging')])).toBe('COMPLIANT');
    expect(verdict('again', [stop, event(2, '2026-11-19T23:58:00Z', 'StartLogging')])).toBe('COMPLIANT');
  });

  test('is open where what follows may be missing before the window', () => {
    expect(verdict('again', [stop], covered(['2026-11-19T23']))).toBe('INSUFFICIENT_DATA');
  });
});

test('single events before the window are none of this run', () => {
  const before = event(1, '2026-11-19T23:50:00Z');
  expect(verdict('never', [before])).toBe('COMPLIANT');
  expect(verdict('seen', [before])).toContain('NON_COMPLIANT');
});

test('reading begins a whole hour before what may reach into the window', () => {
  const params = paramsObject(new Map());
  const minutes = new Map(policies.map(({ id, activity }) => [id, lookBackOf(activity, params) / 60_000]));
  expect(minutes).toEqual(
    new Map([
      ['again', 60],
      ['never', 0],
      ['seen', 0],
      ['series', 60],
    ]),
  );
  expect(readFrom(Date.UTC(2026, 10, 20, 0, 30), 15 * 60_000)).toBe(Date.UTC(2026, 10, 20));
  expect(readFrom(Date.UTC(2026, 10, 20, 0, 30), 0)).toBe(Date.UTC(2026, 10, 20, 0, 30));
});

test('an hour that the window cuts is of both', () => {
  const cells = wholeDay().cells.slice(0, 3);
  const split = coverageFrom({ ...wholeDay(), cells }, '2026-11-20T01:30:00.000Z');
  expect(split.cells.map((it) => it.hour)).toEqual(['2026-11-20T01', '2026-11-20T02']);
  expect(split.before?.cells.map((it) => it.hour)).toEqual(['2026-11-20T00', '2026-11-20T01']);
});
