import { mismatch, schemaCheck } from '../json-schema.js';
import { UsageError } from '../model/errors.js';
import type { History } from '../model/history.js';
import { readJson } from './read-results.js';

const help = 'trailproof history --format json --output FILE writes one.';

/**
 * What `history --format json` wrote.
 *
 * @throws UsageError when there is no such file, or it is another one
 */
export async function loadHistory(file: string): Promise<History> {
  const document = await readJson(file, help);
  const validate = schemaCheck<History>('schema/history.v1.json');
  if (validate(document)) return document;
  throw new UsageError(`${file} holds no history of this version: ${mismatch(validate.errors)}.`, help);
}
