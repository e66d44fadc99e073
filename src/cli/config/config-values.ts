import { dirname, isAbsolute, join } from 'node:path';
import { isS3Location } from '../../collect/index.js';
import { parseReference } from '../../policy/index.js';
import type { ValueKind } from '../options/index.js';

const sources = new Set(['live', 'config', 'config+live']);

/** A value of the file with its paths as they are from the working folder. */
export function fromWorkingFolder(kind: ValueKind, value: unknown, file: string): unknown {
  if (Array.isArray(value)) return value.map((it: unknown) => fromWorkingFolder(kind, it, file));
  if (typeof value !== 'string') return value;
  switch (kind) {
    case 'path':
    case 'paths': {
      return beside(file, value);
    }
    case 'source': {
      return sources.has(value) || isS3Location(value) ? value : beside(file, value);
    }
    case 'packs': {
      return parseReference(value).kind === 'path' ? beside(file, value) : value;
    }
    case 'text':
    case 'number':
    case 'boolean':
    case 'list':
    case 'commas': {
      return value;
    }
  }
}

function beside(file: string, path: string): string {
  const folder = dirname(file);
  return folder === '.' || isAbsolute(path) ? path : join(folder, path);
}

/** A value as commander would give it. */
export function asOption(kind: ValueKind, value: unknown): unknown {
  switch (kind) {
    case 'number': {
      return String(value);
    }
    case 'commas': {
      return Array.isArray(value) ? value.join(',') : value;
    }
    case 'boolean': {
      return value === true ? true : undefined;
    }
    case 'text':
    case 'list':
    case 'path':
    case 'paths':
    case 'packs':
    case 'source': {
      return value;
    }
  }
}
