import { escapedCode, escapedProse } from '../report/index.js';
import type { Upload } from './upload.js';

/** The runner drops a whole summary that has more than 1,024 KiB. */
const maxBytes = 900_000;

/**
 * The Markdown report for the page of the run, cut before a heading where it is too large. What keeps its findings
 * out of code scanning stands first.
 */
export function stepSummary(text: string, jsonFile: string, upload: Upload = { is: 'none' }): string {
  const report = `${first(upload)}${text}`;
  if (Buffer.byteLength(report) <= maxBytes) return report;
  const note = `\n\n…\n\nThe report is too large for this page: the rest is in ${escapedCode(jsonFile)}.\n`;
  const cut = Buffer.from(report).subarray(0, maxBytes - Buffer.byteLength(note));
  // The last character may be half.
  const kept = cut.toString('utf8').replace(/\ufffd+$/, '');
  return `${kept.slice(0, lastHeading(kept))}${note}`;
}

function first(upload: Upload): string {
  if (upload.is === 'refused')
    return `> **Not for upload**: ${escapedProse(`${upload.reason}. ${upload.recovery}`)}\n\n`;
  if (upload.is === 'allowed' && upload.note !== undefined) return `> ${escapedProse(upload.note)}\n\n`;
  return '';
}

/** Where the last heading begins, or where nothing does, the last line; a `#` within a block of code is none. */
function lastHeading(text: string): number {
  let fence = '';
  let heading = 0;
  let at = 0;
  for (const line of text.split('\n')) {
    const ticks = /^`{3,}/.exec(line)?.[0] ?? '';
    if (fence === '') {
      fence = ticks;
      if (line.startsWith('#')) heading = at;
    } else if (ticks.length >= fence.length && ticks === line) fence = '';
    at += line.length + 1;
  }
  return heading > 0 ? heading - 1 : text.lastIndexOf('\n');
}
