import { colon, quote } from '../text/json-bytes.js';

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

const [zero, nine, letterZ] = [0x30, 0x39, 0x5a];

/** Reads the times of records from their bytes; most are of the same hour as the one before. */
export class EventHours {
  private readonly last = Buffer.alloc(14);
  private lastHour: number | undefined;

  /** The beginning of the hour whose text begins at `start`; undefined where there is none. */
  at(data: Buffer, start: number): number | undefined {
    if (start < 0 || start + length > data.length) return undefined;
    if (this.isLast(data, start)) return this.lastHour;
    const time = parseEventTime(data.toString('latin1', start, start + length));
    const hour = time === undefined ? undefined : Math.floor(time / 3_600_000) * 3_600_000;
    if (hour !== undefined) {
      data.copy(this.last, 0, start, start + this.last.length);
      this.lastHour = hour;
    }
    return hour;
  }

  /** The time whose hour was told last, in milliseconds; undefined where it is not a text of whole seconds. */
  timeIn(hour: number, data: Buffer, start: number): number | undefined {
    const [minutes, seconds] = [twoDigits(data, start + 14), twoDigits(data, start + 17)];
    const isWhole = data[start + 16] === colon && data[start + 19] === letterZ && data[start + length] === quote;
    return isWhole && minutes < 60 && seconds < 60 ? hour + (minutes * 60 + seconds) * 1000 : undefined;
  }

  private isLast(data: Buffer, start: number): boolean {
    if (this.lastHour === undefined) return false;
    // The hour differs first, and the day.
    for (let index = 13; index >= 0; index -= 1) if (data[start + index] !== this.last[index]) return false;
    return true;
  }
}

/** Not a number where they are none. */
function twoDigits(data: Buffer, at: number): number {
  const [first = 0, second = 0] = [data[at], data[at + 1]];
  const areDigits = first >= zero && first <= nine && second >= zero && second <= nine;
  return areDigits ? (first - zero) * 10 + second - zero : Number.NaN;
}
