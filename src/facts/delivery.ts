import type { Bucket, Gap, Key, LogGroup, Trail, TrailDescription, TrailStatus } from '../model/inventory.js';
import { unknown, type Known } from '../model/known.js';
import { allHold, doubt, fromKnown, listOf, mapTri, not, sure } from './three-valued.js';
import type { OpenList, Tri } from './values.js';

/** One of the ways in which a trail hands on what it records. Times are RFC 3339. */
export interface Channel {
  readonly isConfigured: Tri<boolean>;
  readonly latestTime: Tri<string | undefined>;
  /** Of the last attempt, when it failed; undefined also for a channel that is not configured. */
  readonly error: Tri<string | undefined>;
  /** The later of the last delivery and the last start of logging; undefined: not configured, or never started. */
  readonly quietSince: Tri<string | undefined>;
}

export interface Channels {
  readonly logs: Channel;
  readonly digests: Channel;
  readonly cloudWatchLogs: Channel;
  readonly notifications: Channel;
}

/** The state of a trail's four channels, as its home Region tells it. */
export function deliveryOf(trail: Trail): Channels {
  const { description, status } = trail;
  const has = (test: (it: TrailDescription) => boolean): Tri<boolean> => fromKnown(description, false, test);
  return {
    logs: channel(
      sure(true),
      status,
      (it) => it.latestDeliveryTime,
      (it) => it.latestDeliveryError,
      // Quiet accounts deliver no log files for days, but a digest file every hour: it proves that delivery works.
      (it) => it.latestDigestDeliveryTime,
    ),
    digests: channel(
      has((it) => it.logFileValidationEnabled),
      status,
      (it) => it.latestDigestDeliveryTime,
      (it) => it.latestDigestDeliveryError,
    ),
    cloudWatchLogs: channel(
      has((it) => it.cloudWatchLogsLogGroupArn !== undefined),
      status,
      (it) => it.latestCloudWatchLogsDeliveryTime,
      (it) => it.latestCloudWatchLogsDeliveryError,
    ),
    notifications: channel(
      has((it) => it.snsTopicArn !== undefined),
      status,
      (it) => it.latestNotificationTime,
      (it) => it.latestNotificationError,
    ),
  };
}

type Member = (it: TrailStatus) => string | undefined;

function channel(
  isConfigured: Tri<boolean>,
  status: Known<TrailStatus>,
  time: Member,
  error: Member,
  heartbeat?: Member,
): Channel {
  const read = (member: Member): Tri<string | undefined> => fromKnown(status, undefined, member);
  return {
    isConfigured,
    latestTime: read(time),
    error: whereConfigured(isConfigured, read(error)),
    quietSince: whereConfigured(
      isConfigured,
      read((it) => latest([time(it), heartbeat?.(it), it.startLoggingTime])),
    ),
  };
}

/** AWS keeps telling the last time and error of a channel that was since taken away: these say nothing any more. */
function whereConfigured(isConfigured: Tri<boolean>, it: Tri<string | undefined>): Tri<string | undefined> {
  if (isConfigured.state === 'known') return isConfigured.value ? it : sure(undefined);
  if (it.state === 'known') return it.value === undefined ? it : isConfigured;
  return doubt([...isConfigured.gaps, ...it.gaps]);
}

function latest(times: readonly (string | undefined)[]): string | undefined {
  const given = times.filter((time) => time !== undefined);
  return given.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
}

/** What was read of the places that trails deliver to, and when. */
export interface DestinationState {
  readonly capturedAt: string;
  readonly buckets: readonly Bucket[];
  readonly keys: readonly Key[];
  readonly logGroups: readonly LogGroup[];
}

/** Takes note of a reason that a fact found for something unknown, and gives its id. */
export interface GapSink {
  add(gap: Omit<Gap, 'id'>): string;
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

interface Named {
  /** As the trail names it. */
  readonly value: string;
  /** Known: it exists. Undefined: nobody asked. */
  readonly it: Known<unknown> | undefined;
  /** The channel that delivers there. */
  readonly provedBy: Channel;
}

function namedBy(trail: Trail, description: TrailDescription, state: DestinationState): Named[] {
  const { s3BucketName, kmsKeyId, cloudWatchLogsLogGroupArn } = description;
  const { logs, digests, cloudWatchLogs } = deliveryOf(trail);
  const files = newer(logs, digests);
  const bucket = state.buckets.find(({ name }) => name === s3BucketName);
  const named: Named[] = [{ value: s3BucketName, it: bucket?.owner, provedBy: files }];
  if (kmsKeyId !== undefined) {
    const key = state.keys.find(({ arn, names }) => arn === kmsKeyId || names.includes(kmsKeyId));
    // Log and digest files are encrypted with the key: their delivery proves it, too.
    named.push({ value: kmsKeyId, it: key?.metadata, provedBy: files });
  }
  if (cloudWatchLogsLogGroupArn !== undefined) {
    const group = state.logGroups.find(({ arn }) => arn === cloudWatchLogsLogGroupArn);
    named.push({ value: cloudWatchLogsLogGroupArn, it: group?.details, provedBy: cloudWatchLogs });
  }
  return named;
}

/** Log and digest files go to the same bucket; digests come each hour, logs only where there are events. */
function newer(logs: Channel, digests: Channel): Channel {
  if (logs.latestTime.state === 'unknown' || digests.latestTime.state === 'unknown') return logs;
  const latestTime = sure(latest([logs.latestTime.value, digests.latestTime.value]));
  return { ...logs, latestTime };
}

function isMissing(it: Known<unknown>, provedBy: Channel, capturedAt: string): Tri<boolean> {
  const existence = fromKnown(it, true, () => false);
  return existence.state === 'known' ? existence : allHold([existence, not(hasDelivered(provedBy, capturedAt))]);
}

function hasDelivered({ latestTime, error }: Channel, capturedAt: string): Tri<boolean> {
  return allHold([
    mapTri(error, (code) => code === undefined),
    mapTri(latestTime, (time) => time !== undefined && Date.parse(capturedAt) - Date.parse(time) <= dayInMilliseconds),
  ]);
}

function neverAsked(trail: Trail, resource: string, at: string): Omit<Gap, 'id'> {
  return {
    call: 'record of the destination',
    accountId: trail.accountId,
    region: trail.homeRegion,
    resource,
    reason: 'not-collected',
    message: `The inventory has nothing on ${resource}, which trail ${trail.arn} names.`,
    at,
  };
}
