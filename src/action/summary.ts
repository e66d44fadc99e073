import type { Results } from '../model/results.js';
import { escapedProse, render } from '../report/index.js';
import { shortened } from '../text/printable.js';
import type { Upload } from './upload.js';

/** The runner drops a whole summary that has more than 1,024 KiB. */
const maxBytes = 900_000;
const longestReason = 2_000;

/**
 * The Markdown report for the page of the run; where it is too large, the short one: findings, the worst first. What
 * keeps its findings out of code scanning stands before both.
 *
 * @param report as it was written, whole or shortened
 */
export function stepSummary(report: string, results: Results, upload: Upload = { is: 'none' }): string {
  const head = first(upload);
  const room = maxBytes - Buffer.byteLength(head);
  if (Buffer.byteLength(report) <= room) return `${head}${report}`;
  return `${head}${[...render('markdown', results, { maxBytes: room })].join('')}`;
}

function first(upload: Upload): string {
  const quoted = (text: string): string => `> ${escapedProse(shortened(text, longestReason))}\n\n`;
  if (upload.is === 'refused')
    return quoted(`${upload.reason}. ${upload.recovery}`).replace('> ', '> **Not for upload**: ');
  return upload.is === 'allowed' && upload.note !== undefined ? quoted(upload.note) : '';
}
