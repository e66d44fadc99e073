/** What is known of a trail, as far as it bears on what must lie in its bucket. */
export interface TrailFacts {
  readonly name: string;
  readonly homeRegion: string;
  readonly arn?: string;
  /** The account that owns it. */
  readonly account?: string;
  readonly isOrganization?: boolean;
  /** Of an organization trail. */
  readonly organizationId?: string;
  readonly bucket: string;
  /** Without a slash at its end; empty for none. */
  readonly prefix: string;
  readonly isMultiRegion?: boolean;
  /** Whether log file validation is on. */
  readonly validates?: boolean;
  /** What GetTrailStatus says in its home Region to its owner. */
  readonly status?: TrailFactsStatus;
  /**
   * After how many days lifecycle rules remove its digest files, `never` where none does; undefined: not known.
   */
  readonly expiration?: number | 'never';
}

interface TrailFactsStatus {
  readonly isLogging: boolean;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  readonly latestDigest?: number;
  readonly digestError?: string;
}

/** Digest files that must be there: those of one trail for one account and Region. */
export interface ExpectedChain {
  readonly trail: TrailFacts;
  readonly account: string;
  readonly region: string;
  /** None are expected before, as when the account joined later. */
  readonly since?: number;
}

/** What must be there, and what tells so. */
export interface Expectation {
  /**
   * `layout`: nothing but the bucket itself tells. Then what one account or Region has is expected of the others, and
   * whether there are more is open.
   */
  readonly basis: 'organization' | 'account' | 'named' | 'layout';
  /** All trails that are known to write to the buckets, also those that are not verified. */
  readonly trails: readonly TrailFacts[];
  readonly chains: readonly ExpectedChain[];
  /** The accounts and Regions that were named, where a trail must have digest files for each of them. */
  readonly named?: { readonly accounts?: readonly string[]; readonly regions?: readonly string[] };
  /** True where `trails` are all that there are in the accounts. */
  readonly knowsAllTrails: boolean;
  /** The organization's accounts, closed ones too; undefined where they are not known. */
  readonly accounts?: ReadonlySet<string>;
  /** Sentences on what could not be known, each of which leaves the verification incomplete. */
  readonly open: readonly string[];
  /** Why there may be more Regions, which matters where none are named. */
  readonly unknownRegions?: string;
}

/** Nothing is known but what lies in the bucket. */
export const nothingKnown: Expectation = {
  basis: 'layout',
  trails: [],
  chains: [],
  knowsAllTrails: false,
  open: [],
};
