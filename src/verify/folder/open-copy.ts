import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UsageError } from '../../model/errors.js';
import { DigestFault, parseDigest } from '../digest.js';
import { gunzip } from '../gunzip.js';
import { GzipFault } from '../gzip-header.js';
import { FolderStore, type Origin } from './folder-store.js';
import { createReadStream } from 'node:fs';
import { byText } from '../../text/order.js';

const looksLikeDigest = /_CloudTrail-Digest_.*\.json\.gz$/;

/** As many digest files tell where the copy comes from. */
const witnesses = 32;

/**
 * Opens a copy of a bucket on disk, at whatever depth it was made. Each digest file says where it was delivered to:
 * most of them tell where the folder comes from, and the others were moved.
 *
 * @param bucket where it is known
 * @throws UsageError when there is no such folder, or no digest file in it
 */
export async function openCopy(folder: string, bucket?: string): Promise<FolderStore> {
  const votes = new Map<string, { origin: Origin; count: number }>();
  const files = await digestFilesIn(folder);
  for (const file of spread(files, witnesses)) {
    const origin = await originBy(folder, file);
    if (origin === undefined || (bucket !== undefined && origin.bucket !== bucket)) continue;
    const id = `${origin.bucket}/${origin.prefix}`;
    const vote = votes.get(id) ?? { origin, count: 0 };
    vote.count += 1;
    votes.set(id, vote);
  }
  const [first] = [...votes].toSorted(([a, one], [b, other]) => other.count - one.count || byText(a, b));
  if (first !== undefined) return new FolderStore(folder, first[1].origin);
  if (bucket !== undefined) return new FolderStore(folder, { bucket, prefix: '' });
  throw new UsageError(
    `${folder} holds no digest file that shows which bucket it is a copy of.`,
    'Give the folder that holds AWSLogs, with the CloudTrail-Digest folders in it, or name the bucket with --bucket.',
  );
}

async function digestFilesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((it) => it.isFile() && looksLikeDigest.test(it.name))
      .map((it) => relative(folder, join(it.parentPath, it.name)))
      .toSorted();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new UsageError(`The folder ${folder} cannot be read: ${error.message}`, undefined, { cause: error });
  }
}

function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]).filter(
    (it) => it !== undefined,
  );
}

/** Undefined when the file is broken, or lies where no copy would have put it. */
async function originBy(folder: string, file: string): Promise<Origin | undefined> {
  const parts: Uint8Array[] = [];
  try {
    await gunzip(createReadStream(join(folder, file)), (part) => parts.push(part), 64 * 1024 * 1024);
    const { bucket, key } = parseDigest(Buffer.concat(parts));
    const path = file.split(sep).join('/');
    if (!key.endsWith(path)) return undefined;
    const prefix = key.slice(0, key.length - path.length);
    return prefix === '' || prefix.endsWith('/') ? { bucket, prefix } : undefined;
  } catch (error) {
    if (error instanceof GzipFault || error instanceof DigestFault) return undefined;
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
