// Generated from schema/saved-keys.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** What a copy of log files on disk lacks, as trailproof verify-logs --save-keys writes it: public keys, signatures that no later digest file repeats, and what must be there. */
export interface SavedKeys {
  readonly schemaVersion: '1';
  readonly tool: {
    readonly name: 'Trailproof';
    readonly version: string;
  };
  /** What is due is reckoned by this time. */
  readonly savedAt: string;
  readonly regions: readonly SavedRegion[];
  /** Of the newest digest file of each row: the others are repeated by the next one. */
  readonly signatures: readonly SavedSignature[];
  readonly scope: SavedScope;
}
/** Public keys of CloudTrail in a Region, as ListPublicKeys gave them. */
export interface SavedRegion {
  readonly region: string;
  readonly from: string;
  /** The keys of the time between were asked for. */
  readonly to: string;
  readonly keys: readonly SavedKey[];
}
export interface SavedKey {
  readonly fingerprint: string;
  /** DER in base64 */
  readonly value: string;
  readonly validFrom: string;
  readonly validTo: string;
}
export interface SavedSignature {
  readonly bucket: string;
  readonly key: string;
  /** hex */
  readonly signature: string;
}
/** What must be there, and what was known of the trails. */
export interface SavedScope {
  readonly basis: 'organization' | 'account' | 'named' | 'layout';
  readonly trails: readonly SavedTrail[];
  readonly chains: readonly SavedChain[];
  /** All accounts of the organization; missing where they were not known. */
  readonly accounts?: readonly string[];
  readonly knowsAllTrails: boolean;
  readonly open: readonly string[];
  readonly unknownRegions?: string;
}
export interface SavedTrail {
  readonly name: string;
  readonly homeRegion: string;
  readonly arn?: string;
  readonly account?: string;
  readonly isOrganization?: boolean;
  readonly organizationId?: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly isMultiRegion?: boolean;
  readonly validates?: boolean;
  readonly isLogging?: boolean;
  readonly startedAt?: string;
  readonly stoppedAt?: string;
  readonly latestDigest?: string;
  readonly digestError?: string;
  /** after which lifecycle rules remove digest files */
  readonly expirationDays?: number | 'never';
}
export interface SavedChain {
  /** its place in the list of trails */
  readonly trail: number;
  readonly account: string;
  readonly region: string;
  readonly since?: string;
}
