import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';

/** The TypeScript examples of the guides, in their order. */
const examples = ['library', 'iam-documents'].flatMap((guide) =>
  [...readFileSync(`docs/${guide}.md`, 'utf8').matchAll(/```ts( no-run)?\n([\s\S]*?)```/g)].map(
    ([, noRun, code = ''], index) => ({ name: `${guide} ${index + 1}`, code, isRun: noRun === undefined }),
  ),
);

/** A project of a user's that has the package installed. */
function aProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-library-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(process.cwd(), join(folder, 'node_modules/trailproof'));
  symlinkSync(resolve('node_modules/@types'), join(folder, 'node_modules/@types'));
  copyFileSync('src/sample/inventory.json', join(folder, 'inventory.json'));
  mkdirSync(join(folder, 'my-policies/trail-is-named'), { recursive: true });
  writeFileSync(join(folder, 'my-policies/trail-is-named/policy.yaml'), ownPolicy);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

const ownPolicy = `version: 1
id: trail-is-named
title: Every trail has a name
severity: low
description: d
rationale: r
remediation: { text: t }
target: trail
assert:
  - { id: name, expr: size(trail.name) > 0, message: It has none. }
`;

function run(file: string, folder: string) {
  return spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
}

test('the guide has examples', () => {
  expect(examples.filter((it) => it.isRun).length).toBeGreaterThanOrEqual(3);
});

test('all examples compile against the types of the package', () => {
  const folder = aProject();
  for (const { name, code } of examples) writeFileSync(join(folder, `${name.replace(' ', '-')}.ts`), code);
  const options = {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    noEmit: true,
    types: ['node'],
    skipLibCheck: true,
    preserveSymlinks: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }));
  const { stdout, status } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder], {
    encoding: 'utf8',
  });
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
});

test.each(examples.filter((it) => it.isRun))('$name runs', ({ code }) => {
  const folder = aProject();
  // They have no types that need to be taken away.
  writeFileSync(join(folder, 'example.mjs'), code);
  const { stdout, stderr, status } = run('example.mjs', folder);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout.length).toBeGreaterThan(50);
});

test('importing it adds no global', () => {
  const folder = aProject();
  writeFileSync(
    join(folder, 'import.mjs'),
    `const before = new Set(Reflect.ownKeys(globalThis));
const trailproof = await import('trailproof');
const globals = Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String);
console.log(JSON.stringify({ exports: Object.keys(trailproof).includes('evaluate'), globals }));
`,
  );
  const { stdout } = run('import.mjs', folder);
  expect(JSON.parse(stdout)).toEqual({ exports: true, globals: [] });
});

test('importing it loads no AWS SDK: only what is called does', async () => {
  const { metafile } = await build({
    entryPoints: ['src/index.ts'],
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  const loaded = new Set(['src/index.ts']);
  for (const file of loaded) {
    for (const it of metafile.inputs[file]?.imports ?? []) if (it.kind !== 'dynamic-import') loaded.add(it.path);
  }
  expect(loaded).toContain('src/evaluate/evaluate.ts');
  expect([...loaded].filter((it) => /@aws-sdk|@smithy/.test(it))).toEqual([]);
});
