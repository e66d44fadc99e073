import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeAws } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, anOwnTrail, joined, prod } from '../support/worlds.js';
import { aFolder, runCli } from './run-cli.js';

async function scanned() {
  const aws = await startFakeAws(joined(anOrganizationWithATrail(), anOwnTrail(prod)));
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  const environment = aws.environment();
  const ran = await runCli(['scan', '--pack', 'core', '--evidence', 'kept', '--quiet', '--output', 'live'], {
    cwd,
    environment,
  });
  return { cwd, ran };
}

test('a scan keeps its answers, and the same verdicts follow from them without AWS', async () => {
  const { cwd, ran } = await scanned();
  expect(ran.status).toBe(1);
  expect(statSync(join(cwd, 'kept/answers.jsonl')).mode & 0o077).toBe(0);
  const again = await runCli(['scan', '--pack', 'core', '--source', 'kept', '--output', 'again'], { cwd });
  expect(again.stderr).toContain('Derived again from the evidence: ');
  expect(again.stderr).toContain('all as in kept/results.json');
  expect(again.status).toBe(1);
  const [live, derived] = ['live', 'again'].map(
    (it) => JSON.parse(readFileSync(join(cwd, it, 'results.json'), 'utf8')) as Record<string, unknown>,
  );
  for (const member of ['evaluations', 'evidence', 'coverage', 'organization', 'summary']) {
    expect(derived?.[member]).toEqual(live?.[member]);
  }
});

test('other policies are told from the verdicts that were kept', async () => {
  const { cwd } = await scanned();
  const { stderr } = await runCli(['scan', '--pack', 'baseline', '--source', 'kept', '--quiet'], { cwd });
  expect(stderr).toMatch(/warning: \d+ verdicts are not as in kept\/results\.json: 0 changed, \d+ gone, \d+ new/);
});

test('one changed byte ends the scan before anything is evaluated', async () => {
  const { cwd } = await scanned();
  const file = join(cwd, 'kept/answers.jsonl');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('"IsLogging":true');
  writeFileSync(file, text.replace('"IsLogging":true', '"IsLogging":tru3'));
  const { status, stdout, stderr } = await runCli(['scan', '--source', 'kept'], { cwd });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('answers.jsonl was changed: SHA256SUMS says ');
});

test('answers that were exchanged are told, though sums and manifest were made anew', async () => {
  const { cwd } = await scanned();
  const [file, manifest] = [join(cwd, 'kept/answers.jsonl'), join(cwd, 'kept/manifest.json')];
  const text = readFileSync(file, 'utf8');
  const id = /"call":"s3:GetBucketPolicy".*?"requestId":"([^"]+)"/.exec(text)?.[1] ?? '';
  expect(id).not.toBe('');
  writeFileSync(file, text.replace(id, 'ANOTHER-REQUEST'));
  const { digests: _digests, ...rest } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
  writeFileSync(manifest, JSON.stringify(rest));
  const names = ['answers.jsonl', 'manifest.json', 'results.json'];
  writeFileSync(join(cwd, 'kept/SHA256SUMS'), execFileSync('sha256sum', names, { cwd: join(cwd, 'kept') }));
  const { stderr } = await runCli(['scan', '--pack', 'core', '--source', 'kept', '--quiet'], { cwd });
  expect(stderr).toContain(
    'warning: 1 piece of evidence rests on another answer than in kept/results.json, such as s3:GetBucketPolicy',
  );
  expect(stderr).not.toContain('all as in');
});

describe('--evidence is refused', () => {
  test.each([
    ['the sample', ['--sample'], '--sample is not one'],
    ['a saved inventory', ['--source', 'inventory.json'], '--source inventory.json is not one'],
    ['AWS Config', ['--source', 'config'], '--source config is not one'],
    ['a resumed run', ['--resume', 'x.json'], '--resume is not one'],
    ['a shard', ['--shard', '1/2', '--save-inventory', 'x.json'], '--shard is not one'],
  ])('with %s', async (_name, args, message) => {
    const { status, stderr } = await runCli(['scan', ...args, '--evidence', 'kept'], { cwd: aFolder() });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  test('with a folder that is not empty', async () => {
    const cwd = aFolder();
    writeFileSync(join(cwd, 'something'), '');
    const { status, stderr } = await runCli(['scan', '--evidence', '.'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('Evidence is never overwritten');
  });
});
