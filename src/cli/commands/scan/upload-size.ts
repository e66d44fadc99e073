import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { UsageError } from '../../../model/errors.js';
import { codeScanningLimits } from '../../../model/code-scanning.js';

/**
 * Refuses a SARIF file that GitHub would not take for its size, and takes it away.
 *
 * @param most - bytes that it may have, gzipped
 * @throws UsageError with its size and what to do.
 */
export async function checkUploadSize(file: string, most: number = codeScanningLimits.gzippedBytes): Promise<void> {
  // What is small as it stands is not larger when it is gzipped, but for a few bytes.
  if ((await stat(file)).size <= most) return;
  const bytes = await gzippedBytes(file);
  if (bytes <= most) return;
  await rm(file);
  throw new UsageError(
    `The SARIF report has ${megabytes(bytes)} MB when it is gzipped, and GitHub refuses more than ${megabytes(most)}.`,
    'Write the other formats only (--format text,json,markdown), or scan with one pack at a time: each set of packs has alerts of its own.',
  );
}

async function gzippedBytes(file: string): Promise<number> {
  let bytes = 0;
  const count = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      done();
    },
  });
  await pipeline(createReadStream(file), createGzip(), count);
  return bytes;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
