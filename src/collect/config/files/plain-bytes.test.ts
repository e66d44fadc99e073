import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainBytes } from './plain-bytes.js';

async function* inParts(bytes: Buffer, size: number): AsyncGenerator<Buffer, void, undefined> {
  for (let start = 0; start < bytes.length; start += size) {
    yield await Promise.resolve(bytes.subarray(start, start + size));
  }
}

async function textOf(bytes: Buffer, size = bytes.length): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of plainBytes(inParts(bytes, Math.max(1, size)))) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

const mark = '\u{FEFF}';

const encodings: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a mark', (text) => Buffer.from(mark + text)],
  ['UTF-16', (text) => Buffer.from(mark + text, 'utf16le')],
  ['UTF-16, the other byte first', (text) => Buffer.from(mark + text, 'utf16le').swap16()],
];

describe.each(encodings)('a text of %s', (_, encode) => {
  test('is the same text, gzipped or not, however its bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(
        // A mark within the text is part of it; one at its start would be taken for that of the file.
        fc.string({ unit: 'grapheme' }).map((text) => `{${text}`),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (text, size, isZipped) => {
          const bytes = isZipped ? gzipSync(encode(text)) : encode(text);
          expect(await textOf(bytes, size)).toBe(text);
        },
      ),
    );
  });
});

test('what unpacks to more than is held at once is unpacked as a stream', async () => {
  const text = 'x'.repeat(20 * 1024 * 1024);
  const zipped = gzipSync(text);
  expect(zipped.length).toBeLessThan(1024 * 1024);
  expect((await textOf(zipped)).length).toBe(text.length);
});

test('a gzip that is cut off fails, in one part and in many', async () => {
  const zipped = gzipSync('x'.repeat(1000) + Math.PI.toString());
  for (const size of [zipped.length, 10]) {
    await expect(textOf(zipped.subarray(0, -9), size)).rejects.toMatchObject({ code: 'Z_BUF_ERROR' });
  }
});

test('a text of UTF-16 that is none fails', async () => {
  await expect(textOf(Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]))).rejects.toMatchObject({
    code: 'ERR_ENCODING_INVALID_ENCODED_DATA',
  });
});
