import type { WantedValues } from '../../model/log-events.js';
import { dayText } from '../event-day.js';
import type { Window } from '../window.js';

/** As long as a query may be: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
export const longestQuery = 10_000;

/** More of them are not named. */
const mostDays = 40;

/** An update of an earlier event is always wanted: it replaces one that some policy may have wanted. */
const updates = 'UPDATED_DATA';

/**
 * The log events that may hold a wanted record of the window, whole. They are told by their text, in which what is wanted
 * stands as it does in a log file: the fields that Logs Insights finds in it are the first 200 alone.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
 */
export function eventsQuery(window: Window, wanted: WantedValues): string {
  const lines = [ofDays(window), wantedLine(wanted)].filter((it) => it !== undefined);
  const text = ['fields @message', ...lines].join('\n| ');
  // What is too long to be said is not asked: more comes, and is judged here.
  return text.length <= longestQuery ? text : eventsQuery(window, 'all');
}

/** How many events there are of each account, Region and hour. */
export function hoursQuery(window: Window): string {
  const lines = [
    'fields recipientAccountId, awsRegion, substr(eventTime, 0, 13) as hour',
    ofDays(window),
    'stats count(*) as records by recipientAccountId, awsRegion, hour',
  ];
  return lines.filter((it) => it !== undefined).join('\n| ');
}

function ofDays(window: Window): string | undefined {
  const days = dayText(window);
  if (days.length > mostDays) return undefined;
  return `filter @message like /"eventTime"\\s*:\\s*"(?:${days.join('|')})T/`;
}

function wantedLine(wanted: WantedValues): string | undefined {
  if (wanted === 'all' || wanted.has('')) return undefined;
  const texts = [...new Set([...wanted, updates])].toSorted();
  // A text with other characters may be written in several ways.
  if (!texts.every((it) => /^[ !#-[\]-~]+$/.test(it))) return undefined;
  // So may any other, by code.
  return `filter @message like /"(?:${texts.map(pattern).join('|')})"|\\\\u/`;
}

function pattern(text: string): string {
  return text.replaceAll(/[$()*+.?[\]^{|}]/g, String.raw`\$&`).replaceAll('/', String.raw`\\?\/`);
}
