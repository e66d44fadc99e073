import { UsageError } from '../../model/errors.js';

const units: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/**
 * A number of bytes: `5000000`, `500MB`, `20GB`, `1.5TB`; powers of ten, as AWS counts what a query reads.
 *
 * @throws UsageError naming the flag
 */
export function bytesIn(flag: string, text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*(?:([KMGT])B?|B)?$/i.exec(text.trim()) ?? [];
  const bytes = Math.floor(Number(number) * (units[unit.toUpperCase()] ?? Number.NaN));
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new UsageError(`${flag} '${text}' is not a number of bytes.`, 'For example: 20GB, or 500000000.');
}
