import { hash } from 'node:crypto';
import type { LogReference } from './digest.js';
import { byText } from '../text/order.js';

/** How many log files of each digest file are read, and what they are drawn by. */
export interface Sample {
  readonly perDigest: number;
  readonly seed: string;
}

/** The same seed draws the same log files, in whatever order they are listed. */
export function chooseSample(files: readonly LogReference[], sample: Sample | undefined): readonly LogReference[] {
  if (sample === undefined || files.length <= sample.perDigest) return files;
  return files
    .map((file) => ({ file, lot: hash('sha256', `${sample.seed}\n${file.key}`, 'hex') }))
    .toSorted((a, b) => byText(a.lot, b.lot))
    .slice(0, sample.perDigest)
    .map(({ file }) => file);
}
