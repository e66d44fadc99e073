import { existsSync } from 'node:fs';
import { createRequire as requireFrom } from 'node:module';
import { basename } from 'node:path';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { packageFile } from './package-file.js';

/** Whether a value is what a schema describes; what is wrong with the last one is in `errors`. */
export interface SchemaCheck<T> {
  (value: unknown): value is T;
  errors?: readonly ErrorObject[] | null;
}

/** Where the check of a schema is, once it is prepared: `dist/cli/checks/inventory.v1.cjs`. */
export function preparedCheckFile(path: string): string {
  return packageFile(`dist/cli/checks/${basename(path, '.json')}.cjs`);
}

/**
 * The check of a schema as `npm run build` compiled it: loading it takes a tenth of the time. Undefined where there is none, or
 * one of another schema.
 *
 * @typeParam T - what the schema describes
 */
export function preparedCheck<T>(path: string, key: string): SchemaCheck<T> | undefined {
  const file = preparedCheckFile(path);
  if (!existsSync(file)) return undefined;
  // What `prepare-checks.mjs` wrote.
  const prepared = requireFrom(import.meta.url)(file) as { readonly key: string; readonly check: SchemaCheck<T> };
  return prepared.key === key ? prepared.check : undefined;
}
