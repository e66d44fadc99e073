import type { AthenaScan } from '../../events/index.js';
import { thousands } from '../../text/plural.js';

/**
 * What Athena takes for a terabyte that a query reads, in dollars, in most Regions; 10 MB are counted for the smallest
 * query, and capacity that is reserved costs otherwise: https://aws.amazon.com/athena/pricing/
 */
const perTerabyte = 5;
const leastBytes = 10_000_000;

function costOf(bytes: number): string {
  return `$${((Math.max(bytes, leastBytes) / 1e12) * perTerabyte).toFixed(4)}`;
}

/** What a query has read, for people. */
export function scannedText(bytes: number): string {
  return `Athena has read ${(bytes / 1e6).toFixed(1)} MB, which costs ${costOf(bytes)} at its list price.`;
}

/** What a query would read, for people. */
export function* athenaPlanText(scan: AthenaScan, query: string): Generator<string> {
  yield 'This reading would take';
  yield '  Queries       1, in which all policies are asked';
  if (scan.listed === undefined) {
    yield `  Not known     How much the query reads: ${scan.why}`;
  } else {
    const { objects, bytes } = scan.listed;
    yield `  Log files     ${thousands(objects)} in its partitions, ${(bytes / 1e6).toFixed(1)} MB as they are stored, which the query reads at most`;
    yield `  Cost          ${costOf(bytes)} at most at Athena's list price; requests to S3 and KMS come on top`;
  }
  for (const message of scan.gaps) yield `  Not known     ${message}`;
  yield 'The query:';
  yield* query.split('\n');
}
