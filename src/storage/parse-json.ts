import { UsageError } from '../model/errors.js';
import { jsonFaultIn } from '../text/json-fault.js';
import { refuseDuplicateKeys } from './duplicate-key.js';

/**
 * The data in the text of a file.
 *
 * @throws UsageError naming the line and the column, when it is not JSON or says a key twice
 */
export function parseJson(text: string, file: string): unknown {
  const parsed = parsedOf(text, file);
  refuseDuplicateKeys(text, file);
  return parsed;
}

function parsedOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { line, column } = jsonFaultIn(text);
    // An offset says less than the line.
    const reason = error.message.replace(/ in JSON at position .*$/, '');
    throw new UsageError(`${file}:${line}:${column}: this is not JSON: ${reason}`, undefined, { cause: error });
  }
}
