import type { QueriedChoice } from './query-choice.js';

/** What a service takes for the bytes that a query reads. */
export interface QueryPrice {
  /** In dollars, in most Regions. */
  readonly perGigabyte: number;
  /** Counted for the smallest query. */
  readonly leastBytes: number;
}

export function costOf(bytes: number, { perGigabyte, leastBytes }: QueryPrice): string {
  return `$${((Math.max(bytes, leastBytes) / 1e9) * perGigabyte).toFixed(4)}`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** What queries have read, for people. */
function scannedText(service: string, bytes: number, price: QueryPrice): string {
  return `${service} has read ${megabytes(bytes)}, which costs ${costOf(bytes, price)} at its list price.`;
}

/** Tells, when the work is over or broke off, what its queries have read, if they told. */
export async function tellingScanned<T>(
  { query }: Pick<QueriedChoice, 'query'>,
  service: string,
  price: QueryPrice,
  work: (onScanned: (bytes: number) => void) => Promise<T>,
): Promise<T> {
  let scanned: number | undefined;
  try {
    return await work((bytes) => (scanned = bytes));
  } finally {
    if (scanned !== undefined) query?.onDone?.(scannedText(service, scanned, price));
  }
}
