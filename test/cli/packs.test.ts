import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Results } from '../../src/index.js';
import { aFolder, runCli } from './run-cli.js';

/** A folder with these files. */
function folderWith(texts: Readonly<Record<string, string>>): string {
  const folder = aFolder();
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const resultsIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'reports/results.json'), 'utf8')) as Results;

/** The organization of the sample: an account in an OU of its own. */
const lab = '777788889999';

const acme = `version: 1
id: acme
title: ACME
extends: ["builtin:core"]
select: { targets: [trail, log-bucket] }
override:
  trail-encrypts-with-kms: { enabled: false, reason: "AWS managed keys are accepted, ADR-17" }
  log-bucket-retains-logs: { severity: critical, params: { minDays: 2555 } }
bindings:
  - accounts: ["${lab}"]
    override:
      log-bucket-retains-logs: { params: { minDays: 30 } }
      trail-validates-log-files: { enabled: false, reason: "Nothing there is kept" }
`;

describe('scan --pack FILE.yaml', () => {
  test('asks with what the pack sets, and reports what it took out', async () => {
    const folder = folderWith({ 'acme.yaml': acme });
    const args = ['scan', '--sample', '--pack', 'acme.yaml', '--fail-on', 'none', '--allow-incomplete'];
    const { status, stdout, stderr } = await runCli(args, { cwd: folder });
    expect(status).toBe(0);
    expect(stderr).not.toContain('warning[');
    expect(stdout).toContain('everywhere, 5 targets: AWS managed keys are accepted, ADR-17 (acme.yaml:7)');
    const { policies, evaluations, disabled } = resultsIn(folder);
    expect(policies.find((it) => it.id === 'log-bucket-retains-logs')).toMatchObject({
      severity: 'critical',
      params: { minDays: 2555 },
    });
    expect(policies.some((it) => it.id === 'trail-encrypts-with-kms' || it.target === 'account')).toBe(false);
    const bound = evaluations.filter((it) => it.policyId === 'log-bucket-retains-logs' && it.params !== undefined);
    expect(bound.map((it) => [it.target.accountId, it.params])).toEqual([[lab, { minDays: 30 }]]);
    expect(disabled).toMatchObject([
      { policyId: 'trail-encrypts-with-kms', file: 'acme.yaml', line: 7, targets: 5 },
      { policyId: 'trail-validates-log-files', line: 13, scope: { accounts: [lab] }, targets: 1, accounts: [lab] },
    ]);
  });

  test('an OU is found by its name or its path; one that is not there is told, with what may be meant', async () => {
    const pack = (ou: string) => `version: 1
id: acme
title: ACME
policies: [log-bucket-retains-logs]
bindings:
  - { ous: ["${ou}"], override: { log-bucket-retains-logs: { params: { minDays: 30 } } } }
`;
    const scan = async (ou: string) => {
      const folder = folderWith({ 'acme.yaml': pack(ou) });
      const args = [
        'scan',
        '--sample',
        '--pack',
        'acme.yaml',
        '--fail-on',
        'none',
        '--allow-incomplete',
        '--quiet',
        '--format',
        'json',
      ];
      const { stderr } = await runCli(args, { cwd: folder });
      const bound = resultsIn(folder).evaluations.filter((it) => it.params !== undefined);
      return { stderr, accounts: bound.map((it) => it.target.accountId) };
    };
    expect(await scan('Sandbox')).toEqual({ stderr: '', accounts: [lab] });
    expect(await scan('Root/Sandbox')).toEqual({ stderr: '', accounts: [lab] });
    const { stderr, accounts } = await scan('Sandbx');
    expect(accounts).toEqual([]);
    expect(stderr).toContain('acme.yaml:6: warning[unknown-scope]: this inventory does not have Sandbx');
    expect(stderr).toContain("= help: did you mean 'Sandbox'?");
  });

  test('of two packs the later wins, and a warning says so', async () => {
    const lax =
      'version: 1\nid: lax\ntitle: L\nextends: [core]\noverride: { log-bucket-retains-logs: { severity: low } }\n';
    const folder = folderWith({ 'acme.yaml': acme, 'lax.yaml': lax });
    const severity = async (packs: readonly string[]) => {
      const args = ['scan', '--sample', '--format', 'json', '--fail-on', 'none', '--allow-incomplete'];
      const { stderr } = await runCli([...args, ...packs.flatMap((it) => ['--pack', it])], { cwd: folder });
      expect(stderr).toContain("warning[conflict]: severity of 'log-bucket-retains-logs' is set twice");
      return resultsIn(folder).policies.find((it) => it.id === 'log-bucket-retains-logs')?.severity;
    };
    expect(await severity(['acme.yaml', 'lax.yaml'])).toBe('low');
    expect(await severity(['lax.yaml,acme.yaml'])).toBe('critical');
  });

  test('with a mistake evaluates nothing', async () => {
    const folder = folderWith({ 'p.yaml': `${acme}  - accounts: ["1"]\n    override: { a: { expr: "true" } }\n` });
    const { status, stderr } = await runCli(['scan', '--sample', '--pack', 'p.yaml'], { cwd: folder });
    expect(status).toBe(2);
    expect(stderr).toContain("p.yaml:15:22: error[not-overridable]: a pack cannot change 'expr' of a policy");
    expect(stderr).toContain('2 errors: nothing was evaluated.');
  });

  test.each([
    ['none.yaml', 'there is no pack at none.yaml'],
    ['./none', 'there is no folder none'],
    ['npm:@acme/none', "the npm package '@acme/none' is not installed"],
    ['https://example.com/p.yaml', 'packs are never fetched over the network'],
    ['builtin:cor', "no pack 'cor' is shipped"],
  ])('%s is an error', async (pack, message) => {
    const { status, stdout, stderr } = await runCli(['scan', '--sample', '--pack', pack], { cwd: aFolder() });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('policies list', () => {
  test('--source says where each effective value comes from', async () => {
    const folder = folderWith({
      'acme.yaml': acme,
      'trailproof.yaml':
        'version: 1\npacks: [acme.yaml]\nparams:\n  log-bucket-retains-logs:\n    minDays: 400\n  trail-encrypts-with-kms: {}\n',
    });
    const { status, stdout } = await runCli(['policies', 'list', '--source'], { cwd: folder });
    expect(status).toBe(0);
    const shown = stdout.split(/\n(?! )/).map((it) => it.replaceAll(/ {2,}/g, '  '));
    expect(shown.find((it) => it.startsWith('log-bucket-retains-logs'))).toBe(`log-bucket-retains-logs
  severity  critical  acme.yaml:8
  title  Every log bucket retains logs long enough  trailproof/policies/log-bucket-retains-logs/policy.yaml:4
  params.minDays  400  trailproof.yaml:5
  enabled  true  default
  in ${lab}
  params.minDays  30  acme.yaml:12`);
    expect(shown.find((it) => it.startsWith('trail-encrypts-with-kms'))).toContain(
      'enabled  false: AWS managed keys are accepted, ADR-17  acme.yaml:7',
    );
  });

  test('show has the values in force', async () => {
    const folder = folderWith({ 'acme.yaml': acme });
    const show = async (...args: readonly string[]) =>
      (await runCli(['policies', 'show', 'log-bucket-retains-logs', ...args], { cwd: folder })).stdout;
    expect(await show()).toMatch(/^log-bucket-retains-logs \(medium,[^]*minDays: integer, 365 /);
    expect(await show('--pack', 'acme.yaml')).toMatch(
      /^log-bucket-retains-logs \(critical,[^]*minDays: integer, 2555 /,
    );
  });

  test('names what is disabled', async () => {
    const folder = folderWith({ 'acme.yaml': acme });
    const { stdout } = await runCli(['policies', 'list', '--pack', './acme.yaml'], { cwd: folder });
    expect(stdout).toMatch(/^trail-encrypts-with-kms .*\(disabled: AWS managed keys are accepted, ADR-17\)$/m);
    expect(stdout).toContain('  acme: ACME, 15 policies\n');
  });

  test("a policy's tests are about the policy as it was written", async () => {
    const folder = folderWith({ 'acme.yaml': acme });
    const { status, stdout } = await runCli(['policies', 'test', '--pack', 'acme.yaml'], { cwd: folder });
    expect(stdout).not.toContain('✗');
    expect(status).toBe(0);
  });
});
