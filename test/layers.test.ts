import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** Imports that the layers forbid, and one next to each that they allow. */
const forbidden: readonly (readonly [file: string, from: string])[] = [
  ['src/model/known.ts', 'node:fs'],
  ['src/normalize/trail.ts', '../collect/index.js'],
  ['src/facts/credits.ts', '../view/index.js'],
  ['src/facts/event-coverage/box.ts', '../../policy/index.js'],
  ['src/view/trail.ts', '../policy/index.js'],
  ['src/policy/load.ts', '../collect/index.js'],
  ['src/policy/expression/check.ts', '../../facts/index.js'],
  ['src/evaluate/evaluate.ts', '../report/index.js'],
  ['src/evaluate/evaluate.ts', 'node:fs'],
  ['src/report/json.ts', '../evaluate/index.js'],
  ['src/collect/session.ts', '../evaluate/index.js'],
  ['src/cli/commands/scan.ts', '@aws-sdk/client-sts'],
  ['src/report/json.ts', '@aws-sdk/client-sts'],
  ['src/index.ts', '@smithy/core'],
];

const allowed: readonly (readonly [file: string, from: string])[] = [
  ['src/normalize/trail.ts', '../model/known.js'],
  ['src/facts/event-coverage/box.ts', '../../model/inventory.js'],
  ['src/view/trail.ts', '../facts/credits.js'],
  ['src/policy/load.ts', '../view/functions.js'],
  ['src/evaluate/evaluate.ts', '../policy/index.js'],
  ['src/evaluate/evaluate.ts', 'node:crypto'],
  ['src/collect/session.ts', '@aws-sdk/client-sts'],
  ['src/cli/commands/scan.ts', '../../collect/index.js'],
];

function restrictionsIn(file: string, from: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-layers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync('.oxlintrc.json', join(folder, '.oxlintrc.json'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `import { it } from '${from}';\nexport const its = it;\n`);
  const lint = resolve('node_modules/oxlint/bin/oxlint');
  const { stdout, status } = spawnSync(process.execPath, [lint, '--format', 'json'], { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; message: string }[] };
  expect(status).toBe(diagnostics.length > 0 ? 1 : 0);
  return diagnostics.filter((it) => it.code.includes('no-restricted-imports')).map((it) => it.message);
}

test.each(forbidden)('%s may not import %s', (file, from) => {
  expect(restrictionsIn(file, from)).toHaveLength(1);
});

test.each(allowed)('%s may import %s', (file, from) => {
  expect(restrictionsIn(file, from)).toEqual([]);
});
