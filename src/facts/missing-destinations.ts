import type { Bucket, Gap, Key, LogGroup, Trail, TrailDescription } from '../model/inventory.js';
import { mapKnown, unknown, type Known } from '../model/known.js';
import type { GapSink } from './fact-gaps.js';
import { toldOf, type ChannelName } from './silence/index.js';
import { allHold, doubt, fromKnown, listOf, not, someHold, sure } from './three-valued.js';
import type { OpenList, Tri } from './values.js';

/** What was read of the places that trails deliver to, and when. */
export interface DestinationState {
  readonly capturedAt: string;
  readonly buckets: readonly Bucket[];
  readonly keys: readonly Key[];
  readonly logGroups: readonly LogGroup[];
}

const dayInMilliseconds = 24 * 60 * 60 * 1000;

/**
 * The bucket (by name), key and log group (by ARN) that a trail names and that AWS said do not exist. Where that
 * could not be read, the destination is a doubtful member, unless CloudTrail itself delivered there within the last
 * day and told no error: that proves it, whoever owns it.
 */
export function missingDestinations(trail: Trail, state: DestinationState, gaps: GapSink): OpenList<string> {
  const { description } = trail;
  if (description.state === 'unknown') return { members: [], doubtful: [], rest: doubt([description.gap]) };
  if (description.state === 'absent') return { members: [], doubtful: [] };
  const notMade = (value: string): Known<never> => unknown(gaps.add(neverAsked(trail, value, state.capturedAt)));
  return listOf(
    namedBy(trail, description.value, state).map(({ value, it, provedBy }) => ({
      value,
      isMember: isMissing(it ?? notMade(value), provedBy, state.capturedAt),
    })),
  );
}

type Told = ReturnType<typeof toldOf>;

interface Named {
  /** As the trail names it. */
  readonly value: string;
  /** Known: it exists. Undefined: nobody asked. */
  readonly it: Known<unknown> | undefined;
  /** Times of deliveries there, and errors, as the owner is told. */
  readonly provedBy: readonly Known<Told>[];
}

function namedBy(trail: Trail, description: TrailDescription, state: DestinationState): Named[] {
  const { s3BucketName, kmsKeyId, cloudWatchLogsLogGroupArn } = description;
  const told = (channel: ChannelName): Known<Told> => mapKnown(trail.status, (status) => toldOf(channel, status));
  // Log and digest files go to the same bucket; digests come each hour, logs only where there are events.
  const files = [told('logs'), told('digests')];
  const bucket = state.buckets.find(({ name }) => name === s3BucketName);
  const named: Named[] = [{ value: s3BucketName, it: bucket?.owner, provedBy: files }];
  if (kmsKeyId !== undefined) {
    const key = state.keys.find(({ arn, names }) => arn === kmsKeyId || names.includes(kmsKeyId));
    // Log and digest files are encrypted with the key: their delivery proves it, too.
    named.push({ value: kmsKeyId, it: key?.metadata, provedBy: files });
  }
  if (cloudWatchLogsLogGroupArn !== undefined) {
    const group = state.logGroups.find(({ arn }) => arn === cloudWatchLogsLogGroupArn);
    named.push({ value: cloudWatchLogsLogGroupArn, it: group?.details, provedBy: [told('cloudWatchLogs')] });
  }
  return named;
}

function isMissing(it: Known<unknown>, provedBy: Named['provedBy'], capturedAt: string): Tri<boolean> {
  const existence = fromKnown(it, true, () => false);
  if (existence.state === 'known') return existence;
  const [first] = provedBy;
  const errorless = first === undefined ? sure(false) : fromKnown(first, false, ({ error }) => error === undefined);
  return allHold([existence, not(allHold([errorless, someHold(provedBy.map((told) => isRecent(told, capturedAt)))]))]);
}

function isRecent(told: Known<Told>, capturedAt: string): Tri<boolean> {
  return fromKnown(
    told,
    false,
    ({ time }) => time !== undefined && Date.parse(capturedAt) - Date.parse(time) <= dayInMilliseconds,
  );
}

function neverAsked(trail: Trail, resource: string, at: string): Omit<Gap, 'id'> {
  return {
    call: 'record of the destination',
    accountId: trail.accountId,
    region: trail.homeRegion,
    resource,
    reason: 'not-collected',
    message: `The inventory tells nothing of ${resource}, which trail ${trail.arn} names.`,
    at,
  };
}
