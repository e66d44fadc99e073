import type { AdvancedEventSelector, EventSelectors, InsightSelector, TrailStatus } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';

/** What a trail or event data store records for one account, in one of the cases that are possible. */
export interface Recording {
  /** `*` for all Regions, else the one. */
  readonly region: string;
  /** Only told apart where it records in one Region. */
  readonly includesGlobalServices: boolean;
  readonly selectors: Selectors;
  /** It selects events, but they do not arrive. */
  readonly failure?: Failure;
}

export type Selectors =
  | { readonly of: 'everything' }
  | { readonly of: 'trail'; readonly it: EventSelectors }
  | { readonly of: 'event-data-store'; readonly it: readonly AdvancedEventSelector[] };

export interface Failure {
  /** RFC 3339; absent: nothing was ever delivered, as far as is told. */
  readonly since?: string;
  readonly error: string;
}

/** A trail or event data store that is taken into account, or one that may exist unseen. */
export interface EventSink {
  readonly kind: 'trail' | 'event-data-store' | 'unseen';
  /** Empty for an unseen one. */
  readonly arn: string;
  /** What it records for certain; undefined: maybe nothing. */
  readonly worst?: Recording;
  /** What it records at the very most; undefined: nothing. */
  readonly best?: Recording;
  /** Gaps for which worst and best differ; empty where they do not. */
  readonly gaps: readonly string[];
  /** Why it certainly records nothing, and what it would record otherwise. */
  readonly idle?: { readonly reason: 'not-logging' | 'credit-refuted'; readonly would?: Recording };
  /** A trail's; an unseen sink may have any. */
  readonly insightSelectors?: Known<readonly InsightSelector[]>;
  /** Equal keys: equal sinks of one inventory. */
  readonly key: string;
}

const maxDigestSilence = 3 * 60 * 60 * 1000;

/** What a status tells of delivery: undefined as long as nothing speaks against it. */
export function failureOf(status: TrailStatus): Failure | undefined {
  if (status.latestDeliveryError === undefined) return undefined;
  const since = latest(status.latestDeliveryTime, status.startLoggingTime);
  return { error: status.latestDeliveryError, ...(since === undefined ? {} : { since }) };
}

/**
 * With validation on, a digest file comes each hour, events or not: when neither it nor a log file came for three
 * hours, delivery fails, though AWS reports time-outs in no error field.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export function silenceOf(status: TrailStatus, now: string): Failure | undefined {
  const since = latest(status.latestDeliveryTime, status.latestDigestDeliveryTime, status.startLoggingTime);
  if (since === undefined || Date.parse(now) - Date.parse(since) <= maxDigestSilence) return undefined;
  return { error: 'no log or digest file for more than 3 hours', since };
}

/** The failure that lasts longer: what both let through is delivered. */
export function worseFailure(a: Failure | undefined, b: Failure | undefined): Failure | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return isLater(a, b) ? b : a;
}

/** Whether `a` began to fail later than `b`. */
export function isLater(a: Failure, b: Failure): boolean {
  if (a.since === undefined) return false;
  return b.since === undefined || Date.parse(a.since) > Date.parse(b.since);
}

function latest(...times: readonly (string | undefined)[]): string | undefined {
  const given = times.filter((time) => time !== undefined);
  return given.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0];
}
