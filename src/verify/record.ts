import type {
  ChainHead,
  CoverageGap,
  DigestChain,
  DigestCounts,
  FindingEffect,
  LogFileCounts,
  TimeSpan,
  VerificationOutcome,
  VerificationRecord,
  VerifiedTrail,
} from '../model/verification.js';
import type { Chain } from './chain.js';
import type { TrailFacts } from './expectation.js';
import type { Gap, JudgedChain } from './gaps.js';
import type { VerifyOptions } from './options.js';
import { without, type Span } from './spans.js';
import { formatTime, hour } from './timestamps.js';
import type { Anchor } from './verdicts.js';
import type { Verified } from './verify.js';

/** What was verified and found, in the form that is published: the same bytes for the same objects, keys and time. */
export function recordOf(verified: Verified, options: VerifyOptions): VerificationRecord {
  const { findings, open, notes } = verified;
  const tampered = new Set(findings.filter((it) => it.effect === 'tampering').map(placeOf));
  const incomplete = new Set(findings.map(placeOf));
  const chains = verified.chains.map((it) => chainOf(it, options.window, { tampered, incomplete }));
  const effects = [...findings, ...chains.flatMap((it) => it.gaps)].map((it) => it.effect);
  const ownCalls = options.ownCalls?.proofs(verified.chains, options.now, options.grace);
  const isPart =
    open.length > 0 ||
    options.sample !== undefined ||
    verified.counts.pending > 0 ||
    ownCalls?.some((it) => it.state !== 'found') === true;
  return {
    outcome: outcomeOf(effects, isPart),
    window: spanOf(options.window),
    asOf: formatTime(options.now),
    scope: scopeOf(verified, options),
    counts: {
      chains: chains.length,
      digests: digestsIn(chains),
      logFiles: logFilesIn(chains, verified.counts),
      bytes: verified.chains.reduce((sum, { chain }) => sum + chain.bytes, 0),
    },
    anchors: anchorsOf(verified.chains),
    keys: verified.keys.usedKeys().map(({ key, digests }) => ({
      region: key.region,
      fingerprint: key.fingerprint,
      validFrom: formatTime(key.validFrom),
      validTo: formatTime(key.validTo),
      digests,
    })),
    chains,
    findings,
    ...(ownCalls === undefined ? {} : { ownCalls }),
    notes,
  };
}

/** What is tampered with decides before what is not known. */
function outcomeOf(effects: readonly FindingEffect[], isPart: boolean): VerificationOutcome {
  if (effects.includes('tampering')) return 'tampered';
  return effects.length > 0 || isPart ? 'incomplete' : 'verified';
}

interface Placed {
  readonly account: string;
  readonly region: string;
  readonly trail?: string;
}

function placeOf({ account, region, trail = '' }: Placed): string {
  return `${account}/${region}/${trail}`;
}

/** Findings by place; those of log files whose trail is not known count for each trail of the place. */
interface FoundPlaces {
  readonly tampered: ReadonlySet<string>;
  readonly incomplete: ReadonlySet<string>;
}

function chainOf({ chain, gaps }: JudgedChain, window: Span, found: FoundPlaces): DigestChain {
  const { account, region, trail, homeRegion, organizationId } = chain.id;
  const own = [placeOf({ account, region, trail }), placeOf({ account, region })];
  const effects: FindingEffect[] = gaps.map((it) => it.effect);
  if (own.some((it) => found.tampered.has(it))) effects.push('tampering');
  if (own.some((it) => found.incomplete.has(it))) effects.push('incomplete');
  return {
    account,
    region,
    trail,
    homeRegion,
    ...(organizationId === undefined ? {} : { organizationId }),
    outcome: outcomeOf(effects, chain.logFiles.notRead > 0),
    places: [...chain.places].toSorted(),
    covered: within(chain, window).map(spanOf),
    gaps: gaps.map((it) => gapOf(it, chain)),
    digests: { ...chain.digests, missing: chain.digests.missing + missingIn(gaps) },
    logFiles: chain.logFiles,
    heads: chain.rows.map((it) => headOf(it.last.name.key, it.last.hash, it)),
  };
}

function headOf(key: string, sha256: string, span: Span): ChainHead {
  return { key, sha256, ...spanOf(span) };
}

/** What of the window is covered: all but what is not. */
function within(chain: Chain, window: Span): readonly Span[] {
  return without(window, without(window, chain.covered));
}

function gapOf(gap: Gap, chain: Chain): CoverageGap {
  const delivered = chain.uncovered.filter((it) => it >= gap.from && it < gap.to).length;
  const logs = delivered === 0 ? '' : ` ${delivered} log files delivered then are in no valid digest file.`;
  const { cause, effect, message, missing } = gap;
  return { ...spanOf(gap), cause, effect, message: message + logs, missing };
}

/** Each hour has a digest file. */
function missingIn(gaps: readonly Gap[]): number {
  return gaps
    .filter((it) => it.cause === 'missing-digest' || it.cause === 'missing-chain')
    .reduce((sum, it) => sum + Math.max(it.missing.length, Math.ceil((it.to - it.from) / hour)), 0);
}

function spanOf({ from, to }: Span): TimeSpan {
  return { from: formatTime(from), to: formatTime(to) };
}

function digestsIn(chains: readonly DigestChain[]): DigestCounts {
  const sum = (count: (it: DigestCounts) => number): number => chains.reduce((n, it) => n + count(it.digests), 0);
  return {
    valid: sum((it) => it.valid),
    invalid: sum((it) => it.invalid),
    missing: sum((it) => it.missing),
    unreadable: sum((it) => it.unreadable),
  };
}

function logFilesIn(chains: readonly DigestChain[], { uncovered, pending }: Verified['counts']): LogFileCounts {
  const sum = (count: (it: DigestChain['logFiles']) => number): number =>
    chains.reduce((n, it) => n + count(it.logFiles), 0);
  return {
    valid: sum((it) => it.valid),
    invalid: sum((it) => it.invalid),
    missing: sum((it) => it.missing),
    unreadable: sum((it) => it.unreadable),
    uncovered,
    pending,
    notRead: sum((it) => it.notRead),
  };
}

function anchorsOf(chains: readonly JudgedChain[]): VerificationRecord['anchors'] {
  const count = (anchor: Anchor): number =>
    chains.reduce((sum, { chain }) => sum + (chain.anchors.get(anchor) ?? 0), 0);
  return {
    ownSignature: count('own-signature'),
    nextSignature: count('next-signature'),
    savedSignature: count('saved-signature'),
    nextHash: count('next-hash'),
    earlierRun: count('earlier-run'),
  };
}

function scopeOf(
  { chains, open }: Verified,
  { expectation, choice, sample }: VerifyOptions,
): VerificationRecord['scope'] {
  return {
    basis: expectation.basis,
    trails: (choice.trails ?? expectation.trails).map(trailIn),
    accounts: [...new Set(chains.map((it) => it.chain.id.account))].toSorted(),
    regions: [...new Set(chains.map((it) => it.chain.id.region))].toSorted(),
    open: [...new Set(open)],
    ...chosenIn(choice),
    ...(sample === undefined ? {} : { sample }),
  };
}

function chosenIn({ accounts, regions }: VerifyOptions['choice']): Pick<VerificationRecord['scope'], 'chosen'> {
  if (accounts === undefined && regions === undefined) return {};
  const chosen = {
    ...(accounts === undefined ? {} : { accounts: accounts.toSorted() }),
    ...(regions === undefined ? {} : { regions: regions.toSorted() }),
  };
  return { chosen };
}

function trailIn({ name, homeRegion, arn, organizationId, bucket, prefix }: TrailFacts): VerifiedTrail {
  return {
    name,
    homeRegion,
    ...(arn === undefined ? {} : { arn }),
    ...(organizationId === undefined ? {} : { organizationId }),
    bucket,
    prefix,
  };
}
