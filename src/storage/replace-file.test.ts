import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { replaceFile } from './replace-file.js';
import { writeWhole } from './write-whole.js';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-replace-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a file takes the place of a file, and of nothing', async () => {
  const folder = aFolder();
  for (const text of ['one', 'two']) {
    writeFileSync(join(folder, 'new'), text);
    await replaceFile(join(folder, 'new'), join(folder, 'it'));
    expect(readFileSync(join(folder, 'it'), 'utf8')).toBe(text);
  }
});

test('nothing takes the place of a device or a folder', async () => {
  const folder = aFolder();
  // A link, as the folder of devices itself may be written to.
  symlinkSync('/dev/null', join(folder, 'null'));
  await expect(writeWhole(join(folder, 'null'), 'text', 'state')).rejects.toThrow(
    'null cannot be written: there is no file of this name.',
  );
  writeFileSync(join(folder, 'new'), '');
  await expect(replaceFile(join(folder, 'new'), folder)).rejects.toThrow('there is a folder of this name');
});

test('of two that write one file at once, neither fails, and it is whole', async () => {
  const file = join(aFolder(), 'state.json');
  const texts = ['a', 'b', 'c', 'd'].map((it) => it.repeat(3_000_000));
  await Promise.all(texts.map(async (text) => await writeWhole(file, text, 'state')));
  expect(texts).toContain(readFileSync(file, 'utf8'));
  expect(readdirSync(dirname(file))).toEqual(['state.json']);
});
