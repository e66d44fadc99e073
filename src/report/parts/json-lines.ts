import { isPlain, visibleJson } from '../../text/printable.js';
import { inChunks } from './chunks.js';

/** A document as lines of JSON. Invisible characters are escaped, where a terminal would obey them; line breaks are ours. */
export function jsonLines(document: object): string[] {
  return visibleJson(JSON.stringify(document, null, 2)).split('\n');
}

/**
 * Writes plain data as JSON, piece by piece. The places in `expanded` get one line for each member or item, all else
 * stays on one line, so that a diff of two files shows what changed. Invisible characters are escaped.
 *
 * @param expanded places as `.key.key`, with `[]` for the items of an array; the document itself is the empty text
 */
export function* jsonPieces(value: unknown, expanded: ReadonlySet<string>): Generator<string> {
  // All of a chunk at once: nearly every one is plain, and looking at each piece takes longer.
  for (const chunk of inChunks(pieces(value, '', '', expanded))) yield visibleLines(chunk);
  yield '\n';
}

/** Line by line, so that one name in letters beyond ASCII does not slow a whole chunk down. */
function visibleLines(chunk: string): string {
  return isPlain(chunk) ? chunk : chunk.split('\n').map(visibleJson).join('\n');
}

function* pieces(value: unknown, place: string, indent: string, expanded: ReadonlySet<string>): Generator<string> {
  if (typeof value !== 'object' || value === null || !expanded.has(place)) {
    yield JSON.stringify(value);
    return;
  }
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    yield* items(value, `${place}[]`, inner, expanded);
    yield value.length === 0 ? '[]' : `\n${indent}]`;
    return;
  }
  const members = Object.entries(value);
  if (members.length === 0) {
    yield '{}';
    return;
  }
  let separator = '{\n';
  for (const [key, member] of members) {
    yield `${separator}${inner}${JSON.stringify(key)}: `;
    yield* pieces(member, `${place}.${key}`, inner, expanded);
    separator = ',\n';
  }
  yield `\n${indent}}`;
}

/** A list may have hundreds of thousands of items, of which no second list is made. */
function* items(
  list: readonly unknown[],
  place: string,
  inner: string,
  expanded: ReadonlySet<string>,
): Generator<string> {
  let separator = `[\n${inner}`;
  for (const item of list) {
    if (expanded.has(place)) {
      yield separator;
      yield* pieces(item, place, inner, expanded);
    } else yield separator + JSON.stringify(item);
    separator = `,\n${inner}`;
  }
}
