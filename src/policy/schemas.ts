import { schemaCheck, type ErrorObject } from '../json-schema.js';
import { packageFile } from '../package-file.js';
import type { ActivityTestsDocument } from './schema/activity-tests.js';
import type { AttestationsDocument } from './schema/attestations.js';
import type { ConfigDocument } from './schema/config.js';
import type { PackDocument } from './schema/pack.js';
import type { PolicyDocument } from './schema/policy.js';
import type { TestsDocument } from './schema/tests.js';
import type { WaiversDocument } from './schema/waivers.js';

/** What each kind of file holds. */
export interface Documents {
  readonly policy: PolicyDocument;
  readonly pack: PackDocument;
  readonly config: ConfigDocument;
  readonly tests: TestsDocument;
  readonly 'activity-tests': ActivityTestsDocument;
  readonly waivers: WaiversDocument;
  readonly attestations: AttestationsDocument;
}

export type DocumentKind = keyof Documents;

export type Checked<Kind extends DocumentKind> =
  | { readonly document: Documents[Kind] }
  | { readonly errors: readonly ErrorObject[] };

/** Path of the published schema of a kind. */
export function schemaFile(kind: DocumentKind): string {
  return packageFile(`schema/${kind}.v1.json`);
}

/** Holds plain data against the published schema of its kind; all errors at once. */
export function checkAgainstSchema<Kind extends DocumentKind>(kind: Kind, value: unknown): Checked<Kind> {
  // `verbose` gives each error the schema and the value that it speaks of, for suggestions.
  const options = { allErrors: true, verbose: true };
  const validate = schemaCheck<Documents[Kind]>(`schema/${kind}.v1.json`, options);
  return validate(value) ? { document: value } : { errors: validate.errors ?? [] };
}
