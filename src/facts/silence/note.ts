import type { Trail } from '../../model/inventory.js';
import type { GapSink } from '../fact-gaps.js';
import { quietSince } from './since.js';
import { toldOf, type ChannelName } from './quiet.js';
import type { TrailView } from './trail-views.js';
import { traitsOf, type Traits } from './traits.js';

/** Notes that the silence of a channel, as one account sees it, may be a failure and may be none; gives the gap's id. */
export function noteSilence(
  channel: ChannelName,
  trail: Trail,
  view: TrailView,
  { at, gaps }: { readonly at: string; readonly gaps: GapSink },
): string {
  const { time } = toldOf(channel, view.status);
  const { best, worst } = quietSince(time, view.status);
  const { startLoggingTime: start } = view.status;
  const restarted = best !== worst && start !== undefined ? ` It was stopped, and started again at ${start}.` : '';
  const gap = {
    call: 'cloudtrail:GetTrailStatus',
    accountId: view.accountId,
    region: trail.homeRegion,
    resource: trail.arn,
    reason: 'unsupported',
    message: `${whatIsTold(channel, trail.arn, view, time)}${restarted} ${howToTell(channel, time, traitsOf(trail))}`,
    at,
  } as const;
  return gaps.add(gap, channel);
}

const names: Readonly<Record<ChannelName, string>> = {
  logs: 'log file',
  digests: 'digest file',
  cloudWatchLogs: 'event in CloudWatch Logs',
  notifications: 'notification',
};

function whatIsTold(channel: ChannelName, arn: string, { accountId }: TrailView, time: string | undefined): string {
  const what = `${names[channel]} of trail ${arn}`;
  return time === undefined
    ? `No ${what} has ever come, as account ${accountId} is told, and no error is told either.`
    : `The last ${what} came at ${time}, as account ${accountId} is told, and no error is told.`;
}

function howToTell(channel: ChannelName, time: string | undefined, { mayRecordReads }: Traits): string {
  switch (channel) {
    case 'logs':
      return mayRecordReads
        ? 'Nothing may have happened, or the delivery timed out, of which AWS tells no error. Scan again in an hour: by then the calls of this scan must have been delivered.'
        : 'Nothing may have happened, or the delivery timed out, of which AWS tells no error. Look into the bucket for files since then.';
    case 'digests':
      return time === undefined
        ? 'The first one comes about an hour after log file validation is turned on, and AWS does not tell when that was. Scan again in two hours.'
        : 'One is due each hour. Scan again in two hours.';
    case 'cloudWatchLogs':
      return time === undefined
        ? 'AWS does not tell when the log group was set. Scan again in an hour; if no event has come by then, check the role.'
        : 'Whether there were events to send is not told. Scan again in an hour; if nothing came, check the role.';
    case 'notifications':
      return 'Whether there was anything to notify of is not told. Scan again in an hour.';
  }
}
