import { writtenNumber, type EventValue } from '../partial-event/index.js';

/** Strings, which are left alone, and numbers. The text is JSON already, so each string is closed. */
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A log record as an event in which numbers are as they are written; undefined where it is no JSON. */
export function readRecord(text: string): EventValue | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  // JSON.parse forgets how a number was written, so it is shown each in a string behind a sign that no text has.
  const sign = signOutside(text);
  const marked = text.replaceAll(stringOrNumber, (it) => (it.startsWith('"') ? it : JSON.stringify(sign + it)));
  return unmark(JSON.parse(marked), sign);
}

/** Turns the marked strings into numbers, where they stand: without recursion, since records may be deep. */
function unmark(root: unknown, sign: string): EventValue {
  const holders = [root];
  for (let holder = holders.pop(); holder !== undefined; holder = holders.pop()) {
    // JSON.parse gives lists and objects, both of which are written by key, and they are nobody else's.
    const fields = holder as Record<string, unknown>;
    for (const [key, value] of Object.entries(fields)) {
      if (typeof value === 'object' && value !== null) holders.push(value);
      else if (typeof value === 'string' && value.startsWith(sign)) {
        Object.defineProperty(fields, key, { value: writtenNumber(value.slice(sign.length)), enumerable: true });
      }
    }
  }
  // All that is left is JSON and numbers as they are written.
  return root as EventValue;
}

/** A sign that no string of this JSON text can contain, however it is escaped. */
function signOutside(text: string): string {
  let sign = '#';
  // Escapes may hide letters, so the sign is longer than the text's longest run of # and of escapes together.
  const longest = Math.max(0, ...[...text.matchAll(/(?:#|\\u0023)+/g)].map(([run]) => run.length));
  while (sign.length <= longest) sign += '#';
  return sign;
}
