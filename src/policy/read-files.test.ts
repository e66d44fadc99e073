import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPolicyFiles } from './read-files.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'policies-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (path: string, text: string | Uint8Array): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};

const inFolder = (path: string): string => path.slice(folder.length + 1);
const files = () => readPolicyFiles(folder).files.map((it) => [it.kind, inFolder(it.file), it.name]);
const told = () => readPolicyFiles(folder).diagnostics.map((it) => [inFolder(it.file), it.severity, it.code]);

test('policy folders, packs, and policies in files of their own are read in one order', () => {
  for (const path of [
    'b/tests.yaml',
    'b/policy.yaml',
    'b/notes.md',
    'a.yaml',
    'a.tests.yaml',
    'c.yml',
    'packs/p.yaml',
    '.git/x.yaml',
    'README.md',
  ])
    write(path, 'x: 1');
  expect(files()).toEqual([
    ['tests', 'a.tests.yaml', undefined],
    ['policy', 'a.yaml', undefined],
    ['policy', 'b/policy.yaml', 'b'],
    ['tests', 'b/tests.yaml', 'b'],
    ['policy', 'c.yml', undefined],
    ['pack', 'packs/p.yaml', 'p'],
  ]);
  expect(told()).toEqual([]);
});

test('tests know their policy', () => {
  for (const path of ['a.yaml', 'a.tests.yaml', 'b/policy.yaml', 'b/tests.yaml']) write(path, 'x: 1');
  expect(readPolicyFiles(folder).files.map((it) => [it.kind, inFolder(it.stem)])).toEqual([
    ['tests', 'a'],
    ['policy', 'a'],
    ['policy', 'b'],
    ['tests', 'b'],
  ]);
});

test('what looks like a policy and is none is never passed over in silence', () => {
  write('a/policy.yml', 'x: 1');
  write('b/tests.yaml', 'x: 1');
  write('docs/index.md', 'x');
  expect(told()).toEqual([
    ['a/policy.yml', 'error', 'unknown-file'],
    ['a', 'error', 'no-policy'],
    ['b', 'error', 'no-policy'],
    ['docs', 'warning', 'no-policy'],
  ]);
});

test('a file whose name is not quite one is told', () => {
  write('a.YAML', 'x: 1');
  expect(told()).toEqual([['a.YAML', 'warning', 'unknown-file']]);
});

test.each([
  ['UTF-16', Buffer.from('\ufeffid: a', 'utf16le'), 'not-utf-8'],
  ['Latin-1', Buffer.from('title: caf\u00e9', 'latin1'), 'not-utf-8'],
  ['more than 1 MiB', Buffer.alloc(1024 * 1024 + 1, 'x'), 'too-large'],
])('a file that cannot be a policy is an error: %s', (_, bytes, code) => {
  write('a.yaml', bytes);
  expect(files()).toEqual([]);
  expect(told()).toEqual([['a.yaml', 'error', code]]);
});

test('the first byte that is no UTF-8 is told with its line and column', () => {
  write('a.yaml', Buffer.concat([Buffer.from('id: a\ntitle: süß ', 'utf8'), Buffer.from('café', 'latin1')]));
  write('b.yaml', Buffer.from('\ufeffid: a', 'utf16le'));
  // A character that is cut off at the end of the file.
  write('c.yaml', Buffer.from('id: ü', 'utf8').subarray(0, -1));
  expect(readPolicyFiles(folder).diagnostics.map((it) => [it.line, it.column, it.help])).toEqual([
    [2, 15, 'save the file as UTF-8: the character here is in another encoding, such as Latin-1'],
    [1, 1, 'it looks like UTF-16: save it as UTF-8'],
    [1, 5, 'save the file as UTF-8: the character here is in another encoding, such as Latin-1'],
  ]);
});

test('what stands beside a file that cannot be read is not told to be alone', () => {
  write('a/policy.yaml', Buffer.from([0xff]));
  write('a/tests.yaml', 'version: 1\nfixtures: { a: { now: "2026-11-21T00:00:00Z" } }\ntests: []\n');
  const { unread } = readPolicyFiles(folder);
  expect(unread?.map((it) => [it.kind, inFolder(it.stem)])).toEqual([['policy', 'a']]);
});

test('a byte order mark is no part of the text', () => {
  write('a.yaml', '\ufeffid: a');
  expect(readPolicyFiles(folder).files.map((it) => it.text)).toEqual(['id: a']);
});

test('links to folders are not followed, links to files are; a circle ends', () => {
  write('a/policy.yaml', 'x: 1');
  symlinkSync(folder, join(folder, 'again'));
  symlinkSync(join(folder, 'a/policy.yaml'), join(folder, 'b.yaml'));
  symlinkSync(join(folder, 'c.yaml'), join(folder, 'c.yaml'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'd.yaml'));
  expect(files()).toEqual([
    ['policy', 'a/policy.yaml', 'a'],
    ['policy', 'b.yaml', undefined],
  ]);
  expect(told()).toEqual([
    ['again', 'warning', 'link'],
    ['c.yaml', 'error', 'unreadable'],
    ['d.yaml', 'error', 'unreadable'],
  ]);
});

test('a folder that is none, or is not there, is an error', () => {
  write('a.yaml', 'x: 1');
  expect(readPolicyFiles(join(folder, 'a.yaml')).diagnostics.map((it) => it.message)).toEqual([
    'the folder cannot be read: it is not a folder',
  ]);
  expect(readPolicyFiles(join(folder, 'z')).diagnostics.map((it) => it.message)).toEqual([
    'the folder cannot be read: it does not exist',
  ]);
});

test.skipIf(process.getuid?.() === 0)('a file without permission is an error', () => {
  write('a.yaml', 'x: 1');
  chmodSync(join(folder, 'a.yaml'), 0o000);
  expect(readPolicyFiles(folder).diagnostics.map((it) => it.message)).toEqual([
    'the file cannot be read: permission denied',
  ]);
});
