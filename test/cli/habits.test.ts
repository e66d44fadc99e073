import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Results } from '../../src/index.js';
import { anInventory } from '../support/inventory-builders.js';
import { aFolder, runCli } from './run-cli.js';

const sampleResults = resolve('reports/results.json');
const repeated = (text: string, depth: number): string =>
  Array.from({ length: depth }, (_, index) => `n${index}`).reduceRight(
    (body, name) => `${text}.all(${name}, ${name} > 0 && ${body})`,
    'true',
  );

describe('no flag is passed over in silence', () => {
  test.each<[string[], string]>([
    [['scan', '--sample', '--account', '999999999999'], '--account has no effect with --sample'],
    [['scan', '--sample', '--ou', 'ou-ab12-34cd56ef'], '--ou has no effect with --sample'],
    [['scan', '--sample', '--aggregator', 'x'], '--aggregator works with AWS Config only.'],
    [['scan', '--source', 'kept.json', '--exclude-account', '111122223333'], '--exclude-account has no effect with'],
    [['scan', '--source', 'kept.json', '--role-name', 'Other'], '--role-name has no effect with --source kept.json'],
    [['scan', '--source', 'kept.json', '--deep'], '--deep has no effect with'],
    [['explain', 'trail-is-logging', '--sample', '--region', 'eu-west-1'], '--region has no effect with --sample'],
    [['scan', '--source', 'snapshots', '--external-id', 'x'], '--external-id has no effect with --source snapshots'],
    [['scan', '--source', 'config', '--role-name', 'Other'], '--role-name has no effect with --source config'],
    [['merge', 'kept.json', '--account', '111122223333'], "unknown option '--account'"],
    [['scan', '--sample', '--silent-after', '3'], '--silent-after works with files of AWS Config only, and --sample'],
    [['scan', '--sample', '--source', 'live'], '--sample and --source cannot be combined.'],
    [['scan', '--sample', '--max-waiver-days', '30'], '--max-waiver-days has no effect without --waivers.'],
    [['activity', '--sample', '--max-waiver-days', '30'], '--max-waiver-days has no effect without --waivers.'],
    [['activity', '--source', 'event-history', '--verify'], '--verify has no effect here.'],
    [['verify-logs', '--plan', '--statement', 's.json'], '--statement has no effect with --plan'],
    [['verify-logs', '--plan', '--format', 'json'], '--format has no effect with --plan'],
    [['verify-logs', '--inventory', 'kept.json', '--role-name', 'X'], '--role-name reads the trails of accounts'],
    [['verify-logs', '--source', '.', '--keys', 'k', '--role-name', 'X'], '--role-name is of a live bucket.'],
    [
      ['permissions', '--source', 'config', '--format', 'terraform'],
      'what reading AWS Config needs is printed as JSON',
    ],
    [['permissions', '--source', 'config', '--pack', 'core'], '--pack has no effect on what reading AWS Config needs.'],
    [['permissions', '--source', 's3://logs/x', '--caller'], '--caller has no effect on what reading its files needs.'],
    [['permissions', '--athena', '--external-id', 'some-id'], '--external-id has no effect on what queries need.'],
    [
      ['permissions', '--trust', '--caller-account', '111122223333', '--pack', 'core'],
      '--pack has no effect on the trust',
    ],
    [['permissions', '--caller', '--organization', 'o-a1b2c3d4e5'], '--organization has no effect on what the caller'],
    [['permissions', '--caller-account', '111122223333'], '--caller-account has no effect on what the role may do.'],
    [['permissions', '--format', 'terraform', '--partition', 'aws-cn'], '--partition has no effect on the template'],
  ])('%j', async (args, why) => {
    const cwd = aFolder();
    writeFileSync(join(cwd, 'kept.json'), JSON.stringify(anInventory()));
    mkdirSync(join(cwd, 'snapshots'));
    const ran = await runCli(args, { cwd });
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain(`error: ${why}`);
  });
});

describe('what is given and says nothing is not taken for what is not given', () => {
  test.each<[string[], string]>([
    [['collect', '--account', ''], '--account'],
    [['collect', '--account', '111122223333', ''], '--account'],
    [['collect', '--ou', ','], '--ou'],
    [['collect', '--region', ''], '--region'],
    [['scan', '--sample', '--pack', ''], '--pack'],
    [['scan', '--sample', '--format', ''], '--format'],
    [['scan', '--sample', '--output', ' '], '--output'],
    [['verify-logs', '--bucket='], '--bucket'],
    [['activity', 'who', ''], '<what>'],
    [['diff', 'reports/results.json', ''], '<after>'],
  ])('%j', async (args, what) => {
    const ran = await runCli(args, { cwd: aFolder() });
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain(`error: ${what} is empty.`);
  });

  test('but log files may have no prefix', async () => {
    const ran = await runCli(['verify-logs', '--bucket', 'logs', '--prefix', ''], { cwd: aFolder() });
    expect(ran.stderr).not.toContain('is empty');
  });
});

describe('a wrong value is told before anything is asked', () => {
  test.each<[string[], string]>([
    [['verify-logs', '--max-requests', 'many'], "--max-requests 'many' is not a whole number"],
    [['verify-logs', '--from', '2026-02-30'], "--from '2026-02-30' is not a time."],
    [['verify-logs', '--log-role-name', 'a b'], "--log-role-name 'a b' is not a role name."],
    [['verify-logs', '--bucket', 's3://logs'], "--bucket 's3://logs' is not the name of a bucket."],
    [['activity', '--source', 's3://logs/x', '--log-role-name', 'a b'], "--log-role-name 'a b' is not a role name."],
    [['fix', resolve('reports/results.json'), '--account', '123'], "--account '123' is not an account id."],
    [['fix', resolve('reports/results.json'), '--output', '-'], '--output - is standard output, and several'],
    [['policies', 'functions', '--json', '--output', 'page.md'], '--json prints, and --output writes a page'],
    [['activity', 'athena-table', '--since', '2026-02-30'], "--since '2026-02-30' is not a day."],
  ])('%j', async (args, why) => {
    const ran = await runCli(args, { cwd: aFolder() });
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain(`error: ${why}`);
  });
});

describe('one report to standard output', () => {
  test('as JSON, for a pipe', async () => {
    const cwd = aFolder();
    const ran = await runCli(['scan', '--sample', '--quiet', '--format', 'json', '--output', '-'], { cwd });
    expect((JSON.parse(ran.stdout) as Results).schemaVersion).toBe('1');
    expect(ran.status).toBe(3);
  });

  test.each([
    [['verify-logs', '--source', '.', '--keys', 'none', '--output', '-'], ''],
    [['policies', 'functions', 'has', '--output', '-'], '# '],
    [['policies', 'test', 'trail-is-logging', '--output', '-'], 'trail-is-logging'],
  ])('as - in every command: %j', async (args, printed) => {
    const cwd = aFolder();
    expect((await runCli(args, { cwd })).stdout).toContain(printed);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('several would run into each other', async () => {
    const ran = await runCli(['scan', '--sample', '--output', '-'], { cwd: aFolder() });
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain('error: --output - prints one report, and several are asked for.');
  });

  test('policies list --json', async () => {
    const ran = await runCli(['policies', 'list', '--json'], { cwd: aFolder() });
    expect(ran.status).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      policies: expect.arrayContaining([
        expect.objectContaining({ id: 'trail-is-logging', target: 'trail', packs: expect.arrayContaining(['core']) }),
      ]),
    });
  });
});

describe('files that are taken for others', () => {
  test('results for an inventory, and an inventory for results', async () => {
    const cwd = aFolder();
    writeFileSync(join(cwd, 'kept.json'), JSON.stringify(anInventory()));
    const results = await runCli(['scan', '--source', sampleResults], { cwd });
    expect(results.status).toBe(2);
    expect(results.stderr).toContain('holds results, not an inventory.');
    const inventory = await runCli(['scan', '--sample', '--previous', 'kept.json'], { cwd });
    expect(inventory.status).toBe(2);
    expect(inventory.stderr).toContain('kept.json is an inventory, not results.');
  });

  test('diff of two organizations is refused, and of two sets of policies told', async () => {
    const cwd = aFolder();
    const text = readFileSync(sampleResults, 'utf8');
    const results = JSON.parse(text) as Results;
    writeFileSync(join(cwd, 'other.json'), text.replaceAll(results.organization?.id ?? '', 'o-other00000'));
    const [first] = results.policies;
    const fewer = { ...results, policies: results.policies.filter(({ id }) => id !== first?.id) };
    writeFileSync(join(cwd, 'fewer.json'), JSON.stringify(fewer));
    const refused = await runCli(['diff', sampleResults, 'other.json'], { cwd });
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toContain('they cannot be compared');
    const told = await runCli(['diff', sampleResults, 'fewer.json'], { cwd });
    expect(told.stderr).toBe(`note: 1 policy not asked in the second run: ${first?.id ?? ''}\n`);
  });
});

describe('a trailproof.yaml that was only found', () => {
  test('is told with what it sets', async () => {
    const cwd = aFolder();
    writeFileSync(join(cwd, 'trailproof.yaml'), 'version: 1\noutput: out\nfailOn: none\n');
    const ran = await runCli(['scan', '--sample', '--allow-incomplete', '--format', 'json'], { cwd });
    expect(ran.status).toBe(0);
    expect(ran.stderr).toContain('trailproof.yaml sets output, failOn\n');
    const named = await runCli(
      ['scan', '--sample', '--allow-incomplete', '--format', 'json', '--config', 'trailproof.yaml'],
      { cwd },
    );
    expect(named.stderr).not.toContain('sets output');
  });

  test.each([
    ['source: s3://somebody-else/AWSLogs', 'its source names a bucket'],
    ['output: ../elsewhere', 'its output is outside of it'],
    ['output: /tmp/elsewhere', 'its output is outside of it'],
    ['packs: ["npm:somebody"]', 'its packs names a package'],
  ])('%s needs the flag, or to be named', async (line, why) => {
    const cwd = aFolder();
    writeFileSync(join(cwd, 'trailproof.yaml'), `version: 1\n${line}\n`);
    const ran = await runCli(['scan'], { cwd });
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain(`error: trailproof.yaml was found in this folder, and ${why}`);
  });
});

test('a policy whose loops multiply is stopped by lint', async () => {
  const cwd = aFolder();
  mkdirSync(join(cwd, 'own/trail-is-mine'), { recursive: true });
  const expression = repeated('[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]', 7);
  writeFileSync(
    join(cwd, 'own/trail-is-mine/policy.yaml'),
    `version: 1\nid: trail-is-mine\ntitle: Mine\nseverity: low\ntarget: trail\ndescription: d\nrationale: r\n` +
      `assert:\n  - id: mine\n    expr: '${expression}'\n    message: m\nremediation:\n  text: t\n`,
  );
  const ran = await runCli(['policies', 'lint', 'own'], { cwd });
  expect(ran.status).toBe(2);
  expect(ran.stdout + ran.stderr).toMatch(/error\[cost\]: with this loop, the expression takes some [\d,]+ steps/);
});
