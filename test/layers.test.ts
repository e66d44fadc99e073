import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';

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

interface Found {
  readonly code: string;
  readonly message: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

let found: readonly Found[];
const lines = new Map<string, string[]>();
for (const [file, from] of [...forbidden, ...beside, ...allowed]) lines.set(file, [...(lines.get(file) ?? []), from]);

/** One run of the linter sees them all, an import a line. */
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-layers-'));
  try {
    for (const it of ['.oxlintrc.json', 'scripts/lint-layers.mjs']) cpSync(it, join(folder, it), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    for (const [file, imports] of lines) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      const names = imports.map((_, index) => `it${index}`);
      const text = imports.map((from, index) => `import { it as ${names[index] ?? ''} } from '${from}';\n`).join('');
      writeFileSync(join(folder, file), `${text}export const its = [${names.join(', ')}];\n`);
    }
    const lint = resolve('node_modules/oxlint/bin/oxlint');
    const { stdout, status } = spawnSync(process.execPath, [lint, '--format', 'json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 1) throw new Error(`the linter ended with ${status}`);
    found = (JSON.parse(stdout) as { diagnostics: readonly Found[] }).diagnostics;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function restrictionsIn(file: string, from: string): string[] {
  const line = (lines.get(file) ?? []).indexOf(from) + 1;
  expect(line).toBeGreaterThan(0);
  const here = found.filter((it) => it.filename === file && it.labels.some(({ span }) => span.line === line));
  return here.filter((it) => it.code.includes('layers')).map((it) => it.message);
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
