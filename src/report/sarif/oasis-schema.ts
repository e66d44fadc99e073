import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

const path = 'schema/third-party/sarif-2.1.0.json';

let compiled: ValidateFunction | undefined;

/** What the OASIS schema of SARIF 2.1.0 finds wrong, as `/place: message`; empty for a valid log. */
export function checkOasisSchema(sarif: unknown): readonly string[] {
  compiled ??= compile();
  if (compiled(sarif)) return [];
  return (compiled.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'}: ${message ?? 'is wrong'}`);
}

function compile(): ValidateFunction {
  const source: unknown = JSON.parse(readFileSync(schemaUrl(), 'utf8'));
  if (typeof source !== 'object' || source === null) throw new Error(`${path} is no JSON Schema.`);
  // Draft-04 differs from what Ajv speaks in `id` and in boolean exclusive limits; the schema has none of the latter.
  const { id: _id, $schema: _draft, ...schema } = source as Record<string, unknown>; // an object, as was just seen
  // Inlined references and optimized code make compiling four times slower, and one log is all that is checked.
  const ajv = new Ajv({ strict: false, allErrors: false, inlineRefs: false, code: { optimize: false } });
  formats.default(ajv, ['date-time', 'uri', 'uri-reference']);
  return ajv.compile(schema);
}

/** The package's own copy: this file stands at different depths in `src`, `dist/lib` and the bundled action. */
function schemaUrl(): URL {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const url = new URL(path, folder);
    if (existsSync(url)) return url;
    if (folder.pathname === '/' || /^\/[A-Za-z]:\/$/.test(folder.pathname)) {
      throw new Error(`The package is not whole: ${path} is missing.`);
    }
  }
}
