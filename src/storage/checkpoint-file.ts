import { closeSync, createReadStream, ftruncateSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { schemaCheck } from '../json-schema.js';
import { UsageError } from '../model/errors.js';
import type { CheckpointLine } from '../model/checkpoint.js';

/**
 * The lines of a checkpoint, in order; none where there is no such file yet. A last line without its end was cut off
 * when a run was killed, and is left out.
 *
 * @throws UsageError when a line is no checkpoint's, or the file cannot be read
 */
export async function* readCheckpoint(file: string): AsyncGenerator<CheckpointLine, void, undefined> {
  const validate = schemaCheck<CheckpointLine>('schema/checkpoint.v1.json');
  const isWhole = endsWithLine(file);
  if (isWhole === undefined) return;
  let number = 0;
  let pending: string | undefined;
  const parse = (text: string): CheckpointLine => {
    const line = parsed(text);
    if (validate(line)) return line;
    throw new UsageError(
      `${file}:${number}: this line is of no checkpoint.`,
      'Name another file with --checkpoint, or remove the line: its digest file is then verified again.',
    );
  };
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (pending !== undefined) yield parse(pending);
    pending = text;
    number += 1;
  }
  if (pending !== undefined && isWhole) yield parse(pending);
}

/** Appends lines to a checkpoint; each is on disk when `add` returns. */
export interface CheckpointWriter {
  readonly add: (line: CheckpointLine) => void;
  readonly close: () => void;
}

/**
 * Opens a checkpoint to append to. What a killed run has left of a line is taken away.
 *
 * @throws UsageError when it cannot be written
 */
export function openCheckpoint(file: string): CheckpointWriter {
  try {
    const handle = openSync(file, 'a+');
    dropHalfLine(handle);
    return {
      add: (line) => void writeSync(handle, `${JSON.stringify(line)}\n`),
      close: () => closeSync(handle),
    };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new UsageError(`${file} cannot be written: ${error.message}`, undefined, { cause: error });
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // The caller says which line it is.
    return undefined;
  }
}

/** Undefined where there is no file. */
function endsWithLine(file: string): boolean | undefined {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new UsageError(`${file} cannot be read: ${error.message}`, undefined, { cause: error });
  }
  try {
    const { size } = fstatSync(handle);
    const last = Buffer.alloc(1);
    if (size > 0) readSync(handle, last, 0, 1, size - 1);
    return size === 0 || last[0] === newline;
  } finally {
    closeSync(handle);
  }
}

const newline = 0x0a;
const block = 64 * 1024;

function dropHalfLine(handle: number): void {
  const { size } = fstatSync(handle);
  const bytes = Buffer.alloc(block);
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - block);
    const read = readSync(handle, bytes, 0, end - start, start);
    const at = bytes.subarray(0, read).lastIndexOf(newline);
    if (at >= 0) {
      if (start + at + 1 < size) ftruncateSync(handle, start + at + 1);
      return;
    }
    end = start;
  }
  ftruncateSync(handle, 0);
}
