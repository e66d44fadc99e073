import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder, runCli } from './run-cli.js';

test('a new policy passes lint, fmt and its tests, and is not written over', async () => {
  const cwd = aFolder();
  const start = ['policies', 'new', 'trail-is-mine', '--target', 'trail', 'own'];
  const started = await runCli(start, { cwd });
  expect(started).toMatchObject({ status: 0, stderr: '' });
  expect(started.stdout).toContain(`  trailproof policies lint ${join('own', 'trail-is-mine')}\n`);
  expect(started.stdout).toContain('  trailproof policies test trail-is-mine --strict --mutate --policies own\n');
  expect(readFileSync(join(cwd, 'own/trail-is-mine/policy.yaml'), 'utf8')).toContain(
    '$schema=../../node_modules/trailproof/schema/policy.v1.json\n',
  );
  expect(await runCli(['policies', 'lint', '--policies', 'own'], { cwd })).toMatchObject({ status: 0, stderr: '' });
  expect(await runCli(['policies', 'fmt', '--check', 'own'], { cwd })).toMatchObject({ status: 0 });
  const tested = await runCli(['policies', 'test', '--policies', 'own'], { cwd });
  expect(tested.stdout).toContain('pass  trail-is-mine (3 tests)');
  const again = await runCli(start, { cwd });
  expect(again.status).toBe(2);
  expect(again.stderr).toContain('own/trail-is-mine exists already');
});

test.each([
  ['an id that leads elsewhere', ['../x', '--target', 'trail'], "'../x' cannot be the id"],
  ['a target that is misspelt', ['x', '--target', 'trial'], "did you mean 'trail'"],
  ['the id of a shipped policy', ['trail-is-logging', '--target', 'trail'], 'ships a policy'],
])('%s is refused', async (_, args, message) => {
  const cwd = aFolder();
  const { status, stderr } = await runCli(['policies', 'new', ...args], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(existsSync(join(cwd, 'policies'))).toBe(false);
});
