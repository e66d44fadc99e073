import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkUploadSize } from '../../src/cli/commands/scan/upload-size.js';
import { uploadable } from '../../src/evaluate/index.js';
import type { Results } from '../../src/model/results.js';
import { groupedNote, render, sarifWarnings } from '../../src/report/index.js';
import { alertsOf } from '../../src/report/sarif/build.js';
import { checkGitHubRules } from '../../src/report/github-rules.js';
import { checkOasisSchema } from '../../src/report/sarif/oasis-schema.js';
import { aFolder } from '../cli/run-cli.js';
import { CodeScanning } from '../support/code-scanning.js';
import { anEvaluation, aPolicy, aResults, aTarget } from '../support/results-builders.js';

const policies = [
  aPolicy({ id: 'trail-is-logging', severity: 'low' }),
  aPolicy({ id: 'log-bucket-is-not-public', severity: 'critical' }),
];

/** So many findings of low severity, and some critical ones, on trails of as many accounts, with long reasons. */
function results(low: number, critical = 0): Results {
  const finding = (index: number, policyId: string, severity: 'low' | 'critical') => {
    const accountId = String(100_000_000_000 + index);
    const arn = `arn:aws:cloudtrail:eu-central-1:${accountId}:trail/${createHash('sha256').update(`${index}`).digest('hex')}`;
    return anEvaluation({
      policyId,
      severity,
      outcome: 'NON_COMPLIANT',
      target: aTarget({ id: arn, arn, accountId }),
      message: `Trail ${arn} in account ${accountId} does not log: ${'what happens there stays unseen. '.repeat(8)}`,
      reasons: [{ assert: 'a', message: 'It is off.', because: [{ expr: 'trail.arn', value: arn }] }],
    });
  };
  const evaluations = [
    ...Array.from({ length: low }, (_, index) => finding(index, 'trail-is-logging', 'low')),
    ...Array.from({ length: critical }, (_, index) => finding(index, 'log-bucket-is-not-public', 'critical')),
  ];
  return aResults({ policies, evaluations, accounts: { evaluated: low } });
}

const sarifOf = (it: Results): string => [...render('sarif', it)].join('');

describe('5,000 findings', () => {
  test('are all kept, and may be uploaded', () => {
    expect(sarifWarnings(results(5_000))).toEqual([]);
    expect(uploadable(results(5_000))).toMatchObject({ sarifUploadable: true });
  });
});

describe('5,001 findings', () => {
  const many = results(5_000, 1);

  test('are a valid report that GitHub keeps whole: the worst are alerts of their own, and it says what is grouped', () => {
    const log = JSON.parse(sarifOf(many)) as { runs: [{ results: { ruleId: string; message: { text: string } }[] }] };
    expect(checkGitHubRules(log)).toEqual([]);
    expect(checkOasisSchema(log)).toEqual([]);
    const [first, ...others] = log.runs[0].results;
    expect(first?.ruleId).toBe('log-bucket-is-not-public');
    // Each is in an account of its own: only the policy is left to group by.
    expect(others).toHaveLength(1);
    expect(others[0]?.message.text).toMatch(/^5000 findings in the organization in one alert: /);
    expect(sarifWarnings(many)).toEqual([expect.stringContaining('5000 findings of the least severe policies')]);
    expect(uploadable(many)).toMatchObject({ sarifUploadable: true });
    expect(groupedNote(many)).toEqual(sarifWarnings(many)[0]);
  });

  test('the report is the same whatever the order of the results', () => {
    expect(sarifOf({ ...many, evaluations: many.evaluations.toReversed() })).toBe(sarifOf(many));
  });

  test('none of an account that still fails is without an alert, from run to run', () => {
    const github = new CodeScanning();
    expect(github.upload(results(5_000))).toBe(true);
    expect(github.upload(many)).toBe(true);
    expect(github.in('open')).toEqual([
      expect.stringMatching(/^log-bucket-is-not-public aws\/100000000000/),
      'trail-is-logging aws/organization/grouped/cloudtrail/trail/trail-is-logging',
    ]);
    const changes = github.changes;
    expect(github.upload(results(4_999, 2))).toBe(true);
    expect(github.changes).toBe(changes + 1);
    // One is mended: the rest fits again.
    expect(github.upload(results(4_999, 1))).toBe(true);
    expect(github.in('open')).toHaveLength(5_000);
  });
});

describe('many findings of few accounts', () => {
  test('are grouped by policy and account, from the least severe on, and only as far as it takes', () => {
    const of = (policyId: string, count: number, accounts: number) =>
      Array.from({ length: count }, (_, index) => {
        const accountId = String(100_000_000_000 + (index % accounts));
        const id = `arn:aws:cloudtrail:eu-central-1:${accountId}:trail/${policyId}-${index}`;
        return anEvaluation({ policyId, outcome: 'NON_COMPLIANT', target: aTarget({ id, arn: id, accountId }) });
      });
    const evaluations = [...of('trail-is-logging', 4_000, 100), ...of('log-bucket-is-not-public', 2_000, 100)];
    const { findings, groups } = alertsOf(aResults({ policies, evaluations, accounts: { evaluated: 100 } }));
    expect(findings.map((it) => it.policy.id)).toEqual(Array.from({ length: 2_000 }, () => 'log-bucket-is-not-public'));
    expect(groups).toHaveLength(100);
    expect(groups.reduce((sum, it) => sum + it.findings.length, 0)).toBe(4_000);
  });
});

describe('the size of the gzipped file', () => {
  const random = Array.from({ length: 2_000 }, (_, index) => createHash('sha256').update(`${index}`).digest('hex'));

  test('within the limit is nothing to speak of, however large the file is', async () => {
    const file = join(aFolder(), 'results.sarif');
    writeFileSync(file, 'the same again, '.repeat(100_000));
    await checkUploadSize(file, 50_000);
    expect(existsSync(file)).toBe(true);
  });

  test('above it, the file is refused and taken away', async () => {
    const file = join(aFolder(), 'results.sarif');
    writeFileSync(file, random.join(''));
    await expect(checkUploadSize(file, 50_000)).rejects.toThrow('GitHub refuses more than 0.1');
    expect(existsSync(file)).toBe(false);
  });
});
