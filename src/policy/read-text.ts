import { readFileSync, statSync } from 'node:fs';
import { aboutFile, type Diagnostic } from './diagnostic.js';
import { maxFileBytes } from './yaml/limits.js';

/** The text of a file that a user wrote, or why there is none. It throws for no file. */
export type ReadText = { readonly text: string } | { readonly diagnostic: Diagnostic };

export function readText(path: string): ReadText {
  let bytes: Uint8Array;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return refused(path, 'unreadable', 'this is no file');
    if (stats.size > maxFileBytes) {
      return refused(path, 'too-large', `the file is larger than 1 MiB (${stats.size} bytes)`);
    }
    bytes = readFileSync(path);
  } catch (error) {
    return refused(path, 'unreadable', `the file cannot be read: ${reasonOf(error)}`);
  }
  const text = decode(bytes);
  return text === undefined ? refused(path, 'not-utf-8', 'the file is not UTF-8 text', 'save it as UTF-8') : { text };
}

function refused(path: string, code: string, message: string, help?: string): ReadText {
  return { diagnostic: aboutFile(path, 'error', code, message, help) };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // It says no more than that: the caller tells the user so.
    return undefined;
  }
}

/** Why the file system refused something, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  switch (code) {
    case 'ENOENT': {
      return 'it does not exist';
    }
    case 'ENOTDIR': {
      return 'it is no folder';
    }
    case 'EACCES':
    case 'EPERM': {
      return 'permission denied';
    }
    case 'ELOOP': {
      return 'its links go round in a circle';
    }
    default: {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
