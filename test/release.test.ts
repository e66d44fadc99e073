import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder } from './cli/run-cli.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };

function release(...args: readonly string[]) {
  return spawnSync(process.execPath, ['scripts/release.mjs', ...args], { encoding: 'utf8' });
}

interface Bill {
  readonly bomFormat: string;
  readonly components: readonly { readonly name: string; readonly version: string; readonly licenses?: unknown }[];
}

test('a release is the package, two bills of materials, their checksums, and the notes', () => {
  const folder = aFolder();
  expect(release(`v${version}`, folder)).toMatchObject({ status: 0, stderr: '' });
  const names = ['SHA256SUMS', 'build.cdx.json', 'notes.md', 'package.cdx.json', `trailproof-${version}.tgz`];
  expect(readdirSync(folder)).toEqual(names);

  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  const expected = names.filter((name) => name !== 'SHA256SUMS' && name !== 'notes.md');
  expect(sums).toEqual(
    expected.map((name) => {
      const content = readFileSync(join(folder, name));
      return `${createHash('sha256').update(content).digest('hex')}  ${name}`;
    }),
  );

  const componentsOf = (name: string) => {
    const bill = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Bill; // CycloneDX
    expect(bill.bomFormat).toBe('CycloneDX');
    return bill.components.map((it) => it.name);
  };
  expect(componentsOf('package.cdx.json')).toContain('@aws-sdk/client-cloudtrail');
  expect(componentsOf('package.cdx.json')).not.toContain('vitest');
  expect(componentsOf('build.cdx.json')).toEqual(expect.arrayContaining(['esbuild', '@actions/core']));
  expect(readFileSync(join(folder, 'notes.md'), 'utf8')).toMatch(/^\S[\s\S]*\n$/);
});

test.each([
  ['a tag of another version', ['v99.0.0', 'x'], `The tag is v99.0.0, and package.json says ${version}.`],
  ['a folder with something in it', [`v${version}`, 'schema'], 'schema is not empty.'],
  ['no folder', [`v${version}`], 'usage:'],
])('%s is refused', (_, args, message) => {
  const { status, stderr } = release(...args);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
