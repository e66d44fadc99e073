import { visibleJson } from '../../text/printable.js';

/** A document as lines of JSON. Invisible characters are escaped, where a terminal would obey them; line breaks are ours. */
export function jsonLines(document: object): string[] {
  return jsonText(document, 2).split('\n');
}

/**
 * Writes plain data as JSON, piece by piece. The places in `expanded` get one line for each member or item, all else
 * stays on one line, so that a diff of two files shows what changed. Invisible characters are escaped.
 *
 * @param expanded places as `.key.key`, with `[]` for the items of an array; the document itself is the empty text
 */
export function* jsonPieces(value: unknown, expanded: ReadonlySet<string>): Generator<string> {
  yield* pieces(value, '', '', expanded);
  yield '\n';
}

function* pieces(value: unknown, place: string, indent: string, expanded: ReadonlySet<string>): Generator<string> {
  if (typeof value !== 'object' || value === null || !expanded.has(place)) {
    yield jsonText(value);
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
    yield `${separator}${inner}${jsonText(key)}: `;
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
  let separator = '[\n';
  for (const item of list) {
    yield separator + inner;
    yield* pieces(item, place, inner, expanded);
    separator = ',\n';
  }
}

function jsonText(value: unknown, indent = 0): string {
  return visibleJson(JSON.stringify(value, null, indent));
}
