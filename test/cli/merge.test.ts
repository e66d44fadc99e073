import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Results } from '../../src/index.js';
import { startFakeAws, type World } from '../support/fake-aws/index.js';
import { aWellKeptOrganization } from '../support/kept-organization.js';
import { anOwnTrail, dev, joined, prod } from '../support/worlds.js';
import { aFolder, runCli } from './run-cli.js';

const world = joined(aWellKeptOrganization(), anOwnTrail(prod), anOwnTrail(dev));

async function startWorld(it: World) {
  const aws = await startFakeAws(it);
  onTestFinished(async () => await aws.close());
  return aws.environment();
}

const resultsIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'reports/results.json'), 'utf8')) as Results;

test('shards are read, refused one by one, and merged to the result of a whole scan', async () => {
  const environment = await startWorld(world);
  const [cwd, other] = [aFolder(), aFolder()];
  for (const index of [0, 1]) {
    const shard = await runCli(['scan', '--shard', '2', '--save-inventory', `shard-${index + 1}.json.gz`], {
      cwd,
      environment: { ...environment, JOB_COMPLETION_INDEX: String(index) },
    });
    expect(shard).toMatchObject({ status: 0, stdout: '' });
    expect(shard.stderr).toContain('Nothing was evaluated: a shard is only a part of the organization.');
    expect(shard.stderr).toMatch(/in other shards/);
  }
  expect(existsSync(join(cwd, 'reports'))).toBe(false);

  const alone = await runCli(['scan', '--source', 'shard-1.json.gz'], { cwd });
  expect(alone.status).toBe(2);
  expect(alone.stderr).toContain('This inventory is shard 1 of 2');

  const half = await runCli(['merge', 'shard-2.json.gz'], { cwd });
  expect(half.status).toBe(3);
  expect(half.stderr).toContain('warning: shard 1 of 2 is missing: its accounts count as not readable.');
  expect(resultsIn(cwd).coverage.accounts.unreadable.length).toBeGreaterThan(0);

  const files = ['shard-1.json.gz', 'shard-2.json.gz'];
  const merged = await runCli(['merge', ...files, '--pack', 'core', '--save-inventory', 'whole.json'], { cwd });
  const whole = await runCli(['scan', '--pack', 'core'], { cwd: other, environment });
  expect(merged.status).toBe(whole.status);
  expect(resultsIn(cwd).evaluations).toEqual(resultsIn(other).evaluations);
  expect(resultsIn(cwd).coverage.accounts).toEqual(resultsIn(other).coverage.accounts);
  expect(existsSync(join(cwd, 'whole.json'))).toBe(true);
});

test('merge --allow-incomplete takes what is there, and says what is not', async () => {
  const environment = await startWorld(world);
  const cwd = aFolder();
  await runCli(['scan', '--shard', '1/2', '--save-inventory', '1.json'], { cwd, environment });
  await runCli(['merge', '1.json', '--allow-incomplete', '--quiet', '--fail-on', 'none'], { cwd });
  const { unreadable } = resultsIn(cwd).coverage.accounts;
  expect(unreadable.length).toBeGreaterThan(0);
  expect(unreadable[0]?.reason).toContain('shard 2 of 2');
});

test('a shard with an account that could not be read ends with 3', async () => {
  const environment = await startWorld(aWellKeptOrganization({ devAccount: { roles: [] } }));
  const run = async (...args: readonly string[]) =>
    (await runCli(['scan', '--shard', '1/1', '--save-inventory', '1.json', ...args], { cwd: aFolder(), environment }))
      .status;
  expect(await run()).toBe(3);
  expect(await run('--allow-incomplete')).toBe(0);
});

test('--resume reads the rest, into the same file', async () => {
  const cwd = aFolder();
  const before = await startWorld(aWellKeptOrganization({ devAccount: { roles: [] } }));
  expect((await runCli(['collect', '--save-inventory', 'it.json'], { cwd, environment: before })).status).toBe(3);
  const after = await startWorld(aWellKeptOrganization());
  const again = await runCli(['collect', '--resume', 'it.json', '--save-inventory', 'it.json'], {
    cwd,
    environment: after,
  });
  expect(again.status).toBe(0);
  expect(again.stdout).toContain('Read 4 of 4 accounts');
});

test.each([
  [['--shard', '1/2'], '--shard needs --save-inventory'],
  [['--shard', '3/2', '--save-inventory', 'x.json'], 'they count from 1 to 2'],
  [['--sample', '--shard', '1/2', '--save-inventory', 'x.json'], '--shard chooses what is read from live AWS'],
  [['--sample', '--resume', 'x.json'], '--resume chooses what is read from live AWS'],
  [['--resume', 'x.json'], 'There is no inventory x.json'],
])('scan %j is refused', async (args, message) => {
  const { status, stderr } = await runCli(['scan', ...args], { cwd: aFolder() });
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test('merge without a file is refused', async () => {
  const { status, stderr } = await runCli(['merge'], { cwd: aFolder() });
  expect(status).toBe(2);
  expect(stderr).toBe("error: missing required argument 'file'\n(trailproof merge --help shows the usage)\n");
});
