import { hash } from 'node:crypto';
import type { ListedObject } from '../model/object-store.js';
import type { LogReference } from './digest.js';
import type { DigestName } from './object-names.js';
import type { ValidDigest } from './settle-chain.js';

/** A digest file that an earlier run has proved, with all log files that it lists. */
export interface CheckpointEntry {
  readonly bucket: string;
  readonly key: string;
  /** How the listing showed it then; it changes with each rewrite. */
  readonly state: string;
  /** SHA-256 of its content, hex. */
  readonly sha256: string;
  readonly start: number;
  readonly end: number;
  readonly fingerprint: string;
  readonly previous: { readonly bucket: string; readonly key: string; readonly sha256: string } | null;
  readonly logFiles: number;
  /** Of all its log files: a hash of how listings showed them. */
  readonly logStates: string;
  /** Plain bytes of its log files. */
  readonly bytes: number;
  /** When it was proved. */
  readonly verifiedAt: number;
}

/** What earlier runs have proved, and where this one writes down what it has. */
export interface Checkpoint {
  find(bucket: string, key: string): CheckpointEntry | undefined;
  /** Entries of digest files in a folder. */
  inFolder(bucket: string, folder: string): readonly CheckpointEntry[];
  add(entry: CheckpointEntry): void;
  /** False where everything is read again, whatever was proved. */
  readonly spares: boolean;
}

/** What a rewrite of an object changes in a listing; the time alone where only the metadata are others. */
export function stateOf({ etag = '', size, lastModified }: ListedObject): string {
  const at = lastModified === undefined ? '' : ` ${new Date(lastModified).toISOString()}`;
  return `${etag.replaceAll('"', '')} ${size}${at}`;
}

/** One hash for how all log files of a digest file are listed; undefined when one of them is not. */
export function logStatesOf(
  files: readonly LogReference[],
  listed: (key: string) => string | undefined,
): string | undefined {
  const lines: string[] = [];
  for (const { key } of files) {
    const state = listed(key);
    if (state === undefined) return undefined;
    lines.push(`${key} ${state}\n`);
  }
  return hash('sha256', lines.toSorted().join(''), 'hex');
}

/** An entry for a digest file that was proved just now. */
export function entryOf(
  proved: ValidDigest,
  facts: Pick<CheckpointEntry, 'bucket' | 'state' | 'logStates' | 'bytes' | 'verifiedAt'>,
): CheckpointEntry {
  const { name, digest, hash: sha256 } = proved;
  const { previous, start, end, fingerprint, logFiles } = digest;
  return {
    ...facts,
    key: name.key,
    sha256,
    start,
    end,
    fingerprint,
    previous: previous === undefined ? null : { bucket: previous.bucket, key: previous.key, sha256: previous.hash },
    logFiles: logFiles.length,
  };
}

/**
 * The digest file of an entry without log files, as an earlier run has proved it. Its signature is not kept: its hash
 * stands for it.
 */
export function provedEarlier(entry: CheckpointEntry, name: DigestName): ValidDigest {
  const { bucket, key, start, end, fingerprint, previous, sha256 } = entry;
  return {
    name,
    hash: sha256,
    signature: undefined,
    generated: undefined,
    verdict: 'valid',
    anchor: 'earlier-run',
    digest: {
      account: name.account,
      start,
      end,
      endText: '',
      bucket,
      key,
      fingerprint,
      previous:
        previous === null
          ? undefined
          : { bucket: previous.bucket, key: previous.key, hash: previous.sha256, signature: '' },
      logFiles: [],
    },
  };
}
