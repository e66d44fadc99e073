import { UsageError } from '../model/errors.js';
import type { Results } from '../model/results.js';
import { fileText } from './file-text.js';
import { parseJson } from './parse-json.js';
import { readBytes } from './read-bytes.js';
import { mismatch, schemaCheck } from '../json-schema.js';

/**
 * The results in a document.
 *
 * @throws UsageError naming the first place that does not fit the schema.
 */
export function checkResults(document: unknown, file: string): Results {
  const validate = schemaCheck<Results>('schema/results.v1.json');
  if (validate(document)) return document;
  if (typeof document === 'object' && document !== null && 'capturedAt' in document && 'trails' in document) {
    throw new UsageError(
      `${file} is an inventory, not results.`,
      `Evaluate it first: trailproof scan --source ${file}; its reports hold results.json.`,
    );
  }
  throw new UsageError(
    `${file} holds no results of this version: ${mismatch(validate.errors)}.`,
    'Give a results.json that trailproof scan wrote.',
  );
}

/**
 * A file of JSON as plain data.
 *
 * @param help - what to do where there is no such file
 * @throws UsageError when it cannot be read, or is not JSON.
 */
export async function readJson(file: string, help?: string): Promise<unknown> {
  return parseJson(await readText(file, help), file);
}

/** The file's text, which is UTF-8, gzipped or not; see {@link readJson}. */
export async function readText(file: string, help?: string): Promise<string> {
  try {
    return fileText(await readBytes(file), file);
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    const isMissing = 'code' in error && error.code === 'ENOENT';
    throw new UsageError(
      isMissing ? `There is no file ${file}.` : `${file} cannot be read: ${error.message}`,
      isMissing ? help : undefined,
      { cause: error },
    );
  }
}
