import { expect, test } from 'vitest';
import { compile, evaluate } from './expression.js';
import { fromJson } from './json.js';
import { json, withTypes, type Field } from './types.js';
import { Unknown, ViewList, type Value } from './values.js';

const unreadable = new Unknown(['gap']);
const field: Field = { type: json, isOptional: false, description: '' };
const environment = {
  types: withTypes({ object: () => undefined, names: [] }, new Map()),
  names: new Map([['it', field]]),
  functions: [],
};

function value(source: string, data: unknown): Value {
  const { expression, diagnostics } = compile(source, environment, undefined);
  expect(diagnostics).toEqual([]);
  if (expression === undefined) throw new Error('not compiled');
  return evaluate(expression, { get: () => fromJson(data, unreadable) });
}

test.each([
  ["it.?name.orValue('')", { name: 'main' }, 'main'],
  ["it.?name.orValue('')", { name: 5 }, '5'],
  ["it.?name.orValue('')", { name: { a: 1 } }, '{"a":1}'],
  ["it.?name.orValue('none')", {}, 'none'],
  ["it.?name.orValue('none')", { name: null }, 'none'],
  ["it.?name.orValue('none')", null, 'none'],
  ["it.?a.b.c.orValue('none')", { a: {} }, 'none'],
  ["it.?a.b.c.orValue('none')", { a: { b: { c: 'deep' } } }, 'deep'],
  ['it.?count.orValue(0)', { count: '12' }, 12],
  ['it.?count.orValue(0) > 11', { count: 12 }, true],
  ['it.?isOn.orValue(false)', { isOn: 'TRUE' }, true],
  ["it['x-amz-acl'].orValue('')", { 'x-amz-acl': 'private' }, 'private'],
  ["it.?a['b-c'].orValue('')", {}, ''],
  ["has(it.name) && it.name == 'main'", { name: 'main' }, true],
  ["has(it.name) && it.name != 'main'", {}, false],
  ["has(it.name) && it.name in ['a', 'b']", { name: 'b' }, true],
  ["has(it.names) && 'b' in it.names", { names: ['a', 'b'] }, true],
  ["has(it.name) && it.name.startsWith('ma')", { name: 'main' }, true],
  ["has(it.name) && it.name.matches('^m.*n$')", { name: 'main' }, true],
  ['has(it.a) && has(it.b) && it.a == it.b', { a: 5, b: '5' }, true],
  ["it.?items.orValue([]).exists(x, x.?id.orValue('') == 'b')", { items: [{ id: 'a' }, null, { id: 'b' }] }, true],
  ["it.?items.orValue([]).exists(x, x == 'b')", { items: ['a', 'b'] }, true],
  ["it.?set.items.orValue([]).map(x, x.?id.orValue('')).join(',')", { set: { items: [{ id: 'a' }, {}] } }, 'a,'],
  ['size(it.?items.orValue([]))', { items: [1, 2] }, 2],
])('%s of %j', (source, data, expected) => {
  expect(value(source, data)).toEqual(expected);
});

test.each([
  ['a list where text has no fields', "it.?name.first.orValue('')", { name: 'main' }],
  ['a number in a text that is none', 'it.?count.orValue(0)', { count: 'many' }],
  ['true or false in a number', 'it.?isOn.orValue(false)', { isOn: 1 }],
  ['a list in a text', 'it.?items.orValue([]).exists(x, x == 1)', { items: 'a' }],
  ['what was left out', "it.?name.orValue('')", { omitted: true, originalSize: 200_000, reason: 'size' }],
])('%s is unknown, never the default', (_, source, data) => {
  expect(value(source, data)).toBe(unreadable);
});

test.each([
  ["it.name == 'main'", "'name' may be absent"],
  ["it.?name == 'main'", 'this may be absent'],
  ["it['name'] == 'main'", 'this may be absent'],
  ['has(it.items) && size(it.items) > 1', 'size() takes a list or a string, not json'],
])('%s is refused: %s', (source, message) => {
  expect(compile(source, environment, undefined).diagnostics.map((it) => it.message)).toEqual([message]);
});

test('members of a list that could not be read stay in a list of texts', () => {
  expect(value("it.?items.orValue(['a'])", {})).toEqual(new ViewList(['a']));
});
