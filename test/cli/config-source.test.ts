import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Results } from '../../src/index.js';
import { itemsOf } from '../support/config-items.js';
import { recordedWorld } from '../support/config-world.js';
import { aFolderOf, snapshot, snapshotText } from '../support/delivery-files.js';
import { aBucket, startFakeAws } from '../support/fake-aws/index.js';
import { anInventory } from '../support/inventory-builders.js';
import { aWellKeptOrganization } from '../support/kept-organization.js';
import { aFolder, runCli } from './run-cli.js';

const quiet = ['--quiet', '--fail-on', 'none'];

const resultsIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'reports/results.json'), 'utf8')) as Results;

test('scan --source config, and again from the inventory that it saved; not recorded is not incomplete', async () => {
  const world = await recordedWorld(aWellKeptOrganization());
  vi.unstubAllEnvs();
  const aws = await startFakeAws(world);
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  const environment = aws.environment({ region: 'us-east-1' });
  const source = ['--source', 'config', '--aggregator', 'organization'];
  const scan = await runCli(['scan', ...quiet, ...source, '--save-inventory', 'kept.json'], { cwd, environment });
  expect(scan.status).toBe(0);
  const first = resultsIn(cwd);
  expect(first.run.source).toBe('config');
  expect(first.summary.byOutcome['INSUFFICIENT_DATA']).toBeGreaterThan(0);
  const replay = await runCli(['scan', ...quiet, '--source', 'kept.json'], { cwd });
  expect(replay.status).toBe(0);
  expect(resultsIn(cwd).evaluations).toEqual(first.evaluations);
  const unknown = await runCli(['collect', '--quiet', '--source', 'config', '--aggregator', 'x'], { cwd, environment });
  expect(unknown.status).toBe(2);
  expect(unknown.stderr).toContain("There is no aggregator 'x'");
});

test('scan of files: a folder, one file, a time in the past; what is broken is told apart', async () => {
  const items = itemsOf(anInventory());
  const folder = aFolderOf({ 'all.json.gz': snapshot(items), 'half.json': snapshotText(items).slice(0, 500) });
  const cwd = aFolder();
  const run = async (...args: string[]) => await runCli(['scan', ...quiet, '--source', ...args], { cwd });
  // The file that was skipped may have held a trail: that is incomplete.
  expect((await run(folder)).status).toBe(3);
  const { gaps, run: info } = resultsIn(cwd);
  expect(info).toMatchObject({ source: 'config', caller: 'unknown', capturedAt: '2026-11-20T22:00:00.000Z' });
  expect(gaps.map((it) => it.resource)).toContain('half.json');
  expect((await run(join(folder, 'all.json.gz'))).status).toBe(0);
  const half = await run(join(folder, 'half.json'));
  expect(half.status).toBe(2);
  expect(half.stderr).toContain('is cut off: its JSON does not end');
  const early = await run(folder, '--as-of', '2026-01-01');
  expect(early.status).toBe(2);
  expect(early.stderr).toContain('Not one account could be read');
  writeFileSync(join(cwd, 'inventory.json'), JSON.stringify(anInventory()));
  expect((await run('inventory.json', '--as-of', '2026-01-01')).stderr).toContain('holds the state of one moment');
  expect((await run('inventory.json', '--pack', 'core')).status).toBe(0);
  expect((await run(folder, '--as-of', 'yesterday')).stderr).toContain("--as-of 'yesterday' is not a time.");
  expect((await run(folder, '--as-of', '2999-01-01')).stderr).toContain('in the future');
});

test('scan of files in S3, and the permissions that it takes', async () => {
  const bucket = aBucket({ name: 'recorded-by-config', region: 'eu-west-1' });
  const world = aWellKeptOrganization();
  const objects = { [bucket.name]: { 'o-1/all.json.gz': snapshot(itemsOf(anInventory())) } };
  const aws = await startFakeAws({ ...world, buckets: [...world.buckets, bucket], objects });
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  const environment = aws.environment({ region: 'us-east-1' });
  const run = async (...args: string[]) => await runCli(args, { cwd, environment });
  const scan = await run('scan', ...quiet, '--source', 's3://recorded-by-config/o-1');
  expect(scan.stderr).not.toContain('rror');
  expect(scan.status).toBe(0);
  const { run: info, coverage } = resultsIn(cwd);
  expect(info).toMatchObject({ source: 'config', capturedAt: '2026-11-20T22:00:00.000Z' });
  expect(coverage.apiCalls.byOperation).toMatchObject({ 's3:ListObjectsV2': 1 });
  writeFileSync(join(cwd, 'trailproof.yaml'), 'version: 1\nsource: s3://recorded-by-config/o-2\n');
  const none = await run('scan', ...quiet, '--config', 'trailproof.yaml');
  expect(none.status).toBe(2);
  expect(none.stderr).toContain('s3://recorded-by-config/o-2 holds no files');
  expect((await run('scan', '--source', 's3://recorded-by-config', '--deep')).stderr).toContain(
    '--deep is for calls to the accounts',
  );
  expect((await run('scan', '--source', 's3://B')).stderr).toContain("'s3://B' names no bucket");
  expect((await run('scan', '--source', 's3://recorded-by-config', '--as-of', 'x')).stderr).toContain('is not a time');
  const allowed = await run('permissions', '--source', 's3://recorded-by-config/o-1/', '--partition', 'aws-cn');
  expect(JSON.parse(allowed.stdout)).toMatchObject({
    Statement: [
      { Action: ['s3:ListBucket'], Resource: 'arn:aws-cn:s3:::recorded-by-config' },
      { Action: ['s3:GetObject'], Resource: 'arn:aws-cn:s3:::recorded-by-config/o-1/*' },
    ],
  });
  const kept = await run('collect', '--source', 's3://recorded-by-config/o-1', '--save-inventory', 'kept.json');
  expect(kept.stdout).toContain('Written to kept.json');
});

test('recorders are read live where a policy asks, also for an inventory that is kept for others', async () => {
  const aws = await startFakeAws(aWellKeptOrganization());
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  const environment = aws.environment({ region: 'us-east-1' });
  const scan = await runCli(['scan', ...quiet, '--pack', 'config', '--save-inventory', 'kept.json'], {
    cwd,
    environment,
  });
  expect(scan.status).toBe(0);
  const first = resultsIn(cwd);
  expect(new Set(first.evaluations.map((it) => it.outcome))).toEqual(new Set(['NON_COMPLIANT']));
  expect(first.evaluations.length).toBeGreaterThan(4 * 16);
  const replay = await runCli(['scan', ...quiet, '--pack', 'config', '--source', 'kept.json'], { cwd });
  expect(replay.status).toBe(0);
  expect(resultsIn(cwd).evaluations).toEqual(first.evaluations);
  const target = first.evaluations[0]?.target.id ?? '';
  const why = ['explain', 'config-recorder-records-trails', '--target', target, '--quiet'];
  const explained = await runCli(why, { cwd, environment });
  expect(explained.stdout).toContain('has(recorder.name)');
  expect(explained.stdout).toContain('NON_COMPLIANT');
  const plain = await runCli(['collect', '--quiet', '--save-inventory', 'plain.json'], { cwd, environment });
  expect(plain.status).toBe(0);
  const other = await runCli(['scan', ...quiet, '--pack', 'config', '--source', 'plain.json'], { cwd });
  expect(other.status).toBe(3);
});
