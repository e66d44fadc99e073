import type { CheckpointLine } from '../../../model/checkpoint.js';
import { openCheckpoint, readCheckpoint } from '../../../storage/index.js';
import type { Checkpoint, CheckpointEntry } from '../../../verify/index.js';

/** A checkpoint on disk: what earlier runs have proved is found in it, and what this one proves is appended. */
export interface OpenCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly close: () => void;
}

/**
 * Opens a checkpoint, and holds what it tells of the window.
 *
 * @param spares false where everything is read again
 */
export async function checkpointIn(
  file: string,
  window: { readonly from: number; readonly to: number },
  spares: boolean,
): Promise<OpenCheckpoint> {
  const entries = new Map<string, CheckpointEntry>();
  const hour = 3_600_000;
  for await (const line of readCheckpoint(file)) {
    const entry = entryOf(line);
    // Of two lines on one digest file the later one counts.
    if (entry.end > window.from && entry.end < window.to + hour) entries.set(idOf(entry.bucket, entry.key), entry);
  }
  const folders = new Map<string, string[]>();
  for (const [id, { bucket, key }] of entries) {
    const folder = idOf(bucket, folderOf(key));
    folders.set(folder, [...(folders.get(folder) ?? []), id]);
  }
  const writer = openCheckpoint(file);
  return {
    close: writer.close,
    checkpoint: {
      spares,
      find: (bucket, key) => entries.get(idOf(bucket, key)),
      inFolder: (bucket, folder) =>
        (folders.get(idOf(bucket, folder)) ?? []).map((it) => entries.get(it)).filter((it) => it !== undefined),
      add: (entry) => writer.add(lineOf(entry)),
    },
  };
}

function idOf(bucket: string, key: string): string {
  return `${bucket}/${key}`;
}

/** A Region's folder: without year, month, day and the file. */
function folderOf(key: string): string {
  return `${key.split('/').slice(0, -4).join('/')}/`;
}

function entryOf({ v: _version, start, end, verifiedAt, ...line }: CheckpointLine): CheckpointEntry {
  return { ...line, start: Date.parse(start), end: Date.parse(end), verifiedAt: Date.parse(verifiedAt) };
}

function lineOf({ start, end, verifiedAt, ...entry }: CheckpointEntry): CheckpointLine {
  const time = (at: number): string => new Date(at).toISOString();
  return { v: 1, ...entry, start: time(start), end: time(end), verifiedAt: time(verifiedAt) };
}
