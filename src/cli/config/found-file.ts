import { isAbsolute, relative, resolve } from 'node:path';
import { isS3Location } from '../../collect/index.js';
import { UsageError } from '../../model/errors.js';
import { visible } from '../../text/printable.js';
import type { EffectiveValue } from './effective-options.js';

/** Keys by which a folder that somebody else wrote could change where a scan goes, or what it finds. */
const telling: ReadonlySet<string> = new Set([
  'source',
  'aggregator',
  'roleName',
  'externalId',
  'output',
  'saveInventory',
  'accounts',
  'excludeAccounts',
  'ous',
  'failOn',
  'allowIncomplete',
  'waivers',
  'attestations',
]);

/**
 * A file that was only found in the working folder, and not named, is followed within limits.
 *
 * @returns the line that says which of its values are in force
 * @throws UsageError for a value that must be given by a flag, or by a file that is named
 */
export function followFoundFile(file: string, values: readonly EffectiveValue[]): readonly string[] {
  const ofFile = values.filter(({ origin }) => origin.kind === 'file');
  for (const { key, value } of ofFile) {
    const why = whyNotFollowed(key.key, value);
    if (why === undefined) continue;
    throw new UsageError(
      `${file} was found in this folder, and its ${key.key} ${why}.`,
      `If you trust it: --config ${file}, or ${key.flag}.`,
    );
  }
  const told = ofFile.filter(({ key }) => telling.has(key.key)).map(({ key }) => key.key);
  return told.length === 0 ? [] : [`${visible(file)} sets ${told.join(', ')}`];
}

function whyNotFollowed(key: string, value: unknown): string | undefined {
  switch (key) {
    case 'source': {
      return isS3Location(String(value)) ? `names a bucket, ${String(value)}` : undefined;
    }
    case 'output':
    case 'saveInventory': {
      return isOutside(String(value)) ? `is outside of it, ${String(value)}` : undefined;
    }
    case 'packs': {
      const found = Array.isArray(value) ? value.find((it) => String(it).startsWith('npm:')) : undefined;
      return found === undefined ? undefined : `names a package, ${String(found)}`;
    }
    default: {
      return undefined;
    }
  }
}

function isOutside(path: string): boolean {
  const way = relative('.', resolve(path));
  return way === '..' || way.startsWith('../') || way.startsWith('..\\') || isAbsolute(way);
}
