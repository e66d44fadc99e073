import { StringDecoder } from 'node:string_decoder';
import { Unreadable } from '../../model/object-store.js';

/** Much more than an event has: CloudTrail records none of more than 256 KB. */
const longestField = 64 * 1024 * 1024;

/**
 * The rows of a result file, part after part: all values are between quotation marks, which are doubled inside; NULL is an
 * empty one without.
 *
 * @throws Unreadable where it is cut off, or no such file
 */
export async function* csvRows(parts: AsyncIterable<Uint8Array>): AsyncGenerator<(string | undefined)[]> {
  const decoder = new StringDecoder('utf8');
  const reader = new CsvReader();
  for await (const part of parts) yield* reader.push(decoder.write(Buffer.from(part)));
  yield* reader.push(decoder.end());
  yield* reader.end();
}

class CsvReader {
  private row: (string | undefined)[] = [];
  /** Of the field that is being read: pieces of a value between quotation marks, or what stands without. */
  private pieces: string[] = [];
  private length = 0;
  private state: 'start' | 'plain' | 'quoted' | 'quote' = 'start';

  *push(text: string): Generator<(string | undefined)[], void, undefined> {
    let at = 0;
    while (at < text.length) {
      if (this.state === 'quoted') {
        const end = text.indexOf('"', at);
        this.add(text.slice(at, end === -1 ? text.length : end));
        if (end === -1) return;
        this.state = 'quote';
        at = end + 1;
        continue;
      }
      const it = text[at] ?? '';
      at += 1;
      if (it === '"') this.openQuote();
      else if (it === ',') this.endField();
      else if (it === '\n') {
        this.endField();
        yield this.takeRow();
      } else if (it !== '\r') {
        if (this.state === 'quote') throw broken();
        this.state = 'plain';
        this.add(it);
      }
    }
  }

  *end(): Generator<(string | undefined)[], void, undefined> {
    if (this.state === 'quoted') throw new Unreadable('error', 'its result is cut off');
    if (this.state === 'start' && this.row.length === 0) return;
    this.endField();
    yield this.takeRow();
  }

  private openQuote(): void {
    if (this.state === 'plain') throw broken();
    // Behind a closing one, it is one of two that stand for one.
    if (this.state === 'quote') this.add('"');
    this.state = 'quoted';
  }

  private add(text: string): void {
    this.length += text.length;
    if (this.length > longestField) throw broken();
    this.pieces.push(text);
  }

  private endField(): void {
    const value = this.pieces.join('');
    this.row.push(this.state === 'start' ? undefined : value);
    this.pieces = [];
    this.length = 0;
    this.state = 'start';
  }

  private takeRow(): (string | undefined)[] {
    const { row } = this;
    this.row = [];
    return row;
  }
}

function broken(): Unreadable {
  return new Unreadable('error', 'its result is not as Athena writes one');
}
