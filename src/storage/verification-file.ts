import { mismatch, schemaCheck } from '../json-schema.js';
import { UsageError } from '../model/errors.js';
import type { Verification } from '../model/verification.js';
import { readJson } from './read-results.js';

const help = 'trailproof verify-logs --format json --output FILE writes one.';

/**
 * What `verify-logs --format json` wrote.
 *
 * @throws UsageError when there is no such file, or it is another one
 */
export async function loadVerification(file: string): Promise<Verification> {
  const document = await readJson(file, help);
  const validate = schemaCheck<Verification>('schema/verification.v1.json');
  if (validate(document)) return document;
  throw new UsageError(`${file} holds no verification of this version: ${mismatch(validate.errors)}.`, help);
}
