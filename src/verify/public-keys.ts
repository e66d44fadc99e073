import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import type { ListedKey } from '../model/public-keys.js';

export interface PublicKey extends ListedKey {
  readonly region: string;
  readonly key: KeyObject;
}

export type UsableKey = PublicKey | { readonly fault: string };

/** Digest files are signed with RSA keys of 2048 bits. */
const fewestBits = 2048;

/**
 * A key that signatures can be checked with. AWS's fingerprint is the MD5 of the bytes that it returns, which are
 * PKCS #1 by its documentation, though one of the keys that it prints there is an SPKI.
 */
export function usableKey(region: string, listed: ListedKey): UsableKey {
  const der = Buffer.from(listed.value, 'base64');
  if (hash('md5', der, 'hex') !== listed.fingerprint.toLowerCase()) {
    return { fault: `the key that AWS lists under fingerprint ${listed.fingerprint} has another fingerprint` };
  }
  const key = keyIn(der);
  if (key === undefined)
    return { fault: `the key ${listed.fingerprint} is not an RSA key of at least ${fewestBits} bits` };
  return { ...listed, region, key };
}

function keyIn(der: Buffer): KeyObject | undefined {
  for (const type of ['pkcs1', 'spki'] as const) {
    try {
      const key = createPublicKey({ key: der, format: 'der', type });
      const isStrong = (key.asymmetricKeyDetails?.modulusLength ?? 0) >= fewestBits;
      return key.asymmetricKeyType === 'rsa' && isStrong ? key : undefined;
    } catch {
      // It is no key of this form: the other one is tried, and then the caller says so.
      continue;
    }
  }
  return undefined;
}
