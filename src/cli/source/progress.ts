import type { CollectProgress } from '../../collect/index.js';
import { thousands } from '../../text/plural.js';

const redrawEvery = 100;
const clearLine = '\r\u001b[2K';

export interface ProgressLine {
  readonly update: (progress: CollectProgress) => void;
  /** Takes the line away. */
  readonly done: () => void;
}

/** One line on a terminal that says how far the run is; nothing where there is no terminal. */
export function progressLine(
  stream: NodeJS.WriteStream,
  isWanted: boolean,
  now: () => number = Date.now,
): ProgressLine {
  if (!isWanted || !stream.isTTY) return { update: () => {}, done: () => {} };
  const startedAt = now();
  let drawnAt = 0;
  return {
    update: (progress) => {
      if (now() - drawnAt < redrawEvery) return;
      drawnAt = now();
      const line = describe(progress, (drawnAt - startedAt) / 1000);
      stream.write(clearLine + line.slice(0, Math.max(20, stream.columns - 1)));
    },
    done: () => {
      if (drawnAt !== 0) stream.write(clearLine);
    },
  };
}

/** Shows the progress of some work, and takes the line away when it ends, however it does. */
export async function withProgress<T>(
  stream: NodeJS.WriteStream,
  isWanted: boolean,
  work: (onProgress: ProgressLine['update']) => Promise<T>,
): Promise<T> {
  const line = progressLine(stream, isWanted);
  try {
    return await work(line.update);
  } finally {
    line.done();
  }
}

/** `Accounts 312 of 1,000 · 948 calls, 61 a second · waiting for organizations:ListAccounts` */
export function describe({ phase, listed, read, calls, waitingFor }: CollectProgress, seconds: number): string {
  const rate = seconds < 1 ? '' : `, ${Math.round(calls / seconds)} a second`;
  const what = {
    organization: 'Organization',
    accounts: `Accounts ${thousands(read)} of ${thousands(listed)}`,
    destinations: `Accounts ${thousands(read)}; log buckets, keys and log groups`,
  }[phase];
  const waiting = waitingFor === undefined ? '' : ` · waiting for the quota of ${waitingFor}`;
  return `${what} · ${thousands(calls)} calls${rate}${waiting}`;
}
