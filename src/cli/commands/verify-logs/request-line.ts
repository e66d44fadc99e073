import { thousands } from '../../../text/plural.js';
import type { Terminal } from '../../process/terminal.js';

const redrawEvery = 100;
const clearLine = '\r\u001b[2K';

/** One line on a terminal that says how many requests were made; nothing where there is no terminal. */
export function requestLine(
  { stderr }: Terminal,
  isWanted: boolean,
): { readonly update: (requests: number) => void; readonly done: () => void } {
  if (!isWanted || !stderr.isTTY) return { update: () => {}, done: () => {} };
  let drawnAt = 0;
  return {
    update: (requests) => {
      if (Date.now() - drawnAt < redrawEvery) return;
      drawnAt = Date.now();
      stderr.write(`${clearLine}${thousands(requests)} requests`);
    },
    done: () => {
      if (drawnAt !== 0) stderr.write(clearLine);
    },
  };
}
