import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import type { UnreadableReason } from '../model/object-store.js';

/** A public key as CloudTrail's ListPublicKeys gives it. */
export interface ListedKey {
  readonly fingerprint: string;
  /** DER, in base64. */
  readonly value: string;
  readonly validFrom: number;
  readonly validTo: number;
}

/** What ListPublicKeys said of a Region. Keys of a Region are shared by all accounts. */
export type RegionKeys =
  | {
      readonly state: 'known';
      readonly region: string;
      readonly keys: readonly ListedKey[];
      /** The time that was asked about: a key that was used then and is not listed does not exist. */
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly state: 'unreadable';
      readonly region: string;
      readonly reason: UnreadableReason;
      readonly message: string;
    };

/** Where public keys come from: CloudTrail, or a file that was saved. */
export interface KeySource {
  keysOf(region: string, from: number, to: number): Promise<RegionKeys>;
}

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
