import type { LspRange, Position } from './protocol.js';

/** A text with its lines, as an editor counts them: LF, CRLF and CR end a line. */
export class TextDocument {
  private readonly starts: readonly number[];

  constructor(readonly text: string) {
    this.starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((it) => it.index + it[0].length)];
  }

  /** A place behind the end of its line is that end. */
  offsetAt({ line, character }: Position): number {
    const start = this.starts[line];
    if (start === undefined) return this.text.length;
    const next = this.starts[line + 1] ?? this.text.length + 1;
    return Math.min(start + Math.max(0, character), next - 1);
  }

  positionAt(offset: number): Position {
    let line = 0;
    while ((this.starts[line + 1] ?? Number.POSITIVE_INFINITY) <= offset) line += 1;
    return { line, character: offset - (this.starts[line] ?? 0) };
  }

  rangeOf({ start, end }: { readonly start: number; readonly end: number }): LspRange {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }
}
