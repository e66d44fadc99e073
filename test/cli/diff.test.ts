import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Inventory, Results } from '../../src/index.js';
import { aFolder, runCli } from './run-cli.js';

const sample = JSON.parse(readFileSync('src/sample/inventory.json', 'utf8')) as Inventory;

/** The sample with the stopped trail started, and one bucket gone. */
function mended(): Inventory {
  const trails = sample.trails.map((trail) =>
    trail.name === 'pci' && trail.status.state === 'known'
      ? Object.assign({}, trail, { status: { state: 'known', value: { ...trail.status.value, isLogging: true } } })
      : trail,
  );
  return { ...sample, trails, buckets: sample.buckets.filter((it) => it.name !== 'northwind-erp-audit') };
}

async function files(): Promise<string> {
  const cwd = aFolder();
  mkdirSync(join(cwd, 'a'));
  writeFileSync(join(cwd, 'a.json'), JSON.stringify(sample));
  writeFileSync(join(cwd, 'b.json'), JSON.stringify(mended()));
  for (const name of ['a', 'b']) {
    await runCli(['scan', '--source', `${name}.json`, '--quiet', '--output', name, '--allow-incomplete'], { cwd });
  }
  return cwd;
}

test('two results: verdicts that changed, and what only one has', async () => {
  const cwd = await files();
  const { status, stdout } = await runCli(['diff', 'a/results.json', 'b/results.json'], { cwd });
  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^NON_COMPLIANT → COMPLIANT {2}trail-is-logging arn:aws:cloudtrail:eu-west-1:555566667777:trail\/pci$/m,
  );
  expect(stdout).toMatch(/^gone \(was NON_COMPLIANT\) {2}log-bucket-is-versioned arn:aws:s3:::northwind-erp-audit$/m);
  writeFileSync(join(cwd, 'packed.json.gz'), gzipSync(readFileSync(join(cwd, 'a/results.json'))));
  const json = await runCli(['diff', 'packed.json.gz', 'b/results.json', '--json'], { cwd });
  const parsed = JSON.parse(json.stdout) as { changed: unknown[]; onlyAfter: { outcome: string }[] };
  expect(parsed.changed).toContainEqual(
    expect.objectContaining({ policyId: 'trail-is-logging', before: 'NON_COMPLIANT', after: 'COMPLIANT' }),
  );
  expect(parsed.onlyAfter.filter(({ outcome }) => outcome !== 'INSUFFICIENT_DATA')).toEqual([]);
});

test('two inventories: values that changed', async () => {
  const cwd = await files();
  const { status, stdout } = await runCli(['diff', 'a.json', 'b.json'], { cwd });
  expect(status).toBe(1);
  expect(stdout).toContain(
    'trail arn:aws:cloudtrail:eu-west-1:555566667777:trail/pci\n    status.isLogging: false → true\n',
  );
  expect(stdout).toContain(
    'log bucket arn:aws:s3:::northwind-erp-audit\n    versioning.status: Suspended → (not there)\n',
  );
});

test('nothing changed: exit 0', async () => {
  const cwd = await files();
  expect(await runCli(['diff', 'a.json', 'a.json'], { cwd })).toMatchObject({
    status: 0,
    stdout: 'Nothing changed.\n',
  });
  expect(await runCli(['diff', 'a/results.json', 'a/results.json'], { cwd })).toMatchObject({
    status: 0,
    stdout: 'No verdict changed.\n',
  });
});

test('what cannot be compared', async () => {
  const cwd = await files();
  writeFileSync(join(cwd, 'broken.json'), '{ "evaluations": [] }');
  const results = JSON.parse(readFileSync(join(cwd, 'a/results.json'), 'utf8')) as Results;
  writeFileSync(join(cwd, 'newer.json'), JSON.stringify({ ...results, schemaVersion: '2' }));
  for (const [args, message] of [
    [
      ['a.json', 'a/results.json'],
      'a.json is an inventory and a/results.json is a results file: they cannot be compared.',
    ],
    [['broken.json', 'a/results.json'], 'broken.json holds no results of this version'],
    [['newer.json', 'a/results.json'], 'newer.json holds no results of this version: /schemaVersion'],
    [['nowhere.json', 'a.json'], 'There is no file nowhere.json.'],
  ] as const) {
    const { status, stderr } = await runCli(['diff', ...args], { cwd });
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  }
});
