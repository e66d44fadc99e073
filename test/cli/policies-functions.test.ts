import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder, runCli } from './run-cli.js';

const functions = async (...args: string[]) => await runCli(['policies', 'functions', ...args], { cwd: '.' });

test('policies functions shows one function, with an example', async () => {
  const { status, stdout } = await functions('coversObject');
  expect(status).toBe(0);
  expect(stdout).toContain('coversObject(account: Account, arn: string, access: read | write | any): bool');
  expect(stdout).toContain("Example (account): coversObject(account, 'arn:aws:s3:::customer-data', 'any')");
});

test('all of them as JSON, and as the page of the documentation', async () => {
  const json = await functions('--json');
  const names = (JSON.parse(json.stdout) as { readonly name: string }[]).map((it) => it.name);
  expect(names).toEqual(expect.arrayContaining(['has', 'exists', 'startsWith', 'fresh', 'covers', 'coversObject']));
  const folder = aFolder();
  await runCli(['policies', 'functions', '--output', 'functions.md'], { cwd: folder });
  const headings = (file: string) => readFileSync(file, 'utf8').match(/^## .*$/gm);
  expect(headings(join(folder, 'functions.md'))).toEqual(headings('docs/functions.md'));
});

test('a function that is not there is refused with those that are', async () => {
  const { status, stderr } = await functions('cover');
  expect(status).toBe(2);
  expect(stderr).toContain('There is no function cover.');
  expect(stderr).toContain('coversObject');
});
