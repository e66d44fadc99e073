import { schemaCheck } from '../../json-schema.js';

/** Inlined references and optimized code make compiling four times slower, and one log is all that is checked. */
const options = { strict: false, inlineRefs: false, code: { optimize: false } };

/** What the OASIS schema of SARIF 2.1.0 finds wrong, as `/place: message`; empty for a valid log. */
export function checkOasisSchema(sarif: unknown): readonly string[] {
  const check = schemaCheck(...oasisSchema);
  if (check(sarif)) return [];
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'}: ${message ?? 'is wrong'}`);
}

/** What `schemaCheck` is asked of it. */
export const oasisSchema = ['schema/third-party/sarif-2.1.0.json', options, withoutDraft04] as const;

/** Draft-04 differs from later ones in `id` and in boolean exclusive limits; the schema has none of the latter. */
function withoutDraft04(schema: object): object {
  const { id: _id, $schema: _draft, ...rest } = schema as Readonly<Record<string, unknown>>; // JSON, an object
  return rest;
}
