import { dirname, isAbsolute, join } from 'node:path';
import { isS3Location } from '../../collect/index.js';
import { parseReference, type ConfigDocument } from '../../policy/index.js';

/** How a value of the file is a flag's. */
type Kind =
  | 'text'
  | 'number'
  /** True is the flag; false is a run without it. */
  | 'boolean'
  | 'list'
  /** A list that the flag takes as one text with commas. */
  | 'commas'
  | 'path'
  | 'paths'
  | 'packs'
  | 'source';

export interface ConfigKey {
  readonly key: Exclude<keyof ConfigDocument, 'version' | 'params'>;
  /** As commander names it. */
  readonly option: string;
  readonly flag: string;
  readonly kind: Kind;
  /** In force when nothing says otherwise, where commander does not know it. */
  readonly fallback?: unknown;
}

/** Every key of `trailproof.yaml` but `params`, and the flag that it stands for; in the order of `--print-config`. */
export const configKeys: readonly ConfigKey[] = [
  { key: 'source', option: 'source', flag: '--source', kind: 'source' },
  { key: 'aggregator', option: 'aggregator', flag: '--aggregator', kind: 'text' },
  { key: 'packs', option: 'pack', flag: '--pack', kind: 'packs' },
  { key: 'policies', option: 'policies', flag: '--policies', kind: 'paths' },
  { key: 'waivers', option: 'waivers', flag: '--waivers', kind: 'paths' },
  { key: 'accounts', option: 'account', flag: '--account', kind: 'list' },
  { key: 'excludeAccounts', option: 'excludeAccount', flag: '--exclude-account', kind: 'list' },
  { key: 'ous', option: 'ou', flag: '--ou', kind: 'list' },
  { key: 'roleName', option: 'roleName', flag: '--role-name', kind: 'text' },
  { key: 'externalId', option: 'externalId', flag: '--external-id', kind: 'text' },
  { key: 'logArchiveAccount', option: 'logArchiveAccount', flag: '--log-archive-account', kind: 'text' },
  { key: 'region', option: 'region', flag: '--region', kind: 'text' },
  { key: 'concurrency', option: 'concurrency', flag: '--concurrency', kind: 'number' },
  { key: 'deep', option: 'deep', flag: '--deep', kind: 'boolean', fallback: false },
  { key: 'format', option: 'format', flag: '--format', kind: 'commas' },
  { key: 'output', option: 'output', flag: '--output', kind: 'path' },
  { key: 'failOn', option: 'failOn', flag: '--fail-on', kind: 'text' },
  {
    key: 'allowIncomplete',
    option: 'allowIncomplete',
    flag: '--allow-incomplete',
    kind: 'boolean',
    fallback: false,
  },
  { key: 'saveInventory', option: 'saveInventory', flag: '--save-inventory', kind: 'path' },
];

const sources = new Set(['live', 'config', 'config+live']);

/** A value of the file with its paths as they are from the working folder. */
export function fromWorkingFolder(kind: Kind, value: unknown, file: string): unknown {
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
export function asOption(kind: Kind, value: unknown): unknown {
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
