import { placeIn, type Place } from './place-in.js';

/** A key that an object of JSON says twice, and where its second time begins. */
export interface DuplicateKey extends Place {
  readonly key: string;
}

/**
 * JSON lets an object say a key twice, and readers differ in which of the two they believe: the first key that occurs so.
 *
 * @param text - JSON that was parsed without an error, or several of them, one a line
 */
export function duplicateKeyIn(text: string): DuplicateKey | undefined {
  /** Of each object or list around a place: the keys so far, or undefined for a list. */
  const around: (Set<string> | undefined)[] = [];
  let isKeyNext = false;
  for (let index = 0; index < text.length; index += 1) {
    switch (text[index]) {
      case '{': {
        around.push(new Set());
        isKeyNext = true;
        break;
      }
      case '[': {
        around.push(undefined);
        isKeyNext = false;
        break;
      }
      case '}':
      case ']': {
        around.pop();
        isKeyNext = false;
        break;
      }
      case ',': {
        isKeyNext = around.at(-1) !== undefined;
        break;
      }
      case '"': {
        const end = endOfText(text, index);
        const key = isKeyNext ? keyTwice(text.slice(index, end + 1), around.at(-1)) : undefined;
        if (key !== undefined) return { key, ...placeIn(text, index) };
        isKeyNext = false;
        index = end;
        break;
      }
      default: {
        break;
      }
    }
  }
  return undefined;
}

/** The place of the closing quote. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** The key, where its object has it already. */
function keyTwice(quoted: string, keys: Set<string> | undefined): string | undefined {
  // A quoted text of valid JSON is a text.
  const key = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  return keys === undefined || keys.size < keys.add(key).size ? undefined : key;
}
