import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder, runCli } from './run-cli.js';

/** The first example in YAML of a page, as a reader copies it. */
function exampleOf(page: string): string {
  return /```yaml\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8'))?.[1] ?? '';
}

test('the pack of the guide to packs lints, where its policies are', async () => {
  const folder = aFolder();
  // What it builds on is the reader's own: a package is not installed here.
  const text = exampleOf('docs/packs.md').replace(/^ {2}- npm:.*\n/m, '');
  expect(text).toContain('- ./policies\n');
  writeFileSync(join(folder, 'acme.yaml'), text);
  const own = ['policies', 'new', 'acme-keeps-a-year', '--target', 'log-group'];
  expect(await runCli(own, { cwd: folder })).toMatchObject({ status: 0 });
  const { status, stdout, stderr } = await runCli(['policies', 'lint', '--pack', 'acme.yaml'], { cwd: folder });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('no problems found');
});

test('the configuration of its guide is in force as it stands', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, 'trailproof.yaml'), exampleOf('docs/configuration.md'));
  const { status, stdout } = await runCli(['scan', '--print-config'], { cwd: folder });
  expect(status).toBe(0);
  expect(stdout).toContain('trailproof.yaml');
});
