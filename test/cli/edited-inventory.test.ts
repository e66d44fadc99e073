import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Results } from '../../src/model/results.js';
import { aFolder, runCli } from './run-cli.js';

const flags = ['--fail-on', 'none', '--allow-incomplete', '--format', 'json,markdown', '--output', 'out'];

async function scan(folder: string, source: string) {
  const { status, stderr } = await runCli(['scan', '--source', source, ...flags], { cwd: folder });
  const results = JSON.parse(readFileSync(join(folder, 'out/results.json'), 'utf8')) as Results;
  return { status, stderr, run: results.run, markdown: readFileSync(join(folder, 'out/report.md'), 'utf8') };
}

test('an inventory that was changed by hand is evaluated, and told on stderr and in the results', async () => {
  const folder = aFolder();
  await runCli(['scan', '--sample', ...flags, '--save-inventory', 'saved.json'], { cwd: folder });
  const text = readFileSync(join(folder, 'saved.json'), 'utf8');
  const whole = await scan(folder, 'saved.json');
  expect(whole.stderr).not.toContain('was changed');
  expect(whole.run.inventoryDigest).toBe((JSON.parse(text) as { readonly digest: string }).digest);
  expect(whole.run.isInventoryEdited).toBeUndefined();
  writeFileSync(join(folder, 'edited.json'), text.replace('"isLogging":true', '"isLogging":false'));
  const edited = await scan(folder, 'edited.json');
  expect(edited.status).toBe(0);
  expect(edited.stderr).toContain('warning: edited.json was changed after Trailproof wrote it');
  expect(edited.run.isInventoryEdited).toBe(true);
  expect(edited.run.inventoryDigest).not.toBe(whole.run.inventoryDigest);
  expect(edited.markdown).toContain('changed by hand since');
});
