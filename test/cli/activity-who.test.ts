import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { aRecord, anAccount as owner, eventId, logFile, logKey, writeFiles } from '../support/event-logs.js';
import { anAccount, aRole, aWorld, startFakeAws, type FakeAws, type World } from '../support/fake-aws/index.js';
import { hostileNames, leaksOf } from '../support/hostile-characters.js';
import { fakeOrganization, member } from '../support/signed-bucket/fake-world.js';
import { copyOnDisk } from '../support/signed-bucket/copy-on-disk.js';
import { edit, nth } from '../support/signed-bucket/tamper.js';
import { at, SignedWorld } from '../support/signed-bucket/world.js';
import { aFolder, runCli, type Ran } from './run-cli.js';

const region = 'eu-west-1';
const bob = { requestParameters: { userName: 'bob' }, readOnly: false };
const events = [
  aRecord(1, { ...bob, eventName: 'CreateUser', eventTime: '2026-11-20T10:01:00Z' }),
  aRecord(2, { ...bob, eventName: 'CreateAccessKey', eventTime: '2026-11-20T10:02:00Z' }),
  aRecord(3, { ...bob, eventName: 'DeleteUser', eventTime: '2026-11-20T10:03:00Z', errorCode: 'AccessDenied' }),
  aRecord(4, { ...bob, eventName: 'DeleteUser', eventTime: '2026-11-20T10:04:00Z' }),
  aRecord(5, { eventTime: '2026-11-20T10:05:00Z' }),
];
const day = ['--from', '2026-11-20T10:00:00Z', '--to', '2026-11-20T11:00:00Z'];
const ana = 'arn:aws:iam::111122223333:user/ana';
const lines = [
  `2026-11-20T10:04:00Z  ${ana}  iam:DeleteUser  succeeded  192.0.2.1  ${region}  ${owner}  <- last that deleted it`,
  `2026-11-20T10:03:00Z  ${ana}  iam:DeleteUser  denied AccessDenied  192.0.2.1  ${region}  ${owner}`,
  `2026-11-20T10:02:00Z  ${ana}  iam:CreateAccessKey  succeeded  192.0.2.1  ${region}  ${owner}  <- last that changed it`,
  `2026-11-20T10:01:00Z  ${ana}  iam:CreateUser  succeeded  192.0.2.1  ${region}  ${owner}  <- last that created it`,
  '',
];

test('of log files, a line an event, the newest first, and what was read', async () => {
  const cwd = aFolder();
  const key = logKey({ delivered: '2026-11-20T10:10' });
  await writeFiles(cwd, { [`logs/${key}`]: logFile(events), [`logs/copy/${key}`]: logFile(events) });
  const { status, stdout, stderr } = await runCli(['activity', 'who', 'bob', '--source', 'logs', ...day], { cwd });
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    ...lines,
    '4 events of bob from 2026-11-20T10:00Z to 2026-11-20T11:00Z, in logs.',
    'Read: 1 account in 1 Region; hours proven 0, present 1, silent 0, unreadable 0.',
    '',
  ]);
  expect(status).toBe(0);
});

test('what could not be read is told, and ends with 3', async () => {
  const cwd = aFolder();
  await writeFiles(cwd, {
    [logKey({ delivered: '2026-11-20T10:10' })]: logFile(events),
    [logKey({ delivered: '2026-11-20T10:20' })]: gzipSync('{"Records":['),
  });
  const { status, stdout } = await runCli(['activity', 'who', ana, '--source', '.', ...day], { cwd });
  expect(stdout).toContain('5 events of arn:aws:iam');
  expect(stdout).toMatch(/Not read \(1 hour\): AWSLogs\/.* is cut off: its JSON does not end\./);
  expect(status).toBe(3);
});

async function whoIn(world: World, args: readonly string[]): Promise<Ran & { readonly aws: FakeAws }> {
  // Event history holds 90 days: its day stays within them.
  const aws = await startFakeAws(world, { now: () => Date.parse('2026-11-21T00:00:00Z') });
  onTestFinished(async () => await aws.close());
  const ran = await runCli(['activity', 'who', ...args], { cwd: aFolder(), environment: aws.environment() });
  return { ...ran, aws };
}

const history = {
  [owner]: { [region]: events.map((record) => ({ record, resources: [{ name: 'bob', type: 'AWS::IAM::User' }] })) },
};
const world = aWorld({ accounts: [anAccount({ id: owner, roles: [aRole()] })], eventHistory: history });

test('without a trail, of Event history by its attributes', async () => {
  const { status, stdout, aws } = await whoIn(world, ['bob', '--region', region, ...day, '--format', 'json']);
  const report = JSON.parse(stdout) as {
    readonly events: readonly Record<string, unknown>[];
    readonly coverage: object;
  };
  expect(report.events.map((it) => [it['eventID'], it['effect'], it['isLast']])).toEqual([
    [eventId(4), 'deleted', true],
    [eventId(3), undefined, undefined],
    [eventId(2), 'changed', true],
    [eventId(1), 'created', true],
  ]);
  expect(report.events[0]).toMatchObject({
    object: `event-history/${owner}/${region}`,
    principal: ana,
    service: 'iam',
  });
  expect(report.coverage).toMatchObject({ hours: { present: 1 }, notRead: [], managementEventsOnly: true });
  expect(aws.countBy('operation')['cloudtrail:LookupEvents']).toBe(2);
  expect(status).toBe(0);
});

test('an account that cannot be entered is told', async () => {
  const { status, stdout } = await whoIn(world, ['bob', '--account', '444455556666', '--region', region, ...day]);
  expect(stdout).toContain('Not read: Event history of account 444455556666 could not be read');
  expect(status).toBe(3);
});

test('of a bucket, with its digest files', async () => {
  const signed = new SignedWorld();
  signed.sixHours({ account: member, base: 'AWSLogs/o-exampleorgid/' });
  const from = new Date(at(1)).toISOString();
  const to = new Date(at(3)).toISOString();
  const { stdout } = await whoIn(fakeOrganization(signed), [
    'nobody',
    '--source',
    's3://organization-logs',
    '--verify',
    '--from',
    from,
    '--to',
    to,
  ]);
  expect(stdout).toContain('hours proven 2, present 0, silent 0, unreadable 0.');
});

test('of a copy on disk, with keys that were saved; a byte that was changed is told', async () => {
  const signed = new SignedWorld();
  const chain = signed.sixHours();
  const cwd = aFolder();
  copyOnDisk(signed, cwd);
  const window = ['--from', new Date(at(0)).toISOString(), '--to', new Date(at(6)).toISOString()];
  const who = async (): Promise<Ran> =>
    await runCli(['activity', 'who', 'nobody', '--source', 'copy', '--verify', '--keys', 'keys.json', ...window], {
      cwd,
    });
  const whole = await who();
  expect(whole.stderr).toBe('');
  expect(whole.stdout).toContain('hours proven 6, present 0, silent 0, unreadable 0.');
  expect(whole.status).toBe(0);
  edit(signed, nth(chain.logFiles, 10), (text) => text.replace('{', '{ '));
  copyOnDisk(signed, cwd);
  const changed = await who();
  expect(changed.stdout).toMatch(/hours proven 3, present 0, silent 0, unreadable 3\./);
  expect(changed.stdout).toContain('is not what its digest file says of its content: it was changed.');
  expect(changed.status).toBe(3);
});

test('texts of attackers reach no terminal', async () => {
  const cwd = aFolder();
  const hostile = hostileNames.slice(0, 400).map((text, index) =>
    aRecord(index, {
      eventName: text,
      userAgent: text,
      sourceIPAddress: text,
      awsRegion: text,
      errorCode: text,
      requestParameters: { userName: 'bob', text },
    }),
  );
  await writeFiles(cwd, { 'hostile.json': JSON.stringify({ Records: hostile }) });
  for (const format of ['text', 'json']) {
    const { stdout, stderr } = await runCli(['activity', 'who', 'bob', '--source', '.', '--format', format, ...day], {
      cwd,
    });
    expect(leaksOf(stdout + stderr)).toEqual([]);
    expect(stdout).toContain('FORGED');
  }
});

test.each([
  [['bob', '--verify'], '--verify, --keys and --log-role-name are of log files'],
  [['bob', '--source', '.', '--region', region], '--account and --region are of Event history.'],
  [['bob', '--source', 'missing'], "--source 'missing' cannot be read"],
  [['bob', '--format', 'csv'], "There is no format 'csv' for activity who."],
  [['bob', '--pack', 'core'], 'activity who has no flag --pack.'],
  [[' '], '<what> is empty.'],
])('%j is refused', async (args, message) => {
  const { status, stderr } = await runCli(['activity', 'who', ...args], { cwd: aFolder() });
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
