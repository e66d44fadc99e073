import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder, runCli } from './run-cli.js';

const shipped = resolve('policies');

test('a folder is formatted, after which --check has nothing to say and the tests still pass', async () => {
  const cwd = aFolder();
  cpSync(join(shipped, 'trail-is-logging'), join(cwd, 'policies/own-trail-is-logging'), { recursive: true });
  const file = join(cwd, 'policies/own-trail-is-logging/policy.yaml');
  const text = readFileSync(file, 'utf8').replace('id: trail-is-logging', 'id: own-trail-is-logging # ours');
  writeFileSync(file, text.replace(/expr: (?:\|\n\s+)?(trail.isLogging.*)/, 'expr: "$1"'));

  const checked = await runCli(['policies', 'fmt', '--check'], { cwd });
  expect(checked.status).toBe(1);
  expect(checked.stdout).toContain('not formatted  policies/own-trail-is-logging/policy.yaml\n');
  expect(readFileSync(file, 'utf8')).toContain('expr: "trail.isLogging');

  expect((await runCli(['policies', 'fmt'], { cwd })).status).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('expr: |\n      trail.isLogging');
  expect(readFileSync(file, 'utf8')).toContain('id: own-trail-is-logging # ours\n');
  expect(await runCli(['policies', 'fmt', '--check', 'policies/own-trail-is-logging'], { cwd })).toMatchObject({
    status: 0,
    stdout: '2 files, 0 to change\n',
  });
  const tested = await runCli(['policies', 'test', '--policies', 'policies'], { cwd });
  expect(tested.stdout).toContain('pass  own-trail-is-logging (');
});

test('one file that cannot be read keeps all from being written, and is told with its place', async () => {
  const cwd = aFolder();
  mkdirSync(join(cwd, 'policies'));
  const good = 'id: a\nversion: 1\n';
  writeFileSync(join(cwd, 'policies/a.yaml'), good);
  writeFileSync(join(cwd, 'policies/b.yaml'), 'id: b\nwhen: !has(trail.kmsKeyId)\n');
  const { status, stderr } = await runCli(['policies', 'fmt'], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain('policies/b.yaml:2:7: error[yaml-tag]');
  expect(stderr).toContain('Nothing was formatted');
  expect(readFileSync(join(cwd, 'policies/a.yaml'), 'utf8')).toBe(good);
});

test('a path that is not there is told', async () => {
  const { status, stderr } = await runCli(['policies', 'fmt', 'nowhere'], { cwd: aFolder() });
  expect(status).toBe(2);
  expect(stderr).toContain('nowhere:1:1: error[unreadable]: the file cannot be read: it does not exist');
});

test('a file that is no YAML by its name is left alone', async () => {
  const cwd = aFolder();
  writeFileSync(join(cwd, 'NOTES.md'), 'id:   x\n');
  const { status, stderr } = await runCli(['policies', 'fmt', 'NOTES.md'], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain('NOTES.md:1:1: error[unknown-file]: this is not a YAML file');
  expect(readFileSync(join(cwd, 'NOTES.md'), 'utf8')).toBe('id:   x\n');
});
