import {
  recordOf,
  verifyLogs,
  type Expectation,
  type TrailFacts,
  type VerifyOptions,
} from '../../../src/verify/index.js';
import type { KeySource } from '../../../src/model/public-keys.js';
import type { VerificationRecord } from '../../../src/model/verification.js';
import { limiter } from '../../../src/collect/run/context.js';
import { ChainWriter, anHour, type ChainPlan } from './chain-writer.js';
import { MemoryStore } from './memory-store.js';
import { signingKey, type SigningKey } from './signing-key.js';

export const accountId = '111122223333';
export const logBucket = 'organization-logs';
export const homeRegion = 'us-east-1';

/** Midnight of the day that most tests are about. */
export const midnight = Date.UTC(2026, 10, 1);

/** CloudTrail's digest files do not end with the clock's hours. */
export const offset = 33 * 60_000 + 17_000;

/** A time of that day: hours after midnight. */
export const at = (hours: number): number => midnight + hours * anHour;

/** Buckets, keys and chains that a test writes and then verifies. */
export class SignedWorld {
  readonly store = new MemoryStore();
  readonly keys = new Map<string, SigningKey[]>();
  keysRefused: string | undefined;

  chain(plan: Partial<ChainPlan> = {}): ChainWriter {
    const region = plan.region ?? homeRegion;
    return new ChainWriter(this.store, {
      bucket: logBucket,
      base: 'AWSLogs/',
      account: accountId,
      region,
      trail: 'management',
      homeRegion,
      keyAt: () => this.keyOf(region),
      ...plan,
    });
  }

  /** Six hours from midnight with three log files each, and an hour on each side. */
  sixHours(plan: Partial<ChainPlan> = {}, logs = 3): ChainWriter {
    return this.chain(plan)
      .start(at(-2) + offset)
      .hours(10, logs);
  }

  keyOf(region: string): SigningKey {
    const [key] = this.keys.get(region) ?? [this.addKey(region, signingKey({ name: `first of ${region}` }))];
    if (key === undefined) throw new Error(`${region} has no key.`);
    return key;
  }

  addKey(region: string, key: SigningKey): SigningKey {
    this.keys.set(region, [...(this.keys.get(region) ?? []), key]);
    return key;
  }

  keySource(): KeySource {
    return {
      keysOf: async (region, from, to) => {
        if (this.keysRefused !== undefined) {
          return { state: 'unreadable', region, reason: 'access-denied', message: this.keysRefused };
        }
        const keys = (this.keys.get(region) ?? []).map((it) => it.listed);
        return {
          state: 'known',
          region,
          from,
          to,
          keys: keys.filter((it) => it.validFrom <= to && it.validTo >= from),
        };
      },
    };
  }
}

/** What the trail of a world is, as its account tells. */
export function trailFacts(facts: Partial<TrailFacts> = {}): TrailFacts {
  return {
    name: 'management',
    homeRegion,
    account: accountId,
    isOrganization: false,
    isMultiRegion: false,
    bucket: logBucket,
    prefix: '',
    validates: true,
    status: { isLogging: true },
    ...facts,
  };
}

/** All is known, and the trails must have digest files in their home Regions. */
export function expecting(trails: readonly TrailFacts[], more: Partial<Expectation> = {}): Expectation {
  return {
    basis: 'account',
    trails,
    chains: trails.map((trail) => ({ trail, account: trail.account ?? accountId, region: trail.homeRegion })),
    knowsAllTrails: true,
    open: [],
    ...more,
  };
}

/** Verifies a world's window, by default the six hours from midnight as of the evening. */
export async function verifyWorld(world: SignedWorld, given: Partial<VerifyOptions> = {}): Promise<VerificationRecord> {
  const options: VerifyOptions = {
    store: world.store,
    keys: world.keySource(),
    targets: [{ bucket: logBucket, prefix: '' }],
    choice: { trails: undefined, accounts: undefined, regions: undefined },
    expectation: expecting([trailFacts()]),
    window: { from: at(0), to: at(6) },
    now: at(11),
    grace: 2.5 * anHour,
    limit: limiter(8),
    placeLimit: limiter(4),
    ...given,
  };
  return recordOf(await verifyLogs(options), options);
}
