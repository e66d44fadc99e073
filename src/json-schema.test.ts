import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schemaCheck } from './json-schema.js';

// The View's schema is read by the checker of expressions: it describes types, and no data is checked against it.
const schemas = readdirSync('schema').filter((name) => name.endsWith('.json') && name !== 'view.v1.json');

test.each(schemas)('%s has no slip that Ajv would pass over, and refuses what is not an object', (name) => {
  const check = schemaCheck(`schema/${name}`);
  expect(check('text')).toBe(false);
  expect(check.errors).toMatchObject([{ keyword: 'type' }]);
});

test('a schema is compiled once', () => {
  expect(schemaCheck('schema/doctor.v1.json')).toBe(schemaCheck('schema/doctor.v1.json'));
});
