import { isObject } from '../model/is-object.js';
import { parseTimestamp } from './timestamps.js';

/** What a digest file says. Times are milliseconds since the epoch, hashes lower-case hex. */
export interface Digest {
  readonly account: string;
  readonly start: number;
  readonly end: number;
  /** As it is written, which is how it is signed. */
  readonly endText: string;
  readonly bucket: string;
  readonly key: string;
  readonly fingerprint: string;
  /** Undefined in a starting digest file: validation was just turned on, or logging was just started. */
  readonly previous: PreviousDigest | undefined;
  readonly logFiles: readonly LogReference[];
}

export interface PreviousDigest {
  readonly bucket: string;
  readonly key: string;
  readonly hash: string;
  /** Hex as it is written, which is how it is signed. */
  readonly signature: string;
}

export interface LogReference {
  readonly bucket: string;
  readonly key: string;
  readonly hash: string;
}

/** The content is not what CloudTrail writes; the message follows the name of the file. */
export class DigestFault extends Error {
  override readonly name = 'DigestFault';
}

export const signatureAlgorithm = 'SHA256withRSA';
const hashAlgorithm = 'SHA-256';

/**
 * Reads the content of a digest file, and lets nothing pass that CloudTrail would not have written: all members that
 * the verification rests on, in their types and with the algorithms that AWS documents. Unknown members are allowed.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 *
 * @throws DigestFault saying what is wrong
 */
export function parseDigest(content: Uint8Array): Digest {
  const it = objectIn(content);
  const start = time(it, 'digestStartTime');
  const end = time(it, 'digestEndTime');
  if (start >= end) throw new DigestFault('ends before it starts');
  expectText(it, 'digestSignatureAlgorithm', signatureAlgorithm);
  for (const member of ['newestEventTime', 'oldestEventTime']) {
    if (it[member] !== null) time(it, member);
  }
  const { logFiles } = it;
  if (!Array.isArray(logFiles)) throw new DigestFault('has no list of log files');
  return {
    account: matching(it, 'awsAccountId', /^\d{12}$/),
    start,
    end,
    endText: text(it, 'digestEndTime'),
    bucket: text(it, 'digestS3Bucket'),
    key: text(it, 'digestS3Object'),
    fingerprint: matching(it, 'digestPublicKeyFingerprint', /^[0-9a-f]{32}$/i).toLowerCase(),
    previous: previousIn(it),
    logFiles: logFiles.map((file: unknown) => logReference(file)),
  };
}

function objectIn(content: Uint8Array): Members {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf8', { fatal: true, ignoreBOM: true }).decode(content));
  } catch (error) {
    throw new DigestFault('holds no JSON', { cause: error });
  }
  if (!isObject(value)) throw new DigestFault('holds no JSON object');
  return value;
}

type Members = Readonly<Record<string, unknown>>;

const ofPrevious = [
  'previousDigestS3Bucket',
  'previousDigestS3Object',
  'previousDigestHashValue',
  'previousDigestHashAlgorithm',
  'previousDigestSignature',
] as const;

/** All of them are null in a starting digest file, and none in any other. */
function previousIn(it: Members): PreviousDigest | undefined {
  const nulls = ofPrevious.filter((member) => it[member] === null);
  if (nulls.length === ofPrevious.length) return undefined;
  if (nulls.length > 0) throw new DigestFault(`names a previous digest file without its ${nulls.join(', ')}`);
  expectText(it, 'previousDigestHashAlgorithm', hashAlgorithm);
  return {
    bucket: text(it, 'previousDigestS3Bucket'),
    key: text(it, 'previousDigestS3Object'),
    hash: hash(it, 'previousDigestHashValue'),
    signature: matching(it, 'previousDigestSignature', isHex),
  };
}

function logReference(file: unknown): LogReference {
  if (!isObject(file)) throw new DigestFault('lists a log file that is not an object');
  expectText(file, 'hashAlgorithm', hashAlgorithm);
  return { bucket: text(file, 's3Bucket'), key: text(file, 's3Object'), hash: hash(file, 'hashValue') };
}

/** Whole bytes, written in hex. */
export const isHex = /^(?:[0-9a-f]{2})+$/i;

function hash(it: Members, member: string): string {
  return matching(it, member, /^[0-9a-f]{64}$/i).toLowerCase();
}

function time(it: Members, member: string): number {
  const value = parseTimestamp(text(it, member));
  if (value === undefined) throw new DigestFault(`has a ${member} that is not a time`);
  return value;
}

function text(it: Members, member: string): string {
  const value = it[member];
  if (typeof value !== 'string' || value === '') throw new DigestFault(`has no ${member}`);
  return value;
}

function matching(it: Members, member: string, pattern: RegExp): string {
  const value = text(it, member);
  if (!pattern.test(value)) throw new DigestFault(`has a ${member} of another form`);
  return value;
}

function expectText(it: Members, member: string, expected: string): void {
  if (it[member] !== expected) throw new DigestFault(`has a ${member} other than ${expected}`);
}
