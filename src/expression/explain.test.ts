import { describe, expect, test } from 'vitest';
import { Duration, type Value } from './values.js';
import { aList, anObject, anOpenList, aScope, at, trailEnvironment, unread } from '../../test/support/view-objects.js';
import { bool, compile, explain, type Explanation } from './index.js';

const params = anObject('params', { maxSilence: new Duration(86_400_000), minDays: 365 });

function why(source: string, names: Readonly<Record<string, Value>>): Explanation {
  const { expression, diagnostics } = compile(source, trailEnvironment, bool);
  if (expression === undefined) throw new Error(diagnostics.map((it) => it.message).join('; '));
  return explain(expression, aScope({ params, ...names }));
}

const because = (source: string, names: Readonly<Record<string, Value>>) =>
  why(source, names).because.map(({ expr, value }) => `${expr} = ${value}`);

const aTrail = (id: string, fields: Readonly<Record<string, Value>>) =>
  anObject('Trail', { arn: `arn:${id}`, ...fields }, (field) => ({ targetType: 'trail', id: `arn:${id}`, field }));

describe('only what decided is shown', () => {
  const trail = aTrail('t', {
    isLogging: false,
    isMultiRegionTrail: false,
    name: 'x',
    latestDeliveryTime: at('2026-11-19T00:00:00Z'),
  });
  test.each([
    ['trail.isLogging && trail.isMultiRegionTrail', ['trail.isLogging = false']],
    ['trail.isLogging || trail.isMultiRegionTrail', ['trail.isLogging = false', 'trail.isMultiRegionTrail = false']],
    ['!trail.isLogging || trail.isMultiRegionTrail', ['trail.isLogging = false']],
    ["trail.name == 'y'", ['trail.name = x']],
    ["trail.name in ['y']", ['trail.name = x']],
    [
      'has(trail.latestDeliveryTime) && now - trail.latestDeliveryTime <= params.maxSilence',
      ['now - trail.latestDeliveryTime = 48h', 'params.maxSilence = 24h'],
    ],
    ['has(trail.kmsKeyId)', ['has(trail.kmsKeyId) = false']],
    ["trail.name.startsWith('y')", ["trail.name.startsWith('y') = false"]],
    [
      'trail.isLogging ? true : trail.isMultiRegionTrail',
      ['trail.isLogging = false', 'trail.isMultiRegionTrail = false'],
    ],
  ])('%s', (source, expected) => {
    expect(because(source, { trail })).toEqual(expected);
  });
});

describe('lists', () => {
  const off = (id: string) => aTrail(id, { isLogging: false });
  const on = (id: string) => aTrail(id, { isLogging: true });
  const of = (trails: Value) => ({
    account: anObject('Account', { trails }, (field) => ({ targetType: 'organization', id: 'o-1', field })),
  });
  const exists = 'account.trails.exists(t, t.isLogging)';
  const all = 'size(account.trails) > 0 && account.trails.all(t, t.isLogging)';

  test('members that decided, by what they are known as', () => {
    expect(because(exists, of(aList(off('a'), on('b'))))).toEqual(['account.trails[arn:b].isLogging = true']);
    expect(because(all, of(aList(off('a'), on('b'))))).toEqual(['account.trails[arn:a].isLogging = false']);
  });

  test('three members, and how many more', () => {
    expect(because(exists, of(aList(...['a', 'b', 'c', 'd', 'e'].map(off))))).toEqual([
      'account.trails[arn:a].isLogging = false',
      'account.trails[arn:b].isLogging = false',
      'account.trails[arn:c].isLogging = false',
      'account.trails = and 2 more',
    ]);
  });

  test('an empty list decides by itself', () => {
    expect(because(exists, of(aList()))).toEqual(['account.trails = none']);
    expect(why(exists, of(aList())).causes).toEqual([{ targetType: 'organization', id: 'o-1', field: 'trails' }]);
  });

  test('what could not be read is named', () => {
    expect(because(exists, of(anOpenList(off('a'))))).toEqual([
      'account.trails = arn:a, and others that could not be read',
      'account.trails (others) = (could not be read)',
    ]);
    expect(because(exists, of(aList(aTrail('a', { isLogging: unread() }), off('b'))))).toEqual([
      'account.trails[arn:a].isLogging = (could not be read)',
    ]);
  });

  test('the causes are those of every member that decided', () => {
    const { causes } = why(exists, of(aList(...['a', 'b', 'c', 'd'].map(off))));
    expect(causes.map((it) => it?.id)).toEqual(['arn:a', 'arn:b', 'arn:c', 'arn:d']);
    expect(why(all, of(aList(off('a'), on('b')))).causes).toEqual([
      { targetType: 'trail', id: 'arn:a', field: 'isLogging' },
    ]);
  });
});

test('reads are those of the deciding parts, parameters left out', () => {
  const { reads } = why('trail.isLogging || params.minDays > 300', { trail: aTrail('t', { isLogging: false }) });
  expect(reads).toEqual([]);
  const other = why('trail.isLogging && params.minDays > 300', { trail: aTrail('t', { isLogging: false }) });
  expect(other.reads.map((it) => `${it.object.type}.${it.field}`)).toEqual(['Trail.isLogging']);
});
