import { matchesEvent, mentionsOf, parseFilterPattern } from './filter-pattern/index.js';
import { alarmSubjects, decideAll, requiredEvents, type EventClass } from './required-events/index.js';

/** A subscription filter of a log group, in CloudWatch Logs' own words. */
export interface Subscription {
  readonly pattern: string;
  /** It reads events that a transformer of the log group has rewritten. */
  readonly isOnTransformedLogs: boolean;
  /** Reads only events with these system fields. */
  readonly selectionCriteria?: string;
}

/** What a bucket notifies of: events such as `s3:ObjectCreated:*`, and what the keys begin and end with. */
export interface Notification {
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

export type Carries = 'yes' | 'no' | 'unknown';

const watched: readonly EventClass[] = alarmSubjects.flatMap((subject) => requiredEvents[subject].required);

/** Whether a subscription hands on every event that anyone must be notified of, of all subjects. */
export function subscriptionCarries({ pattern, isOnTransformedLogs, selectionCriteria }: Subscription): Carries {
  if (isOnTransformedLogs || selectionCriteria !== undefined) return 'unknown';
  const known = carried.get(pattern) ?? patternCarries(pattern);
  carried.set(pattern, known);
  return known;
}

// Most log groups have the same patterns, above all the empty one.
const carried = new Map<string, Carries>();

function patternCarries(text: string): Carries {
  if (text.trim() === '') return 'yes';
  const result = parseFilterPattern(text);
  if (result.state === 'invalid') return 'unknown';
  const { pattern } = result;
  const decided = decideAll(
    { matches: (event) => matchesEvent(pattern, event), mentions: mentionsOf(pattern) },
    watched,
  );
  if (decided.some((it) => it.state === 'misses')) return 'no';
  return decided.every((it) => it.state === 'all') ? 'yes' : 'unknown';
}

/** CloudTrail puts each log file as one new object. */
const ofNewObjects: ReadonlySet<string> = new Set(['s3:ObjectCreated:*', 's3:ObjectCreated:Put']);

/**
 * Whether a bucket notifies of every log file of a trail.
 *
 * @param logKeys what the keys of all its log files begin with
 */
export function notificationCarries({ events, prefix, suffix }: Notification, logKeys: string): Carries {
  if (!events.some((it) => ofNewObjects.has(it)) || !'.json.gz'.endsWith(suffix)) return 'no';
  if (logKeys.startsWith(prefix)) return 'yes';
  // A part of the log files: an account, say, or a Region.
  return 'no';
}

/** What the keys of all log files of a trail begin with. */
export function logKeysOf(
  trail: { readonly s3KeyPrefix?: string; readonly isOrganizationTrail: boolean },
  accountId: string,
  organizationId: string | undefined,
): string {
  const before = trail.s3KeyPrefix === undefined ? 'AWSLogs/' : `${trail.s3KeyPrefix}/AWSLogs/`;
  if (!trail.isOrganizationTrail) return `${before}${accountId}/CloudTrail/`;
  return organizationId === undefined ? before : `${before}${organizationId}/`;
}
