import { createHash } from 'node:crypto';
import { Unreadable, type ObjectStore, type StoredObject } from '../model/object-store.js';
import { DigestFault, isHex, parseDigest, signatureAlgorithm, type Digest } from './digest.js';
import { gunzip } from './gunzip.js';
import { GzipFault } from './gzip-header.js';
import type { DigestName } from './object-names.js';
import { invalid, type InvalidVerdict, type MissingVerdict, type UnreadableVerdict } from './verdicts.js';

/** A digest file as it was found, before anything is said of its signature. */
export interface FoundDigest {
  readonly name: DigestName;
  readonly digest: Digest;
  /** SHA-256 of its content, hex. */
  readonly hash: string;
  /** Hex; undefined where the store keeps none. */
  readonly signature: string | undefined;
  /** When a backfill digest was made, which is when it was signed. */
  readonly generated: number | undefined;
}

export type ReadDigest =
  | { readonly found: FoundDigest }
  | ({ readonly name: DigestName } & (InvalidVerdict | MissingVerdict | UnreadableVerdict));

/** AWS's largest digest files list some thousands of log files, in a few megabytes. */
const largestDigest = 64 * 1024 * 1024;

/** One that lists no log files is smaller, and they are most. */
const usualDigest = 16 * 1024;

/** Reads a digest file, and checks all that it says of itself against where it lies. */
export async function readDigest(store: ObjectStore, bucket: string, name: DigestName): Promise<ReadDigest> {
  try {
    const stored = await store.read(bucket, name.key);
    if (stored === undefined) return { name, verdict: 'missing' };
    const { content, hash } = await contentOf(stored);
    const digest = parseDigest(content);
    const fault = placeFault(digest, bucket, name) ?? metadataFault(stored, name);
    if (fault !== undefined) return { name, ...fault };
    const signature = stored.metadata?.['signature'];
    return { found: { name, digest, hash, signature, generated: generatedAt(stored) } };
  } catch (error) {
    if (error instanceof Unreadable) {
      return { name, verdict: 'unreadable', reason: error.reason, message: error.message };
    }
    if (error instanceof GzipFault || error instanceof DigestFault)
      return { name, ...invalid('format', error.message) };
    throw error;
  }
}

async function contentOf(stored: StoredObject): Promise<{ content: Buffer; hash: string }> {
  const parts: Uint8Array[] = [];
  const sha256 = createHash('sha256');
  await gunzip(
    stored.bytes,
    (part) => {
      parts.push(part);
      sha256.update(part);
    },
    largestDigest,
    usualDigest,
  );
  return { content: Buffer.concat(parts), hash: sha256.digest('hex') };
}

/** The keys of a Region sign for all accounts: only place, account and time bind a digest file to where it lies. */
function placeFault(digest: Digest, bucket: string, name: DigestName): InvalidVerdict | undefined {
  if (digest.bucket !== bucket || digest.key !== name.key) {
    return invalid('place', `was delivered to s3://${digest.bucket}/${digest.key}, and moved or copied from there`);
  }
  if (digest.account !== name.account) return invalid('place', `belongs to account ${digest.account}`);
  if (digest.end !== name.end) return invalid('place', `ends at ${digest.endText}, which is not what its name says`);
  return undefined;
}

function metadataFault({ metadata }: StoredObject, { isBackfill }: DigestName): InvalidVerdict | undefined {
  if (metadata === undefined) return undefined;
  const { signature, 'signature-algorithm': algorithm } = metadata;
  if (signature === undefined) return invalid('signature-missing', 'has lost the signature that S3 kept beside it');
  if (!isHex.test(signature)) return invalid('signature', 'has a signature that is not hex');
  if (algorithm !== signatureAlgorithm) {
    return invalid(
      'signature-algorithm',
      `says that it is signed with ${algorithm ?? 'no algorithm'}, not with ${signatureAlgorithm}`,
    );
  }
  if (isBackfill && Number.isNaN(Date.parse(metadata[generationTime] ?? ''))) {
    return invalid('format', 'is a backfill digest that has lost the time of its generation');
  }
  return undefined;
}

const generationTime = 'backfill-generation-timestamp';

function generatedAt({ metadata }: StoredObject): number | undefined {
  const text = metadata?.[generationTime];
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
