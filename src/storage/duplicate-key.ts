import { UsageError } from '../model/errors.js';
import { duplicateKeyIn } from '../text/duplicate-key.js';

/**
 * JSON that says a key of an object twice is none that this tool wrote.
 *
 * @param text - JSON that was parsed without an error
 * @throws UsageError naming the key and its place
 */
export function refuseDuplicateKeys(text: string, file: string): void {
  const found = duplicateKeyIn(text);
  if (found === undefined) return;
  throw new UsageError(
    `${file}:${found.line}:${found.column}: the key '${found.key.slice(0, 60)}' occurs twice in one object.`,
    'Leave one of them: readers of JSON differ in which they believe.',
  );
}
