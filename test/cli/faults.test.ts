import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeAws, type FakeAwsOptions, type World } from '../support/fake-aws/index.js';
import { aWellKeptOrganization } from '../support/kept-organization.js';
import { aFolder, runCli, type Ran } from './run-cli.js';

const main = resolve('dist/cli/main.js');

async function cli(cwd: string, args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ran> {
  return await runCli(args, { cwd, ...(environment === undefined ? {} : { environment }) });
}

async function reached(world: World, options?: FakeAwsOptions) {
  const aws = await startFakeAws(world, options);
  onTestFinished(async () => await aws.close());
  return { aws, environment: aws.environment() };
}

describe('where the reports cannot be written, the run does not begin', () => {
  test.each<[string, string]>([
    ['a-file', 'a-file cannot be written: EEXIST'],
    ['a-file/reports', 'a-file/reports cannot be written: ENOTDIR'],
    ['/proc/nope/reports', '/proc/nope/reports cannot be written: ENOENT'],
    ['/dev/full', '/dev/full cannot be written: EEXIST'],
    ['taken', 'taken/report.md cannot be written: there is a folder of this name.'],
  ])('--output %s', async (output, why) => {
    const cwd = aFolder();
    writeFileSync(join(cwd, 'a-file'), '');
    mkdirSync(join(cwd, 'taken/report.md'), { recursive: true });
    const { aws, environment } = await reached(aWellKeptOrganization());
    const ran = await cli(cwd, ['scan', '--output', output], environment);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain(`error: ${why}`);
    expect(aws.calls()).toEqual([]);
  });

  test.each(['a-file/inventory.json', '/proc/nope/inventory.json', '/dev/full'])(
    '--save-inventory %s',
    async (file) => {
      const cwd = aFolder();
      writeFileSync(join(cwd, 'a-file'), '');
      for (const args of [['scan', '--sample', '--quiet', '--output', 'out'], ['collect']]) {
        const ran = await cli(cwd, [...args, '--save-inventory', file]);
        expect(ran).toMatchObject({ status: 2, stdout: '' });
        expect(ran.stderr).toContain(`error: ${file} cannot be written:`);
      }
    },
  );
});

describe('a standard output that is full', () => {
  test.each([[['policies', 'list']], [['scan', '--sample']]])('%j', async (args) => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [main, ...args], { cwd: aFolder(), stdio: ['ignore', full, 'pipe'] });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [status] = (await once(child, 'close')) as [number];
    expect(status).toBe(2);
    expect(stderr).toContain('error: the output could not be written: ENOSPC');
  });
});

describe('what never ends is not opened', () => {
  test.each([
    [['scan', '--source', 'pipe', '--quiet']],
    [['scan', '--source', '/dev/zero', '--quiet']],
    [['scan', '--sample', '--previous', 'pipe', '--quiet']],
    [['diff', 'pipe', 'pipe']],
    [['history', '--from', '2026-01-01', '--to', '2026-02-01', '--source', 'pipe']],
    [['explain', 'trails-are-not-stopped', '--event', 'pipe']],
    [['merge', 'pipe']],
    [['explain', 'trail-is-logging', '--source', 'pipe']],
    [['policies', 'test', 'trail-is-logging', '--policies', 'own']],
  ])('%j', async (args) => {
    const cwd = aFolder();
    execFileSync('mkfifo', ['pipe'], { cwd });
    mkdirSync(join(cwd, 'own/trail-is-mine'), { recursive: true });
    execFileSync('mkfifo', ['own/trail-is-mine/policy.yaml'], { cwd });
    const ran = await cli(cwd, args);
    expect(ran.status).toBe(2);
    expect(ran.stdout + ran.stderr).toMatch(/is not a file/);
  });
});

describe('credentials that are there and fail', () => {
  test.each<[string, string]>([
    ['mfa', 'error: Profile mfa asks for an MFA code, which Trailproof cannot ask you for.'],
    ['process', 'error: Profile process has a credential process that failed: Command failed: /bin/false\n'],
    ['prodd', 'error: There is no profile prodd in the files of the AWS configuration.'],
    ['empty', 'error: Profile empty gives no credentials.'],
  ])('%s', async (profile, why) => {
    const cwd = aFolder();
    const file = join(cwd, 'config');
    const entry = 'arn:aws:iam::111122223333';
    writeFileSync(
      file,
      `[profile mfa]\nrole_arn = ${entry}:role/x\nsource_profile = base\nmfa_serial = ${entry}:mfa/ada\n` +
        `[profile base]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = x\n` +
        `[profile process]\ncredential_process = /bin/false\n[profile empty]\nregion = eu-west-1\n`,
    );
    for (const [flags, environment] of [
      [['--profile', profile], {}],
      [[], { AWS_PROFILE: profile }],
    ] as const) {
      const ran = await cli(cwd, ['scan', ...flags], { AWS_CONFIG_FILE: file, ...environment });
      expect(ran.status).toBe(2);
      expect(ran.stderr).toContain(why);
      expect(ran.stderr).toContain('help: ');
    }
  });

  test('--profile wins over the keys of the environment', async () => {
    const { aws, environment } = await reached(aWellKeptOrganization());
    const cwd = aFolder();
    const { AWS_ACCESS_KEY_ID: id = '', AWS_SECRET_ACCESS_KEY: secret = '' } = environment;
    writeFileSync(join(cwd, 'keys'), `[mine]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`);
    const wrong = { AWS_ACCESS_KEY_ID: 'AKIASTRANGER', AWS_SHARED_CREDENTIALS_FILE: join(cwd, 'keys') };
    const ran = await cli(cwd, ['doctor', '--profile', 'mine'], { ...environment, ...wrong });
    expect(ran.status).toBe(0);
    expect(aws.calls().length).toBeGreaterThan(3);
  });
});

test('an endpoint without a scheme is refused before the first call', async () => {
  const ran = await cli(aFolder(), ['scan'], { AWS_ENDPOINT_URL_STS: 'localhost:4566' });
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toContain("error: AWS_ENDPOINT_URL_STS 'localhost:4566' is not an address.");
});

describe("the caller's session expires while accounts are entered", () => {
  const faults = [{ match: { operation: 'AssumeRole' }, kind: 'expired-token' }] as const;

  test('scan stops asking, says so and how to go on', async () => {
    const { aws, environment } = await reached(aWellKeptOrganization(), { faults });
    const cwd = aFolder();
    const args = ['scan', '--quiet', '--concurrency', '1', '--save-inventory', 'kept.json'];
    const ran = await cli(cwd, args, environment);
    expect(ran.status).toBe(3);
    expect(ran.stderr).toContain("warning: The caller's credentials expired during the run");
    expect(ran.stderr).toContain('--resume kept.json');
    expect(aws.countBy('operation')['sts:AssumeRole']).toBeLessThanOrEqual(2);
  });

  test('doctor says it instead of a list of accounts', async () => {
    const { environment } = await reached(aWellKeptOrganization(), { faults });
    const ran = await cli(aFolder(), ['doctor'], environment);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain("Not every account was checked. The caller's credentials expired during the run");
    expect(ran.stderr).toContain('Sign in again');
  });
});

test('an interrupt while the scope is being checked is an interrupt, not a wrong account', async () => {
  const faults = [{ match: { operation: 'ListAccounts' }, kind: 'timeout' }] as const;
  const { aws, environment } = await reached(aWellKeptOrganization(), { faults });
  const ran = await runCli(['scan', '--account', '999999999999'], {
    cwd: aFolder(),
    environment,
    interruptWhen: () => aws.calls().some(({ operation }) => operation === 'ListAccounts'),
  });
  expect(ran.status).toBe(130);
});

test('the second SIGTERM does not wait', async () => {
  const cwd = aFolder();
  // A credential process that hears no signal keeps the run waiting.
  writeFileSync(join(cwd, 'config'), '[profile slow]\ncredential_process = echo $$ > started; exec sleep 300\n');
  const child = spawn(process.execPath, [main, 'scan', '--quiet', '--profile', 'slow'], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, AWS_CONFIG_FILE: join(cwd, 'config'), AWS_REGION: 'us-east-1' },
    stdio: 'ignore',
  });
  const started = join(cwd, 'started');
  while (!existsSync(started) || readFileSync(started, 'utf8') === '') await new Promise(setImmediate);
  onTestFinished(() => {
    process.kill(Number(readFileSync(started, 'utf8')));
  });
  const ended = once(child, 'exit');
  while (child.exitCode === null) {
    child.kill('SIGTERM');
    await new Promise(setImmediate);
  }
  expect(await ended).toEqual([130, null]);
});
