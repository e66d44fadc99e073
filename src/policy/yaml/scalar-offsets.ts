import type { Scalar } from 'yaml';
import type { Range } from './source.js';

/**
 * Where the characters of a scalar's value stand in the file. YAML folds lines, takes indentation away and reads
 * escapes, so an offset in the value is not an offset in the file.
 *
 * @returns a function from a range of the value to the range of the file that it was read from.
 */
export function scalarOffsets(scalar: Scalar<string>, text: string): (range: Range) => Range {
  const [start, end] = scalar.range ?? [0, 0];
  const places = new Places(scalar.value, text, start, end);
  switch (scalar.type) {
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED': {
      places.readBlock();
      break;
    }
    case 'QUOTE_DOUBLE':
    case 'QUOTE_SINGLE': {
      places.readFlow(start + 1, scalar.type === 'QUOTE_DOUBLE' ? '"' : "'");
      break;
    }
    default: {
      places.readFlow(start, '');
    }
  }
  return (range) => places.rangeOf(range);
}

/** Walks the value and the file together, and keeps where each character of the value begins and ends. */
class Places {
  private readonly begins: number[] = [];
  private readonly ends: number[] = [];

  constructor(
    private readonly value: string,
    private readonly text: string,
    private readonly start: number,
    private readonly end: number,
  ) {}

  rangeOf({ start, end }: Range): Range {
    const last = this.begins.length - 1;
    if (last < 0) return { start: this.start, end: this.end };
    const from = start <= last ? this.begins[start] : this.ends[last];
    const to = end > start ? this.ends[Math.min(end - 1, last)] : from;
    return { start: from ?? this.start, end: to ?? this.end };
  }

  /** Plain and quoted scalars: a line break, with the blanks around it, is a space, or as many breaks as lines are empty. */
  readFlow(from: number, quote: '' | '"' | "'"): void {
    let at = from;
    while (this.begins.length < this.value.length && at < this.end) {
      const run = lineBreak(this.text, at);
      if (run !== undefined) {
        this.takeFold(at, run);
        at = run;
      } else if (quote === '"' && this.text[at] === '\\') {
        at = this.takeEscape(at);
      } else {
        const length = quote === "'" && this.text[at] === "'" ? 2 : 1;
        this.take(at, at + length);
        at += length;
      }
    }
  }

  /** Literal and folded scalars: the indentation is taken away; folding makes a space of a line break, or keeps it. */
  readBlock(): void {
    let at = afterLine(this.text, this.start);
    const indent = this.indentFrom(at);
    while (this.begins.length < this.value.length && at < this.end) {
      const lineEnd = endOfLine(this.text, at);
      at = Math.min(at + indent, lineEnd);
      for (; at < lineEnd && this.begins.length < this.value.length; at += 1) this.take(at, at + 1);
      let next = afterLine(this.text, lineEnd);
      let breaks = 1;
      while (next < this.end && endOfLine(this.text, next) - next <= indent && isBlank(this.text, next)) {
        next = afterLine(this.text, next);
        breaks += 1;
      }
      this.takeBreaks(lineEnd, next, breaks);
      at = next;
    }
  }

  private takeFold(from: number, to: number): void {
    const breaks = this.text.slice(from, to).split('\n').length - 1;
    this.takeBreaks(from, to, breaks);
  }

  /** A run of line breaks gives as many characters to the value as there are breaks at most, and may give none. */
  private takeBreaks(from: number, to: number, breaks: number): void {
    let taken = 0;
    while (taken < breaks && this.value[this.begins.length] === '\n') {
      this.take(from, to);
      taken += 1;
    }
    if (taken === 0 && this.value[this.begins.length] === ' ') this.take(from, to);
  }

  private takeEscape(at: number): number {
    const kind = this.text[at + 1];
    if (kind === '\n' || kind === '\r') {
      // An escaped line break gives nothing, and takes the next line's indentation with it.
      let next = afterLine(this.text, at + 1);
      while (this.text[next] === ' ' || this.text[next] === '\t') next += 1;
      return next;
    }
    const digits = kind === 'x' ? 2 : kind === 'u' ? 4 : kind === 'U' ? 8 : 0;
    const end = at + 2 + digits;
    this.take(at, end);
    if (kind === 'U' && Number.parseInt(this.text.slice(at + 2, end), 16) > 0xffff) this.take(at, end);
    return end;
  }

  private take(from: number, to: number): void {
    this.begins.push(from);
    this.ends.push(to);
  }

  /** How far the lines are indented: what the first line with content has more blanks in the file than in the value. */
  private indentFrom(start: number): number {
    let at = start;
    while (at < this.end && isBlank(this.text, at)) at = afterLine(this.text, at);
    const inFile = leadingBlanks(this.text, at);
    const content = this.value.replace(/^\n+/, '');
    return Math.max(0, inFile - leadingBlanks(content, 0));
  }
}

/** The end of the run of blanks and line breaks at `at`, when there is a line break in it. */
function lineBreak(text: string, at: number): number | undefined {
  const first = text[at];
  if (first !== ' ' && first !== '\t' && first !== '\n' && first !== '\r') return undefined;
  let end = at;
  let broken = false;
  for (; end < text.length; end += 1) {
    const character = text[end];
    if (character === '\n') broken = true;
    else if (character !== ' ' && character !== '\t' && character !== '\r') break;
  }
  return broken ? end : undefined;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end > at ? end - 1 : end;
}

function afterLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

function isBlank(text: string, at: number): boolean {
  return text.slice(at, endOfLine(text, at)).trim() === '';
}

function leadingBlanks(text: string, at: number): number {
  let end = at;
  while (text[end] === ' ') end += 1;
  return end - at;
}
