/** The text of a file, or where the first byte stands that cannot be: line and column are 1-based. */
export type Decoded =
  | { readonly text: string }
  | { readonly line: number; readonly column: number; readonly help: string };

export function decodeUtf8(bytes: Uint8Array): Decoded {
  const text = decode(bytes, false);
  if (text !== undefined) return { text };
  // Windows' editors call it Unicode; it begins with a mark, and each second byte of plain text is zero.
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return { line: 1, column: 1, help: 'it looks like UTF-16: save it as UTF-8' };
  const before = decode(bytes.subarray(0, firstWrongByte(bytes)), true) ?? '';
  const lines = before.split('\n');
  return {
    line: lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    help: 'save the file as UTF-8: the character here is in another encoding, such as Latin-1',
  };
}

/** The longest beginning that is UTF-8, by halving: a wrong byte spoils every longer one. */
function firstWrongByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (decode(bytes.subarray(0, middle), true) === undefined) bad = middle;
    else good = middle;
  }
  return good;
}

/** `isCut`: a character may be cut off at the end. */
function decode(bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    // It says no more than that there is a wrong byte: the caller says where.
    return undefined;
  }
}
