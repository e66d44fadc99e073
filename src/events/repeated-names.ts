import { backslash, colon, isSpace, quote } from '../text/json-bytes.js';

/**
 * Whether an object of JSON has a name twice: readers take one of the values and do not say which. CloudTrail writes each
 * once; and what stands behind a name twice may be one thing for whoever wrote it and another for whoever reads it.
 * Source: https://www.rfc-editor.org/rfc/rfc8259#section-4
 * What nests deeper than anything that AWS writes is taken for the same.
 *
 * @param value what `JSON.parse` made of the bytes from `start` to `end`
 */
export function isAmbiguous(data: Buffer, start: number, end: number, value: unknown): boolean {
  return namesWritten(data, start, end) !== namesIn(value);
}

/** Texts with a colon behind them. */
function namesWritten(data: Buffer, start: number, end: number): number {
  let names = 0;
  let at = data.indexOf(quote, start);
  while (at >= 0 && at < end) {
    let close = at + 1;
    for (let byte = data[close]; byte !== quote && close < end; byte = data[close]) {
      close += byte === backslash ? 2 : 1;
    }
    let behind = close + 1;
    while (isSpace(data[behind])) behind += 1;
    if (data[behind] === colon) names += 1;
    at = data.indexOf(quote, behind);
  }
  return names;
}

const deepest = 200;

/**
 * The names of all members of a value, at whatever depth.
 *
 * @param value what `JSON.parse` made
 * @returns undefined where it nests more deeply than anything that AWS writes
 */
export function namesIn(value: unknown): number | undefined {
  const names = namesBelow(value, 0);
  // What nests too deeply is no number, and makes none of what it is added to.
  return Number.isNaN(names) ? undefined : names;
}

function namesBelow(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > deepest) return Number.NaN;
  let names = 0;
  if (Array.isArray(value)) {
    for (const it of value) if (typeof it === 'object') names += namesBelow(it, depth + 1);
    return names;
  }
  // What was parsed has no members but its own: the fastest way there is, of millions of records.
  for (const name in value) {
    names += 1;
    const it = (value as Readonly<Record<string, unknown>>)[name]; // an object
    if (typeof it === 'object') names += namesBelow(it, depth + 1);
  }
  return names;
}
