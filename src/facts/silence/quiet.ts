import type { TrailStatus } from '../../model/inventory.js';
import { certainly, laterTime, millisecondsOf, never, notDue, quietSince, type Since } from './since.js';
import type { TrailView } from './trail-views.js';
import type { Traits } from './traits.js';

export const channelNames = ['logs', 'digests', 'cloudWatchLogs', 'notifications'] as const;
export type ChannelName = (typeof channelNames)[number];

/** What a cause calls the channel of a trail that is to be fixed. */
export function channelField(name: ChannelName): string {
  return `delivery.${name}`;
}

const hour = 60 * 60 * 1000;

/** The time of a channel's last arrival, and the error of its last attempt. */
export function toldOf(channel: ChannelName, it: TrailStatus): { readonly time?: string; readonly error?: string } {
  switch (channel) {
    case 'logs':
      return told(it.latestDeliveryTime, it.latestDeliveryError);
    case 'digests':
      return told(it.latestDigestDeliveryTime, it.latestDigestDeliveryError);
    case 'cloudWatchLogs':
      return told(it.latestCloudWatchLogsDeliveryTime, it.latestCloudWatchLogsDeliveryError);
    case 'notifications':
      return told(it.latestNotificationTime, it.latestNotificationError);
  }
}

function told(time: string | undefined, error: string | undefined) {
  return { ...(time === undefined ? {} : { time }), ...(error === undefined ? {} : { error }) };
}

/**
 * Since when a channel is quiet, as one account sees it. An error that is told is in no grace: only an arrival counts
 * then. No error proves nothing, as time-outs are never told.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export function quietOf(channel: ChannelName, view: TrailView, traits: Traits, now: number): Since {
  const { time, error } = toldOf(channel, view.status);
  if (error !== undefined) return certainly(millisecondsOf(time) ?? never);
  switch (channel) {
    case 'logs':
      return quietLogs(view, traits, now);
    case 'digests':
    case 'notifications':
      return quietSignal(time, view);
    case 'cloudWatchLogs':
      return view.isOwner || time === undefined ? quietSignal(time, view) : quietEvents(time, view, now);
  }
}

/**
 * Log files come where something happens: an hour without events has none. Digest files say that nothing did, but only
 * to a trail that needs to record no call that reads: this run's own calls are such. Without digest files a silence may
 * be a quiet account's, unless nothing ever arrived, not even the call that started the trail.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
function quietLogs(view: TrailView, { validates, mayRecordReads }: Traits, now: number): Since {
  const { isOwner, status } = view;
  const logs = quietSince(status.latestDeliveryTime, status);
  if (eventsWentElsewhere(status, now)) return logs;
  if (status.latestDigestDeliveryTime === undefined || validates === 'no') {
    // Another account than the owner may be told less, and the call that starts a trail is its owner's.
    return isOwner && status.latestDeliveryTime === undefined ? logs : { ...logs, best: notDue };
  }
  const digests = quietSince(laterTime(status.latestDeliveryTime, status.latestDigestDeliveryTime), status);
  return validates === 'yes' && !mayRecordReads ? digests : { best: digests.best, worst: logs.worst };
}

/** Events of this trail reached CloudWatch Logs an hour ago and more, and no log file came for them. */
export function eventsWentElsewhere(status: TrailStatus, now: number): boolean {
  return isLaterByAnHour(status.latestCloudWatchLogsDeliveryTime, status.latestDeliveryTime, now);
}

function isLaterByAnHour(one: string | undefined, other: string | undefined, now: number): boolean {
  const at = millisecondsOf(one);
  return at !== undefined && now - at >= hour && at - (millisecondsOf(other) ?? never) >= hour;
}

/**
 * A channel that was never heard of may have been turned on just now: UpdateTrail does not move the start of logging.
 * Other accounts than the owner may be told of it or not, so nothing follows there.
 */
function quietSignal(time: string | undefined, { isOwner, status }: TrailView): Since {
  const since = quietSince(time, status);
  if (time !== undefined) return since;
  return isOwner ? { best: notDue, worst: since.worst } : certainly(notDue);
}

/** A member without events sends none. Where log files came since, there were events. */
function quietEvents(time: string, { status }: TrailView, now: number): Since {
  const since = quietSince(time, status);
  return isLaterByAnHour(status.latestDeliveryTime, time, now) ? since : { ...since, best: notDue };
}
