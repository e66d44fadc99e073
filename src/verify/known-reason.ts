import type { GapCause } from '../model/verification.js';
import type { Chain, Row } from './chain.js';
import type { TrailFacts } from './expectation.js';
import type { Span } from './spans.js';
import { formatTime, hour } from './timestamps.js';

/** What bears on why a chain has no digest files for some time. */
export interface GapFacts {
  /** What must be covered. */
  readonly window: Span;
  readonly now: number;
  /** How long after its end a digest file may come. */
  readonly grace: number;
  readonly trail: TrailFacts | undefined;
  /** All trails are known, and this is none of them. */
  readonly isTrailGone: boolean;
  /** When the account joined the organization: its first day is no gap. */
  readonly joined: number | undefined;
  /** False when the account is known not to belong to the organization any more. */
  readonly isMember: boolean;
  /** True when by the settings of today the trail does not record the account's events in this Region. */
  readonly isNotRecorded: boolean;
  /** How old the objects of a chain become, in milliseconds. */
  readonly expiration: number | 'never' | undefined;
}

/** Why digest files that would be due are not to be expected. */
export interface KnownReason {
  readonly since: number;
  /** Undefined where it holds on. */
  readonly until?: number;
  readonly cause: GapCause;
  readonly message: string;
}

/** Why there are none behind the newest digest file, as CloudTrail or the organization says; undefined: nothing says so. */
export function knownReason(span: Span, newest: Row | undefined, facts: GapFacts): KnownReason | undefined {
  if (newest !== undefined && isFinal(newest)) {
    const message = `Logging was stopped or the trail deleted at ${formatTime(newest.to)}: ${newest.last.name.key} covers less than an hour.`;
    return { since: span.from, ...resumed(newest, facts), cause: 'logging-stopped', message };
  }
  const { trail } = facts;
  const status = trail?.status;
  if (trail?.validates === false) {
    const message = 'Log file validation of the trail is off.';
    return { since: span.from, cause: 'validation-off', message };
  }
  if (status !== undefined && !status.isLogging && (status.stoppedAt ?? span.from) < span.to) {
    const at = status.stoppedAt === undefined ? '' : ` since ${formatTime(status.stoppedAt)}`;
    return { since: status.stoppedAt ?? span.from, cause: 'logging-stopped', message: `The trail is stopped${at}.` };
  }
  if (status?.isLogging === true && (status.startedAt ?? 0) >= span.to) {
    const message = `The trail was stopped until ${formatTime(status.startedAt ?? 0)}.`;
    return { since: span.from, cause: 'logging-stopped', message };
  }
  if (status?.digestError !== undefined && (status.latestDigest ?? 0) <= span.from + hour + facts.grace) {
    const message = `CloudTrail cannot deliver digest files: ${status.digestError}.`;
    return { since: span.from, cause: 'delivery-failed', message };
  }
  if (facts.isTrailGone) {
    return { since: span.from, cause: 'trail-deleted', message: 'The trail no longer exists.' };
  }
  if (!facts.isMember) {
    const message = 'The account no longer belongs to the organization.';
    return { since: span.from, cause: 'account-left', message };
  }
  if (facts.isNotRecorded) {
    const message = 'The trail does not record this Region by its settings of today, and did before.';
    return { since: span.from, cause: 'not-recorded', message };
  }
  return undefined;
}

/** When the trail, which delivers digest files again, was started after its last one. */
function resumed({ to }: Row, { trail }: GapFacts): Pick<KnownReason, 'until'> {
  if (trail?.status?.isLogging !== true || trail.validates === false) return {};
  const { startedAt } = trail.status;
  return startedAt === undefined ? {} : { until: Math.max(startedAt, to) };
}

/** CloudTrail writes a last digest file when logging stops, which rarely is at the end of an hour. */
export function isFinal({ last }: Row): boolean {
  return last.digest.end - last.digest.start < hour;
}

/**
 * What CloudTrail says of its latest digest file proves that there were some until then, whatever ended the chain
 * later. It says so of the trail's home Region, to the account that owns the trail.
 */
export function deliveredUntil({ id }: Chain, { trail, grace }: GapFacts): number {
  const latest = trail?.status?.latestDigest;
  const isTold = id.region === trail?.homeRegion && id.account === trail.account;
  return latest === undefined || !isTold ? 0 : latest - grace;
}
