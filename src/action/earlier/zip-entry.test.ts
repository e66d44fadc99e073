import { assert, asyncProperty, boolean, integer, nat, string, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { zipOf } from '../../../test/action/zip.js';
import { zipEntry } from './zip-entry.js';

/** Made by archiver 7.0.1, with which actions/upload-artifact packs: `report.md`, and `results.json` holding `{"a": 1}`. */
const made =
  'UEsDBBQACAAIAAAAIVwAAAAAAAAAAAAAAAAJAAAAcmVwb3J0Lm1kU1YISi3ILyoBAFBLBwhRUCevCgAAAAgAAABQSwMEFAAIAAgAAAAhXAAAAAAAAAAAAAAAAAwAAAByZXN1bHRzLmpzb26rVkpUslIwrAUAUEsHCJeOofsKAAAACAAAAFBLAQItAxQACAAIAAAAIVxRUCevCgAAAAgAAAAJAAAAAAAAAAAAIACkgQAAAAByZXBvcnQubWRQSwECLQMUAAgACAAAACFcl46h+woAAAAIAAAADAAAAAAAAAAAACAApIFBAAAAcmVzdWx0cy5qc29uUEsFBgAAAAACAAIAcQAAAIUAAAAAAA==';

test('reads what another program has packed', async () => {
  expect(String(await zipEntry(Buffer.from(made, 'base64'), 'results.json', 100))).toBe('{"a": 1}');
});

test('reads whatever was packed, however', async () => {
  await assert(
    asyncProperty(uint8Array(), boolean(), boolean(), string(), async (bytes, streamed, stored, comment) => {
      const contents = Buffer.from(bytes);
      const zip = zipOf({ 'x.md': 'x', 'results.json': contents }, { streamed, stored, comment });
      expect(await zipEntry(zip, 'results.json', 1_000)).toEqual(contents);
    }),
  );
});

test('a file that was cut or changed is refused or gives nothing else', async () => {
  const contents = 'a long enough text, a long enough text';
  const zip = zipOf({ 'results.json': contents });
  await assert(
    asyncProperty(nat(zip.length - 1), integer({ min: 1, max: 255 }), async (index, difference) => {
      const changed = Buffer.from(zip);
      changed.writeUInt8((changed.readUInt8(index) + difference) % 256, index);
      for (const broken of [changed, zip.subarray(0, index)])
        expect([contents, undefined, 'ZipError']).toContain(await read(broken));
    }),
  );
});

async function read(zip: Buffer): Promise<string | undefined> {
  try {
    return (await zipEntry(zip, 'results.json', 1_000))?.toString();
  } catch (error) {
    return error instanceof Error ? error.name : undefined;
  }
}

test.each<[string, Buffer, string]>([
  ['nothing', Buffer.alloc(0), 'it is not a zip file'],
  ['an encrypted file', saying(8, 1), 'results.json is encrypted'],
  ['another way of packing', saying(10, 12), 'unsupported compression method: 12'],
  ['a zip64 file without the record that it needs', saying(20, 0xffff, 0xffff), 'file data overflows file bounds'],
  ['more than is taken', zipOf({ 'results.json': 'x'.repeat(1_001) }), 'has 1001 bytes, more than 1000'],
  ['a bomb', saying(24, 5, 0, zipOf({ 'results.json': 'x'.repeat(900) })), 'results.json cannot be unpacked'],
  ['the name twice', zipOf({ 'a/results.json': '', 'b/results.json': '' }), 'it holds 2 files called results.json'],
])('refuses %s', async (_what, zip, message) => {
  await expect(zipEntry(zip, 'results.json', 1_000)).rejects.toThrow(message);
});

test('a name in another name is another file', async () => {
  expect(await zipEntry(zipOf({ 'old-results.json': '{}' }), 'results.json', 1_000)).toBeUndefined();
});

/** A zip file whose directory says something else at this offset. */
function saying(offset: number, low: number, high?: number, zip = zipOf({ 'results.json': '{}' })): Buffer {
  const changed = Buffer.from(zip);
  const directory = changed.indexOf(Buffer.from('PK\u0001\u0002'));
  changed.writeUInt16LE(low, directory + offset);
  if (high !== undefined) changed.writeUInt16LE(high, directory + offset + 2);
  return changed;
}
