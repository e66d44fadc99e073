import { logText } from '../../text/log-text.js';

/** Joins small pieces to chunks of about `size` characters, for fewer writes. The text stays the same. */
export function* inChunks(pieces: Iterable<string>, size = 65_536): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length >= size) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

/** Each line with its line break, for a terminal or the log of a job: none of them is obeyed there. */
export function* asLogLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield logText(`${line}\n`);
}

/** Each line with its line break. */
export function* asLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}
