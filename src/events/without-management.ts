import { counted } from '../text/plural.js';
import { hourText } from './window.js';

/** What kinds of events were read of an account in a Region. Hours are their beginnings. */
export interface EventsOfPlace {
  readonly account: string;
  readonly region: string;
  /** Hours of which an event was read at all. */
  readonly seen: Set<number>;
  readonly proven: Set<number>;
  /** A file was read in which one record may be a management event. */
  hasManagement: boolean;
  /** One such file has events of other kinds, too. */
  isMixed: boolean;
  /** Of hours that are there: whether only by files without a management event. */
  readonly othersOnly: Map<number, boolean>;
}

/**
 * Why management events may be missing where other events were delivered: of all hours, or of some, where no file says
 * that one trail delivers both.
 *
 * @param hours - that are asked, by their beginnings
 */
export function withoutManagement(
  { account, region, seen, hasManagement, isMixed, othersOnly, proven }: EventsOfPlace,
  hours: readonly number[],
): string | undefined {
  if (seen.size === 0 || isMixed) return undefined;
  const of = `of account ${account} in ${region}`;
  if (!hasManagement) {
    return `No log file that was read ${of} holds a management event, and others hold data events: nothing says that a trail which delivers here records management events.`;
  }
  const lost = hours.filter((it) => othersOnly.get(it) === true && !proven.has(it));
  const [first] = lost;
  if (first === undefined) return undefined;
  return `Log files ${of} hold data events alone in ${counted(lost.length, 'hour')}, the first ${hourText(first)}:00Z, and no file holds both: the trail that records management events may have delivered nothing then.`;
}
