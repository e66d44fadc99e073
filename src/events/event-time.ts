const exact = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
/** Length of `2026-11-20T10:15:30Z`. */
const length = 20;

/** The time of an event, in milliseconds since the epoch; undefined where the text is none in UTC. */
export function parseEventTime(text: unknown): number | undefined {
  if (typeof text !== 'string' || !exact.test(text)) return undefined;
  const ofDay = text.length === length && text.startsWith(lastDay.text) ? secondsIn(text) : undefined;
  if (ofDay !== undefined) return lastDay.start + ofDay * 1000;
  const time = Date.parse(text);
  // JavaScript takes the 30th of February for a day in March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== text.slice(0, 19)
    ? undefined
    : ofNewDay(text, time);
}

/** Most events are of the day of the one before. */
let lastDay = { text: '-', start: 0 };

function ofNewDay(text: string, time: number): number {
  lastDay = { text: text.slice(0, 11), start: Math.floor(time / 86_400_000) * 86_400_000 };
  return time;
}

/** Of `2026-11-20T10:15:30Z` the seconds of the day; undefined where it is no time of a day. */
function secondsIn(text: string): number | undefined {
  const two = (at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
  const [hours, minutes, seconds] = [two(11), two(14), two(17)];
  return hours < 24 && minutes < 60 && seconds < 60 ? (hours * 60 + minutes) * 60 + seconds : undefined;
}

/** Reads the times of records from their bytes; most are of the same hour as the one before. */
export class EventHours {
  private readonly last = Buffer.alloc(14);
  private lastHour: number | undefined;

  /** The beginning of the hour whose text begins at `start`; undefined where there is none. */
  at(data: Buffer, start: number): number | undefined {
    if (start < 0 || start + length > data.length) return undefined;
    if (data.compare(this.last, 0, this.last.length, start, start + this.last.length) === 0) return this.lastHour;
    const time = parseEventTime(data.toString('latin1', start, start + length));
    const hour = time === undefined ? undefined : Math.floor(time / 3_600_000) * 3_600_000;
    if (hour !== undefined) {
      data.copy(this.last, 0, start, start + this.last.length);
      this.lastHour = hour;
    }
    return hour;
  }
}
