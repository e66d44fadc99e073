import { gzipSync, deflateRawSync, crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { gunzip } from './gunzip.js';

async function* inParts(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function plainOf(bytes: Uint8Array, size = 1000, limit = 1_000_000): Promise<string> {
  const parts: Uint8Array[] = [];
  await gunzip(inParts(bytes, size), (part) => parts.push(part), limit);
  return Buffer.concat(parts).toString('utf8');
}

const text = 'A log file of CloudTrail. '.repeat(200);
const zipped = gzipSync(text);

test('one member is decompressed, however its bytes are cut into parts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.integer({ min: 1, max: 500 }), async (bytes, size) => {
      expect(await plainOf(gzipSync(bytes), size)).toBe(Buffer.from(bytes).toString('utf8'));
    }),
    { numRuns: 60 },
  );
});

test('a header with extra field, name, comment and checksum of its own is read over', async () => {
  const header = [0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 255, 3, 0, 1, 2, 3, 110, 0, 99, 99, 0, 7, 7];
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(text), 0);
  trailer.writeUInt32LE(text.length, 4);
  const file = Buffer.concat([Buffer.from(header), deflateRawSync(text), trailer]);
  expect(await plainOf(file, 1)).toBe(text);
  expect(await plainOf(file)).toBe(text);
});

const withByte = (at: number, value: number): Buffer => {
  const changed = Buffer.from(zipped);
  changed[at < 0 ? changed.length + at : at] = value;
  return changed;
};

test.each([
  ['nothing at all', Buffer.alloc(0), 'is empty'],
  ['another member behind it', Buffer.concat([zipped, gzipSync('more')]), 'has data behind its end'],
  ['zeros behind it', Buffer.concat([zipped, Buffer.alloc(4)]), 'has data behind its end'],
  ['one byte behind it', Buffer.concat([zipped, Buffer.from('x')]), 'has data behind its end'],
  ['an end that is missing', zipped.subarray(0, -1), 'is cut off or damaged'],
  ['no trailer', zipped.subarray(0, -8), 'is cut off or damaged'],
  ['half of it', zipped.subarray(0, 30), 'is cut off or damaged'],
  ['a part of its header', zipped.subarray(0, 5), 'is cut off or damaged'],
  ['a changed checksum', withByte(-8, 1), 'has a wrong checksum'],
  ['a changed length', withByte(-1, 1), 'has a wrong checksum'],
  ['another first byte', withByte(0, 0), 'is not a gzip file'],
  ['a reserved flag', withByte(3, 0x80), 'has a gzip header that no compressor writes'],
  ['a file system that is none', withByte(9, 77), 'has a gzip header that no compressor writes'],
  ['plain text', Buffer.from('{"awsAccountId":"111122223333"}'), 'is not a gzip file'],
])('%s is refused', async (_, bytes, why) => {
  await expect(plainOf(bytes)).rejects.toThrow(why);
  await expect(plainOf(bytes, 1)).rejects.toThrow(why);
});

test('a bomb is refused as soon as it holds more than it may', async () => {
  let taken = 0;
  const bomb = gzipSync(Buffer.alloc(20_000_000));
  const count = (part: Uint8Array): void => {
    taken += part.length;
  };
  await expect(gunzip(inParts(bomb, 500), count, 100_000)).rejects.toThrow('holds more than 100000 bytes');
  expect(taken).toBeLessThanOrEqual(100_000);
});

test('what the source throws is passed on as it is', async () => {
  const error = new Error('connection reset');
  const broken = (async function* () {
    yield zipped.subarray(0, 20);
    throw error;
  })();
  await expect(gunzip(broken, () => undefined, 100)).rejects.toBe(error);
});
