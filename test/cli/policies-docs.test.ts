import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder, runCli } from './run-cli.js';

test('each policy gets a page with the outcomes of its tests; pages of policies that are gone go', async () => {
  const cwd = aFolder();
  const pages = join(cwd, 'docs/policies');
  await runCli(['policies', 'new', 'trail-is-mine', '--target', 'trail', 'own'], { cwd });
  const docs = ['policies', 'docs', '--policies', 'own'];
  expect(await runCli(docs, { cwd })).toMatchObject({ status: 0, stderr: '' });
  const page = readFileSync(join(pages, 'trail-is-mine.md'), 'utf8');
  expect(page).toContain('# Trail is mine\n');
  expect(page).toContain('> Trail arn:aws:cloudtrail:eu-central-1:111122223333:trail/main records only eu-central-1.');
  expect(page).toContain('| what decides could not be read | `INSUFFICIENT_DATA` |');
  expect(readFileSync(join(pages, 'README.md'), 'utf8')).toContain('[Trail is mine](trail-is-mine.md)');

  writeFileSync(join(pages, 'mine.md'), '# Written by hand\n');
  mkdirSync(join(pages, 'folder.md'));
  const without = await runCli(['policies', 'docs'], { cwd });
  expect(without.stdout).toContain('Removed docs/policies/trail-is-mine.md: no such policy\n');
  expect(existsSync(join(pages, 'trail-is-mine.md'))).toBe(false);
  expect(readdirSync(pages)).toEqual(
    expect.arrayContaining(['README.md', 'folder.md', 'mine.md', 'trail-is-logging.md']),
  );
});

test('with an error in a policy nothing is written', async () => {
  const cwd = aFolder();
  writeFileSync(join(cwd, 'broken.yaml'), 'version: 1\n');
  const { status, stderr } = await runCli(['policies', 'docs', '--policies', '.'], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain('broken.yaml:1:1: error');
  expect(existsSync(join(cwd, 'docs'))).toBe(false);
});
