import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { mismatch, schemaCheck } from '../json-schema.js';
import { fileText } from './file-text.js';
import { maxBytes } from './read-bytes.js';

test('a text is read with its mark, and unpacked', () => {
  expect(fileText(Buffer.from('\ufeff{}'), 'x')).toBe('{}');
  expect(fileText(gzipSync('{"a":"é"}'), 'x.gz')).toBe('{"a":"é"}');
});

test.each<[string, Buffer, string]>([
  ['Latin-1', Buffer.from('caf\xe9', 'latin1'), 'x is not UTF-8 text.'],
  ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 'x is not UTF-8 text.'],
  ['half a gzip', gzipSync('{}'.repeat(99)).subarray(0, 20), 'x is gzipped, but broken or cut off: unexpected end of'],
  ['a bomb', gzipSync(Buffer.alloc(maxBytes + 1)), 'x is larger than 500 MB once it is unpacked: it was not read.'],
])('%s is told', (_name, bytes, message) => {
  expect(() => fileText(bytes, 'x')).toThrow(message);
});

test('what PowerShell writes with > is told with what to do', () => {
  expect(() => fileText(Buffer.from('\ufeff{}', 'utf16le'), 'x')).toThrow(
    expect.objectContaining({ help: expect.stringContaining('--output') }),
  );
});

test.each([
  [[], 'the top level must be an object'],
  [{}, "the top level lacks 'schemaVersion'"],
])('what does not fit is said in words', (document, words) => {
  const check = schemaCheck('schema/results.v1.json');
  expect(check(document)).toBe(false);
  expect(mismatch(check.errors)).toBe(words);
});
