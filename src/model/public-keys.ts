import type { UnreadableReason } from './object-store.js';

/** A public key as CloudTrail's ListPublicKeys gives it. */
export interface ListedKey {
  readonly fingerprint: string;
  /** DER, in base64. */
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** What ListPublicKeys said of a Region. The keys of a Region are shared by all accounts. */
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
