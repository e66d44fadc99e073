import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Results } from '../../src/index.js';
import { itemsOf } from '../support/config-items.js';
import { recordedWorld } from '../support/config-world.js';
import { aFolderOf, snapshot, snapshotText } from '../support/delivery-files.js';
import { startFakeAws } from '../support/fake-aws/index.js';
import { anInventory } from '../support/inventory-builders.js';
import { anOrganizationWithATrail } from '../support/worlds.js';
import { aFolder, runCli } from './run-cli.js';

const quiet = ['--quiet', '--fail-on', 'none'];

const resultsIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'reports/results.json'), 'utf8')) as Results;

test('scan --source config, and again from the inventory that it saved; not recorded is not incomplete', async () => {
  const world = await recordedWorld(anOrganizationWithATrail());
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
  expect((await run('inventory.json', '--as-of', '2026-01-01')).stderr).toContain('is of one moment');
  expect((await run('inventory.json')).status).toBe(0);
  expect((await run(folder, '--as-of', 'yesterday')).stderr).toContain("--as-of 'yesterday' is no time.");
  expect((await run(folder, '--as-of', '2999-01-01')).stderr).toContain('in the future');
});
