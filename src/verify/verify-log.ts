import { createHash } from 'node:crypto';
import { Unreadable, type ObjectStore } from '../model/object-store.js';
import type { LogReference } from './digest.js';
import { gunzip } from './gunzip.js';
import { GzipFault } from './gzip-header.js';
import { invalid, type InvalidVerdict, type MissingVerdict, type UnreadableVerdict } from './verdicts.js';

export type LogVerdict =
  | { readonly verdict: 'valid'; readonly bytes: number }
  | InvalidVerdict
  | MissingVerdict
  | UnreadableVerdict;

/** CloudTrail's log files hold some megabytes at most. */
const largestLog = 1024 * 1024 * 1024;

/**
 * Reads a log file part after part, and compares it with the hash that a valid digest file gives.
 *
 * @param look is shown the plain bytes on the way, before it is known whether they are valid
 */
export async function verifyLog(
  store: ObjectStore,
  { bucket, key, hash }: LogReference,
  look?: (part: Uint8Array) => void,
): Promise<LogVerdict> {
  const sha256 = createHash('sha256');
  try {
    const stored = await store.read(bucket, key);
    if (stored === undefined) return { verdict: 'missing' };
    const take = (part: Uint8Array): void => {
      sha256.update(part);
      look?.(part);
    };
    const bytes = await gunzip(stored.bytes, take, largestLog);
    const isSame = sha256.digest('hex') === hash;
    return isSame ? { verdict: 'valid', bytes } : invalid('hash', 'is not what its digest file says of its content');
  } catch (error) {
    if (error instanceof Unreadable) return { verdict: 'unreadable', reason: error.reason, message: error.message };
    if (error instanceof GzipFault) return invalid('format', error.message);
    throw error;
  }
}
