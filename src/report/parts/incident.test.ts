import { expect, test } from 'vitest';
import type { Evaluation, Incident } from '../../model/results.js';
import { aFingerprint, anAccountTarget, aPolicy, aResults } from '../../../test/support/results-builders.js';
import { render } from '../index.js';
import { incidentParagraphs, logsText } from './incident.js';

const hostile = 'eve\u001b[2J\u202E|<b>=1+1';
const event = (number: number) => ({
  eventID: `event-${number}`,
  at: `2026-11-20T10:0${number}:00Z`,
  eventName: 'ListUsers',
  principal: hostile,
  sourceIPAddress: '203.0.113.7',
  object: 'AWSLogs/a.json.gz',
});

function anIncident(key: string, incident: Partial<Incident> = {}): Evaluation {
  const message = `Root was used from ${key}.`;
  return {
    policyId: 'root-is-not-used',
    outcome: 'NON_COMPLIANT',
    severity: 'high',
    target: anAccountTarget('111111111111', 'management'),
    message,
    reasons: [{ assert: 'activity', message, because: [] }],
    evidence: [],
    gaps: [],
    fingerprint: aFingerprint(key),
    incident: {
      key,
      count: 5,
      firstAt: '2026-11-20T10:01:00Z',
      lastAt: '2026-11-20T10:05:00Z',
      events: [1, 2, 3, 4].map(event),
      eventsLeftOut: 1,
      ...incident,
    },
  };
}

test('the first events of an incident are told, and how many more there are', () => {
  const [text = ''] = incidentParagraphs(
    anIncident('a', {
      events: [1, 2, 3, 4].map((it) => Object.assign(event(it), { principal: 'root', verified: it === 1 })),
    }),
  );
  expect(text).toBe(
    '5 events, from 2026-11-20 10:01:00 UTC to 2026-11-20 10:05:00 UTC: ' +
      'ListUsers at 2026-11-20 10:01:00 UTC by root from 203.0.113.7, in AWSLogs/a.json.gz (verified); ' +
      'ListUsers at 2026-11-20 10:02:00 UTC by root from 203.0.113.7, in AWSLogs/a.json.gz (not verified); ' +
      'ListUsers at 2026-11-20 10:03:00 UTC by root from 203.0.113.7, in AWSLogs/a.json.gz (not verified); and 2 more.',
  );
});

test('what did not happen has a span and no event', () => {
  expect(incidentParagraphs(anIncident('a', { events: [], eventsLeftOut: 0, count: 0 }))).toEqual([
    'No such event from 2026-11-20 10:01:00 UTC to 2026-11-20 10:05:00 UTC.',
  ]);
});

test('hours are counted by how they are known', () => {
  const unreadable = [
    { accountId: '1', region: 'us-east-1', from: '2026-11-20T01:00:00Z', to: '2026-11-20T02:00:00Z' },
  ];
  const logs = {
    from: '2026-11-20T00:00:00Z',
    to: '2026-11-21T00:00:00Z',
    cells: 24,
    proven: 3,
    present: 18,
    silent: 2,
    unreadable,
  };
  expect(logsText(logs)).toBe(
    '2026-11-20 00:00:00 UTC to 2026-11-21 00:00:00 UTC, 24 hours of an account in a Region: 3 proven by digest files, 18 with log files, 2 without a log file, 1 not readable',
  );
  expect(logsText({ ...logs, deliveredUntil: '2026-11-22T00:00:00Z' })).toContain(
    '1 not readable; of log files those that came before 2026-11-22 00:00:00 UTC',
  );
});

const results = aResults({
  policies: [aPolicy({ id: 'root-is-not-used', target: 'account' })],
  evaluations: [anIncident('203.0.113.7'), anIncident('203.0.113.8')],
});

test.each(['text', 'markdown', 'html', 'junit', 'csv', 'sarif', 'json'] as const)(
  '%s shows each incident, and no control character of an attacker',
  (format) => {
    const text = [...render(format, results)].join('');
    expect(text).toContain('203.0.113.7');
    expect(text).toContain('203.0.113.8');
    expect(text).not.toMatch(/[\u001b\u202E]/);
  },
);

test.each(['markdown', 'html', 'junit'] as const)('%s takes nothing of it for markup', (format) => {
  expect([...render(format, results)].join('')).not.toContain('<b>=');
});

test('each incident of an account is a test case of its own', () => {
  const names = [...[...render('junit', results)].join('').matchAll(/<testcase classname="[^"]*" name="([^"]*)"/g)];
  expect(new Set(names.map(([, name]) => name)).size).toBe(2);
});

test('the same incident in two accounts stays two findings', () => {
  const other = {
    ...anIncident('203.0.113.7'),
    target: anAccountTarget('222222222222', 'b'),
    fingerprint: aFingerprint('b'),
  };
  const policies = [aPolicy({ id: 'root-is-not-used', target: 'account' })];
  const two = aResults({ policies, evaluations: [anIncident('203.0.113.7'), other] });
  expect([...render('text', two)].join('')).toContain('2 findings');
});
