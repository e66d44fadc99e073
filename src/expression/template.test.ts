import { describe, expect, test } from 'vitest';
import { ViewList, type Value } from './values.js';
import { aList, anObject, anOpenList, aScope, trailEnvironment, unread } from '../../test/support/view-objects.js';
import { compileTemplate, render } from './index.js';

function show(text: string, names: Readonly<Record<string, Value>>): string {
  const { template, diagnostics } = compileTemplate(text, trailEnvironment);
  if (template === undefined) throw new Error(diagnostics.map((it) => it.message).join('; '));
  return render(template, aScope(names));
}

describe('values in messages', () => {
  const trails = (list: Value) => ({ account: anObject('Account', { trails: list }) });
  const named = (...names: string[]) => names.map((name) => anObject('Trail', { name }));
  const names = '${account.trails.map(t, t.name)}';
  test.each<[string, Record<string, Value>, string]>([
    ['Trail ${trail.name}.', { trail: anObject('Trail', { name: 'x' }) }, 'Trail x.'],
    ['${trail.name}', { trail: anObject('Trail', { name: unread() }) }, '(could not be read)'],
    ["${duration('26h')} at ${now}", {}, '26h at 2026-11-21T00:00:00Z'],
    ["a ${'}' + '{'} b", {}, 'a }{ b'],
    ['costs $5, $${not this}', {}, 'costs $5, ${not this}'],
    [names, trails(aList()), 'none'],
    [names, trails(aList(...named('a', 'b', 'c'))), 'a, b, c'],
    [names, trails(aList(...named('a', 'b', 'c', 'd', 'e'))), 'a, b, c and 2 more'],
    [names, trails(anOpenList(...named('a'))), 'a, and others that could not be read'],
    [names, trails(anOpenList()), '(could not be read)'],
    [names, trails(new ViewList([])), 'none'],
  ])('%s', (text, scope, expected) => {
    expect(show(text, scope)).toBe(expected);
  });
});

test('what is wrong is placed within the whole text, all at once', () => {
  const text = 'Trail ${trail.nam} and ${params.minDay}, ${account}, ${trail.name';
  const { template, diagnostics } = compileTemplate(text, trailEnvironment);
  expect(template).toBeUndefined();
  expect(diagnostics.map((it) => [text.slice(it.start, it.end), it.code])).toEqual([
    ['nam', 'unknown-field'],
    ['minDay', 'unknown-field'],
    ['account', 'types'],
    ['${', 'syntax'],
  ]);
});
