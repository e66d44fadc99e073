import type { Call } from '../services/call.js';

/** Calls a second, and how many at once after a pause. */
interface Limit {
  readonly rate: number;
  readonly burst: number;
}

interface OrganizationsLimit {
  readonly account: Limit;
  /** For all accounts of the organization together. */
  readonly organization?: Limit;
}

const lists: OrganizationsLimit = { account: { rate: 5, burst: 8 }, organization: { rate: 6, burst: 10 } };

/** As published on the quotas page of the Organizations user guide. */
const organizationsLimits: Readonly<Record<string, OrganizationsLimit>> = {
  DescribeOrganization: { account: { rate: 1, burst: 2 } },
  ListAccounts: { account: { rate: 8, burst: 12 }, organization: { rate: 9, burst: 15 } },
  ListRoots: { account: { rate: 1, burst: 2 }, organization: { rate: 1, burst: 3 } },
  ListOrganizationalUnitsForParent: lists,
  ListAccountsForParent: lists,
  ListParents: lists,
  ListDelegatedAdministrators: lists,
  ListPolicies: lists,
  ListTargetsForPolicy: lists,
  DescribePolicy: { account: { rate: 2, burst: 2 }, organization: { rate: 2, burst: 3 } },
  ListAWSServiceAccessForOrganization: { account: { rate: 1, burst: 3 }, organization: { rate: 1, burst: 4 } },
};

/** CloudTrail's quotas page: 10 a second for Get, Describe and List together, by account and Region. */
const cloudtrailLimit: Limit = { rate: 10, burst: 10 };

/** The page of LookupEvents: two a second, by account and Region. */
const lookupLimit: Limit = { rate: 2, burst: 2 };

/** Which published quotas are enforced. */
export interface QuotaOptions {
  readonly organizations?: boolean;
  readonly cloudtrail?: boolean;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Counts calls against AWS's published quotas: token buckets that refill with time. */
export class Quotas {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly options: QuotaOptions,
    private readonly now: () => number,
  ) {}

  /** Takes a call from the quotas that it falls under; false: it is one too many. */
  take({ service, operation, caller, region }: Call): boolean {
    if (service === 'cloudtrail' && this.options.cloudtrail === true) {
      if (operation === 'LookupEvents') {
        return this.takeFrom(`lookups ${caller.accountId} ${region}`, lookupLimit);
      }
      return this.takeFrom(`cloudtrail ${caller.accountId} ${region}`, cloudtrailLimit);
    }
    const limits = organizationsLimits[operation];
    if (service !== 'organizations' || this.options.organizations !== true || limits === undefined) return true;
    const { account, organization } = limits;
    return (
      this.takeFrom(`${operation} ${caller.accountId}`, account) &&
      (organization === undefined || this.takeFrom(operation, organization))
    );
  }

  private takeFrom(key: string, { rate, burst }: Limit): boolean {
    const now = this.now();
    const bucket = this.buckets.get(key) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    bucket.at = now;
    this.buckets.set(key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
