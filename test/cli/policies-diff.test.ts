import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder, runCli } from './run-cli.js';

const sample = ['--inventory', resolve('src/sample/inventory.json')];

/** Two folders with one shipped policy; the new one is changed. */
function twoFolders(id: string, change: (text: string) => string): string {
  const cwd = aFolder();
  for (const folder of ['old', 'new']) cpSync(resolve('policies', id), join(cwd, folder, id), { recursive: true });
  const file = join(cwd, 'new', id, 'policy.yaml');
  const text = readFileSync(file, 'utf8');
  expect(change(text)).not.toBe(text);
  writeFileSync(file, change(text));
  return cwd;
}

test('a stricter policy shows which verdicts it changes, as a table and as JSON', async () => {
  const cwd = twoFolders('trail-validates-log-files', (text) =>
    text.replace('trail.logFileValidationEnabled', 'trail.logFileValidationEnabled && trail.isOrganizationTrail'),
  );
  const { status, stdout, stderr } = await runCli(['policies', 'diff', 'old', 'new', ...sample], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^trail-validates-log-files +Trail .* COMPLIANT → NON_COMPLIANT \(medium: validation\)$/m);
  const json = ['--format', 'json', '--output', 'out/diff.json', '--check'];
  expect(await runCli(['policies', 'diff', 'old', 'new', ...sample, ...json], { cwd })).toMatchObject({
    status: 1,
    stdout: '',
  });
  const { changed } = JSON.parse(readFileSync(join(cwd, 'out/diff.json'), 'utf8')) as { changed: unknown[] };
  expect(stdout).toContain(`\n${changed.length} verdicts change, `);
  const same = await runCli(['policies', 'diff', 'old', 'old', ...sample, '--check'], { cwd });
  expect(same).toMatchObject({ status: 0, stdout: expect.stringMatching(/^0 verdicts change, \d+ stay/) });
});

test('two packs', async () => {
  const { status, stdout } = await runCli(['policies', 'diff', 'baseline', 'regulated', ...sample], { cwd: aFolder() });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^only new {2}log-bucket-is-locked: \d+ /m);
  expect(stdout).not.toContain('only old');
});

test.each([
  ['a pack that is not there', ['baselin', 'core', ...sample], "did you mean 'baseline'"],
  ['a folder that is not there', ['./old', 'core', ...sample], 'There is no folder ./old.'],
  ['an inventory that is not there', ['baseline', 'core', '--inventory', 'nowhere.json'], 'nowhere.json'],
  ['a format that is not there', ['baseline', 'core', ...sample, '--format', 'xml'], 'Use text or json.'],
])('%s is told', async (_, args, message) => {
  const { status, stderr } = await runCli(['policies', 'diff', ...args], { cwd: aFolder() });
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test('with an error in either set nothing is compared', async () => {
  const cwd = twoFolders('trail-is-logging', (text) => text.replace('trail.isLogging', 'trail.isLoging'));
  const args = ['policies', 'diff', 'old', 'new', ...sample, '--output', 'diff.txt'];
  const { status, stderr } = await runCli(args, { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain("did you mean 'isLogging'");
  expect(existsSync(join(cwd, 'diff.txt'))).toBe(false);
});
