import { textOfJson } from './json.js';
import {
  ABSENT,
  Duration,
  JsonValue,
  Timestamp,
  Unknown,
  ViewList,
  isViewMap,
  isViewObject,
  type Value,
} from './values.js';
import { formatDuration, formatTimestamp } from './durations.js';

export const couldNotBeRead = '(could not be read)';

/** Of what was read, yet comes to a value beyond what numbers, times and durations hold. */
export const outOfRange = '(out of range)';

/**
 * A value as messages show it: three members of a list and how many more, a duration as `26h`, a time in RFC 3339,
 * an object by its ARN, id or name.
 */
export function describeValue(value: Value): string {
  if (value === ABSENT) return 'absent';
  if (value instanceof Unknown) return value.gaps.length === 0 ? outOfRange : couldNotBeRead;
  if (value instanceof Timestamp) return formatTimestamp(value.milliseconds);
  if (value instanceof Duration) return formatDuration(value.milliseconds);
  if (value instanceof ViewList) return describeList(value);
  if (value instanceof JsonValue) return textOfJson(value);
  if (typeof value !== 'object') return String(value);
  if (isViewMap(value)) return 'a map';
  return isViewObject(value) ? (value.label ?? value.type) : '';
}

function describeList(list: ViewList): string {
  const shown = list.members.slice(0, 3).map(describeValue);
  const more = list.members.length - shown.length;
  if (list.members.length === 0) return list.isClosed ? 'none' : couldNotBeRead;
  // Sentences stand one behind the other, words in a list.
  if (shown.every((it) => it.endsWith('.'))) {
    const tail = [more > 0 ? `${more} more.` : '', list.isClosed ? '' : 'Others could not be read.'];
    return [...shown, ...tail].filter((it) => it !== '').join(' ');
  }
  const head = shown.join(', ');
  const counted = more > 0 ? `${head} and ${more} more` : head;
  return list.isClosed ? counted : `${counted}, and others that could not be read`;
}
