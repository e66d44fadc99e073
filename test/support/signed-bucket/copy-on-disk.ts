import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SavedKeys } from '../../../src/model/saved-keys.js';
import { at, logBucket, type SignedWorld } from './world.js';

/** Writes a world's bucket to `copy` as `aws s3 sync` would, and to `keys.json` the keys that were saved in the evening. */
export function copyOnDisk(world: SignedWorld, folder: string): SavedKeys {
  for (const [key, { body }] of world.store.bucket(logBucket)) {
    mkdirSync(join(folder, 'copy', dirname(key)), { recursive: true });
    writeFileSync(join(folder, 'copy', key), body);
  }
  const time = (it: number): string => new Date(it).toISOString();
  const keys: SavedKeys = {
    schemaVersion: '1',
    tool: { name: 'Trailproof', version: '0.1.0' },
    savedAt: time(at(11)),
    regions: [...world.keys].map(([region, its]) => ({
      region,
      from: time(at(-24)),
      to: time(at(11)),
      keys: its.map(({ listed: { fingerprint, value, validFrom, validTo } }) => ({
        fingerprint,
        value,
        validFrom: time(validFrom),
        validTo: time(validTo),
      })),
    })),
    signatures: [],
    scope: { basis: 'layout', trails: [], chains: [], knowsAllTrails: false, open: [] },
  };
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
  return keys;
}
