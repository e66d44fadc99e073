import { assert, property, constantFrom, array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ABSENT, Duration, Unknown, ViewList, type Value } from './values.js';
import { aList, anObject, anOpenList, aScope, trailEnvironment, unread } from '../../test/support/view-objects.js';
import { compile, evaluate } from './index.js';

const params = anObject('params', {
  maxSilence: new Duration(86_400_000),
  minDays: 365,
  strict: true,
  names: aList('org', 'main'),
});

function run(source: string, names: Readonly<Record<string, Value>> = {}): Value {
  const { expression, diagnostics } = compile(source, trailEnvironment, undefined);
  if (expression === undefined) throw new Error(`${source}: ${diagnostics.map((it) => it.message).join('; ')}`);
  return evaluate(expression, aScope({ params, ...names }));
}

const aTrail = (fields: Readonly<Record<string, Value>>) =>
  anObject('Trail', { isLogging: true, isMultiRegionTrail: true, ...fields });
const anAccount = (fields: Readonly<Record<string, Value>>) => anObject('Account', fields);

describe('known values', () => {
  test.each<[string, Value, Record<string, Value>?]>([
    ["'a' + 'b' == 'ab'", true],
    ['7 / 2 == 3 && -7 / 2 == -3 && -7 % 2 == -1', true],
    ["'b' > 'a' && 'a' <= 'a'", true],
    ["'\\u0041\\x42\\103' == 'ABC'", true],
    ["size('a😀') == 2", true],
    ["'a,b,c'.split(',').join('-')", 'a-b-c'],
    ["'ABC'.lowerAscii().contains('b')", true],
    ["'trail/x'.startsWith('trail') && 'trail/x'.endsWith('/x')", true],
    ["'xorgx'.matches('org') && !'xorgx'.matches('^org$')", true],
    ["string(duration('26h')) + ' ' + string(duration('1h30m5s'))", '26h 1h30m5s'],
    ['string(now)', '2026-11-21T00:00:00Z'],
    ["now - timestamp('2026-11-20T00:00:00Z') == days(1)", true],
    ["timestamp('2026-11-20T23:00:00+01:00') + duration('2h') == now", true],
    ['int(now) == 1795219200', true],
    ["arnLike('arn:aws:iam::111122223333:role/a/b', 'arn:*:iam::*:role/a*')", true],
    ["arnLike('arn:aws:iam::111122223333:role/a', 'arn:aws:iam::*')", false],
    ["isArn('arn:aws:s3:::b') && !isArn('arn:aws')", true],
    [
      "params.names.exists(n, n == 'org') && !params.names.all(n, n == 'org') && params.names.exists_one(n, n == 'org')",
      true,
    ],
    ["'org' in params.names && !('x' in params.names)", true],
    ["params.names.filter(n, n != 'org').map(n, n + '!').join(' ')", 'main!'],
    ['trail.isLogging ? 1 : 2', 1, { trail: aTrail({}) }],
    ["trail.?kmsKeyId.orValue('none')", 'none', { trail: aTrail({}) }],
    ["trail.?kmsKeyId.orValue('none')", 'arn:aws:kms:x', { trail: aTrail({ kmsKeyId: 'arn:aws:kms:x' }) }],
    ['bucket.?objectLock.days.orValue(0)', 0, { bucket: anObject('Bucket', {}) }],
    ['has(trail.kmsKeyId)', false, { trail: aTrail({}) }],
    [
      'arn(trail.arn).accountId + arn(trail.arn).resourceType',
      '111122223333trail',
      { trail: aTrail({ arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/t' }) },
    ],
  ])('%s is %s', (source, expected, names = {}) => {
    expect(run(source, names)).toEqual(expected);
  });
});

describe('what could not be read', () => {
  const trail = aTrail({
    isLogging: unread('g1'),
    name: unread('g2'),
    kmsKeyId: unread('g3'),
    logFileValidationEnabled: false,
  });
  test.each<[string, Value]>([
    ['trail.isLogging && false', false],
    ['false && trail.isLogging', false],
    ['trail.isLogging || true', true],
    ['trail.isLogging && true', unread('g1')],
    ["trail.isLogging && trail.name == 'x'", unread('g1', 'g2')],
    ['trail.isLogging && trail.logFileValidationEnabled', false],
    ['!trail.isLogging', unread('g1')],
    ['has(trail.kmsKeyId)', unread('g3')],
    ["has(trail.kmsKeyId) && trail.kmsKeyId.startsWith('a')", unread('g3')],
    ["trail.?kmsKeyId.orValue('x') == 'x'", unread('g3')],
    ['trail.isLogging ? 1 : 1', 1],
    ['trail.isLogging ? 1 : 2', unread('g1')],
    ["trail.name in ['a']", unread('g2')],
    ["trail.name in params.names.filter(n, n == 'nobody')", false],
    ['size(trail.name) + 1 > 0', unread('g2')],
  ])('%s', (source, expected) => {
    expect(run(source, { trail })).toEqual(expected);
  });
});

describe('open lists', () => {
  const logging = aTrail({});
  const stopped = aTrail({ isLogging: false });
  const open = (...members: Value[]) => anAccount({ trails: anOpenList(...members) });
  const doubtful = (member: Value, ...members: Value[]) =>
    anAccount({ trails: new ViewList(members, [{ value: member, because: unread('d') }]) });
  const exists = 'account.trails.exists(t, t.isLogging)';
  const all = 'size(account.trails) >= 0 && account.trails.all(t, t.isLogging)';
  test.each<[string, Value, Value]>([
    [exists, open(logging), true],
    [exists, open(stopped), unread('rest')],
    [exists, doubtful(stopped), false],
    [exists, doubtful(logging), unread('d')],
    [exists, doubtful(stopped, logging), true],
    [all, open(stopped), false],
    [all, open(logging), unread('rest')],
    [all, doubtful(logging, logging), true],
    [all, doubtful(stopped, logging), unread('d')],
    ['size(account.trails) == 0', open(logging), false],
    ['size(account.trails) > 0', open(logging), true],
    ['size(account.trails) == 1', open(logging), unread('rest')],
    ['size(account.trails) == 0', open(), unread('rest')],
    ['size(account.trails) > 2', doubtful(logging, logging), false],
    ['size(account.trails) <= 2', doubtful(logging, logging), true],
    ['0 < size(account.trails)', open(logging), true],
    ['size(account.trails) + 1 > 1', open(logging), unread('rest')],
    ['account.trails.exists_one(t, t.isLogging)', open(logging, logging), false],
    ['account.trails.exists_one(t, t.isLogging)', open(logging), unread('rest')],
    ['account.trails.filter(t, t.isLogging).exists(t, t.isMultiRegionTrail)', doubtful(logging), unread('d')],
    ['size(account.trails.filter(t, t.isLogging)) == 0', doubtful(stopped), true],
    ["'x' in account.trails.map(t, t.name)", open(aTrail({ name: 'x' })), true],
    ["'x' in account.trails.map(t, t.name)", open(aTrail({ name: 'y' })), unread('rest')],
    ["'x' in account.trails.map(t, t.name)", doubtful(aTrail({ name: 'x' })), unread('d')],
    ["'x' in account.trails.map(t, t.name)", doubtful(aTrail({ name: 'y' })), false],
    ["account.trails.map(t, t.name).join(',')", open(aTrail({ name: 'y' })), unread('rest')],
    [exists, anAccount({ trails: unread('all') }), unread('all')],
    [exists, anAccount({ trails: aList(unread('one'), stopped) }), unread('one')],
  ])('%s', (source, account, expected) => {
    expect(run(source, { account })).toEqual(expected);
  });
});

test('evaluation tells what it reads', () => {
  const { expression } = compile('trail.isLogging && trail.isMultiRegionTrail', trailEnvironment, undefined);
  const read: string[] = [];
  if (expression === undefined) throw new Error('does not compile');
  evaluate(expression, aScope({ trail: aTrail({ isLogging: false }) }), (object, field) =>
    read.push(`${object.type}.${field}`),
  );
  expect(read).toEqual(['Trail.isLogging']);
});

test('absence that slips through is not known, never true', () => {
  const trail = anObject('Trail', { isLogging: ABSENT });
  expect(run('trail.isLogging || trail.isLogging', { trail })).toBeInstanceOf(Unknown);
});

describe('laws', () => {
  const truths: readonly Value[] = [true, false, unread('u')];
  const value = (v: Value) => (v instanceof Unknown ? 'unknown' : v);
  const both = (source: string, x: Value, y: Value) =>
    value(run(source, { trail: aTrail({ isLogging: x, isMultiRegionTrail: y }) }));
  const kleene = {
    '&&': (x: Value, y: Value) => (x === false || y === false ? false : x === true && y === true ? true : 'unknown'),
    '||': (x: Value, y: Value) => (x === true || y === true ? true : x === false && y === false ? false : 'unknown'),
  } as const;

  test('&& and || are those of Kleene, and De Morgan holds', () => {
    for (const x of truths) {
      for (const y of truths) {
        for (const operator of ['&&', '||'] as const) {
          expect(both(`trail.isLogging ${operator} trail.isMultiRegionTrail`, x, y)).toBe(kleene[operator](x, y));
        }
        expect(both('!(trail.isLogging && trail.isMultiRegionTrail)', x, y)).toBe(
          both('!trail.isLogging || !trail.isMultiRegionTrail', x, y),
        );
      }
    }
  });

  test('knowing more never changes what was known', () => {
    const expressions = [
      'account.trails.exists(t, t.isLogging && t.isMultiRegionTrail)',
      'size(account.trails) >= 0 && account.trails.all(t, t.isLogging || t.isMultiRegionTrail)',
      'account.trails.exists_one(t, t.isLogging)',
      'size(account.trails.filter(t, t.isLogging)) > 1',
      'account.trails.exists(t, t.isLogging ? t.isMultiRegionTrail : !t.isMultiRegionTrail)',
      'size(account.trails) == 2 || account.trails.exists(t, !t.isLogging)',
    ];
    const truth = constantFrom<Value>(true, false, new Unknown(['u']));
    const member = array(truth, { minLength: 2, maxLength: 2 });
    const membership = constantFrom('member', 'doubtful');
    assert(
      property(
        array(member, { maxLength: 3 }),
        array(membership, { minLength: 3, maxLength: 3 }),
        constantFrom(true, false),
        constantFrom(true, false),
        constantFrom(0, 1, 2),
        (members, memberships, hasRest, resolve, extra) => {
          const trails = members.map(([a = true, b = true]) => aTrail({ isLogging: a, isMultiRegionTrail: b }));
          const known = trails.filter((_, index) => memberships[index] === 'member');
          const doubt = trails.filter((_, index) => memberships[index] !== 'member');
          const before = new ViewList(
            known,
            doubt.map((it) => ({ value: it, because: unread('d') })),
            hasRest ? unread('r') : undefined,
          );
          const settle = (it: Value) => (it instanceof Unknown ? resolve : it);
          const settled = (list: readonly Value[]) =>
            list.map((it) =>
              typeof it === 'object' && 'type' in it
                ? aTrail({
                    isLogging: settle(it.get('isLogging')),
                    isMultiRegionTrail: settle(it.get('isMultiRegionTrail')),
                  })
                : it,
            );
          const more = hasRest ? Array.from({ length: extra }, () => aTrail({ isLogging: resolve })) : [];
          const after = new ViewList([...settled(known), ...(resolve ? settled(doubt) : []), ...more]);
          for (const source of expressions) {
            const first = run(source, { account: anAccount({ trails: before }) });
            if (first instanceof Unknown) continue;
            expect(run(source, { account: anAccount({ trails: after }) })).toBe(first);
          }
        },
      ),
    );
  });
});
