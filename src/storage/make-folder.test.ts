import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeFolder } from './make-folder.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-folder-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('makes what is missing, and takes what is there', async () => {
  const path = join(folder, 'a/b/c');
  await Promise.all([makeFolder(path), makeFolder(join(folder, 'a/b/d')), makeFolder(path)]);
  await makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

test.each(['file', 'file/below', 'file/far/below'])('%s: a file is no folder', async (path) => {
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, path))).rejects.toThrow(/EEXIST|ENOTDIR/);
});

describe.skipIf(!existsSync('/proc/1'))('below /proc', () => {
  test('nothing can be made, and that is said', async () => {
    await expect(makeFolder('/proc/reports/new')).rejects.toThrow('ENOENT');
  });
});
