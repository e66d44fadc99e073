import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readViewSchema } from '../expression/index.js';
import { conditionFacts, textFacts } from './facts.js';
import { recordFields } from './record-fields.js';

const schema: unknown = JSON.parse(readFileSync('schema/event.v1.json', 'utf8'));

test('every field of an event is read from the record, is a fact, or is a list', () => {
  const { types } = readViewSchema(schema);
  const known = types.names
    .filter((name) => name !== 'Incident')
    .flatMap((name) => [...(types.object(name)?.entries() ?? [])].map(([field, { type }]) => ({ name, field, type })))
    .filter(({ type }) => type.kind !== 'list')
    .map(({ name, field }) => `${name}.${field}`);
  const facts = [...Object.keys(conditionFacts), ...Object.keys(textFacts)].map((field) => `Event.${field}`);
  const read = Object.entries(recordFields).flatMap(([name, fields]) =>
    Object.keys(fields).map((field) => `${name}.${field}`),
  );
  expect([...facts, ...read].toSorted()).toEqual(known.toSorted());
});
