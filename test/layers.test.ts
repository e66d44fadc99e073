import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** Imports that the layers forbid, and one next to each that they allow. */
const forbidden: readonly (readonly [file: string, from: string])[] = [
  ['src/model/known.ts', 'node:fs'],
  ['src/text/order.ts', '../report/index.js'],
  ['src/expression/check.ts', '../facts/index.js'],
  ['src/expression/check.ts', '../view/index.js'],
  ['src/normalize/trail.ts', '../collect/index.js'],
  ['src/facts/credits.ts', '../view/index.js'],
  ['src/facts/event-coverage/event-set.ts', '../../policy/index.js'],
  ['src/view/trail.ts', '../policy/index.js'],
  ['src/policy/load.ts', '../collect/index.js'],
  ['src/policy/load.ts', '../waivers/index.js'],
  ['src/policy/load.ts', '../authoring/index.js'],
  ['src/waivers/waive.ts', '../evaluate/index.js'],
  ['src/evaluate/evaluate.ts', '../report/index.js'],
  ['src/evaluate/evaluate.ts', '../history/index.js'],
  ['src/evaluate/evaluate.ts', 'node:fs'],
  ['src/history/replay.ts', '../storage/index.js'],
  ['src/report/json.ts', '../evaluate/index.js'],
  ['src/report/json.ts', '@aws-sdk/client-sts'],
  ['src/storage/load-inventory.ts', '../collect/index.js'],
  ['src/storage/load-inventory.ts', '@aws-sdk/client-s3'],
  ['src/collect/aws/session.ts', '../../evaluate/index.js'],
  ['src/verify/verify.ts', '../collect/index.js'],
  ['src/verify/verify.ts', '@aws-sdk/client-s3'],
  ['src/authoring/fields.ts', '../collect/index.js'],
  ['src/cli/commands/scan/run.ts', '@aws-sdk/client-sts'],
  ['src/cli/commands/scan/run.ts', '../../../action/index.js'],
  ['src/action/main.ts', '../collect/index.js'],
  ['src/storage/read-results.ts', 'ajv'],
  ['src/json-schema.ts', './policy/index.js'],
  ['src/index.ts', '@smithy/core'],
  ['src/index.ts', './cli/index.js'],
];

/** A room is entered through its index.ts alone. */
const beside: readonly (readonly [file: string, from: string])[] = [
  ['src/evaluate/evaluate.ts', '../policy/load.js'],
  ['src/cli/commands/scan/run.ts', '../../../report/sarif/index.js'],
  ['src/collect/live/account.ts', '../../normalize/trail.js'],
  ['src/index.ts', './policy/load.js'],
];

const allowed: readonly (readonly [file: string, from: string])[] = [
  ['src/normalize/trail.ts', '../model/known.js'],
  ['src/expression/check.ts', '../text/order.js'],
  ['src/facts/event-coverage/event-set.ts', '../../model/inventory.js'],
  ['src/view/trail.ts', '../facts/index.js'],
  ['src/policy/load.ts', '../expression/index.js'],
  ['src/waivers/waive.ts', '../policy/index.js'],
  ['src/evaluate/evaluate.ts', '../policy/index.js'],
  ['src/evaluate/evaluate.ts', 'node:crypto'],
  ['src/history/replay.ts', '../evaluate/index.js'],
  ['src/collect/aws/session.ts', '@aws-sdk/client-sts'],
  ['src/verify/folder/folder-store.ts', '../../model/object-store.js'],
  ['src/cli/commands/scan/run.ts', '../../../collect/index.js'],
  ['src/cli/commands/scan/run.ts', '../../policies/load-policies.js'],
  ['src/action/main.ts', '../cli/index.js'],
  ['src/storage/read-results.ts', '../json-schema.js'],
  ['src/json-schema.ts', 'ajv-formats'],
];

function restrictionsIn(file: string, from: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-layers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const it of ['.oxlintrc.json', 'scripts/lint-layers.mjs']) cpSync(it, join(folder, it), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `import { it } from '${from}';\nexport const its = it;\n`);
  const lint = resolve('node_modules/oxlint/bin/oxlint');
  const { stdout, status } = spawnSync(process.execPath, [lint, '--format', 'json'], { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; message: string }[] };
  expect(status).toBe(diagnostics.length > 0 ? 1 : 0);
  return diagnostics.filter((it) => it.code.includes('layers')).map((it) => it.message);
}

test.each(forbidden)('%s may not import %s', (file, from) => {
  expect(restrictionsIn(file, from)).toHaveLength(1);
});

test.each(beside)('%s may not import %s beside the index', (file, from) => {
  expect(restrictionsIn(file, from)).toEqual([expect.stringContaining('entered through its index.ts')]);
});

test.each(allowed)('%s may import %s', (file, from) => {
  expect(restrictionsIn(file, from)).toEqual([]);
});
