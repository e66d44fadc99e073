import { mismatch, schemaCheck } from '../json-schema.js';
import { UsageError } from '../model/errors.js';
import type { SavedKeys } from '../model/saved-keys.js';
import { readJson } from './read-results.js';

const help = 'Save it where AWS can be reached: trailproof verify-logs --save-keys FILE';

/**
 * What `verify-logs --save-keys` wrote.
 *
 * @throws UsageError when there is no such file, or it is another one
 */
export async function loadSavedKeys(file: string): Promise<SavedKeys> {
  const document = await readJson(file, help);
  const validate = schemaCheck<SavedKeys>('schema/saved-keys.v1.json');
  if (validate(document)) return document;
  throw new UsageError(`${file} holds no saved keys of this version: ${mismatch(validate.errors)}.`, help);
}
