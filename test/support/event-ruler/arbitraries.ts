import { array, constantFrom, oneof, tuple, uniqueArray, type Arbitrary } from 'fast-check';

/** One of these words; the more often it stands here, the more often it comes. */
const wordOf = (words: string): Arbitrary<string> => constantFrom(...words.split(' '));
const listOf = (items: readonly string[]): string => `[${items.join(',')}]`;
const withTest = (name: string, value: Arbitrary<string>): Arbitrary<string> => value.map((it) => `{"${name}":${it}}`);
const mostly = (usual: Arbitrary<string>, rare: Arbitrary<string>): Arbitrary<string> =>
  oneof({ weight: 40, arbitrary: usual }, rare);

/** Few names and values, so that patterns and events often meet. Addresses of both families never meet: see below. */
const names = wordOf('a a b b c');
const quoted = wordOf(
  'x x x xy X axb ab Stop StopLogging stoplogging 10.0.0.1 10.0.0.200 2001:db8::1 2001:0db8:0:0::0001 straße STRASSE ' +
    'a*b a\\b 1 true é É',
)
  .map((it) => JSON.stringify(it))
  .chain((it) => constantFrom(it, it, it, '""'));
const numbers = wordOf('0 1 1 1.0 1e0 -1 1.5 1.0000001 100 5000000000 123456789012 1.23456789012e11');
const inRange = wordOf('0 1 1.5 -1 100 1.0');
const scalars = oneof({ weight: 6, arbitrary: quoted }, { weight: 2, arbitrary: numbers }, wordOf('true false null'));
const someOf = (one: Arbitrary<string>): Arbitrary<string> =>
  oneof(one, array(one, { minLength: 1, maxLength: 3 }).map(listOf));

const numeric = oneof(
  tuple(mostly(wordOf('< <= > >= ='), wordOf('== !=')), mostly(inRange, numbers)).map(
    ([operator, number]) => `["${operator}",${number}]`,
  ),
  tuple(wordOf('> >='), wordOf('0 -1'), mostly(wordOf('< <='), wordOf('= >')), wordOf('1 1.5 100')).map(
    ([low, from, high, to]) => `["${low}",${from},"${high}",${to}]`,
  ),
);
const wildcards = mostly(wordOf('* a* *b a*b S*p* *x* a\\*b a\\\\b x *Logging'), wordOf('a**b a\\b')).map((it) =>
  JSON.stringify(it),
);
/** Not 0.0.0.0/0: the matcher takes the digits of longer IPv6 addresses, and of numbers, for IPv4 addresses. */
const blocks = mostly(wordOf('10.0.0.0/24 10.0.0.0/8 10.0.0.128/25 2001:db8::/32'), wordOf('10.0.0.1 x/8')).map((it) =>
  JSON.stringify(it),
);

const tests = oneof(
  { weight: 20, arbitrary: scalars },
  { weight: 6, arbitrary: withTest('exists', mostly(wordOf('true false'), wordOf('"true"'))) },
  { weight: 3, arbitrary: withTest('prefix', oneof(quoted, withTest('equals-ignore-case', quoted))) },
  { weight: 3, arbitrary: withTest('suffix', oneof(quoted, withTest('equals-ignore-case', quoted))) },
  { weight: 3, arbitrary: withTest('equals-ignore-case', quoted) },
  { weight: 4, arbitrary: withTest('wildcard', wildcards) },
  { weight: 4, arbitrary: withTest('numeric', numeric) },
  { weight: 3, arbitrary: withTest('cidr', blocks) },
  { weight: 5, arbitrary: withTest('anything-but', mostly(oneof(someOf(quoted), someOf(inRange)), someOf(scalars))) },
  { weight: 3, arbitrary: withTest('anything-but', withTest('prefix', someOf(wordOf('"x" "S" "1" "a"')))) },
  { weight: 3, arbitrary: withTest('anything-but', withTest('suffix', someOf(wordOf('"x" "g" "b"')))) },
  { weight: 3, arbitrary: withTest('anything-but', withTest('wildcard', someOf(wildcards))) },
  { weight: 3, arbitrary: withTest('anything-but', withTest('equals-ignore-case', someOf(quoted))) },
  constantFrom('{"regex":"x"}', '{}', '[]', '{"prefix":"x","suffix":"y"}', '{"exactly":"x"}'),
);
const lists = array(tests, { minLength: 1, maxLength: 3 }).map(listOf);

const objectOf = (value: Arbitrary<string>, minLength = 1): Arbitrary<string> =>
  uniqueArray(tuple(names, value), { minLength, maxLength: 3, selector: ([name]) => name }).map(
    (fields) => `{${fields.map(([name, it]) => `"${name}":${it}`).join(',')}}`,
  );
const flat = objectOf(lists);
const nested = objectOf(oneof({ weight: 2, arbitrary: lists }, flat));
const or = array(oneof(flat, nested), { minLength: 2, maxLength: 3 }).map((it) => `"$or":${listOf(it)}`);
const joined = tuple(nested, or, or).chain(([plain, one, other]) =>
  constantFrom(
    `{${one}}`,
    `{${plain.slice(1, -1)},${one}}`,
    `{${one},${plain.slice(1, -1)}}`,
    `{"a":{${one}},${other}}`,
    `{"$or":[{${one}},{"b":[{"exists":true}],"c":{${other}}}]}`,
  ),
);

/**
 * Event patterns, most of them valid, as text. None with wildcards beside texts of either case: of those the matcher
 * mixes up the characters (a wildcard *Logging beside é then matches 2001:0db8:0:0::0001).
 */
export const patterns: Arbitrary<string> = oneof(flat, nested, joined).filter(
  (it) => !it.includes('"wildcard"') || !it.includes('"equals-ignore-case"'),
);

const leaf = oneof({ weight: 4, arbitrary: scalars }, array(scalars, { maxLength: 3 }).map(listOf));
const inner = objectOf(leaf);
const holder = oneof(
  { weight: 3, arbitrary: leaf },
  { weight: 2, arbitrary: inner },
  { weight: 2, arbitrary: array(oneof(inner, scalars), { maxLength: 3 }).map(listOf) },
  array(array(inner, { maxLength: 2 }).map(listOf), { maxLength: 2 }).map(listOf),
);

/** Events, as text. */
export const events: Arbitrary<string> = objectOf(holder, 2);
