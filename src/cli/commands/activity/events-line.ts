import { counted, countedInThousands, thousands } from '../../../text/plural.js';
import type { Terminal } from '../../process/terminal.js';

const redrawEvery = 100;
const clearLine = '\r\u001b[2K';
const megabyte = 1_000_000;

interface Delivered {
  /** Milliseconds since the epoch. */
  readonly delivered: number;
}

/** The times of delivery of the log files that are read, in milliseconds. */
export interface DeliverySpan {
  readonly from: number;
  readonly to: number;
}

export interface EventsLine {
  /** A log file is done. Those with a time of delivery come in its order. */
  readonly object: (object: { readonly size: number; readonly name?: Delivered | undefined }) => void;
  /** So many accounts and Regions of Event history were read. */
  readonly place: (done: number, of: number) => void;
  /** So many requests were made to AWS. */
  readonly requests: (requests: number) => void;
  /** How many there were. */
  readonly made: () => number;
  /** Takes the line away. */
  readonly done: () => void;
}

/** One line on a terminal that says how much was read, how fast, and how long it may take; nothing without a terminal. */
export function eventsLine(
  { stderr }: Terminal,
  isWanted: boolean,
  { from, to }: DeliverySpan,
  now: () => number = Date.now,
): EventsLine {
  const isShown = isWanted && stderr.isTTY;
  const startedAt = now();
  let drawnAt = 0;
  let files = 0;
  let bytes = 0;
  let made = 0;
  let part = 0;
  const draw = (): void => {
    if (!isShown || now() - drawnAt < redrawEvery) return;
    drawnAt = now();
    stderr.write(`${clearLine}${describeRead({ files, bytes, requests: made, part }, (drawnAt - startedAt) / 1000)}`);
  };
  return {
    object: ({ size, name }) => {
      files += 1;
      bytes += size;
      if (name !== undefined && to > from) part = Math.min(1, Math.max(part, (name.delivered - from) / (to - from)));
      draw();
    },
    place: (done, of) => {
      part = done / Math.max(1, of);
      draw();
    },
    requests: (requests) => {
      made = requests;
      draw();
    },
    made: () => made,
    done: () => {
      if (drawnAt !== 0) stderr.write(clearLine);
    },
  };
}

interface Read {
  readonly files: number;
  readonly bytes: number;
  readonly requests: number;
  /** How much of all was read, between 0 and 1. */
  readonly part: number;
}

/** `312 log files, 45 MB, 9 MB a second · 948 requests · about 4 minutes left`. */
export function describeRead({ files, bytes, requests, part }: Read, seconds: number): string {
  const megabytes = (count: number): string => thousands(Math.round(count / megabyte));
  const rate = seconds < 1 ? '' : `, ${megabytes(bytes / seconds)} MB a second`;
  return [
    ...(files === 0 ? [] : [`${countedInThousands(files, 'log file')}, ${megabytes(bytes)} MB${rate}`]),
    ...(requests === 0 ? [] : [`${thousands(requests)} requests`]),
    ...timeLeft(part, seconds),
  ].join(' · ');
}

/** Before so much was read, the rest of it cannot be guessed. */
const least = { part: 0.02, seconds: 3 };

function timeLeft(part: number, seconds: number): readonly string[] {
  if (part < least.part || seconds < least.seconds) return [];
  const left = (seconds * (1 - part)) / part;
  if (left < 60) return ['less than a minute left'];
  const minutes = Math.round(left / 60);
  return [`about ${minutes < 90 ? counted(minutes, 'minute') : counted(Math.round(minutes / 60), 'hour')} left`];
}
