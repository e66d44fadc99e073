/** A number as IAM reads it; undefined when the text is none. */
export function parseNumber(text: string): number | undefined {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/**
 * A point in time, in milliseconds: W3C's profile of ISO 8601, or seconds since 1970. Undefined when the text is
 * neither.
 */
export function parseDate(text: string): number | undefined {
  const time = timeOf(text);
  return time !== undefined && Math.abs(time) < latest ? time : undefined;
}

/** What JavaScript has a date for, and a little less. */
const latest = 8.64e15 - 1000;

function timeOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return text.length === 4 ? Date.UTC(Number(text)) : Number(text) * 1000;
  const match = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?)?$/.exec(text);
  if (match === null) return undefined;
  const time = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(time) ? undefined : time;
}

/** The bytes of a base64 text, as a text of their own; undefined when it is none. */
export function parseBinary(text: string): string | undefined {
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0;
  return isBase64 ? Buffer.from(text, 'base64').toString('hex') : undefined;
}
