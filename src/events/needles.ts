import type { WantedValues } from '../model/log-events.js';
import { backslash } from '../text/json-bytes.js';

const tableSize = 1 << 14;

/** An update of an earlier event is always wanted: it replaces one that somebody may have wanted. */
const updates = 'UPDATED_DATA';

/**
 * Tells of the texts of a record, as they stand in the bytes, whether one of them is a wanted value. Most are ruled out by
 * their length and three of their bytes.
 */
export class Needles {
  private readonly texts: ReadonlySet<string>;
  private readonly table = new Uint8Array(tableSize);
  private readonly shortest: number;
  private readonly longest: number;

  /** @returns undefined where all is wanted */
  static of(wanted: WantedValues): Needles | undefined {
    // An empty text tells nothing, and would have to be looked for between any two quotation marks.
    if (wanted === 'all' || wanted.has('')) return undefined;
    return new Needles(wanted);
  }

  private constructor(wanted: ReadonlySet<string>) {
    const bytes = [...wanted, updates].map((it) => Buffer.from(it));
    this.texts = new Set(bytes.map((it) => it.toString('latin1')));
    this.shortest = Math.min(...bytes.map((it) => it.length));
    this.longest = Math.max(...bytes.map((it) => it.length));
    for (const it of bytes) this.table[slotOf(it, 0, it.length)] = 1;
  }

  /** Whether the text between `start` and `end`, which has no escapes, is wanted. */
  has(data: Buffer, start: number, end: number): boolean {
    const length = end - start;
    if (length < this.shortest || length > this.longest) return false;
    return this.table[slotOf(data, start, end)] === 1 && this.texts.has(data.toString('latin1', start, end));
  }

  /** The same of a text with escapes, of which none is by code: `\/` is a slash. */
  hasEscaped(data: Buffer, start: number, end: number): boolean {
    // Each escape stands for one byte and takes two.
    if (end - start > 2 * this.longest) return false;
    const plain = Buffer.allocUnsafe(end - start);
    let length = 0;
    for (let index = start; index < end; index += 1) {
      const isEscape = data[index] === backslash;
      if (isEscape) index += 1;
      const byte = data[index] ?? 0;
      plain[length] = isEscape ? (escapes.get(byte) ?? byte) : byte;
      length += 1;
    }
    return this.has(plain, 0, length);
  }
}

/** What stands behind the backslash, and the byte that is meant: https://www.rfc-editor.org/rfc/rfc8259#section-7 */
const escapes: ReadonlyMap<number, number> = new Map([
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);

function slotOf(data: Buffer, start: number, end: number): number {
  const length = end - start;
  const first = data[start] ?? 0;
  const middle = data[start + (length >> 1)] ?? 0;
  const last = data[end - 1] ?? 0;
  return ((length * 0x9d) ^ (first << 6) ^ (middle << 3) ^ last) & (tableSize - 1);
}
