import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder, runCli } from './run-cli.js';

const secret = 'aws_secret_access_key = wJalrXUtnFEMI';

/** A folder in which files of a policy, a pack and a configuration are links to a file that is not in it. */
function aHostileFolder(): string {
  const [folder, elsewhere] = [aFolder(), aFolder()];
  writeFileSync(join(elsewhere, 'credentials'), `${secret}\n[default]\n- ${secret}\n`);
  mkdirSync(join(folder, 'policies', 'mine'), { recursive: true });
  for (const name of ['policies/mine/policy.yaml', 'pack.yaml', 'conf.yaml']) {
    symlinkSync(join(elsewhere, 'credentials'), join(folder, name));
  }
  return folder;
}

test.each([
  ['policies', 'lint', '--policies', 'policies'],
  ['scan', '--sample', '--pack', './pack.yaml'],
  ['scan', '--sample', '--config', 'conf.yaml'],
])('a link shows nothing of the file that it leads to: %j', async (...args) => {
  const { status, stdout, stderr } = await runCli(args, { cwd: aHostileFolder() });
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /error\[link\]: the file is a link to outside of its folder, with \d problems? that (?:is|are) not/,
  );
  expect(`${stdout}${stderr}`).not.toMatch(/secret|wJalr|default\]/);
});

test('a link to a file of the same folder is told of as the file itself would be', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, 'real.yaml'), 'version: 1\nid: mine\ntitel: Mine\n');
  symlinkSync(join(folder, 'real.yaml'), join(folder, 'pack.yaml'));
  const { stderr } = await runCli(['scan', '--sample', '--pack', './pack.yaml'], { cwd: folder });
  expect(stderr).toContain("'titel'");
});

test('policies fmt writes to no file outside of the folder that was named', async () => {
  const [folder, elsewhere] = [aFolder(), aFolder()];
  const text = 'id:   mine\nversion: 1\n';
  writeFileSync(join(elsewhere, 'other.yaml'), text);
  mkdirSync(join(folder, 'policies', 'mine'), { recursive: true });
  symlinkSync(join(elsewhere, 'other.yaml'), join(folder, 'policies', 'mine', 'policy.yaml'));
  const { status, stderr } = await runCli(['policies', 'fmt', 'policies'], { cwd: folder });
  expect(status).toBe(2);
  expect(stderr).toContain('error[link]: this is a link to outside of the folder that was named');
  expect(readFileSync(join(elsewhere, 'other.yaml'), 'utf8')).toBe(text);
  // Named itself, it is what is meant.
  const named = await runCli(['policies', 'fmt', 'policies/mine/policy.yaml'], { cwd: folder });
  expect(named.status).toBe(0);
  expect(readFileSync(join(elsewhere, 'other.yaml'), 'utf8')).toContain('id: mine\n');
});
