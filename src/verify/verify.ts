import { Unreadable } from '../model/object-store.js';
import type { VerificationFinding } from '../model/verification.js';
import { Chain, chainKey, joinParts, type ChainId } from './chain.js';
import { baseOf, chainsByLayout, idOf, isOf, trailOf, writesFor } from './expected-chains.js';
import type { ExpectedChain } from './expectation.js';
import { Findings } from './findings.js';
import { gapsOf, type JudgedChain } from './gaps.js';
import type { GapFacts } from './known-reason.js';
import { KeyRing } from './key-ring.js';
import { parseDigestName, type Base } from './object-names.js';
import type { Choice, VerifyOptions } from './options.js';
import { findPlaces, type Place, type PlaceFilter } from './places.js';
import type { Span } from './spans.js';
import { strangersIn } from './strangers.js';
import { hour } from './timestamps.js';
import { judgeUncovered } from './uncovered.js';
import type { PlaceContext, PlaceResult } from './place-result.js';
import { lookbehind, verifyPlace } from './verify-place.js';
import { byText } from '../text/order.js';

export interface Verified {
  readonly chains: readonly JudgedChain[];
  readonly findings: readonly VerificationFinding[];
  readonly keys: KeyRing;
  /** Sentences on what could not be known; each leaves the verification incomplete. */
  readonly open: readonly string[];
  readonly notes: readonly string[];
  readonly counts: { readonly uncovered: number; readonly pending: number };
}

/** Verifies the log files of all chosen chains in a window of time. */
export async function verifyLogs(options: VerifyOptions): Promise<Verified> {
  const { window, now, expectation } = options;
  const keys = new KeyRing(options.keys, { from: window.from - lookbehind - hour, to: now });
  const findings = new Findings();
  const context: PlaceContext = {
    store: options.store,
    keys,
    saved: options.saved ?? new Map(),
    limit: options.limit,
    window,
    now,
    findings,
    sample: options.sample,
    isJudged: (id) => isChosen(id, options.choice),
    checkpoint: options.checkpoint,
    inspector: options.ownCalls,
    mayHaveExpired: (id, end) => {
      const days = trailOf(id, expectation.trails)?.expiration;
      return typeof days === 'number' && end < now - (days - 1) * 24 * hour;
    },
    onObject: options.onObject ?? (() => undefined),
    onDigest: options.onDigest,
  };
  const open = [...expectation.open];
  if (expectation.basis === 'layout') open.push(layoutAlone);
  else if (expectation.basis === 'named' && expectation.trails.length === 0) open.push(trailsByLayout);
  const { unknownRegions } = expectation;
  if (unknownRegions !== undefined && options.choice.regions === undefined) open.push(unknownRegions);
  const places = await placesToVerify(options, open);
  const results = await verifyAll(context, places, options);
  const { chains, expected } = joinAll(results, options);
  const counts = judgeUncovered({ results, chains, findings, options });
  const judged = [...chains.values()].filter((it) => it.isJudged).map((chain) => judge(chain, expected, options));
  for (const { place, unlistedDigests, unlistedLogs } of results) {
    const where = placeText(place);
    if (unlistedDigests !== undefined)
      open.push(`The digest files in ${where} could not be listed: ${unlistedDigests}`);
    if (unlistedLogs !== undefined) open.push(`The log files in ${where} could not be listed: ${unlistedLogs}`);
  }
  if (judged.every((it) => it.chain.digests.valid === 0 && it.gaps.length === 0))
    open.push('No digest file was found: nothing of this time could be verified.');
  return {
    chains: judged.toSorted(byChain),
    findings: findings.all(),
    keys,
    open,
    notes: notesOn(results, options.window),
    counts,
  };
}

const layoutAlone =
  'Only the layout of the bucket shows which accounts and Regions have digest files: all of an account, or all of a Region, may be missing.';

const trailsByLayout =
  'Only the layout of the bucket tells which trails write there: all that a trail has delivered may be missing. Name the trails with --trail.';

/** The places that are found and expected; why some could not be told goes to `open`. */
export async function placesToVerify(options: VerifyOptions, open: string[]): Promise<Place[]> {
  const { store, targets, expectation, choice } = options;
  const places = new Map<string, Place>();
  for (const target of targets) {
    try {
      for (const it of await findPlaces(store, target, filterOf(choice))) places.set(placeKey(it), it);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      open.push(`The folders of bucket ${target.bucket} could not be listed: ${error.message}`);
    }
  }
  for (const expected of expectation.chains) {
    if (!isChosen(idOf(expected), choice)) continue;
    const { trail, account, region } = expected;
    const place = { bucket: trail.bucket, base: baseOf(trail), account, region, logFolders: ['CloudTrail'] };
    if (!places.has(placeKey(place))) places.set(placeKey(place), place);
  }
  return [...places].toSorted(([a], [b]) => byText(a, b)).map(([, it]) => it);
}

function placeKey({ bucket, base, account, region }: Omit<Place, 'logFolders'>): string {
  return `${bucket}/${base.path}${account}/${region}`;
}

function filterOf({ trails, accounts, regions }: Choice): PlaceFilter {
  const isWritten = ({ organizationId }: Base, account?: string): boolean =>
    trails === undefined || trails.some((it) => writesFor(it, organizationId, account));
  return {
    base: (base) => isWritten(base),
    account: (base, account) => (accounts === undefined || accounts.includes(account)) && isWritten(base, account),
    region: (region) => regions === undefined || regions.includes(region),
  };
}

function isChosen(id: ChainId, { trails, accounts, regions }: Choice): boolean {
  return (
    (trails === undefined || trails.some((it) => isOf(id, it))) &&
    (accounts === undefined || accounts.includes(id.account)) &&
    (regions === undefined || regions.includes(id.region))
  );
}

/** Verifies the places, and those that their digest files lead to: a trail may have had another bucket or prefix. */
async function verifyAll(context: PlaceContext, places: Place[], options: VerifyOptions): Promise<PlaceResult[]> {
  const results: PlaceResult[] = [];
  const known = new Set(places.map(placeKey));
  let queue = places;
  let done = 0;
  while (queue.length > 0) {
    const batch = await options.placeLimit(queue, async (place) => {
      const result = await verifyPlace(context, place);
      done += 1;
      options.onPlace?.(done, known.size);
      return result;
    });
    results.push(...batch);
    queue = [];
    for (const { bucket, key } of batch.flatMap((it) => it.continued)) {
      const name = parseDigestName(key);
      if (name === undefined || name.end <= context.window.from) continue;
      const place = { bucket, base: name.base, account: name.account, region: name.region, logFolders: ['CloudTrail'] };
      if (known.has(placeKey(place))) continue;
      known.add(placeKey(place));
      queue.push(place);
    }
  }
  return results;
}

/** Of a trail that only its ARN tells of, what was found tells whether it is an organization's. */
function resolvedId(expected: ExpectedChain, found: readonly ChainId[]): ChainId {
  const id = idOf(expected);
  const { isOrganization, organizationId } = expected.trail;
  if (isOrganization !== undefined || organizationId !== undefined) return id;
  return { ...id, organizationId: found.find((it) => isOf(it, expected.trail))?.organizationId };
}

interface JoinedChains {
  /** By key: found, expected, and expected by what was found. */
  readonly chains: Map<string, Chain>;
  /** Keys of those that must be there. */
  readonly expected: ReadonlySet<string>;
}

function joinAll(results: readonly PlaceResult[], { expectation, choice }: VerifyOptions): JoinedChains {
  const parts = new Map<string, Chain[]>();
  for (const [key, chain] of results.flatMap((it) => [...it.chains])) {
    parts.set(key, [...(parts.get(key) ?? []), chain]);
  }
  const chains = new Map<string, Chain>();
  for (const [key, its] of parts) {
    const whole = joinParts(its);
    if (whole !== undefined) chains.set(key, whole);
  }
  const found = [...chains.values()].filter((it) => it.isJudged && isUnderWay(it)).map((it) => it.id);
  const withLogs = results
    .filter((it) => it.uncovered.some(({ delivered }) => delivered !== undefined))
    .map(({ place: { account, region, base } }) => ({ account, region, organizationId: base.organizationId }));
  const expected = new Set<string>();
  const known = expectation.chains.map((it) => resolvedId(it, found));
  for (const id of [...known, ...chainsByLayout(expectation, found, withLogs)]) {
    const key = chainKey(id);
    if (!isChosen(id, choice)) continue;
    expected.add(key);
    if (!chains.has(key)) chains.set(key, new Chain(id, true));
  }
  for (const { place, unlistedDigests } of results) {
    if (unlistedDigests === undefined) continue;
    for (const chain of chains.values()) {
      if (chain.id.account === place.account && chain.id.region === place.region) chain.unlisted = unlistedDigests;
    }
  }
  return { chains, expected };
}

const ofTroubles: ReadonlySet<string> = new Set(['invalid-digest', 'unreadable-digest']);

function judge(chain: Chain, expected: ReadonlySet<string>, options: VerifyOptions): JudgedChain {
  const gaps = gapsOf(chain, gapFacts(chain, expected, options));
  // A digest file that proves nothing, as a copy that somebody put there, does not make a chain of which more is due.
  const isChain = isUnderWay(chain) || expected.has(chainKey(chain.id));
  return { chain, gaps: isChain ? gaps : gaps.filter((it) => ofTroubles.has(it.cause)) };
}

/** There are digest files of the window, or there were until it starts. */
function isUnderWay({ rows, lastBefore }: Chain): boolean {
  return rows.length > 0 || lastBefore !== undefined;
}

function gapFacts(
  { id }: Chain,
  isExpected: ReadonlySet<string>,
  { expectation, window, now, grace }: VerifyOptions,
): GapFacts {
  const { accounts, basis, trails, chains, knowsAllTrails, unknownRegions } = expectation;
  const trail = trailOf(id, trails);
  const isHome = trail?.isMultiRegion !== false || id.region === trail.homeRegion;
  const knowsRegions = (basis === 'organization' || basis === 'account') && unknownRegions === undefined;
  const expected = chains.find((it) => chainKey(idOf(it)) === chainKey(id));
  const from = Math.max(window.from, expected?.since ?? window.from);
  return {
    window: { from: Math.min(from, window.to), to: window.to },
    now,
    grace,
    trail,
    isTrailGone: trail === undefined && knowsAllTrails,
    joined: expected?.since,
    isMember: accounts?.has(id.account) ?? true,
    isNotRecorded: trail !== undefined && !isExpected.has(chainKey(id)) && (knowsRegions || !isHome),
    expiration: typeof trail?.expiration === 'number' ? trail.expiration * 24 * hour : trail?.expiration,
  };
}

function notesOn(results: readonly PlaceResult[], window: Span): string[] {
  const notes: string[] = [];
  for (const result of results) {
    const { place, unknown } = result;
    for (const [folder, count] of unknown) {
      if (count === 0) continue;
      notes.push(
        `${count} objects in ${folder} of ${placeText(place)} are in no digest file; AWS does not say whether digest files cover this folder.`,
      );
    }
    const strangers = strangersIn(result, window).outside.length;
    if (strangers > 0) {
      notes.push(
        `${strangers} objects beside the window, among the digest files of ${placeText(place)}, have no name of CloudTrail's.`,
      );
    }
  }
  return notes.toSorted();
}

function placeText({ bucket, base, account, region }: Place): string {
  return `s3://${bucket}/${base.path}${account}, ${region}`;
}

function byChain(a: JudgedChain, b: JudgedChain): number {
  return byText(chainKey(a.chain.id), chainKey(b.chain.id));
}
