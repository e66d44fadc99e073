import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Results } from '../../src/index.js';
import { aLargeOrganization, startFakeAws, type FakeAwsOptions, type World } from '../support/fake-aws/index.js';
import { aWellKeptOrganization } from '../support/kept-organization.js';
import { dev } from '../support/worlds.js';
import { aFolder, runCli, type Ran } from './run-cli.js';

/** Without the findings that this organization has: what is asked is how runs end. */
const quiet = ['--quiet', '--fail-on', 'none'];

async function scan(
  world: World,
  args: readonly string[],
  options: FakeAwsOptions = {},
): Promise<Ran & { readonly folder: string }> {
  const aws = await startFakeAws(world, options);
  onTestFinished(async () => await aws.close());
  const folder = aFolder();
  return { folder, ...(await runCli(['scan', ...args], { cwd: folder, environment: aws.environment() })) };
}

const resultsIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'reports/results.json'), 'utf8')) as Results;

describe('exit codes', () => {
  test('0: nothing at or above --fail-on', async () => {
    const { status, stderr, folder } = await scan(aWellKeptOrganization(), quiet);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'reports')).toSorted()).toEqual(['report.md', 'results.json', 'results.sarif']);
  });

  test('1: findings', async () => {
    const { status, stdout } = await scan(aWellKeptOrganization({ trail: { LogFileValidationEnabled: false } }), []);
    expect(status).toBe(1);
    expect(stdout).toContain('trail-validates-log-files');
    expect(stdout).toContain('Turn on log file validation.');
  });

  test('0 again where the findings are below --fail-on', async () => {
    const world = aWellKeptOrganization();
    const lowOnly = await scan(world, ['--quiet', '--fail-on', 'medium']);
    const counts = resultsIn(lowOnly.folder).summary.bySeverity;
    expect(counts['low']).toBeGreaterThan(0);
    expect(counts['medium']).toBe(0);
    expect(lowOnly.status).toBe(0);
  });

  test('3: an account could not be read, and every other one is judged; --allow-incomplete lets it pass', async () => {
    const world = aWellKeptOrganization({ devAccount: { roles: [] } });
    const { status, folder } = await scan(world, quiet);
    expect(status).toBe(3);
    const { coverage, run } = resultsIn(folder);
    expect(coverage.accounts).toMatchObject({ listed: 4, evaluated: 3, unreadable: [{ id: dev }] });
    expect(run.interrupted).toBe(false);
    expect((await scan(world, [...quiet, '--allow-incomplete'])).status).toBe(0);
  });

  test('2: not one account could be read', async () => {
    const world = aWellKeptOrganization();
    const { status, stderr } = await scan(world, quiet, {
      faults: [{ match: { operation: 'ListTrails' }, kind: 'denied' }],
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: Not one account could be read: \d{12}: cloudtrail:ListTrails: /m);
    expect(stderr).toContain('help: trailproof permissions');
  });

  test('130: interrupted; what was read is kept, and can be evaluated', async () => {
    const aws = await startFakeAws(aLargeOrganization(300), { latency: 20 });
    onTestFinished(async () => await aws.close());
    const folder = aFolder();
    const { status, stderr } = await runCli(['scan', '--save-inventory', 'kept.json', '--concurrency', '2'], {
      cwd: folder,
      environment: aws.environment(),
      interruptWhen: () => (aws.countBy('operation')['cloudtrail:ListTrails'] ?? 0) > 20,
    });
    expect(status).toBe(130);
    expect(stderr).toMatch(/Interrupted: read \d+ of 302 accounts/);
    expect(stderr).toContain('What was read is in kept.json.');
    expect(readdirSync(join(folder, 'reports'))).toEqual([]);
    const replay = await runCli(['scan', '--source', 'kept.json', ...quiet], { cwd: folder });
    expect(replay.status).toBe(3);
    expect(resultsIn(folder).run.interrupted).toBe(true);
  });
});

describe('the sample', () => {
  test('gives the same bytes each time, and those that are committed', async () => {
    const folder = aFolder();
    const { status, stdout } = await runCli(['scan', '--sample', '--fail-on', 'none', '--allow-incomplete'], {
      cwd: folder,
    });
    expect(status).toBe(0);
    expect(stdout).toContain('o-nw0rthw1nd');
    for (const file of ['report.md', 'results.json', 'results.sarif']) {
      expect(readFileSync(join(folder, 'reports', file), 'utf8')).toBe(readFileSync(join('reports', file), 'utf8'));
    }
  });

  test('is incomplete and has findings: 3 without flags, 1 with --allow-incomplete', async () => {
    const folder = aFolder();
    expect((await runCli(['scan', '--sample', '--quiet'], { cwd: folder })).status).toBe(3);
    expect((await runCli(['scan', '--sample', '--quiet', '--allow-incomplete'], { cwd: folder })).status).toBe(1);
  });
});

describe('what a user may get wrong', () => {
  test.each<[string[], string, string?]>([
    [['scan', '--formt', 'json'], "unknown option '--formt'", 'Did you mean --format?'],
    [['scna'], "unknown command 'scna'", 'Did you mean scan?'],
    [['activity', 'whoo', 'x'], "There is no command 'activity whoo'.", "did you mean 'who'?"],
    [['activity', 'root'], "There is no command 'activity root'.", 'one of: athena-table, who, query'],
    [['scan', '--format', 'xml'], 'There is no format "xml".'],
    [['scan', '--pack', 'bseline'], "there is no pack 'bseline'", "did you mean 'baseline'?"],
    [['scan', '--source', 'nowhere.json'], 'There is no inventory nowhere.json.'],
    [['scan', '--aggregator', 'all'], '--aggregator works with AWS Config only.'],
    [['scan', '--source', 'config', '--deep'], '--deep is for calls to the accounts themselves'],
    [
      ['scan', '--source', 'config', '--as-of', '2026-01-01', '--aggregator', 'all'],
      'Aggregator all has the present state only: AWS Config keeps no history in aggregators.',
    ],
    [['scan', '--source', 'config+live', '--as-of', '2026-01-01'], 'it holds the state of one moment only.'],
    [['scan', '--source', 'config', '--as-of', 'then'], "--as-of 'then' is not a time."],
    [['scan', '--as-of', '2026-01-01'], '--as-of with --source live: it holds the state of one moment only.'],
    [['scan', '--fail-on', 'severe'], "--fail-on 'severe' is not a severity."],
    [['scan', '--account', '12345678901'], "--account '12345678901' is not an account id.", '12 digits'],
    [['scan', '--ou', 'Production'], "--ou 'Production' is not the id of an OU."],
    [['scan', '--concurrency', '0'], "--concurrency '0' is not a whole number"],
    [['scan', '--role-name', 'arn:aws:iam::111122223333:role/x'], 'is not a role name.', 'Give the name, not the ARN'],
    [['scan', '--sample', '--source', 'x'], '--sample and --source cannot be combined.'],
    [['scan', '--sample', '--policies', 'nowhere'], 'nowhere'],
    [
      ['explain', 'trail-is-loging', '--sample'],
      "There is no policy 'trail-is-loging'.",
      "did you mean 'trail-is-logging'?",
    ],
    [
      ['explain', 'trail-is-logging', '--sample', '--target', 'pcj'],
      "was not evaluated on 'pcj': it has 6 targets of type trail.",
      "did you mean 'pci'?",
    ],
    [['history', '--from', '2026-01-01'], "required option '--to <time>' not specified"],
    [
      ['policies', 'show', 'trail-is-loging'],
      "There is no policy 'trail-is-loging'.",
      "did you mean 'trail-is-logging'?",
    ],
    [['scan'], 'No AWS credentials were found.', 'trailproof scan --sample'],
  ])('trailproof %j', async (args, message, help = '') => {
    const { status, stdout, stderr } = await runCli(args, { cwd: aFolder() });
    expect(stderr).toContain(message);
    expect(stderr).toContain(help);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  test('a policy with several mistakes: all are told with their places, and nothing is evaluated', async () => {
    const folder = aFolder();
    mkdirSync(join(folder, 'mine/trail-is-ours'), { recursive: true });
    writeFileSync(join(folder, 'mine/trail-is-ours/policy.yaml'), brokenPolicy);
    const { status, stdout, stderr } = await runCli(['scan', '--sample', '--policies', 'mine'], { cwd: folder });
    expect(stderr).toBe(brokenPolicyDiagnostics);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });
});

const brokenPolicy = `version: 1
id: trail-is-ours
title: Every trail is ours
severity: high
description: d
rationale: r
remediation: { text: t }
target: trail
assert:
  - id: ours
    expr: trail.isLoging && trail.kmsKeyId.startsWith('arn:')
    message: "Trail \${trail.nam} is not ours."
`;

const brokenPolicyDiagnostics = `mine/trail-is-ours/policy.yaml:11:17: error[unknown-field]: Trail has no field 'isLoging'
   11 |     expr: trail.isLoging && trail.kmsKeyId.startsWith('arn:')
      |                 ^^^^^^^^
      = help: did you mean 'isLogging'?
mine/trail-is-ours/policy.yaml:11:35: error[optional-field]: 'kmsKeyId' may be absent
   11 |     expr: trail.isLoging && trail.kmsKeyId.startsWith('arn:')
      |                                   ^^^^^^^^
      = help: guard it: has(…kmsKeyId) && …, or use .?kmsKeyId.orValue(…)
mine/trail-is-ours/policy.yaml:12:29: error[unknown-field]: Trail has no field 'nam'
   12 |     message: "Trail \${trail.nam} is not ours."
      |                             ^^^
      = help: did you mean 'name'?

3 errors: nothing was evaluated.
`;

describe('other commands', () => {
  test('collect, then scan --source: the same verdicts, times aside', async () => {
    const aws = await startFakeAws(aWellKeptOrganization());
    onTestFinished(async () => await aws.close());
    const folder = aFolder();
    const environment = aws.environment();
    const collected = await runCli(['collect', '--save-inventory', 'out/today.json.gz'], { cwd: folder, environment });
    expect(collected).toMatchObject({ status: 0, stderr: '' });
    expect(collected.stdout).toMatch(
      /^Read 4 of 4 accounts in \d+ calls: 1 trail, 1 log bucket, 1 key, 1 log group, 1 topic\./,
    );
    await runCli(['scan', ...quiet, '--output', 'live', '--save-inventory', 'live.json'], { cwd: folder, environment });
    await runCli(['scan', ...quiet, '--output', 'replay', '--source', 'live.json'], { cwd: folder });
    const timeless = (file: string) =>
      readFileSync(join(folder, file), 'utf8').replaceAll(/"(started|finished)At":"[^"]+"/g, '');
    expect(timeless('replay/results.json')).toBe(timeless('live/results.json'));
    expect(timeless('live/results.json')).toContain('trail-is-logging');
  });

  test('--version and --help load nothing of AWS', async () => {
    const folder = aFolder();
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await runCli(['--version'], { cwd: folder })).toMatchObject({ status: 0, stdout: `${version}\n` });
    const help = await runCli(['--help'], { cwd: folder, environment: { NODE_DEBUG: 'esm' } });
    expect(help.status).toBe(0);
    expect(help.stdout).toContain('Exit codes:');
    expect(help.stderr).not.toContain('@aws-sdk');
  });

  test('policies list, show, lint and test', async () => {
    const cwd = aFolder();
    const list = await runCli(['policies', 'list'], { cwd });
    expect(list).toMatchObject({ status: 0, stderr: '' });
    expect(list.stdout).toMatch(/^trail-is-logging +\w+ +trail +Every trail is logging$/m);
    expect(list.stdout).toMatch(/baseline: Baseline, \d+ policies/);
    const show = await runCli(['policies', 'show', 'log-bucket-retains-logs'], { cwd });
    expect(show.stdout).toContain('minDays: integer, 365');
    expect((await runCli(['policies', 'lint'], { cwd })).status).toBe(0);
    const tested = await runCli(['policies', 'test', '--pack', 'baseline', '--counts', 'counts.json'], { cwd });
    expect(tested.status).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 'counts.json'), 'utf8'))).toMatchObject({ failed: 0 });
  });

  test('permissions prints IAM policies that read, and nothing else', async () => {
    const cwd = aFolder();
    for (const args of [['permissions'], ['permissions', '--caller']]) {
      const { status, stdout } = await runCli(args, { cwd });
      expect(status).toBe(0);
      const { Statement } = JSON.parse(stdout) as { Statement: { Action: string | string[] }[] };
      const actions = Statement.flatMap((it) => it.Action).filter((it) => !it.startsWith('sts:'));
      expect(actions.length).toBeGreaterThan(20);
      for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:(Get|List|Describe)\w+$/);
    }
  });
});
