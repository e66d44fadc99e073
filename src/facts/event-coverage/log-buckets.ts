import type { Bucket, Inventory } from '../../model/inventory.js';
import type { FactGaps } from '../fact-gaps.js';
import { doubt, fromKnown, someHold, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { deliveryCases, noteSilence, viewsOf, type TrailView } from '../silence/index.js';

/** What all ARNs with a beginning are objects of. */
export interface LogArea {
  /** They are where a trail that logs and delivers puts its log files. */
  readonly isLogs: Tri<boolean>;
  /** They are of a bucket that receives the server access logs of a log bucket. */
  readonly isAccessLogs: Tri<boolean>;
  /** Undefined where it was not read, or is none. */
  readonly bucket?: Bucket;
}

export type FindLogs = (arnPrefix: string) => LogArea;

/**
 * Finds out what an exclusion of S3 objects leaves out. Exempt are the log prefixes of trails that log and deliver: what
 * else lies in the same bucket is data, and a stopped trail makes no bucket a log bucket. Without a key prefix the logs
 * lie at the top of the bucket, as in those of landing zones with the organization's id: then the bucket is theirs.
 */
export function logAreas(inventory: Inventory, gaps: FactGaps): FindLogs {
  const byName = new Map(inventory.buckets.map((bucket) => [bucket.name, bucket]));
  const start = `arn:${inventory.partition}:s3:::`;
  const unseen = (): readonly string[] => unseenTrails(inventory, gaps);
  return (arnPrefix) => {
    const end = arnPrefix.indexOf('/', start.length);
    // Without the slash, other buckets whose names go on may be meant, too.
    if (!arnPrefix.startsWith(start) || end === -1) return noLogs;
    const name = arnPrefix.slice(start.length, end);
    const bucket = byName.get(name);
    const isLogs = isLogsOf(inventory, name, arnPrefix.slice(end + 1), unseen, gaps);
    return { isLogs, isAccessLogs: isAccessLogsOf(inventory, name), ...(bucket === undefined ? {} : { bucket }) };
  };
}

/** What lies outside of any one bucket. */
export const noLogs: LogArea = { isLogs: sure(false), isAccessLogs: sure(false) };

function isAccessLogsOf({ buckets }: Inventory, name: string): Tri<boolean> {
  return someHold(
    buckets
      .filter((it) => it.name !== name && it.owner.state !== 'absent')
      .map(({ accessLogging }) => fromKnown(accessLogging, false, (it) => it.targetBucket === name)),
  );
}

function isLogsOf(
  inventory: Inventory,
  bucketName: string,
  keyPrefix: string,
  unseen: () => readonly string[],
  gaps: FactGaps,
): Tri<boolean> {
  const { capturedAt: at } = inventory;
  const open: string[] = [];
  for (const trail of inventory.trails) {
    const { description, status } = trail;
    if (description.state === 'unknown') open.push(description.gap);
    if (description.state !== 'known' || description.value.s3BucketName !== bucketName) continue;
    if (!isArea(keyPrefix, description.value.s3KeyPrefix)) continue;
    if (status.state === 'unknown') open.push(status.gap);
    if (status.state !== 'known' || !status.value.isLogging) continue;
    const casesWith = (others: readonly TrailView[]) => deliveryCases(trail, { owner: status, others }, Date.parse(at));
    const { best, worst, doubtful } = casesWith([]);
    if (worst === undefined) return sure(true);
    // The owner may be quiet: where another account's files arrive, they arrive in this bucket.
    const { others } = viewsOf(trail, inventory);
    if (best === undefined && others.some((view) => casesWith([view]).worst === undefined)) return sure(true);
    if (best === undefined) open.push(...doubtful.map((view) => noteSilence('logs', trail, view, { at, gaps })));
  }
  const all = [...open, ...unseen()];
  return all.length === 0 ? sure(false) : doubt(all);
}

const root = 'AWSLogs/';

/**
 * Whether all keys with a beginning are a trail's own. Where the logs lie at the top, the whole bucket is theirs; whoever
 * leaves out another folder of it says that something else lies there.
 */
function isArea(keys: string, prefix: string | undefined): boolean {
  const isAtTop = prefix === undefined || prefix === '' || /^o-[a-z0-9]{10,32}$/.test(prefix);
  const own = prefix === undefined || prefix === '' ? root : `${prefix}/`;
  return keys.startsWith(own) || (isAtTop && own.startsWith(keys));
}

/** Accounts whose trails nobody was told of may deliver to any bucket. */
function unseenTrails({ accounts, organization, capturedAt }: Inventory, gaps: FactGaps): readonly string[] {
  return [
    ...(organization?.accountsGap === undefined ? [] : [organization.accountsGap]),
    ...(organization?.trailsGap === undefined ? [] : [organization.trailsGap]),
    ...accounts.flatMap(({ id, ownTrails, ownTrailsGap, outOfScope, state }) => {
      if (outOfScope !== undefined && state === 'ACTIVE') {
        return [
          gaps.add({
            call: 'cloudtrail:ListTrails',
            accountId: id,
            region: 'global',
            reason: 'not-collected',
            message: `Account ${id} is out of scope: which buckets its trails deliver to was not read.`,
            at: capturedAt,
          }),
        ];
      }
      if (outOfScope !== undefined) return [];
      return [
        ...(ownTrails.state === 'unknown' ? [ownTrails.gap] : []),
        ...(ownTrailsGap === undefined ? [] : [ownTrailsGap]),
      ];
    }),
  ];
}

/** What records access to a log bucket when no trail does; undefined when nothing is known to. */
export function accessRecordOf({ accessLogging }: Bucket): Tri<string | undefined> {
  switch (accessLogging.state) {
    case 'known':
      return sure(`server access logs in bucket ${accessLogging.value.targetBucket}`);
    case 'absent':
      return sure(undefined);
    case 'unknown':
      return doubt([accessLogging.gap]);
  }
}
