const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

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

/** Undefined where it nests too deeply. */
function namesIn(value: unknown): number | undefined {
  let names = 0;
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return undefined;
    const objects = level.filter((it) => typeof it === 'object' && it !== null);
    for (const it of objects) if (!Array.isArray(it)) names += Object.keys(it).length;
    level = objects.flatMap((it): readonly unknown[] => Object.values(it));
  }
  return names;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
