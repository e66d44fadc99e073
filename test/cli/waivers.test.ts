import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Results } from '../../src/index.js';
import { aFolder, runCli } from './run-cli.js';

const people = `    reason: It is being replaced until spring.
    owner: platform@example.com
    approvedBy: risk-board@example.com
`;

const inForce = `    created: 2026-10-01
    expires: 2027-03-31
`;

const waiver = (head: string, days = inForce) => `  - ${head.trim().replaceAll('\n', '\n    ')}\n${people}${days}`;

const publicBucket = waiver(`id: W-1
policy: log-bucket-is-not-public
resources: [northwind-data-lab-audit]
ticket: SEC-4711`);

async function scan(waivers: string, args: readonly string[] = []) {
  const folder = aFolder();
  // Few enough findings for each to be shown.
  writeFileSync(
    join(folder, 'erp.yaml'),
    'version: 1\nid: erp\ntitle: E\ndescription: D.\npolicies: [trail-delivers-without-error]\n',
  );
  writeFileSync(join(folder, 'w.yaml'), `version: 1\nwaivers:\n${waivers}`);
  const ran = await runCli(
    ['scan', '--sample', '--allow-incomplete', '--output', 'out', '--waivers', 'w.yaml', ...args],
    { cwd: folder },
  );
  const read = (name: string) => readFileSync(join(folder, 'out', name), 'utf8');
  return { ...ran, folder, read, results: () => JSON.parse(read('results.json')) as Results };
}

const committed = JSON.parse(readFileSync('reports/results.json', 'utf8')) as Results;

describe('scan --waivers', () => {
  test('accepts a finding: it is shown, and counted in no finding, SARIF result or exit code', async () => {
    // Of core, no other policy is critical.
    const { status, stdout, read, results } = await scan(publicBucket, ['--fail-on', 'critical', '--pack', 'core']);
    expect(status).toBe(0);
    const { summary, waivers } = results();
    expect(summary.bySeverity['critical']).toBe(0);
    expect(summary.waived).toBe(1);
    expect(waivers).toMatchObject([{ id: 'W-1', state: 'used', accepts: 1, file: 'w.yaml', line: 3 }]);
    expect(read('results.sarif')).not.toContain('northwind-data-lab-audit is public');
    for (const text of [stdout, read('report.md')]) {
      expect(text).toContain('W-1');
      expect(text).toContain('2027-03-31');
      expect(text).toContain('It is being replaced until spring.');
      expect(text).toContain('SEC-4711');
      expect(text).toContain('risk-board');
      expect(text).not.toContain('is public through');
    }
  });

  test('without it the same finding ends in 1', async () => {
    const cwd = aFolder();
    const args = ['scan', '--sample', '--allow-incomplete', '--quiet', '--fail-on', 'critical', '--pack', 'core'];
    expect((await runCli(args, { cwd })).status).toBe(1);
  });

  test('an expired waiver accepts nothing, and is named with its file and line', async () => {
    const { status, stdout, stderr, read, results } = await scan(
      waiver(
        `id: W-1
policy: log-bucket-is-not-public
resources: ["arn:aws:s3:::northwind-data-lab-audit"]`,
        '    created: 2026-10-01\n    expires: 2026-11-19\n',
      ),
      ['--fail-on', 'critical'],
    );
    expect(status).toBe(1);
    expect(results().summary.findings).toBe(committed.summary.findings);
    expect(stderr).toContain('w.yaml:10:14: warning[waiver-expired]: waiver W-1 ended on 2026-11-19');
    expect(stdout).toContain('w.yaml:10');
    expect(read('report.md')).toContain('`w.yaml:10`');
  });

  test('its last day counts to the end', async () => {
    // The sample was read on 2026-11-20 at 06:00.
    const days = '    created: 2026-10-01\n    expires: 2026-11-20\n';
    const { results, stderr } = await scan(publicBucket.replace(inForce, days));
    expect(results().summary.waived).toBe(1);
    expect(stderr).toContain('notice[waiver-ends-soon]: waiver W-1 ends today, on 2026-11-20');
  });

  test('one assertion is waived while the other fails', async () => {
    const { results, read, stdout } = await scan(
      waiver(`id: W-1
policy: trail-delivers-without-error
assert: [digests]
resources: ["arn:aws:cloudtrail:eu-central-1:888899990000:trail/erp-audit"]`),
      ['--pack', 'erp.yaml'],
    );
    const erp = results().evaluations.find(
      (it) => it.policyId === 'trail-delivers-without-error' && it.target.name === 'erp-audit',
    );
    expect(erp).toMatchObject({ outcome: 'NON_COMPLIANT' });
    expect(erp?.waiver).toBeUndefined();
    expect(erp?.reasons.map((it) => [it.assert, it.waiver])).toEqual([
      ['log-files', undefined],
      ['digests', 'W-1'],
    ]);
    expect(stdout).toContain('Waived   digests by W-1');
    const sarif = read('results.sarif');
    expect(sarif).toContain('trail/erp-audit delivers no log files');
    expect(sarif).not.toContain('trail/erp-audit delivers no digest files');
  });

  test('what follows from a waived cause is accepted with it, and the report says so', async () => {
    const { results, stdout } = await scan(
      waiver('id: W-1\npolicy: trail-delivers-without-error\nresources: ["*:trail/try-out"]'),
    );
    const cause = committed.evaluations.find(
      (it) => it.policyId === 'trail-delivers-without-error' && it.target.name === 'try-out',
    );
    const following = committed.evaluations.filter((it) => it.causedBy === cause?.fingerprint).length;
    expect(following).toBeGreaterThan(0);
    expect(results().summary.waived).toBe(1 + following);
    expect(stdout).toMatch(/in other places that follows? from it/);
  });

  test('a waiver of one account leaves what follows in the others one finding', async () => {
    const { results } = await scan(
      waiver('id: W-1\npolicy: account-records-management-events\naccounts: ["111122223333"]'),
    );
    expect(results().summary.waived).toBe(1);
    expect(results().summary.findings).toBe(committed.summary.findings);
    expect(results().summary.bySeverity).toEqual(committed.summary.bySeverity);
  });

  test('too broad and unused are warned of, once a waiver', async () => {
    const { stderr } = await scan(
      waiver('id: W-1\npolicy: trail-encrypts-with-kms') +
        waiver('id: W-2\npolicy: kms-key-rotates\naccounts: ["222233334444"]\nresources: [gone]') +
        waiver('id: W-3\npolicy: trail-is-logging\naccounts: ["777788889999"]'),
    );
    expect(stderr.match(/^w\.yaml:\d+:\d+: .*(?=:)/gm)).toEqual([
      'w.yaml:4:13: warning[waiver-over-broad]',
      'w.yaml:10:9: warning[waiver-unused]: waiver W-2 is not used',
      'w.yaml:19:9: warning[waiver-unused]: waiver W-3 is not used',
    ]);
    expect(stderr).toContain('nothing that it covers fails');
  });

  test('an account that has left is told with its line, and stops nothing', async () => {
    const { status, stderr, stdout, results } = await scan(
      waiver('id: W-1\npolicy: trail-is-logging\naccounts: ["999999999999"]') + publicBucket.replace('W-1', 'W-2'),
      ['--fail-on', 'none'],
    );
    expect(status).toBe(0);
    const told = 'account 999999999999 is not, or no longer, in the organization, so waiver W-1 accepts nothing there';
    expect(stderr).toContain(`w.yaml:5:16: warning[waiver-stale]: ${told}`);
    expect(stdout).toContain('w.yaml:5');
    expect(results().waivers?.map((it) => it.state)).toEqual(['stale', 'used']);
  });

  test('a finding that is waived in part fails by the severity of what is left', async () => {
    const scanWaiving = async (assert: string) => {
      const folder = aFolder();
      mkdirSync(join(folder, 'own/two-severities'), { recursive: true });
      writeFileSync(
        join(folder, 'own/two-severities/policy.yaml'),
        `version: 1
id: two-severities
title: T
severity: low
description: D
rationale: R
remediation: { text: T }
target: organization
assert:
  - { id: grave, severity: critical, expr: organization.id == 'none', message: grave }
  - { id: slight, expr: organization.id == 'none', message: slight }
`,
      );
      writeFileSync(join(folder, 'p.yaml'), 'version: 1\nid: p\ntitle: P\nextends: [./own]\n');
      const entry = waiver(`id: W-1\npolicy: two-severities\nassert: [${assert}]`);
      writeFileSync(join(folder, 'w.yaml'), `version: 1\nwaivers:\n${entry}`);
      const args = ['scan', '--sample', '--allow-incomplete', '--quiet', '--waivers', 'w.yaml', '--pack', 'p.yaml'];
      return (await runCli([...args, '--fail-on', 'high'], { cwd: folder })).status;
    };
    expect(await scanWaiving('slight')).toBe(1);
    expect(await scanWaiving('grave')).toBe(0);
  });

  test('leaves the results byte for byte as they were where it waives nothing, but for the list of waivers', async () => {
    const { read } = await scan(waiver('id: W-1\npolicy: kms-key-is-usable\naccounts: ["111122223333"]'));
    const without = read('results.json')
      .replace(/^ {2}"waivers": \[\n.*\n {2}\],\n/m, '')
      .replace(',"waived":0', '')
      .replace(/,\n {4}"waived": 0/, '');
    expect(without).toBe(readFileSync('reports/results.json', 'utf8'));
  });

  test('what may be in an account that could not be read is not called unused', async () => {
    const { stderr, results } = await scan(waiver('id: W-1\npolicy: kms-key-rotates\nresources: [gone]'));
    expect(stderr).toContain('but account 222244446666 could not be read: whether it is needed is not known');
    expect(results().waivers).toMatchObject([{ state: 'not-evaluated' }]);
  });

  test('holds in the accounts below an OU', async () => {
    const { results } = await scan(
      waiver('id: W-1\npolicy: log-bucket-logs-access\nous: [ou-nw01-sandbox1]\nresources: ["*"]'),
    );
    const waived = results().evaluations.filter((it) => it.waiver !== undefined);
    expect(waived.map((it) => it.target.name)).toEqual(['northwind-data-lab-audit']);
  });

  test('several files count as one', async () => {
    const folder = aFolder();
    const file = (name: string, text: string) => writeFileSync(join(folder, name), `version: 1\nwaivers:\n${text}`);
    file('a.yaml', publicBucket);
    file('b.yaml', waiver('id: W-2\npolicy: trail-is-logging\naccounts: ["555566667777"]'));
    const args = ['scan', '--sample', '--quiet', '--output', 'out', '--waivers', 'a.yaml', '--waivers', 'b.yaml'];
    await runCli(args, { cwd: folder });
    const results = JSON.parse(readFileSync(join(folder, 'out/results.json'), 'utf8')) as Results;
    expect(results.waivers?.map((it) => `${it.id} ${it.state}`)).toEqual(['W-1 used', 'W-2 used']);
  });
});

describe('a file that is wrong ends in 2, and writes nothing', () => {
  test.each<[string, string, string]>([
    [
      'an unknown policy',
      publicBucket.replace('is-not-public', 'is-not-pubic'),
      `w.yaml:4:13: error[unknown-policy]: there is no policy 'log-bucket-is-not-pubic'`,
    ],
    [
      'an account that cannot be one',
      waiver('id: W-1\npolicy: trail-is-logging\naccounts: ["111122223333", "99999999999"]'),
      "w.yaml:5:32: error[wrong-form]: 'waivers[0].accounts[1]' is not an account id: '99999999999'",
    ],
    [
      'an unquoted account',
      waiver('id: W-1\npolicy: trail-is-logging\naccounts: [000011112222]'),
      'quote it: "000011112222"',
    ],
    ['no last day', publicBucket.replace(/ {4}expires.*\n/, ''), `error[missing-key]: 'expires' is missing`],
    ['no YAML', ']', 'error[yaml-'],
  ])('%s', async (_what, text, message) => {
    const { status, stdout, stderr, folder } = await scan(text);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/1 error: nothing was evaluated\.\n$/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('a file that is not there', async () => {
    const { status, stderr } = await runCli(['scan', '--sample', '--waivers', 'w.yaml'], { cwd: aFolder() });
    expect(stderr).toContain('w.yaml:1:1: error[unreadable]: the file cannot be read: it does not exist');
    expect(status).toBe(2);
  });

  test.each([
    [
      'in force',
      publicBucket.replace('It is being replaced until spring.', '"It is \\e[31mred\\e[0m \\u202Eand hidden"'),
    ],
    [
      'unused',
      publicBucket.replace(
        '[northwind-data-lab-audit]',
        '[northwind-data-lab-audit, "gone\\e[31m\\u202E"]\n    accounts: ["777788889999"]',
      ),
    ],
    ['refused', publicBucket.replace('W-1', '"W-1\\e[31m\\u202E"')],
    ['refused, as it stands', publicBucket.replace('W-1', 'W-1\u202E')],
  ])('what it says cannot drive a terminal: %s', async (_what, text) => {
    const { stdout, stderr } = await scan(text);
    expect(stdout + stderr).toMatch(/\\u202e/i);
    expect(stdout + stderr).not.toMatch(/[\u001b\u202e]/);
  });

  test('a longest time that is none', async () => {
    const { status, stderr } = await scan(publicBucket, ['--max-waiver-days', '0']);
    expect(stderr).toContain("--max-waiver-days '0' is not a whole number");
    expect(status).toBe(2);
  });
});

describe('policies lint --waivers', () => {
  const lint = async (text: string, args: readonly string[] = []) => {
    const folder = aFolder();
    writeFileSync(join(folder, 'w.yaml'), text);
    return await runCli(['policies', 'lint', '--waivers', 'w.yaml', ...args], { cwd: folder });
  };

  test('checks a file without a scan', async () => {
    const { status, stdout } = await lint(`version: 1\nwaivers:\n${publicBucket}`);
    expect(stdout).toMatch(/^\d+ policies, \d+ packs, 1 waiver: no problems found\n$/);
    expect(status).toBe(0);
  });

  test('and tells all that is wrong in it', async () => {
    const { status, stderr } = await lint(
      `version: 1\nwaivers:\n${publicBucket.replace('risk-board', 'platform').replace('2027', '2028')}`,
    );
    expect(stderr).toContain('w.yaml:9:17: error[self-approved]');
    expect(stderr).toContain('w.yaml:11:14: error[too-long]');
    expect(stderr).toContain('2 errors: nothing was evaluated.');
    expect(status).toBe(2);
  });

  test('holds the dates against the longest time that is allowed', async () => {
    const text = `version: 1\nwaivers:\n${publicBucket}`;
    expect((await lint(text, ['--max-waiver-days', '181'])).status).toBe(0);
    expect((await lint(text, ['--max-waiver-days', '180'])).stderr).toContain('a waiver lasts at most 180 days');
  });
});
