import { chainKey, type Chain } from './chain.js';
import { baseOf, idOf, writesFor } from './expected-chains.js';
import type { TrailFacts } from './expectation.js';
import type { Findings } from './findings.js';
import type { FolderObject } from './log-folder.js';
import type { Place } from './places.js';
import { holds } from './spans.js';
import { tellStrangers } from './strangers.js';
import { hour, minute } from './timestamps.js';
import type { PlaceResult } from './place-result.js';
import type { VerifyOptions } from './options.js';

interface Subject {
  readonly results: readonly PlaceResult[];
  /** By chain key. */
  readonly chains: ReadonlyMap<string, Chain>;
  readonly findings: Findings;
  readonly options: VerifyOptions;
}

/**
 * Says of each object among the log files that no digest file lists what that means. Log files do not name their
 * trail: only where the digest files of all trails that write there are valid, the object cannot be CloudTrail's.
 */
export function judgeUncovered({ results, chains, findings, options }: Subject): {
  readonly uncovered: number;
  readonly pending: number;
} {
  let uncovered = 0;
  let pending = 0;
  for (const result of results) {
    const here = chainsIn(result, chains, options);
    if (!here.some((it) => it.isJudged) && options.choice.trails !== undefined) continue;
    tellStrangers(result, findings, options);
    for (const object of result.uncovered) {
      if (isPending(object, options)) {
        pending += 1;
        continue;
      }
      uncovered += 1;
      const { reason, effect, message } = meaning(object, here, result.place, options);
      const { bucket, account, region } = result.place;
      if (object.delivered !== undefined) for (const chain of here) chain.uncovered.push(object.delivered);
      findings.add(
        { verdict: 'uncovered', subject: 'log-file', effect, reason, message, account, region, bucket },
        object.key,
      );
      options.onObject?.({
        subject: 'log-file',
        bucket,
        key: object.key,
        verdict: 'uncovered',
        message,
        isBackfill: false,
      });
    }
  }
  return { uncovered, pending };
}

/** The chains of all trails that are known to write into the place. */
function chainsIn(
  { place, chains: own }: PlaceResult,
  chains: Subject['chains'],
  { expectation }: VerifyOptions,
): Chain[] {
  const keys = new Set(own.keys());
  for (const it of expectation.chains) {
    const { trail } = it;
    const isHere = trail.bucket === place.bucket && baseOf(trail).path === place.base.path;
    if (isHere && it.account === place.account && it.region === place.region) keys.add(chainKey(idOf(it)));
  }
  for (const [key, { id }] of chains) {
    // Chains without digest files lie where the base says.
    const isHere = id.account === place.account && id.region === place.region;
    if (isHere && id.organizationId === place.base.organizationId && chains.get(key)?.places.size === 0) keys.add(key);
  }
  return [...keys].map((key) => chains.get(key)).filter((it) => it !== undefined);
}

/** The digest file that would list it is not due. */
function isPending({ delivered }: FolderObject, { now, grace }: VerifyOptions): boolean {
  return delivered !== undefined && delivered + hour + grace > now;
}

interface Meaning {
  readonly reason: string;
  readonly effect: 'tampering' | 'incomplete';
  readonly message: string;
}

/** Names tell the minute only, and a log file may be listed in the hour after the one of its name. */
const before = 5 * minute;
const after = 6 * minute;

function meaning({ delivered }: FolderObject, here: readonly Chain[], place: Place, options: VerifyOptions): Meaning {
  if (here.length === 0) {
    return {
      reason: 'no-digests',
      effect: 'incomplete',
      message: 'is in a folder for which there are no digest files',
    };
  }
  const { from, to } = options.window;
  const span =
    delivered === undefined
      ? options.window
      : { from: Math.max(from, delivered - before), to: Math.min(to, delivered + after) };
  if (!here.every((it) => holds(it.covered, span))) {
    return {
      reason: 'in-a-gap',
      effect: 'incomplete',
      message: 'was delivered in a time for which there is no valid digest file',
    };
  }
  const other = options.expectation.trails.find((it) => it.validates === false && writesTo(it, place));
  if (other !== undefined) {
    return {
      reason: 'other-trail',
      effect: 'incomplete',
      message: `may be of trail ${other.name}, which writes there without log file validation`,
    };
  }
  return {
    reason: 'extra',
    effect: 'tampering',
    message: 'is in no digest file: CloudTrail lists all that it delivers',
  };
}

function writesTo(trail: TrailFacts, place: Place): boolean {
  return (
    trail.bucket === place.bucket &&
    baseOf(trail).path === place.base.path &&
    writesFor(trail, place.base.organizationId, place.account) &&
    (trail.isMultiRegion !== false || trail.homeRegion === place.region)
  );
}
