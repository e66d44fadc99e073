import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { readPackageJson } from '../package-file.js';
import type { ConfigDocument } from './schema/config.js';
import type { PackDocument } from './schema/pack.js';
import type { PolicyDocument } from './schema/policy.js';
import type { TestsDocument } from './schema/tests.js';
import type { WaiversDocument } from './schema/waivers.js';

interface Documents {
  readonly policy: PolicyDocument;
  readonly pack: PackDocument;
  readonly config: ConfigDocument;
  readonly tests: TestsDocument;
  readonly waivers: WaiversDocument;
}

export type DocumentKind = keyof Documents;

export type Checked<Kind extends DocumentKind> =
  | { readonly document: Documents[Kind] }
  | { readonly errors: readonly ErrorObject[] };

const validators = new Map<DocumentKind, ValidateFunction>();

/** Holds plain data against the published schema of its kind; all errors at once. */
export function checkAgainstSchema<Kind extends DocumentKind>(kind: Kind, value: unknown): Checked<Kind> {
  const validate = validators.get(kind) ?? compile(kind);
  if (!validate(value)) return { errors: validate.errors ?? [] };
  // The schema that it was just held against is the one that the type is made from.
  return { document: value as Documents[Kind] };
}

function compile(kind: DocumentKind): ValidateFunction {
  // `verbose` gives each error the schema and the value that it speaks of, for suggestions.
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true, ownProperties: true });
  ajvFormats.default(ajv);
  // For the generator of types, and for editors.
  ajv.addVocabulary(['tsType', 'defaultSnippets', 'enumDescriptions', 'patternErrorMessage']);
  // The file is part of this package.
  const validate = ajv.compile(readPackageJson(`schema/${kind}.v1.json`) as object);
  validators.set(kind, validate);
  return validate;
}
