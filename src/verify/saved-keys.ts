import type { KeySource, RegionKeys } from '../model/public-keys.js';
import type { SavedChain, SavedKeys, SavedScope, SavedTrail } from '../model/saved-keys.js';
import { idOf } from './expected-chains.js';
import type { ExpectedChain, Expectation, TrailFacts } from './expectation.js';
import type { VerifyOptions } from './options.js';
import type { SavedSignatures } from './settle-chain.js';
import { hour } from './timestamps.js';
import type { Verified } from './verify.js';
import { byText } from '../text/order.js';

/** What a copy on disk is verified with. */
export interface LoadedKeys {
  readonly source: KeySource;
  readonly signatures: SavedSignatures;
  readonly expectation: Expectation;
  readonly savedAt: number;
}

/** What a later verification of a copy on disk needs of this one. */
export function keysToSave(verified: Verified, options: VerifyOptions, version: string): SavedKeys {
  return {
    schemaVersion: '1',
    tool: { name: 'Trailproof', version },
    savedAt: time(options.now),
    regions: verified.keys.answers().flatMap(savedRegion),
    signatures: verified.chains
      .flatMap(({ chain }) => chain.rows)
      .flatMap(({ last }) => {
        const { signature, name, digest } = last;
        return signature === undefined ? [] : [{ bucket: digest.bucket, key: name.key, signature }];
      })
      .toSorted((a, b) => byText(a.key, b.key)),
    scope: savedScope(options.expectation),
  };
}

/** Reads back what was saved. */
export function loadedKeys(saved: SavedKeys): LoadedKeys {
  const regions = new Map(saved.regions.map((it) => [it.region, it]));
  return {
    savedAt: Date.parse(saved.savedAt),
    signatures: new Map(saved.signatures.map((it) => [it.key, it.signature])),
    expectation: expectationOf(saved.scope),
    source: {
      keysOf: async (region) => {
        const its = regions.get(region);
        if (its === undefined) {
          const message = `none were saved for ${region}`;
          return { state: 'unreadable', region, reason: 'error', message };
        }
        const keys = its.keys.map(({ fingerprint, value, validFrom, validTo }) => ({
          fingerprint,
          value,
          validFrom: Date.parse(validFrom),
          validTo: Date.parse(validTo),
        }));
        return { state: 'known', region, keys, from: Date.parse(its.from), to: Date.parse(its.to) };
      },
    },
  };
}

function savedRegion(answer: RegionKeys): SavedKeys['regions'] {
  if (answer.state !== 'known') return [];
  const keys = answer.keys.map(({ fingerprint, value, validFrom, validTo }) => ({
    fingerprint,
    value,
    validFrom: time(validFrom),
    validTo: time(validTo),
  }));
  return [
    {
      region: answer.region,
      from: time(answer.from),
      to: time(answer.to),
      keys: keys.toSorted((a, b) => byText(a.fingerprint, b.fingerprint)),
    },
  ];
}

function savedScope(expectation: Expectation): SavedScope {
  const { basis, trails, chains, accounts, knowsAllTrails, open, unknownRegions } = expectation;
  return {
    basis,
    trails: trails.map(savedTrail),
    chains: chains.map((it) => savedChain(it, trails)),
    ...(accounts === undefined ? {} : { accounts: [...accounts].toSorted() }),
    knowsAllTrails,
    open,
    ...(unknownRegions === undefined ? {} : { unknownRegions }),
  };
}

function savedChain(chain: ExpectedChain, trails: readonly TrailFacts[]): SavedChain {
  const { account, region } = idOf(chain);
  const since = chain.since === undefined ? {} : { since: time(chain.since) };
  return { trail: trails.indexOf(chain.trail), account, region, ...since };
}

function expectationOf(saved: SavedScope): Expectation {
  const { basis, trails, chains, accounts, knowsAllTrails, open, unknownRegions } = saved;
  const loaded = trails.map(loadedTrail);
  return {
    basis,
    trails: loaded,
    chains: chains.flatMap(({ trail, account, region, since }): ExpectedChain[] => {
      const its = loaded[trail];
      if (its === undefined) return [];
      return [{ trail: its, account, region, ...(since === undefined ? {} : { since: Date.parse(since) }) }];
    }),
    ...(accounts === undefined ? {} : { accounts: new Set(accounts) }),
    knowsAllTrails,
    open,
    ...(unknownRegions === undefined ? {} : { unknownRegions }),
  };
}

function savedTrail({ status, expiration, ...facts }: TrailFacts): SavedTrail {
  const { isLogging, digestError, startedAt, stoppedAt, latestDigest } = status ?? {};
  return {
    ...facts,
    ...(isLogging === undefined ? {} : { isLogging }),
    ...(startedAt === undefined ? {} : { startedAt: time(startedAt) }),
    ...(stoppedAt === undefined ? {} : { stoppedAt: time(stoppedAt) }),
    ...(latestDigest === undefined ? {} : { latestDigest: time(latestDigest) }),
    ...(digestError === undefined ? {} : { digestError }),
    ...(expiration === undefined ? {} : { expirationDays: expiration }),
  };
}

function loadedTrail(saved: SavedTrail): TrailFacts {
  const { isLogging, startedAt, stoppedAt, latestDigest, digestError, expirationDays, ...facts } = saved;
  return {
    ...facts,
    ...(expirationDays === undefined ? {} : { expiration: expirationDays }),
    ...(isLogging === undefined
      ? {}
      : {
          status: {
            isLogging,
            ...(startedAt === undefined ? {} : { startedAt: Date.parse(startedAt) }),
            ...(stoppedAt === undefined ? {} : { stoppedAt: Date.parse(stoppedAt) }),
            ...(latestDigest === undefined ? {} : { latestDigest: Date.parse(latestDigest) }),
            ...(digestError === undefined ? {} : { digestError }),
          },
        }),
  };
}

function time(at: number): string {
  return new Date(at).toISOString();
}

/** How long after its end a digest file is waited for: AWS says up to an hour, and takes half of one. */
export const defaultGrace = 2.5 * hour;
