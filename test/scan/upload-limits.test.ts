import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkUploadSize } from '../../src/cli/commands/scan/upload-size.js';
import { followUp, uploadable } from '../../src/evaluate/index.js';
import { codeScanningLimits } from '../../src/model/code-scanning.js';
import { UsageError } from '../../src/model/errors.js';
import type { Results } from '../../src/model/results.js';
import { render, sarifWarnings } from '../../src/report/index.js';
import { checkGitHubRules } from '../../src/report/github-rules.js';
import { checkOasisSchema } from '../../src/report/sarif/oasis-schema.js';
import { aFolder } from '../cli/run-cli.js';
import { CodeScanning } from '../support/code-scanning.js';
import { anInventory } from '../support/inventory-builders.js';
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
  test('are a valid report that GitHub takes, and keeps in part: it says so, and is not to be uploaded', () => {
    const many = results(5_000, 1);
    const log: unknown = JSON.parse(sarifOf(many));
    expect(checkGitHubRules(log)).toEqual([]);
    expect(checkOasisSchema(log)).toEqual([]);
    expect(sarifWarnings(many)).toEqual([expect.stringContaining('it holds 5001 findings')]);
    expect(uploadable(many)).toMatchObject({
      sarifUploadable: false,
      reason: expect.stringContaining('the 5000 most severe of 5001 findings'),
    });
  });

  test('with the results of the last run, the results say it, once', () => {
    const inventory = anInventory();
    const many = { ...results(5_000, 1), organization: null };
    const followed = followUp(many, undefined, inventory);
    expect(followed.previous?.sarifUploadable).toBe(false);
    expect(sarifWarnings(followed)).toEqual([expect.stringMatching(/^Do not upload .*most severe of 5001 findings/)]);
  });

  test('uploaded all the same, one that still fails would be called fixed; so the alerts stay as they were', () => {
    const careless = new CodeScanning();
    careless.take(results(5_000));
    careless.take(results(5_000, 1));
    expect(careless.in('open')).toHaveLength(5_000);
    expect(careless.in('fixed')).toHaveLength(1);

    const github = new CodeScanning();
    expect(github.upload(results(5_000))).toBe(true);
    expect(github.upload(results(5_000, 1))).toBe(false);
    expect(github.in('fixed')).toEqual([]);
    // One is mended: the rest fits again, and only that one closes.
    expect(github.upload(results(4_999, 1))).toBe(true);
    expect(github.in('open')).toHaveLength(5_000);
    expect(github.in('fixed')).toHaveLength(1);
  });
});

describe('25,000 findings', () => {
  test('are a report that GitHub takes, in a fraction of the size that it takes', () => {
    const text = sarifOf(results(24_000, 1_000));
    const log: unknown = JSON.parse(text);
    expect(checkGitHubRules(log)).toEqual([]);
    expect(checkOasisSchema(log)).toEqual([]);
    expect(gzipSync(text).length).toBeLessThan(codeScanningLimits.gzippedBytes / 2);
  });

  test('and one more are refused, with advice that keeps alerts apart; nothing may be uploaded', () => {
    const many = results(25_000, 1);
    expect(() => render('sarif', many)[Symbol.iterator]().next()).toThrow(UsageError);
    expect(() => [...render('sarif', many)]).toThrow('25001 findings');
    expect(uploadable(many).sarifUploadable).toBe(false);
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
