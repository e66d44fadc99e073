import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aFolder, runCli } from './run-cli.js';

const inventory = resolve('src/sample/inventory.json');
const accepting = ['--fail-on', 'none', '--allow-incomplete', '--quiet'];

async function scan(cwd: string, ...args: string[]) {
  return await runCli(['scan', ...accepting, ...args], { cwd });
}

test.each([
  ['account', /^\d{12}$/],
  ['ou', /^(?:Root|not-known)/],
])('--split-by %s: the reports once more for each owner', async (by, name) => {
  const cwd = aFolder();
  const { status } = await scan(cwd, '--sample', '--split-by', by, '--format', 'json,sarif,markdown,csv');
  expect(status).toBe(0);
  const folders = readdirSync(join(cwd, 'reports', `by-${by}`));
  expect(folders.length).toBeGreaterThan(3);
  for (const folder of folders) {
    expect(folder).toMatch(name);
    expect(readdirSync(join(cwd, 'reports', `by-${by}`, folder)).toSorted()).toEqual([
      'findings.csv',
      'report.md',
      'results.json',
    ]);
  }
});

test('--max-bytes: report.md is never larger', async () => {
  const cwd = aFolder();
  expect((await scan(cwd, '--sample', '--max-bytes', '1500', '--format', 'markdown')).status).toBe(0);
  expect(statSync(join(cwd, 'reports/report.md')).size).toBeLessThanOrEqual(1_500);
  expect(readFileSync(join(cwd, 'reports/report.md'), 'utf8')).toContain('not shown here');
});

test.each([
  ['--split-by', 'owner', 'is not a way to split'],
  ['--max-bytes', '10', 'is not a size that a report can have'],
  ['--max-bytes', '1e9', 'is not a size that a report can have'],
  ['--product-arn', 'acme', 'is not the ARN of a product'],
])('%s %s is refused', async (flag, value, message) => {
  const { status, stderr } = await scan(aFolder(), '--sample', flag, value);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test.each([
  ['--max-bytes', '5000', 'json', '--max-bytes has no effect without --format markdown'],
  [
    '--product-arn',
    'arn:aws:securityhub:us-east-1:111122223333:product/111122223333/default',
    'json',
    '--product-arn has no effect without',
  ],
  ['--split-by', 'account', 'text', '--split-by has no effect with --format text'],
  ['--split-by', 'account', 'sarif', '--split-by has no effect with --format sarif'],
])('%s %s with --format %s would change nothing', async (flag, value, format, message) => {
  const { status, stderr } = await scan(aFolder(), '--sample', flag, value, '--format', format);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

describe('in a git work tree', () => {
  function aWorkTree(ignored = ''): string {
    const cwd = aFolder();
    execFileSync('git', ['init', '--quiet'], { cwd });
    writeFileSync(join(cwd, '.gitignore'), ignored);
    return cwd;
  }
  const warning = 'is in a git work tree and not ignored';

  test('reports that are not ignored are warned of', async () => {
    const { status, stderr } = await scan(aWorkTree(), '--source', inventory);
    expect(status).toBe(0);
    expect(stderr).toContain(`warning: reports ${warning}`);
  });

  test('each place is warned of by itself, also below', async () => {
    const cwd = aWorkTree('reports\n');
    mkdirSync(join(cwd, 'audit'));
    const { stderr } = await scan(join(cwd, 'audit'), '--source', inventory, '--save-inventory', 'state.json.gz');
    expect(stderr).toContain(`warning: state.json.gz ${warning}`);
    expect(stderr).not.toContain(`warning: reports ${warning}`);
    expect(existsSync(join(cwd, 'audit/state.json.gz'))).toBe(true);
  });

  test.each<readonly [string, string, string[]]>([
    ['ignored reports', 'reports/\n', ['--source', inventory]],
    ['the sample, which is nobody’s', '', ['--sample']],
    ['one report to standard output', '', ['--source', inventory, '--format', 'json', '--output', '-']],
  ])('%s are not', async (_name, ignored, args) => {
    expect((await scan(aWorkTree(ignored), ...args)).stderr).not.toContain(warning);
  });

  test('outside of one there is no warning', async () => {
    expect((await scan(aFolder(), '--source', inventory)).stderr).not.toContain(warning);
  });
});
