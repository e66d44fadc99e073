import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readPackageJson } from './package-file.js';
import { schemaCheck } from './json-schema.js';

// The schemas of the View and of events are read by the checker of expressions: they describe types, and no data is
// checked against them.
const ofTypes = new Set(['view.v1.json', 'event.v1.json']);
const schemas = readdirSync('schema').filter((name) => name.endsWith('.json') && !ofTypes.has(name));

test.each(schemas)('%s has no slip that Ajv would pass over, and refuses what is not an object', (name) => {
  const check = schemaCheck(`schema/${name}`);
  expect(check('text')).toBe(false);
  expect(check.errors).toMatchObject([{ keyword: 'type' }]);
});

test.each(schemas)('%s is a valid schema', (name) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  expect(ajv.validateSchema(readPackageJson(`schema/${name}`) as object)).toBe(true);
});

test('a schema is compiled once', () => {
  expect(schemaCheck('schema/doctor.v1.json')).toBe(schemaCheck('schema/doctor.v1.json'));
});

test('a schema that is asked with other options is another check', () => {
  const first = schemaCheck('schema/doctor.v1.json');
  const all = schemaCheck('schema/doctor.v1.json', { allErrors: true });
  expect([first({}), all({})]).toEqual([false, false]);
  expect(first.errors).toHaveLength(1);
  expect(all.errors?.length).toBeGreaterThan(1);
});
