import type { AthenaScan, Listed } from '../../events/index.js';
import { countedInThousands, thousands } from '../../text/plural.js';
import { costOf, megabytes, type QueryPrice } from './scanned-text.js';

/**
 * What Athena takes for what a query reads, in most Regions; 10 MB are counted for the smallest query, and capacity that
 * is reserved costs otherwise: https://aws.amazon.com/athena/pricing/
 */
export const athenaPrice: QueryPrice = { perGigabyte: 0.005, leastBytes: 10_000_000 };

/** What a query is going to read, as one line. */
export function athenaBefore({ objects, bytes }: Pick<Listed, 'objects' | 'bytes'>, maxBytes?: number): string {
  const budget = maxBytes !== undefined && bytes > maxBytes ? ' --max-bytes stops it before its end.' : '';
  return `The query reads at most ${megabytes(bytes)} in ${countedInThousands(objects, 'log file')}, which costs ${costOf(bytes, athenaPrice)} at Athena's list price.${budget}`;
}

/** What a query would read, for people. */
export function* athenaPlanText(scan: AthenaScan, maxBytes?: number): Generator<string> {
  yield 'This reading would take';
  yield '  Queries       1, in which all policies are asked';
  if (scan.listed === undefined) {
    yield '  Not known     How much the query reads';
  } else {
    const { objects, bytes } = scan.listed;
    yield `  Log files     ${thousands(objects)} in its partitions, ${megabytes(bytes)} as they are stored, which the query reads at most`;
    if (maxBytes !== undefined && bytes > maxBytes) {
      yield '  Budget        less than that: --max-bytes would stop the query';
    }
    yield `  Cost          ${costOf(bytes, athenaPrice)} at most at Athena's list price; requests to S3 and KMS come on top`;
  }
  for (const message of scan.gaps) yield `  Not known     ${message}`;
  yield 'The query:';
  yield* scan.query.split('\n');
}
