import { expect, test } from 'vitest';
import { unknownMembers } from './unknown-members.js';

test('what the SDK made nothing of is named by its path', () => {
  const document = {
    TrailARN: 'arn',
    Selectors: [
      { Name: 'a', Conditions: [{ Field: 'x', Equals: ['1'], Contains: ['2'] }] },
      { Name: 'b', Conditions: [], Scope: { In: 'us-east-1' } },
    ],
    Since: 12,
    Later: null,
  };
  const made = {
    $metadata: {},
    TrailARN: 'arn',
    Selectors: [
      { Name: 'a', Conditions: [{ Field: 'x', Equals: ['1'] }] },
      { Name: 'b', Conditions: [] },
    ],
    Since: new Date(12_000),
  };
  expect(unknownMembers(document, made)).toEqual(['Selectors.0.Conditions.0.Contains', 'Selectors.1.Scope']);
});

test('a document that the SDK knows whole has none', () => {
  expect(unknownMembers({ a: [{ b: false, c: 0, d: '' }] }, { a: [{ b: false, c: 0, d: '' }] })).toEqual([]);
});
