import { UsageError } from '../model/errors.js';

/**
 * JSON lets an object say a key twice, and readers differ in which of the two they believe: such a file is none that
 * this tool wrote.
 *
 * @param text JSON that was parsed without an error
 * @throws UsageError naming the key and its place
 */
export function refuseDuplicateKeys(text: string, file: string): void {
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
        if (isKeyNext) note(text.slice(index, end + 1), around.at(-1), text, index, file);
        isKeyNext = false;
        index = end;
        break;
      }
      default: {
        break;
      }
    }
  }
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

function note(quoted: string, keys: Set<string> | undefined, text: string, at: number, file: string): void {
  // A quoted text of valid JSON is a text.
  const key = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (keys === undefined || keys.size < keys.add(key).size) return;
  const before = text.slice(0, at).split('\n');
  throw new UsageError(
    `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: the key '${key.slice(0, 60)}' occurs twice in one object.`,
    'Leave one of them: readers of JSON differ in which they believe.',
  );
}
