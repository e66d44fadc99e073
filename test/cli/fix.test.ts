import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { aFolder, runCli } from './run-cli.js';

const results = resolve('reports/results.json');
const inventory = resolve('src/sample/inventory.json');
const known = [results, '--inventory', inventory];

async function fix(...args: string[]) {
  return await runCli(['fix', ...args], { cwd: aFolder() });
}

test('the steps go to standard output, and what they are to standard error', async () => {
  const { status, stdout, stderr } = await fix(...known);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^#!\/usr\/bin\/env bash\n/);
  expect(stdout).toContain(
    'aws cloudtrail start-logging --region eu-west-1 --name arn:aws:cloudtrail:eu-west-1:555566667777:trail/pci',
  );
  expect(stderr).toMatch(/^\d+ steps, and \d+ findings for people\. Nothing was changed\.\n$/);
});

test('without the inventory less is derived', async () => {
  const { status, stdout } = await fix(results);
  expect(status).toBe(0);
  expect(stdout).not.toContain('put-bucket-policy \\');
  expect(stdout).toContain('With --inventory');
});

test('only what is chosen', async () => {
  const { stdout } = await fix(...known, '--account', '777788889999', '--policy', 'log-bucket-is-not-public');
  expect([...stdout.matchAll(/^# Fixes: (.*)$/gm)].map(([, it]) => it)).toEqual(['critical log-bucket-is-not-public']);
});

test('files, each for itself', async () => {
  const folder = aFolder();
  for (const format of ['commands', 'terraform', 'cloudformation']) {
    expect(await fix(...known, '--format', format, '--output', folder)).toMatchObject({ status: 0, stdout: '' });
  }
  const names = readdirSync(folder).toSorted();
  expect(names).toEqual(expect.arrayContaining(['fix.sh', 'fix.tf']));
  const templates = names.filter((it) => it.endsWith('.yaml'));
  expect(templates.length).toBeGreaterThan(1);
  for (const name of templates) {
    expect(name).toMatch(/^\d-[a-z]+-\d{12}-[a-z0-9-]+\.yaml$/);
    const template: unknown = parse(readFileSync(join(folder, name), 'utf8'));
    expect(template).toMatchObject({ AWSTemplateFormatVersion: '2010-09-09' });
  }
});

test('the sample has nothing that is not known: every finding is a step or is named for people', async () => {
  const { stdout } = await fix(...known);
  const { evaluations } = JSON.parse(readFileSync(results, 'utf8')) as {
    readonly evaluations: readonly {
      readonly outcome: string;
      readonly causedBy?: string;
      readonly policyId: string;
    }[];
  };
  for (const { policyId } of evaluations.filter((it) => it.outcome === 'NON_COMPLIANT' && it.causedBy === undefined)) {
    expect(stdout).toContain(policyId);
  }
});

describe('it is refused', () => {
  test('an inventory of another run', async () => {
    const folder = aFolder();
    const other = join(folder, 'inventory.json');
    writeFileSync(
      other,
      readFileSync(inventory, 'utf8').replace('2026-11-20T06:00:00.000Z', '2026-11-21T06:00:00.000Z'),
    );
    const { status, stderr } = await fix(results, '--inventory', other);
    expect(status).toBe(2);
    expect(stderr).toContain('Give the inventory that the same scan saved');
  });

  test('templates for several places on standard output', async () => {
    const { status, stdout, stderr } = await fix(...known, '--format', 'cloudformation');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--output DIR');
  });

  test.each([
    ['results that are not there', ['nothing.json'], 'There is no file nothing.json'],
    ['an inventory for results', [inventory], 'is an inventory, not results'],
    ['an account of no finding', [results, '--account', '999999999999'], 'The results do not have 999999999999'],
    ['a policy of another run', [results, '--policy', 'no-such'], 'The results do not have no-such'],
    ['another format', [results, '--format', 'pulumi'], 'Allowed choices are'],
  ])('%s', async (_name, args, message) => {
    const { status, stderr } = await fix(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});

test('it writes nothing where it only prints', async () => {
  const cwd = aFolder();
  await runCli(['fix', ...known], { cwd });
  expect(existsSync(join(cwd, 'reports'))).toBe(false);
  expect(readdirSync(cwd)).toEqual([]);
});
