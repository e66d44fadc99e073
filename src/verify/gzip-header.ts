/** What is wrong with a gzip file, in words that follow "it". */
export class GzipFault extends Error {
  override readonly name = 'GzipFault';
}

const flags = { header: 0x02, extra: 0x04, name: 0x08, comment: 0x10, reserved: 0xe0 };
/** Values that RFC 1952 gives a meaning: file systems 0 to 13, and 255 for unknown. */
const lastFileSystem = 13;
const unknownFileSystem = 255;
/** How hard the compressor tried: nothing said, slowest, fastest. */
const extraFlags = new Set([0, 2, 4]);
/** Names and comments are short; AWS writes none. */
const longestHeader = 64 * 1024;

/**
 * The length of a gzip header (RFC 1952); undefined while there are too few bytes to tell.
 *
 * @throws GzipFault when it is no gzip header, or one with values that no compressor writes
 */
export function gzipHeaderLength(bytes: Uint8Array): number | undefined {
  if (bytes.length > longestHeader) throw new GzipFault('has a gzip header without end');
  if (bytes.length < 10) return undefined;
  const [first, second, method, flag = 0, , , , , extra = 0, system = 0] = bytes;
  if (first !== 0x1f || second !== 0x8b || method !== 8) throw new GzipFault('is not a gzip file');
  const isKnownSystem = system <= lastFileSystem || system === unknownFileSystem;
  if ((flag & flags.reserved) !== 0 || !extraFlags.has(extra) || !isKnownSystem) {
    throw new GzipFault('has a gzip header that no compressor writes');
  }
  let at = 10;
  if ((flag & flags.extra) !== 0) {
    const [low, high] = bytes.subarray(at, at + 2);
    if (low === undefined || high === undefined) return undefined;
    at += 2 + low + high * 256;
  }
  for (const text of [flags.name, flags.comment]) {
    if ((flag & text) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  if ((flag & flags.header) !== 0) at += 2;
  return bytes.length < at ? undefined : at;
}
