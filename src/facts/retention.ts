import type { Bucket, LifecycleRule, ReplicationRule } from '../model/inventory.js';
import { holdsAllLogs, mayHoldLogs, type LogPrefixes } from './log-keys.js';
import type { LogEncryption } from './log-encryption.js';
import { allHold, doubt, fromKnown, mapTri, not, sure } from './three-valued.js';
import type { Tri } from './values.js';

/** How long lifecycle rules leave a log object there, in whole days after delivery; undefined: for ever. */
export interface Retention {
  /** Until a rule may take it out of sight. */
  readonly days: Tri<number | undefined>;
  /** Until its noncurrent version is gone, too. */
  readonly recoverableDays: Tri<number | undefined>;
  /** Until a log that someone deletes or overwrites is gone for good; 0 where versions are not kept. */
  readonly deletedDays: Tri<number | undefined>;
}

/** Log and digest files are far smaller than this, and larger than that: a rule for other sizes meets none of them. */
const largestLog = 1024 ** 3;
const smallestLog = 20;

/** The rules that meet log files: of those prefixes that are known, and of any that there may be. */
export function rulesOnLogs(
  bucket: Bucket,
  prefixes: LogPrefixes,
): Tri<{ readonly certain: readonly LifecycleRule[]; readonly possible: readonly LifecycleRule[] }> {
  return mapTri(
    fromKnown(bucket.lifecycleRules, [], (all) =>
      all.filter((rule) => rule.isEnabled && !rule.requiresTags && meetsLogSizes(rule)),
    ),
    (rules) => ({
      certain: rules.filter((rule) => prefixes.known.some((prefix) => mayHoldLogs(rule.prefix, prefix))),
      possible: rules,
    }),
  );
}

function meetsLogSizes({ objectSizeGreaterThan: above, objectSizeLessThan: below }: LifecycleRule): boolean {
  return (above === undefined || above < largestLog) && (below === undefined || below > smallestLog);
}

/**
 * What lifecycle rules do to the log and digest files below the log prefixes. A rule does nothing to them when it is
 * disabled, when it requires tags (CloudTrail's objects have none) or sizes that no log has, or when no log key has its
 * prefix. A date counts as today; of several rules the earliest decides. After a transition the object is still there.
 */
export function retentionOf(bucket: Bucket, prefixes: LogPrefixes): Retention {
  const rules = rulesOnLogs(bucket, prefixes);
  if (rules.state === 'unknown') return { days: rules, recoverableDays: rules, deletedDays: rules };
  const atLeast = judge(bucket, rules.value.certain);
  if (prefixes.open === undefined) return atLeast;
  // Trails that could not be read may put their logs anywhere in this bucket.
  const atMost = judge(bucket, rules.value.possible);
  const { gaps } = prefixes.open;
  return {
    days: agreed(atLeast.days, atMost.days, gaps),
    recoverableDays: agreed(atLeast.recoverableDays, atMost.recoverableDays, gaps),
    deletedDays: agreed(atLeast.deletedDays, atMost.deletedDays, gaps),
  };
}

/** What two readings come to where they agree. */
export function agreed<T>(a: Tri<T>, b: Tri<T>, gaps: readonly string[]): Tri<T> {
  if (a.state === 'known' && b.state === 'known' && a.value === b.value) return a;
  return doubt([...gaps, ...[a, b].flatMap((it) => (it.state === 'unknown' ? it.gaps : []))]);
}

function judge(bucket: Bucket, rules: readonly LifecycleRule[]): Retention {
  const days = least(rules.map(expiration));
  return {
    days: sure(days),
    recoverableDays: days === undefined ? sure(undefined) : recoverable(bucket, days, rules),
    deletedDays: afterDeletion(bucket, rules),
  };
}

/**
 * A deleted or overwritten log lies on as a noncurrent version, until a rule takes it or, locked, for longer. A rule that
 * keeps some newer versions takes it, too: whoever overwrites it that many times more makes them.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html
 */
function afterDeletion({ versioning, objectLock }: Bucket, rules: readonly LifecycleRule[]): Tri<number | undefined> {
  if (versioning.state === 'unknown') return doubt([versioning.gap]);
  if (versioning.state === 'absent' || versioning.value.status !== 'Enabled') return sure(0);
  const erased = least(rules.map((rule) => rule.noncurrentDays));
  if (erased === undefined) return sure(undefined);
  return fromKnown(objectLock, erased, (lock) => Math.max(erased, lock.enabled ? (lock.days ?? 0) : 0));
}

/** With versioning, an expired object lies under a delete marker until a rule for noncurrent versions takes it. */
function recoverable(bucket: Bucket, days: number, rules: readonly LifecycleRule[]): Tri<number | undefined> {
  const { versioning, objectLock } = bucket;
  if (versioning.state === 'unknown') return doubt([versioning.gap]);
  // While versioning is suspended, expiration erases the object itself.
  if (versioning.state === 'absent' || versioning.value.status !== 'Enabled') return sure(days);
  const erased = least(rules.map((rule) => erasure(rule, rules)));
  if (erased === undefined) return sure(undefined);
  // A lock keeps the version, whatever a lifecycle rule says.
  return fromKnown(objectLock, erased, (lock) => Math.max(erased, lock.enabled ? (lock.days ?? 0) : 0));
}

/** Days until a log is out of sight by this rule; a date is a day on which all older objects go at once. */
function expiration(rule: LifecycleRule): number | undefined {
  return rule.expirationDate === undefined ? rule.expirationDays : 0;
}

/** Days until a log that this rule expires is erased by any rule that meets the same keys. */
function erasure(rule: LifecycleRule, rules: readonly LifecycleRule[]): number | undefined {
  const current = expiration(rule);
  if (current === undefined) return undefined;
  const noncurrent = least(rules.filter((other) => meet(rule, other)).map(noncurrentExpiration));
  return noncurrent === undefined ? undefined : current + noncurrent;
}

/** A log that expires has one version: a rule that keeps the newest noncurrent ones never takes it. */
function noncurrentExpiration(rule: LifecycleRule): number | undefined {
  return (rule.newerNoncurrentVersions ?? 0) > 0 ? undefined : rule.noncurrentDays;
}

/** Whether there may be a log that both rules apply to. */
function meet(a: LifecycleRule, b: LifecycleRule): boolean {
  const above = Math.max(a.objectSizeGreaterThan ?? 0, b.objectSizeGreaterThan ?? 0);
  const below = Math.min(a.objectSizeLessThan ?? Infinity, b.objectSizeLessThan ?? Infinity);
  return (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix)) && above + 1 < below;
}

/** The fewest days; undefined: none are given. */
export function least(days: readonly (number | undefined)[]): number | undefined {
  const given = days.filter((it) => it !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}

/**
 * Whether a replication rule takes in every log and digest file below the log prefixes. Without a word of it, S3 leaves
 * out what a KMS key encrypts.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export function coversLogs(rule: ReplicationRule, prefixes: LogPrefixes, encryption: LogEncryption): Tri<boolean> {
  if (rule.requiresTags || prefixes.known.some((prefix) => !holdsAllLogs(rule.prefix, prefix))) return sure(false);
  const reached = rule.prefix === '' || prefixes.open === undefined ? sure(true) : prefixes.open;
  const { usesKms, unrecorded } = encryption;
  const taken = rule.replicatesKmsEncrypted;
  if (taken === true || (taken === undefined && unrecorded === undefined)) return reached;
  if (usesKms.state === 'known' && !usesKms.value) return reached;
  return allHold([reached, taken === undefined && unrecorded !== undefined ? doubt([unrecorded()]) : not(usesKms)]);
}
