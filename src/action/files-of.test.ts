import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder } from '../../test/cli/run-cli.js';
import { filesOf } from './files-of.js';

const names = ['shard-1.json.gz', 'shard-2.json.gz', 'notes.txt', 'a/shard-3.json.gz', 'a/b/shard-4.json.gz'];

/** What fits a pattern in a folder of these files. */
function within(pattern: string): string[] {
  const folder = aFolder();
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
  return filesOf([join(folder, pattern)]).map((it) => it.slice(folder.length + 1));
}

test('the files that fit a pattern, in order, each once', () => {
  expect(within('shard-*.json.gz')).toEqual(['shard-1.json.gz', 'shard-2.json.gz']);
  expect(within('shard-?.json.gz')).toEqual(['shard-1.json.gz', 'shard-2.json.gz']);
  expect(within('*/shard-*')).toEqual(['a/shard-3.json.gz']);
  expect(within('**/shard-*')).toEqual([
    'a/b/shard-4.json.gz',
    'a/shard-3.json.gz',
    'shard-1.json.gz',
    'shard-2.json.gz',
  ]);
});

test('a path without a pattern is given back as it is', () => {
  expect(filesOf(['missing.json'])).toEqual(['missing.json']);
});

test('a pattern that nothing fits is an error', () => {
  expect(() => within('part-*')).toThrow('No file fits');
});
