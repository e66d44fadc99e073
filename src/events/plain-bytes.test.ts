import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { contentParts, smallContentOf } from './plain-bytes.js';

const limits = { content: 1_000_000, doubtful: 100_000 };

async function sizeOf(stored: Buffer): Promise<number> {
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at < stored.length; at += 1000) yield stored.subarray(at, at + 1000);
  };
  let size = 0;
  for await (const part of contentParts(pieces(), limits)) size += part.length;
  return size;
}

/** Text that packs to about a tenth. */
const text = Array.from({ length: 9000 }, (_, index) => `{"eventID":"${index * 7919}","eventName":"ListUsers"}`).join(
  '\n',
);

test('gives the content of packed and of plain files', async () => {
  expect(await sizeOf(gzipSync(text))).toBe(text.length);
  expect(await sizeOf(Buffer.from(text))).toBe(text.length);
});

test.each([
  ['too much', gzipSync(text.repeat(3)), 'unpacks to more than 1000000 bytes'],
  ['a bomb', gzipSync(Buffer.alloc(900_000)), 'unpacks to more than 500 times its size, as no log file does'],
  ['half a file', gzipSync(text).subarray(0, 2000), 'is cut off: its gzip does not end'],
  ['nothing but a header', gzipSync(text).subarray(0, 10), 'is cut off: its gzip does not end'],
])('%s is no log file', async (_, stored, message) => {
  await expect(sizeOf(stored)).rejects.toThrow(message);
});

test('a trailer that lies about the size changes nothing', async () => {
  const stored = gzipSync(text);
  stored.writeUInt32LE(17, stored.length - 4);
  await expect(smallContentOf(stored)).rejects.toThrow('is damaged: its gzip cannot be unpacked');
});

const packed = gzipSync(text);

test('several members are one file, and zeros may stand behind them', async () => {
  for (const behind of [gzipSync(text), Buffer.concat([gzipSync(text), Buffer.alloc(20)])]) {
    const stored = Buffer.concat([packed, behind]);
    expect((await smallContentOf(stored))?.length).toBe(2 * text.length);
  }
  expect(await sizeOf(Buffer.concat([packed, gzipSync(text)]))).toBe(2 * text.length);
});

test('what stands behind zeros is told, as nobody reads it', async () => {
  const stored = Buffer.concat([packed, Buffer.alloc(20), gzipSync(text)]);
  await expect(smallContentOf(stored)).rejects.toThrow('has something behind its gzip');
  await expect(sizeOf(stored)).rejects.toThrow('has something behind its gzip');
});
