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

/** Each line with its line break. */
export function* asLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}
