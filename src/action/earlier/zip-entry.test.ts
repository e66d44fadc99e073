import { assert, boolean, integer, nat, property, string, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { zipOf } from '../../../test/action/zip.js';
import { zipEntry } from './zip-entry.js';

/** Made by archiver 7.0.1, with which actions/upload-artifact packs: `report.md`, and `results.json` holding `{"a": 1}`. */
const made =
  'UEsDBBQACAAIAAAAIVwAAAAAAAAAAAAAAAAJAAAAcmVwb3J0Lm1kU1YISi3ILyoBAFBLBwhRUCevCgAAAAgAAABQSwMEFAAIAAgAAAAhXAAAAAAAAAAAAAAAAAwAAAByZXN1bHRzLmpzb26rVkpUslIwrAUAUEsHCJeOofsKAAAACAAAAFBLAQItAxQACAAIAAAAIVxRUCevCgAAAAgAAAAJAAAAAAAAAAAAIACkgQAAAAByZXBvcnQubWRQSwECLQMUAAgACAAAACFcl46h+woAAAAIAAAADAAAAAAAAAAAACAApIFBAAAAcmVzdWx0cy5qc29uUEsFBgAAAAACAAIAcQAAAIUAAAAAAA==';

test('reads what another program has packed', () => {
  expect(zipEntry(Buffer.from(made, 'base64'), 'results.json', 100)?.toString()).toBe('{"a": 1}');
});

test('reads whatever was packed, however', () => {
  assert(
    property(uint8Array(), boolean(), boolean(), string(), (bytes, streamed, stored, comment) => {
      const contents = Buffer.from(bytes);
      const zip = zipOf({ 'x.md': 'x', 'results.json': contents }, { streamed, stored, comment });
      expect(zipEntry(zip, 'results.json', 1_000)).toEqual(contents);
    }),
  );
});

test('a file that was cut or changed is refused or gives nothing else', () => {
  const contents = 'a long enough text, a long enough text';
  const zip = zipOf({ 'results.json': contents });
  assert(
    property(nat(zip.length - 1), integer({ min: 1, max: 255 }), (index, difference) => {
      const changed = Buffer.from(zip);
      changed.writeUInt8((changed.readUInt8(index) + difference) % 256, index);
      for (const broken of [changed, zip.subarray(0, index)])
        expect([contents, undefined, 'ZipError']).toContain(read(broken));
    }),
  );
});

function read(zip: Buffer): string | undefined {
  try {
    return zipEntry(zip, 'results.json', 1_000)?.toString();
  } catch (error) {
    return error instanceof Error ? error.name : undefined;
  }
}

test.each<[string, Buffer, string]>([
  ['nothing', Buffer.alloc(0), 'it is not a zip file'],
  ['an encrypted file', saying(8, 1), 'results.json is encrypted'],
  ['another way of packing', saying(10, 12), 'results.json is packed with method 12'],
  ['a zip64 file', saying(20, 0xffff, 0xffff), 'it is a zip64 file'],
  ['more than is taken', zipOf({ 'results.json': 'x'.repeat(1_001) }), 'has 1001 bytes, more than 1000'],
  ['a bomb', saying(24, 5, 0, zipOf({ 'results.json': 'x'.repeat(900) })), 'results.json cannot be unpacked'],
  ['the name twice', zipOf({ 'a/results.json': '', 'b/results.json': '' }), 'it holds 2 files called results.json'],
])('refuses %s', (_what, zip, message) => {
  expect(() => zipEntry(zip, 'results.json', 1_000)).toThrow(message);
});

test('a name in another name is another file', () => {
  expect(zipEntry(zipOf({ 'old-results.json': '{}' }), 'results.json', 1_000)).toBeUndefined();
});

/** A zip file whose directory says something else at this offset. */
function saying(offset: number, low: number, high?: number, zip = zipOf({ 'results.json': '{}' })): Buffer {
  const changed = Buffer.from(zip);
  const directory = changed.indexOf(Buffer.from('PK\u0001\u0002'));
  changed.writeUInt16LE(low, directory + offset);
  if (high !== undefined) changed.writeUInt16LE(high, directory + offset + 2);
  return changed;
}
