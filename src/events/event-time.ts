const exact = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
/** Length of `2026-11-20T10:15:30Z`. */
const length = 20;

/** The time of an event, in milliseconds since the epoch; undefined where the text is none in UTC. */
export function parseEventTime(text: unknown): number | undefined {
  if (typeof text !== 'string' || !exact.test(text)) return undefined;
  const time = Date.parse(text);
  // JavaScript takes the 30th of February for a day in March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== text.slice(0, 19) ? undefined : time;
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
