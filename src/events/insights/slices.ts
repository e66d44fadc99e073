import type { InsightsAnswer } from '../../model/insights.js';
import { day, type Window } from '../window.js';

const second = 1000;
/** Of the rows that a result may have, so many are hoped for: events are not as frequent at all times. */
const hopedFor = 8000;
const mostParts = 48;

/** A span in whole seconds, in days: each is asked for itself. */
export function daysOfSpan({ from, to }: Window): readonly Window[] {
  const start = Math.floor(from / second) * second;
  const end = Math.ceil(to / second) * second;
  const slices: Window[] = [];
  for (let it = start; it < end; it += day) slices.push({ from: it, to: Math.min(it + day, end) });
  return slices;
}

/** Parts of a slice that had too many rows; undefined: a second has no parts. */
export function partsOf(
  { from, to }: Window,
  { matched = 0 }: Pick<InsightsAnswer, 'matched'>,
): readonly Window[] | undefined {
  const seconds = (to - from) / second;
  if (seconds <= 1) return undefined;
  const parts = Math.min(mostParts, seconds, Math.max(2, Math.ceil(matched / hopedFor)));
  const length = Math.ceil(seconds / parts) * second;
  const slices: Window[] = [];
  for (let it = from; it < to; it += length) slices.push({ from: it, to: Math.min(it + length, to) });
  return slices;
}
