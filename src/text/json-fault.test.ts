import { assert, json as anyJson, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFaultIn } from './json-fault.js';

test.each([
  ['', '1:1'],
  ['{\n  "a": 1,\n}', '3:1'],
  ['{"a": x}', '1:7'],
  ['{"a" 1}', '1:6'],
  ['{a: 1}', '1:2'],
  ['[1 2]', '1:4'],
  ['[1,]', '1:4'],
  ['{"a": 1', '1:8'],
  ['{"a": "b', '1:9'],
  ['{"a": "b\nc"}', '1:9'],
  [String.raw`["\q"]`, '1:3'],
  ['[01]', '1:3'],
  ['{"a": NaN}', '1:7'],
  ['{}\n{}', '2:1'],
  ['[}', '1:2'],
  ['{]', '1:2'],
])('%j breaks at %s', (text, place) => {
  const { line, column } = jsonFaultIn(text);
  expect(`${line}:${column}`).toBe(place);
});

/** The offset, where the text is one line. */
const faultIn = (text: string): number => jsonFaultIn(text).column - 1;

test('what is deep breaks, too', () => {
  expect(jsonFaultIn(`${'{"a":['.repeat(50_000)}!`)).toEqual({ line: 1, column: 300_001 });
});

test('what is JSON breaks only at its end, and a sign that belongs nowhere where it stands', () => {
  assert(
    property(anyJson(), nat(), (json, at) => {
      expect(faultIn(json)).toBe(json.length);
      const place = at % (json.length + 1);
      const broken = `${json.slice(0, place)}\u0001${json.slice(place)}`;
      const found = faultIn(broken);
      expect(() => JSON.parse(broken)).toThrow(SyntaxError);
      // Within a word or an escape it is the whole word that is not known.
      expect(found).toBeLessThanOrEqual(place);
      expect(place - found).toBeLessThan(6);
    }),
    { numRuns: 100 },
  );
});
