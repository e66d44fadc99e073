import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { History } from '../../src/model/history.js';
import { anItem } from '../support/config-items.js';
import { aFolderOf, historyAt, snapshotText } from '../support/delivery-files.js';
import { discovered, recorded } from '../support/past-files.js';
import { aFolder, runCli } from './run-cli.js';
import { schemaCheck } from '../../src/json-schema.js';

const policy = ['--fail-on', 'medium'];
const year = ['--from', '2026-01-01', '--to', '2026-11-01'];

/** Validation of the trail's log files was off in June, and the recorder was there all the time. */
const items = [
  ...discovered('2026-01-01T00:00:00.000Z'),
  ...recorded('trail', '2026-06-01T00:00:00.000Z', { logFileValidationEnabled: false }),
  ...recorded('trail', '2026-07-01T00:00:00.000Z', { logFileValidationEnabled: true }),
  ...['111111111111', '222222222222'].map((awsAccountId) =>
    anItem({
      resourceType: 'AWS::EC2::Instance',
      resourceId: 'i-1',
      awsAccountId,
      configurationItemCaptureTime: '2026-11-02T00:00:00.000Z',
    }),
  ),
];

const fits = schemaCheck('schema/history.v1.json');

test('history of files: JSON that fits its schema, a timeline as text, exit 1 for what was ever out of compliance', async () => {
  const folder = aFolderOf({ 'all.json': snapshotText(items) });
  const cwd = aFolder();
  const run = async (...args: string[]) =>
    await runCli(['history', ...year, ...policy, '--source', folder, ...args], { cwd });
  const asJson = await run('--format', 'json', '--output', 'out/history.json');
  expect(asJson).toMatchObject({ status: 1, stdout: '', stderr: 'Wrote out/history.json\n' });
  const history = JSON.parse(readFileSync(join(cwd, 'out/history.json'), 'utf8')) as History;
  expect(fits(history) ? [] : fits.errors).toEqual([]);
  expect(history.summary).toMatchObject({ everNonCompliant: 1, nonCompliantNow: 0, worst: { seconds: 30 * 86_400 } });
  const text = await run();
  expect(text.status).toBe(1);
  expect(text.stdout).toContain('2026-06-01 00:00:00 UTC  NON_COMPLIANT      30 d');
  expect(text.stdout).toContain('does not validate its log files');
  expect((await run('--fail-on', 'critical')).status).toBe(0);
  expect((await run('--format', 'json')).stdout).toBe(readFileSync(join(cwd, 'out/history.json'), 'utf8'));
});

test('a file that was skipped may have held a change: incomplete', async () => {
  const half = historyAt('222222222222', 'eu-central-1', 'AWS::CloudTrail::Trail', '20260801T000000Z');
  const folder = aFolderOf({ 'all.json': snapshotText(items), [half]: snapshotText(items).slice(0, 500) });
  const args = ['history', ...year, '--source', folder, '--format', 'json'];
  const run = await runCli(args, { cwd: aFolder() });
  expect(run.status).toBe(3);
  expect(run.stdout).toContain('is cut off: its JSON does not end');
  expect((await runCli([...args, '--allow-incomplete'], { cwd: aFolder() })).status).toBe(1);
});

test.each([
  [['--from', '2026-02-30', '--to', '2026-04-01'], "--from '2026-02-30' is not a time."],
  [['--from', '2026-02-03T10:00', '--to', '2026-04-01'], 'has no time zone.'],
  [['--from', '2026-04-01', '--to', '2026-04-01'], 'is not before --to'],
  [['--from', '2026-04-01', '--to', '2999-01-01'], '--to 2999-01-01 is in the future.'],
  [['--from', '1999-01-01', '--to', '2026-01-01'], 'is before CloudTrail began'],
  [[...year, '--format', 'csv'], "There is no format 'csv' for a history."],
  [[...year, '--fail-on', 'all'], "--fail-on 'all' is not a severity."],
  [[...year, '--account', '12'], "--account '12' is not an account id."],
  [[...year, '--files-until', 'now'], "--files-until 'now' is not a time."],
])('%j is refused', async (args, message) => {
  const folder = aFolderOf({ 'all.json': snapshotText(items) });
  const run = await runCli(['history', '--source', folder, ...args], { cwd: aFolder() });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain(message);
});

test('a folder without files of AWS Config is refused', async () => {
  const run = await runCli(['history', ...year, '--source', aFolderOf({ 'a.json': '{"Records":[]}' })], {
    cwd: aFolder(),
  });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('holds no');
});
