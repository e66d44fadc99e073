import { thousands } from '../../../text/plural.js';
import type { Terminal } from '../../process/terminal.js';

const redrawEvery = 100;
const clearLine = '\r\u001b[2K';
const megabyte = 1_000_000;

export interface EventsLine {
  /** A log file is done. */
  readonly object: (object: { readonly size: number }) => void;
  /** So many requests were made to AWS. */
  readonly requests: (requests: number) => void;
  /** How many there were. */
  readonly made: () => number;
  /** Takes the line away. */
  readonly done: () => void;
}

/** One line on a terminal that says how much was read, and how fast; nothing where there is no terminal. */
export function eventsLine({ stderr }: Terminal, isWanted: boolean, now: () => number = Date.now): EventsLine {
  const isShown = isWanted && stderr.isTTY;
  const startedAt = now();
  let drawnAt = 0;
  let files = 0;
  let bytes = 0;
  let made = 0;
  const draw = (): void => {
    if (!isShown || now() - drawnAt < redrawEvery) return;
    drawnAt = now();
    stderr.write(`${clearLine}${describeRead({ files, bytes, requests: made }, (drawnAt - startedAt) / 1000)}`);
  };
  return {
    object: ({ size }) => {
      files += 1;
      bytes += size;
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

/** `312 log files, 45 MB, 9 MB a second · 948 requests`. */
export function describeRead(
  { files, bytes, requests }: { readonly files: number; readonly bytes: number; readonly requests: number },
  seconds: number,
): string {
  const megabytes = (count: number): string => thousands(Math.round(count / megabyte));
  const rate = seconds < 1 ? '' : `, ${megabytes(bytes / seconds)} MB a second`;
  return [
    ...(files === 0 ? [] : [`${thousands(files)} log files, ${megabytes(bytes)} MB${rate}`]),
    ...(requests === 0 ? [] : [`${thousands(requests)} requests`]),
  ].join(' · ');
}
