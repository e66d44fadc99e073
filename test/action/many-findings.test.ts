import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveInventory } from '../../src/storage/index.js';
import { aFolder } from '../cli/run-cli.js';
import { anInventory, aTrail, MEMBER } from '../support/inventory-builders.js';
import { runAction, type ActionRun } from './run-action.js';
import { obeyedCommands } from './runner-commands.js';

/** A run on a member's trails, as many, each of which is one finding. */
async function runOn(trails: number): Promise<ActionRun> {
  const workspace = aFolder();
  const description = { logFileValidationEnabled: false };
  const own = Array.from({ length: trails }, (_, index) =>
    aTrail({ name: `own-${index}`, accountId: MEMBER, description }),
  );
  await saveInventory(anInventory({ trails: [aTrail(), ...own] }), join(workspace, 'inventory.json'));
  const pack = ['version: 1', 'id: one', 'title: One', 'policies: [trail-validates-log-files]', ''].join('\n');
  writeFileSync(join(workspace, 'one.yaml'), pack);
  return await runAction({ source: 'inventory.json', pack: './one.yaml' }, { workspace });
}

test.each([
  [5_000, 'true'],
  [5_001, 'false'],
])('%i findings: for upload %s; the summary is cut, and annotations are few', async (count, uploadable) => {
  const { status, outputs, summary, log, workspace } = await runOn(count);
  expect(status).toBe(0);
  expect(outputs).toMatchObject({ status: 'fail', 'findings-total': `${count}`, 'sarif-uploadable': uploadable });
  const sarif = JSON.parse(readFileSync(join(workspace, outputs['sarif-file'] ?? ''), 'utf8')) as {
    runs: [{ results: unknown[] }];
  };
  expect(sarif.runs[0].results).toHaveLength(count);
  expect(log.includes(`it holds ${count} findings, of which GitHub keeps the 5000 most severe`)).toBe(count > 5_000);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900_000);
  expect(Buffer.byteLength(summary)).toBeGreaterThan(800_000);
  expect(summary).toMatch(/The report is too large for this page: the rest is in `reports\/results\.json`\.\n$/);
  expect(obeyedCommands(log).length).toBeLessThanOrEqual(10);
});

test('25,001 findings: no report is for upload, and the others are written', async () => {
  const { status, outputs, summary, log, workspace } = await runOn(25_001);
  expect(status).toBe(2);
  expect(outputs).toMatchObject({
    status: 'error',
    'findings-total': '25001',
    'sarif-uploadable': 'false',
    'sarif-file': '',
    'json-file': join('reports', 'results.json'),
    'markdown-file': join('reports', 'report.md'),
  });
  expect(existsSync(join(workspace, 'reports/results.sarif'))).toBe(false);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900_000);
  expect(obeyedCommands(log).filter(({ name }) => name === 'error')).toEqual([
    { name: 'error', data: expect.stringContaining('GitHub refuses a SARIF file with more than 25000 results.') },
  ]);
});
