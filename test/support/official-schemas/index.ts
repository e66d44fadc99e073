import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type Check = (document: unknown) => readonly string[];

/** What a published schema finds wrong with a document, as `/place: message`; each schema is compiled once. */
export function officialSchema(file: string, draft: 'draft-07' | '2020-12'): Check {
  const schema = Object(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')));
  const options = { strict: false, allErrors: true, inlineRefs: false, code: { optimize: false } };
  const ajv = draft === 'draft-07' ? new Ajv(options) : new Ajv2020(options);
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (document) => {
    if (validate(document)) return [];
    return (validate.errors ?? []).map(
      (it) => `${it.instancePath || '/'}: ${it.message ?? 'is wrong'} ${JSON.stringify(it.params)}`,
    );
  };
}

export const ocsfSchema = () => officialSchema('ocsf-1.6.0-compliance-finding.json', '2020-12');
export const asffSchema = () => officialSchema('asff-2018-10-26.json', '2020-12');
export const oscalSchema = () => officialSchema('oscal-1.2.1-assessment-results.json', 'draft-07');
