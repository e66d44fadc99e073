import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { schemaCheck } from '../../src/json-schema.js';
import type { Results } from '../../src/model/results.js';
import { anAccount, aRecord, logFile, logKey, writeFiles } from '../support/event-logs.js';
import { aFolder, runCli, type Ran } from './run-cli.js';

const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
const window = ['--from', '2026-11-20', '--to', '2026-11-21'];

const root = aRecord(1, {
  eventTime: '2026-11-20T10:17:00Z',
  sourceIPAddress: '203.0.113.7',
  userIdentity: { type: 'Root', accountId: anAccount, arn: `arn:aws:iam::${anAccount}:root` },
});

/** A day of which there is a log file of each hour; some are missing. */
async function aDay(
  folder: string,
  records: readonly ReturnType<typeof aRecord>[] = [],
  missing: readonly string[] = [],
): Promise<void> {
  const quiet = hours
    .filter((hour) => !missing.includes(hour))
    .map((hour, index) => {
      const record = aRecord(100 + index, { eventTime: `2026-11-20T${hour}:30:00Z` });
      return [logKey({ delivered: `2026-11-20T${hour}:35` }), logFile([record])] as const;
    });
  const own = logKey({ delivered: '2026-11-20T10:20', unique: 'INCIDENT' });
  await writeFiles(join(folder, 'logs'), Object.fromEntries([...quiet, [own, logFile(records)]]));
}

async function activity(folder: string, ...args: string[]): Promise<Ran & { readonly results: Results }> {
  const ran = await runCli(['activity', '--source', 'logs', ...window, ...args], { cwd: folder });
  // The program's own file, which the schema is held against.
  const results = JSON.parse(readFileSync(join(folder, 'reports/results.json'), 'utf8')) as Results;
  const validate = schemaCheck<Results>('schema/results.v1.json');
  expect({ valid: validate(results), errors: validate.errors }).toEqual({ valid: true, errors: null });
  return { ...ran, results };
}

const outcomes = ({ evaluations }: Results) => evaluations.map(({ policyId, outcome }) => `${policyId} ${outcome}`);

test('a whole day without an incident holds', async () => {
  const folder = aFolder();
  await aDay(folder);
  const { status, results } = await activity(folder);
  expect(status).toBe(0);
  expect(new Set(results.evaluations.map((it) => it.outcome))).toEqual(new Set(['COMPLIANT']));
  expect(results.coverage.logs).toMatchObject({ cells: 24, proven: 0, present: 24, silent: 0, unreadable: [] });
});

test('a missing hour leaves every verdict open, and nothing else changes', async () => {
  const folder = aFolder();
  await aDay(folder, [], ['04']);
  const { status, results } = await activity(folder);
  expect(status).toBe(3);
  expect(new Set(results.evaluations.map((it) => it.outcome))).toEqual(new Set(['INSUFFICIENT_DATA']));
  expect(results.coverage.logs).toMatchObject({ cells: 24, present: 23, silent: 1 });
  expect(results.gaps).toHaveLength(1);
});

test('an incident is a finding with its events, also where an hour is missing', async () => {
  const folder = aFolder();
  await aDay(folder, [root, root], ['04']);
  const { status, stdout, results } = await activity(folder, '--allow-incomplete');
  expect(status).toBe(1);
  expect(stdout).toContain('The root user of account 111122223333 was used from 203.0.113.7');
  const found = results.evaluations.find((it) => it.outcome === 'NON_COMPLIANT');
  expect(found?.incident).toEqual({
    key: '203.0.113.7',
    count: 1,
    firstAt: '2026-11-20T10:17:00Z',
    lastAt: '2026-11-20T10:17:00Z',
    events: [
      {
        eventID: root['eventID'],
        at: '2026-11-20T10:17:00Z',
        eventName: 'ListUsers',
        principal: 'root',
        sourceIPAddress: '203.0.113.7',
        object: expect.stringContaining('INCIDENT.json.gz'),
      },
    ],
    eventsLeftOut: 0,
  });
  const [evidence] = results.evidence;
  expect(evidence).toMatchObject({ call: 's3:GetObject', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(found?.evidence).toEqual([evidence?.id]);
  expect(outcomes(results)).toContain('trails-are-not-stopped INSUFFICIENT_DATA');
});

test('a policy on the state is not asked of events, nor one on events of the state', async () => {
  const folder = aFolder();
  await aDay(folder);
  const ofEvents = await runCli(['activity', '--source', 'logs', ...window, '--pack', 'baseline'], { cwd: folder });
  expect(ofEvents).toMatchObject({ status: 2, stderr: expect.stringContaining('Ask them with trailproof scan, ') });
  const ofState = await runCli(['scan', '--sample', '--pack', 'activity'], { cwd: folder });
  expect(ofState).toMatchObject({ status: 2, stderr: expect.stringContaining('Ask it with: trailproof activity.') });
});

test('a folder in which there are no events at all is not one where all is well', async () => {
  const folder = aFolder();
  await writeFiles(join(folder, 'logs'), { 'other.json': '{"Events":[]}' });
  const { status, results } = await activity(folder);
  expect(results.evaluations).toEqual([]);
  expect(status).toBe(3);
  expect((await activity(folder, '--allow-incomplete')).status).toBe(0);
});

test('without a source it says what to name', async () => {
  const ran = await runCli(['activity'], { cwd: aFolder() });
  expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('--source s3://BUCKET/PREFIX') });
});

test('the sample shows incidents and a hole, the same to the byte each time', async () => {
  const folder = aFolder();
  const first = await runCli(['activity', '--sample'], { cwd: folder });
  const before = readFileSync(join(folder, 'reports/results.json'), 'utf8');
  await runCli(['activity', '--sample'], { cwd: folder });
  expect(first.status).toBe(3);
  expect(first.stdout).toContain('2 without a log file');
  expect(readFileSync(join(folder, 'reports/results.json'), 'utf8')).toBe(before);
  const sarif = readFileSync(join(folder, 'reports/results.sarif'), 'utf8');
  expect(sarif).toContain('"id":"trailproof/activity/');
});

test('an incident stays open in the next run, until a waiver names its fingerprint', async () => {
  const folder = aFolder();
  await aDay(folder, [root]);
  const { results } = await activity(folder);
  const fingerprint = results.evaluations.find((it) => it.outcome === 'NON_COMPLIANT')?.fingerprint ?? '';
  await writeFiles(folder, {
    'before.json': readFileSync(join(folder, 'reports/results.json')),
    'waivers.yaml': [
      'version: 1',
      'waivers:',
      '  - id: W-1',
      '    policy: root-is-not-used',
      `    resources: ["${fingerprint}"]`,
      '    reason: The support plan was changed.',
      '    owner: platform@example.com',
      '    approvedBy: security@example.com',
      `    created: ${new Date().toISOString().slice(0, 10)}`,
      `    expires: ${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}`,
    ].join('\n'),
  });
  const later = ['--from', '2026-11-20T12:00:00Z', '--previous', 'before.json', '--keep-open', '9999d'];
  const open = await activity(folder, ...later);
  expect(open).toMatchObject({ status: 1, stderr: expect.stringContaining('Carried forward, not evaluated again') });
  const accepted = await activity(folder, ...later, '--waivers', 'waivers.yaml');
  expect(accepted.status).toBe(0);
  expect(accepted.results.waivers).toMatchObject([{ id: 'W-1', state: 'used', accepts: 1 }]);
});

test('an incident whose file was taken away stays open, and one that is allowed now is closed', async () => {
  const folder = aFolder();
  await aDay(folder, [root]);
  await activity(folder);
  const allowing = `version: 1\nid: allowing\ntitle: T\nextends: [builtin:activity]\noverride:\n  root-is-not-used: { params: { allowedEvents: [ListUsers] } }\n`;
  await writeFiles(folder, {
    'before.json': readFileSync(join(folder, 'reports/results.json')),
    'allowing.yaml': allowing,
  });
  const before = ['--previous', 'before.json', '--keep-open', '9999d'];
  const allowed = await activity(folder, ...before, '--pack', 'allowing.yaml');
  expect(allowed.status).toBe(0);
  await aDay(folder);
  const gone = await activity(folder, ...before);
  expect(gone).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('Carried forward, not evaluated again: 1 finding'),
  });
});

test('a series that begins before the window counts from its beginning, and is open where that is missing', async () => {
  const folder = aFolder();
  const failure = (number: number, eventTime: string) =>
    aRecord(number, {
      eventTime,
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      errorMessage: 'Failed authentication',
      responseElements: { ConsoleLogin: 'Failure' },
    });
  await aDay(folder);
  const after = [11, 12, 13].map((it) => failure(it, `2026-11-20T00:0${it - 10}:00Z`));
  const midnight = logKey({ delivered: '2026-11-20T00:10', unique: 'AFTER' });
  await writeFiles(join(folder, 'logs'), { [midnight]: logFile(after) });
  const guessed = async (): Promise<readonly string[]> => {
    const { results } = await activity(folder, '--allow-incomplete');
    const found = results.evaluations.filter((it) => it.policyId === 'console-passwords-are-not-guessed');
    return found.map((it) => `${it.outcome} ${it.incident?.count ?? ''} ${it.incident?.firstAt ?? ''}`.trim());
  };
  expect(await guessed()).toEqual(['INSUFFICIENT_DATA']);
  const before = [1, 2, 3].map((it) => failure(it, `2026-11-19T23:5${it + 5}:00Z`));
  const evening = ['18', '19', '20', '21', '22', '23'].map((hour, index) => {
    const records = [aRecord(50 + index, { eventTime: `2026-11-19T${hour}:30:00Z` }), ...(hour === '23' ? before : [])];
    return [logKey({ delivered: `2026-11-19T${hour}:59` }), logFile(records)] as const;
  });
  await writeFiles(join(folder, 'logs'), Object.fromEntries(evening));
  expect(await guessed()).toEqual(['NON_COMPLIANT 6 2026-11-19T23:56:00Z']);
});

test('a flag that is wrong is refused before anything is read', async () => {
  const cwd = aFolder();
  const wrong = [
    ['--sample', '--source', 'logs'],
    ['--source', 'logs', '--keep-open', 'long'],
    ['--source', 'logs', '--to', '2999-01-01'],
    ['--source', 'missing'],
  ];
  const ran = await Promise.all(wrong.map(async (args) => await runCli(['activity', ...args], { cwd })));
  expect(ran.map((it) => it.status)).toEqual([2, 2, 2, 2]);
});

test.each([
  ['--keys', 'keys.json'],
  ['--keep-open', '5d'],
  ['--role-name', 'Audit'],
  ['--log-role-name', 'Logs'],
  ['--external-id', 'abcdef'],
  ['--product-arn', 'arn:aws:securityhub:us-east-1:111122223333:product/111122223333/default'],
])('%s that would change nothing is refused', async (flag, value) => {
  const { status, stderr } = await runCli(['activity', '--source', 'logs', ...window, flag, value], { cwd: aFolder() });
  expect(status).toBe(2);
  expect(stderr).toContain(`${flag} has no effect here.`);
});
