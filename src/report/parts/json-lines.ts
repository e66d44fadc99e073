import { logText } from '../../text/log-text.js';
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
  const isArray = Array.isArray(value);
  const members = Object.entries(value);
  if (members.length === 0) {
    yield isArray ? '[]' : '{}';
    return;
  }
  const inner = `${indent}  `;
  let separator = isArray ? '[\n' : '{\n';
  for (const [key, member] of members) {
    yield `${separator}${inner}${isArray ? '' : `${jsonText(key)}: `}`;
    yield* pieces(member, isArray ? `${place}[]` : `${place}.${key}`, inner, expanded);
    separator = ',\n';
  }
  yield `\n${indent}${isArray ? ']' : '}'}`;
}

/** What commands the runner of a job is broken as in other logs: outside a text no `##` stands before a `[`. */
function jsonText(value: unknown, indent = 0): string {
  return logText(visibleJson(JSON.stringify(value, null, indent)));
}
