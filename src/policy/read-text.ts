import { readFileSync, statSync } from 'node:fs';
import { aboutFile, type Diagnostic } from './diagnostic.js';
import { decodeUtf8 } from './decode-utf8.js';
import { maxFileBytes } from './yaml/limits.js';

/** The text of a file that a user wrote, or why there is none. It throws for no file. */
export type ReadText = { readonly text: string } | { readonly diagnostic: Diagnostic };

export function readText(path: string): ReadText {
  let bytes: Uint8Array;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return refused(path, 'unreadable', 'this is not a file', 'name a YAML file');
    if (stats.size > maxFileBytes) {
      const help = 'such files take a few kilobytes: split it, or check that it is the file that was meant';
      return refused(path, 'too-large', `the file is larger than 1 MiB (${stats.size} bytes)`, help);
    }
    bytes = readFileSync(path);
  } catch (error) {
    return refused(path, 'unreadable', `the file cannot be read: ${reasonOf(error)}`, helpOn(error));
  }
  const decoded = decodeUtf8(bytes);
  if ('text' in decoded) return decoded;
  const { line, column, help } = decoded;
  const message = 'the file is not UTF-8 text';
  return { diagnostic: { file: path, line, column, severity: 'error', code: 'not-utf-8', message, help } };
}

function refused(path: string, code: string, message: string, help?: string): ReadText {
  return { diagnostic: aboutFile(path, 'error', code, message, help) };
}

/** What to do about it. */
export function helpOn(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  switch (code) {
    case 'ENOENT': {
      return 'check its name; a path is relative to the working folder, or to the file that names it';
    }
    case 'ENOTDIR': {
      return 'name the folder that holds it';
    }
    case 'ELOOP': {
      return 'remove the link, or let it lead to a file';
    }
    default: {
      return 'check that it is there and may be read';
    }
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
      return 'it is not a folder';
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
