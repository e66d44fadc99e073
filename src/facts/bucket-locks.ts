import type { Bucket, Gap } from '../model/inventory.js';
import { onBucket, onObjects } from './erasing-actions.js';
import type { GapSink } from './fact-gaps.js';
import { deniesToAllBut, parseIamDocument, type Denial } from './iam/index.js';
import type { LogEncryption } from './log-encryption.js';
import type { LogPrefixes } from './log-keys.js';
import { coversLogs, least, retentionOf } from './retention.js';
import { allHold, doubt, fromKnown, sure } from './three-valued.js';
import type { Doubt, OpenList, Tri } from './values.js';

/** What keeps a delivered log from being erased. */
export interface Lock {
  readonly by: 'compliance-lock' | 'governance-lock' | 'locked-replica' | 'denied-deletion';
  /** Absent: as long as the documents stand. Of a denial: until lifecycle rules erase them all the same. */
  readonly days?: number;
}

/** What a lock rests on beside the bucket itself. */
export interface LockSetting {
  readonly capturedAt: string;
  readonly partition: string;
  readonly organizationId: string | undefined;
  /** Of the organization. */
  readonly accountIds: readonly string[];
  readonly prefixes: LogPrefixes;
  readonly encryption: LogEncryption;
  /** A bucket of the inventory; undefined: it was not read. */
  readonly findBucket: (arn: string) => Bucket | undefined;
}

/**
 * What keeps logs from being erased: the default retention of Object Lock, here or in a replica of all logs, or a bucket
 * policy that denies deletion, and its own change, to all but named principals. Object Lock without a default retention
 * keeps nothing.
 */
export function locksOf(bucket: Bucket, setting: LockSetting, gaps: GapSink): OpenList<Lock> {
  return joined([
    objectLock(bucket, setting, gaps),
    ...replicaLocks(bucket, setting, gaps),
    deniedDeletion(bucket, setting, gaps),
  ]);
}

const none: OpenList<Lock> = { members: [], doubtful: [] };

function joined(lists: readonly OpenList<Lock>[]): OpenList<Lock> {
  const rests: Doubt[] = lists.flatMap((it) => it.rest ?? []);
  return {
    members: lists.flatMap((it) => it.members),
    doubtful: lists.flatMap((it) => it.doubtful),
    ...(rests.length === 0 ? {} : { rest: doubt(rests.flatMap((it) => it.gaps)) }),
  };
}

function objectLock(bucket: Bucket, { capturedAt }: LockSetting, gaps: GapSink): OpenList<Lock> {
  const { objectLock: lock } = bucket;
  if (lock.state === 'unknown') return { ...none, rest: doubt([lock.gap]) };
  if (lock.state === 'absent') return none;
  const { enabled, mode, days } = lock.value;
  if (!enabled || mode === undefined || days === undefined) return none;
  if (mode === 'COMPLIANCE') return { ...none, members: [{ by: 'compliance-lock', days }] };
  if (mode === 'GOVERNANCE') return { ...none, members: [{ by: 'governance-lock', days }] };
  const message = `Bucket ${bucket.name} has a default retention in mode ${mode}, of which nothing is known here.`;
  return {
    ...none,
    rest: doubt([note(bucket, 's3:GetObjectLockConfiguration', 'unsupported', message, capturedAt, gaps)]),
  };
}

/** A rule that replicates all logs to a bucket with a default retention. */
function replicaLocks(bucket: Bucket, setting: LockSetting, gaps: GapSink): OpenList<Lock>[] {
  const { replication } = bucket;
  if (replication.state === 'unknown') return [{ ...none, rest: doubt([replication.gap]) }];
  if (replication.state === 'absent') return [];
  return replication.value
    .filter((rule) => rule.isEnabled)
    .flatMap((rule): OpenList<Lock>[] => {
      const covers = coversLogs(rule, setting.prefixes, setting.encryption);
      if (covers.state === 'known' && !covers.value) return [];
      const replica = setting.findBucket(rule.destinationBucketArn);
      if (replica === undefined) {
        const message = `Logs are replicated to ${rule.destinationBucketArn}, which was not read: whether it locks them is not known.`;
        const gap = note(bucket, 's3:GetObjectLockConfiguration', 'not-collected', message, setting.capturedAt, gaps);
        return [{ ...none, rest: doubt([gap]) }];
      }
      if (replica.owner.state === 'absent') return [];
      const there = objectLock(replica, setting, gaps);
      const members = there.members.map(({ days }): Lock => ({
        by: 'locked-replica',
        ...(days === undefined ? {} : { days }),
      }));
      if (covers.state === 'known') return [{ ...there, members }];
      return [
        {
          members: [],
          doubtful: members.map((value) => ({ value, gaps: covers.gaps })),
          ...('rest' in there ? { rest: there.rest } : {}),
        },
      ];
    });
}

function deniedDeletion(bucket: Bucket, setting: LockSetting, sink: GapSink): OpenList<Lock> {
  const { policy, owner, versioning } = bucket;
  if (policy.state === 'absent') return none;
  if (policy.state === 'unknown') return { ...none, rest: doubt([policy.gap]) };
  if (owner.state !== 'known') return owner.state === 'unknown' ? { ...none, rest: doubt([owner.gap]) } : none;
  const document = parseIamDocument(policy.value, 'resource');
  const place = {
    ownerAccountId: owner.value.accountId,
    partition: setting.partition,
    trails: [],
    accountIds: setting.accountIds,
    organizationId: setting.organizationId,
  };
  const deniedOn = (actions: readonly string[], resources: readonly string[]): Tri<boolean>[] =>
    actions.map((action) =>
      isDenied(deniesToAllBut(document, place, { actions: [action], resources }), () =>
        note(
          bucket,
          's3:GetBucketPolicy',
          'unsupported',
          `Whether the policy of bucket ${bucket.name} denies ${action} to all but named principals could not be decided.`,
          setting.capturedAt,
          sink,
        ),
      ),
    );
  const logs = setting.prefixes.known.map((prefix) => `${bucket.arn}/${prefix}*`);
  const held = allHold([
    // Without versions, whoever may write a log may overwrite it.
    fromKnown(versioning, false, (it) => it.status === 'Enabled'),
    ...deniedOn(onObjects, logs),
    ...deniedOn(onBucket, [bucket.arn]),
  ]);
  if (held.state === 'known' && !held.value) return none;
  // Lifecycle rules ask no bucket policy.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-and-other-bucket-config.html
  const { recoverableDays, deletedDays } = retentionOf(bucket, setting.prefixes);
  const kept = afterOverwriting(recoverableDays, deletedDays, () => allHold(deniedOn(['s3:PutObject'], logs)));
  const days = kept.state === 'known' ? kept.value : undefined;
  const lock: Lock = { by: 'denied-deletion', ...(days === undefined ? {} : { days }) };
  const gaps = [held, kept].flatMap((it) => (it.state === 'unknown' ? it.gaps : []));
  if (gaps.length === 0) return { ...none, members: [lock] };
  return { members: [], doubtful: [{ value: lock, gaps: [...new Set(gaps)] }] };
}

/**
 * A log that someone overwrites is a noncurrent version from then on, and lifecycle rules erase it as such: only where
 * writing is denied, too, to all but the trails does a log last until it expires.
 */
function afterOverwriting(
  recoverable: Tri<number | undefined>,
  overwritten: Tri<number | undefined>,
  isWritingDenied: () => Tri<boolean>,
): Tri<number | undefined> {
  if (recoverable.state === 'unknown' || overwritten.state === 'unknown') {
    return doubt([recoverable, overwritten].flatMap((it) => (it.state === 'unknown' ? it.gaps : [])));
  }
  const shorter = least([recoverable.value, overwritten.value]);
  if (shorter === recoverable.value) return recoverable;
  const denied = isWritingDenied();
  return denied.state === 'unknown' ? denied : sure(denied.value ? recoverable.value : shorter);
}

function isDenied({ scope }: Denial, undecided: () => string): Tri<boolean> {
  if (scope === 'unknown') return doubt([undecided()]);
  return sure(scope === 'everyone' || scope === 'except-named');
}

function note(
  { name, owner }: Bucket,
  call: string,
  reason: Gap['reason'],
  message: string,
  at: string,
  gaps: GapSink,
): string {
  return gaps.add({
    call,
    accountId: owner.state === 'known' ? owner.value.accountId : 'unknown',
    region: owner.state === 'known' ? owner.value.region : 'unknown',
    resource: name,
    reason,
    message,
    at,
  });
}
