import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type Options } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { packageFile } from './package-file.js';
import { preparedCheck, type SchemaCheck } from './prepared-check.js';

export type { ErrorObject, Options as SchemaOptions };

/** What all checks have, beside what each asks for itself. */
const ofAllSchemas: Options = {
  strict: true,
  // A branch of a union requires what the union describes.
  strictRequired: false,
  allowUnionTypes: true,
  discriminator: true,
  ownProperties: true,
  // The schemas are ours, and a test holds each against the meta-schema: a run need not do it again. Optimizing the
  // validator takes longer than the documents that it then checks.
  meta: false,
  validateSchema: false,
  code: { optimize: false },
};

/** Compiling takes longer than most checks: each schema is compiled once for each set of options. */
const compiled = new Map<string, SchemaCheck<unknown>>();

/**
 * Checks plain data against a JSON Schema that is shipped with the package, such as `schema/results.v1.json`.
 *
 * @typeParam T - what the schema describes: the type that is generated from it
 * @param options - on top of what all schemas have
 * @param prepare - changes the schema before it is compiled; of a schema, always the same one
 */
export function schemaCheck<T>(path: string, options: Options = {}, prepare = asItIs): SchemaCheck<T> {
  const key = `${path} ${JSON.stringify(options)}`;
  const known = compiled.get(key);
  // The same schema, for which the caller names the same type.
  if (known !== undefined) return known as SchemaCheck<T>;
  const text = readFileSync(packageFile(path), 'utf8');
  const check = preparedCheck<T>(path, keyOfCheck(text, options)) ?? compileCheck<T>(text, options, prepare).check;
  compiled.set(key, check);
  return check;
}

/**
 * Compiles the check of a schema.
 *
 * @returns the check, and what compiled it
 */
export function compileCheck<T>(
  text: string,
  options: Options,
  prepare = asItIs,
): { readonly ajv: Ajv2020; readonly check: SchemaCheck<T> } {
  const ajv = new Ajv2020({ ...ofAllSchemas, ...options });
  addFormats.default(ajv);
  // For the generator of types, and for editors.
  ajv.addVocabulary(['tsType', 'defaultSnippets', 'enumDescriptions', 'patternErrorMessage']);
  return { ajv, check: ajv.compile<T>(prepare(JSON.parse(text) as object)) }; // our own file
}

/** A check that was prepared under another key is that of another schema, or of other options. */
export function keyOfCheck(text: string, options: Options): string {
  const all = JSON.stringify({ ...ofAllSchemas, ...options });
  return createHash('sha256').update(`${all}\n${text}`).digest('hex');
}

/** What does not fit first, in words: `the top level must be an object`, `/run/source must be a text`. */
export function mismatch(errors: readonly ErrorObject[] | null | undefined): string {
  const [first] = errors ?? [];
  if (first === undefined) return 'it is something else';
  const { instancePath, message = 'does not fit' } = first;
  const extra: unknown = first.params['additionalProperty'];
  const words = message
    .replace(/^must be (object|array|integer)$/, (_, type: string) => `must be an ${type}`)
    .replace(/^must be (string|number|boolean)$/, (_, type: string) => `must be a ${type}`)
    .replace(/^must have required property '(.*)'$/s, (_, name: string) => `lacks '${name}'`)
    .replace('must NOT have additional properties', 'has a member that is not known here');
  const named = typeof extra === 'string' ? ` ('${extra.slice(0, 60)}')` : '';
  return `${instancePath === '' ? 'the top level' : instancePath} ${words}${named}`;
}

function asItIs(schema: object): object {
  return schema;
}
