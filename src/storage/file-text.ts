import { gunzipSync } from 'node:zlib';
import { UsageError } from '../model/errors.js';
import { maxBytes, maxMegabytes } from './read-bytes.js';

/**
 * The text of a file, gzipped or not.
 *
 * @throws UsageError when it is no UTF-8, is broken, or is too large once it is unpacked
 */
export function fileText(bytes: Buffer, file: string): string {
  const plain = unpacked(bytes, file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch (error) {
    throw new UsageError(`${file} is not UTF-8 text.`, isUtf16(plain) ? saveAsUtf8 : undefined, { cause: error });
  }
}

function unpacked(bytes: Buffer, file: string): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new UsageError(
        `${file} is larger than ${maxMegabytes} MB once it is unpacked: it was not read.`,
        undefined,
        {
          cause: error,
        },
      );
    }
    throw new UsageError(`${file} is gzipped, but broken or cut off: ${error.message}`, undefined, { cause: error });
  }
}

const saveAsUtf8 =
  'It looks like UTF-16, as Windows PowerShell writes with >. Let --output write the file, or save it as UTF-8.';

function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
