import { describe, expect, test } from 'vitest';
import type { EventRecord } from '../model/log-events.js';
import { aRecord as anEvent } from '../../test/support/event-logs.js';
import {
  activityPolicies,
  judged,
  oneFile,
  shownVerdicts,
  theDay,
  wholeDay,
} from '../../test/support/activity-policies.js';

const account = '111122223333';

function aRecord(number: number, time: string, members: EventRecord = {}): EventRecord {
  return anEvent(number, { eventTime: `2026-11-20T${time}Z`, awsRegion: 'us-east-1', ...members });
}

const is = (name: string): string => `event.eventSource == 'cloudtrail.amazonaws.com' && event.eventName == '${name}'`;
const trail = (eventName: string, name = 'main'): EventRecord => ({
  eventSource: 'cloudtrail.amazonaws.com',
  eventName,
  requestParameters: { name },
});

const policies = activityPolicies({
  'a-never': `activity: { never: { where: "${is('StopLogging')}" } }\nmessage: It happened.`,
  'b-at-most': `activity: { at-most: { where: "${is('StopLogging')}", by: [event.sourceIPAddress], count: 2, within: 10m } }\nmessage: "\${incident.count} times."`,
  'c-followed-by': `activity:
  followed-by:
    where: "${is('StopLogging')}"
    then: "${is('StartLogging')}"
    same: ["event.requestParameters.?name.orValue('')"]
    within: 15m
incident: { by: ["event.requestParameters.?name.orValue('')"] }
message: It stays stopped.`,
  'd-happens': `activity: { happens: { where: "${is('StartLogging')}", every: 12h } }\nmessage: "It did not happen in \${incident.accountId}."`,
});

const verdict = (records: readonly EventRecord[], id: string, coverage = wholeDay(), settled = theDay.to) =>
  shownVerdicts(judged(policies, oneFile(records), coverage, settled))
    .filter((it) => it.startsWith(id))
    .map((it) => it.slice(`${id} ${account} `.length))
    .join();

describe('never', () => {
  test('each event is an incident by its id', () => {
    const records = [aRecord(1, '01:00:00', trail('StopLogging')), aRecord(2, '02:00:00', trail('StopLogging'))];
    expect(verdict(records, 'a-never')).toMatch(/^NON_COMPLIANT \[.*1 × 1; .*2 × 1\]$/);
  });

  test('an event at the end of the window is not in it, one at its beginning is', () => {
    const before = aRecord(1, '00:00:00', trail('StopLogging'));
    const after = { ...before, eventTime: '2026-11-21T00:00:00Z' };
    expect(verdict([before], 'a-never')).toContain('NON_COMPLIANT');
    expect(verdict([after], 'a-never')).toBe('COMPLIANT');
  });

  test('an event that may be one leaves it open, and says which', () => {
    const record = aRecord(1, '01:00:00', { ...trail('StopLogging'), eventSource: undefined });
    const [found] = judged(policies, oneFile([record]));
    expect(found?.outcome).toBe('INSUFFICIENT_DATA');
    expect(found?.gaps).toMatchObject([{ resource: 'a.json.gz', reason: 'unsupported' }]);
  });

  test('a record without a time may lie in the window', () => {
    expect(verdict([aRecord(1, 'late', trail('StopLogging'))], 'a-never')).toBe('INSUFFICIENT_DATA');
  });

  test('an account that no cell covers is open where nothing is found, and a finding where something is', () => {
    const foreign = aRecord(1, '01:00:00', { ...trail('StopLogging'), recipientAccountId: '999999999999' });
    const verdicts = shownVerdicts(judged(policies, oneFile([foreign])));
    expect(verdicts).toContainEqual(expect.stringMatching(/^a-never 999999999999 NON_COMPLIANT/));
    expect(verdicts).toContain('b-at-most 999999999999 INSUFFICIENT_DATA');
  });
});

test('an hour of which files are there, and which digest files should prove and do not, is a hole', () => {
  const whole = wholeDay();
  const gap = {
    id: 'log-1',
    call: 'log-file',
    accountId: account,
    region: 'us-east-1',
    reason: 'not-collected',
    message: 'Not all digest files of 2026-11-20T05:00Z are there.',
    at: '2026-11-21T03:00:00Z',
  } as const;
  const cells = whole.cells.map((it) => (it.hour === '2026-11-20T05' ? { ...it, gap } : it));
  expect(verdict([], 'a-never', whole)).toBe('COMPLIANT');
  expect(verdict([], 'a-never', { ...whole, cells })).toBe('INSUFFICIENT_DATA');
});

describe('at-most', () => {
  const failures = (...times: readonly string[]) =>
    times.map((time, index) => aRecord(index, time, trail('StopLogging')));

  test('the end of the window counts', () => {
    expect(verdict(failures('01:00:00', '01:05:00', '01:10:00'), 'b-at-most')).toBe('NON_COMPLIANT [192.0.2.1 × 3]');
    expect(verdict(failures('01:00:00', '01:05:00', '01:10:01'), 'b-at-most')).toBe('COMPLIANT');
  });

  test('windows that overlap are one incident, others are joined by their key and day', () => {
    const one = failures('01:00:00', '01:05:00', '01:10:00', '01:15:00', '01:20:00');
    expect(verdict(one, 'b-at-most')).toBe('NON_COMPLIANT [192.0.2.1 × 5]');
    const two = failures('01:00:00', '01:01:00', '01:02:00', '03:00:00', '05:00:00', '05:01:00', '05:02:00');
    expect(verdict(two, 'b-at-most')).toBe('NON_COMPLIANT [192.0.2.1 × 6]');
  });

  test('what may be too many is open', () => {
    const records = failures('01:00:00', '01:01:00');
    const doubtful = aRecord(9, '01:02:00', { ...trail('StopLogging'), eventSource: undefined });
    expect(verdict([...records, doubtful], 'b-at-most')).toBe('INSUFFICIENT_DATA');
    const far = aRecord(9, '09:02:00', { ...trail('StopLogging'), eventSource: undefined });
    expect(verdict([...records, far], 'b-at-most')).toBe('COMPLIANT');
  });

  test('an address that is not known may be any', () => {
    const unknown = { ...trail('StopLogging'), sourceIPAddress: undefined };
    const records = [...failures('01:00:00', '01:01:00'), aRecord(9, '01:02:00', unknown)];
    expect(verdict(records, 'b-at-most')).toBe('INSUFFICIENT_DATA');
  });
});

describe('followed-by', () => {
  const stop = aRecord(1, '10:00:00', trail('StopLogging'));
  const start = (time: string, name = 'main') => aRecord(2, time, trail('StartLogging', name));

  test.each([
    ['in time', [stop, start('10:15:00')], 'COMPLIANT'],
    ['too late', [stop, start('10:15:01')], 'NON_COMPLIANT [main × 1]'],
    ['never', [stop], 'NON_COMPLIANT [main × 1]'],
    ['before', [stop, start('09:59:59')], 'NON_COMPLIANT [main × 1]'],
    ['of another trail', [stop, start('10:05:00', 'other')], 'NON_COMPLIANT [main × 1]'],
    ['in the same second, in either order', [stop, start('10:00:00')], 'INSUFFICIENT_DATA'],
    [
      'in the same second, and once more',
      [stop, start('10:00:00'), { ...start('10:01:00'), eventID: 'x' }],
      'COMPLIANT',
    ],
  ])('followed %s', (_, records, expected) => {
    expect(verdict(records, 'c-followed-by')).toBe(expected);
  });

  test('a hole after the first event leaves it open, one before does not', () => {
    expect(verdict([stop], 'c-followed-by', wholeDay([account], [10]))).toBe('INSUFFICIENT_DATA');
    expect(verdict([stop], 'c-followed-by', wholeDay([account], [9]))).toBe('NON_COMPLIANT [main × 1]');
  });

  test('what lies beyond the window, or is not delivered yet, leaves it open', () => {
    const late = aRecord(1, '23:50:00', trail('StopLogging'));
    expect(verdict([late], 'c-followed-by')).toBe('INSUFFICIENT_DATA');
    const now = Date.UTC(2026, 10, 20, 10, 10);
    expect(verdict([stop], 'c-followed-by', wholeDay(), now)).toBe('INSUFFICIENT_DATA');
  });
});

describe('happens', () => {
  const start = (time: string) => [aRecord(1, time, trail('StartLogging'))];

  test.each([
    ['seen', start('12:00:00'), [], 'COMPLIANT'],
    ['seen, whatever is missing', start('12:00:00'), [14], 'COMPLIANT'],
    ['seen too early', start('11:59:59'), [], `NON_COMPLIANT [${account} × 0]`],
    ['not seen', [], [], `NON_COMPLIANT [${account} × 0]`],
    ['not seen, with a hole', [], [14], 'INSUFFICIENT_DATA'],
    ['not seen, with a hole before the time that is asked', [], [3], `NON_COMPLIANT [${account} × 0]`],
  ])('%s', (_, records, missing, expected) => {
    expect(verdict(records, 'd-happens', wholeDay([account], missing))).toBe(expected);
  });

  test('a time that is longer than the window is open where nothing is seen', () => {
    const long = activityPolicies({
      long: `activity: { happens: { where: "${is('StartLogging')}", every: 92d } }\nmessage: M`,
    });
    expect(shownVerdicts(judged(long, oneFile([])))).toEqual([`long ${account} INSUFFICIENT_DATA`]);
    expect(shownVerdicts(judged(long, oneFile(start('01:00:00'))))).toEqual([`long ${account} COMPLIANT`]);
  });
});

describe('each event once', () => {
  const stop = aRecord(1, '10:00:00', trail('StopLogging'));

  test('two trails deliver it, and the verified object is the evidence', () => {
    const [found] = judged(policies, [
      { origin: { object: 'a', verified: false }, records: [stop] },
      { origin: { object: 'b', verified: true }, records: [stop] },
    ]);
    expect(found?.incidents.map((it) => it.events.map(({ origin }) => origin.object))).toEqual([['b']]);
  });

  test('of one action in two accounts the record of the caller counts', () => {
    const other = '444455556666';
    const shared = { ...stop, sharedEventID: 'shared' };
    const theirs = { ...shared, eventID: 'theirs', recipientAccountId: other };
    const verdicts = shownVerdicts(judged(policies, oneFile([theirs, shared]), wholeDay([account, other])));
    expect(verdicts).toContainEqual(expect.stringMatching(`^a-never ${account} NON_COMPLIANT`));
    expect(verdicts).toContain(`a-never ${other} COMPLIANT`);
    const later = { ...theirs, eventTime: '2026-11-20T11:00:00Z' };
    expect(shownVerdicts(judged(policies, oneFile([later, shared]), wholeDay([account, other])))).toContainEqual(
      expect.stringMatching(`^a-never ${other} NON_COMPLIANT`),
    );
  });

  test('an update stands for the event that it replaces', () => {
    const update = {
      ...stop,
      eventID: 'update',
      eventName: 'DescribeTrails',
      addendum: { reason: 'UPDATED_DATA', originalEventID: stop['eventID'] },
    };
    expect(verdict([stop, update], 'a-never')).toBe('COMPLIANT');
    expect(verdict([stop, { ...update, eventName: 'StopLogging' }], 'a-never')).toBe('NON_COMPLIANT [update × 1]');
  });

  test('what no digest file lists makes nothing well', () => {
    const started = aRecord(9, '21:00:00', trail('StartLogging'));
    const after = aRecord(10, '21:05:00', trail('StartLogging'));
    const stopped = aRecord(8, '20:58:00', trail('StopLogging'));
    const of = (verified: boolean): readonly string[] => {
      const batches = [
        { origin: { object: 'real', verified: true }, records: [stopped] },
        { origin: { object: 'planted', verified }, records: [started, after] },
      ];
      return judged(policies, batches).map(({ outcome }) => outcome);
    };
    expect(of(true).slice(2)).toEqual(['COMPLIANT', 'COMPLIANT']);
    expect(of(false).slice(2)).toEqual(['INSUFFICIENT_DATA', 'INSUFFICIENT_DATA']);
  });

  test('an altered copy under the same id does not hide it', () => {
    const altered = { ...stop, eventName: 'DescribeTrails' };
    expect(verdict([altered, stop], 'a-never')).toContain('NON_COMPLIANT');
  });

  test('what has its id in another account, or of another group, does not hide it', () => {
    const other = '444455556666';
    const theirs = { ...stop, recipientAccountId: other, userIdentity: { type: 'Root', accountId: other } };
    const verdicts = shownVerdicts(judged(policies, oneFile([theirs, stop]), wholeDay([account, other])));
    expect(verdicts).toContainEqual(expect.stringMatching(`^a-never ${account} NON_COMPLIANT`));
    expect(verdicts).toContainEqual(expect.stringMatching(`^a-never ${other} NON_COMPLIANT`));
    const tries = [1, 2, 3].map((it) => aRecord(it, '10:00:00', trail('StopLogging')));
    const elsewhere = tries.map((it, index) => ({ ...it, sourceIPAddress: `192.0.2.${index}` }));
    expect(verdict([...elsewhere, ...tries, ...tries], 'b-at-most')).toContain('× 3');
  });
});
