import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileCheck, keyOfCheck, type SchemaOptions } from './json-schema.js';
import { packageFile, readPackageJson } from './package-file.js';
import { preparedCheck } from './prepared-check.js';
import { oasisSchema } from './report/sarif/oasis-schema.js';

type Prepare = (schema: object) => object;
const prepared: readonly (readonly [string, SchemaOptions, Prepare, string])[] = [
  ['schema/inventory.v1.json', {}, (it) => it, 'src/sample/inventory.json'],
  ['schema/results.v1.json', {}, (it) => it, 'reports/results.json'],
  [...oasisSchema, 'reports/results.sarif'],
];

test.each(prepared)('%s: what the build prepared finds what compiling now does', (path, options, prepare, file) => {
  const text = readFileSync(packageFile(path), 'utf8');
  const check = preparedCheck(path, keyOfCheck(text, options));
  const { check: compiled } = compileCheck(text, options, prepare);
  const valid = readPackageJson(file) as Record<string, unknown>;
  expect(check?.(valid)).toBe(true);

  const damaged = Object.keys(valid).flatMap((name) => [
    { ...valid, [name]: undefined },
    { ...valid, [name]: [{ no: 1 }] },
    { ...valid, [name]: 'text' },
  ]);
  const found = [...damaged, null, []].map((value) => [check?.(value), check?.errors]);
  expect(found).toEqual([...damaged, null, []].map((value) => [compiled(value), compiled.errors]));
  expect(found.filter(([holds]) => holds === false).length).toBeGreaterThan(3);
});

test('what was prepared of another schema, or not at all, is not taken', () => {
  expect(preparedCheck('schema/inventory.v1.json', 'another')).toBeUndefined();
  expect(preparedCheck('schema/doctor.v1.json', 'another')).toBeUndefined();
});
