import { writtenNumber, type EventValue } from './value.js';

/** Strings, which are left alone, and numbers. The text is JSON already, so each string is closed. */
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * JSON in which numbers are as they are written.
 *
 * @throws SyntaxError where the text is not JSON.
 */
export function readJson(text: string): EventValue {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed === 'number') return writtenNumber(text.trim());
  // What is not a number and no holder of others is as it is: JSON.
  if (typeof parsed !== 'object' || parsed === null) return parsed as EventValue;
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
  // Escapes may hide letters, so the sign is longer than the text's longest run of # and of escapes together.
  let longest = 0;
  for (const [run] of text.matchAll(/(?:#|\\u0023)+/g)) longest = Math.max(longest, run.length);
  return '#'.repeat(longest + 1);
}
