import { array, assert, constant, oneof, property, string } from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { events, patterns } from '../../../test/support/event-ruler/arbitraries.js';
import { anything, maybe, oneOf, someText } from '../partial-event/index.js';
import { matchesEventPattern, matchesEventText, parseEventPattern, type EventPattern } from './index.js';

function parsed(pattern: unknown): EventPattern {
  const result = parseEventPattern(typeof pattern === 'string' ? pattern : JSON.stringify(pattern));
  if (result.state === 'invalid') throw new Error(`${result.problem.path}: ${result.problem.message}`);
  return result.pattern;
}

const matches = (pattern: unknown, event: unknown): boolean | undefined =>
  matchesEventText(parsed(pattern), JSON.stringify(event));

describe("what Amazon's own matcher says", () => {
  // Written by make-cases.ts: answer, pattern, event.
  const cases = JSON.parse(
    readFileSync(new URL('../../../test/support/event-ruler/cases.json', import.meta.url), 'utf8'),
  ) as readonly (readonly [answer: string, pattern: string, event: string])[];

  test.each(['match', 'no', 'invalid'])('%s', (answer) => {
    const asked = cases.filter((it) => it[0] === answer);
    expect(asked.length).toBeGreaterThan(100);
    const ours = asked.map(([, pattern, event]) => {
      const result = parseEventPattern(pattern);
      const match = result.state === 'parsed' && matchesEventText(result.pattern, event);
      return [result.state === 'invalid' ? 'invalid' : match === true ? 'match' : 'no', pattern, event];
    });
    expect(ours).toEqual(asked);
  });
});

const event = {
  version: '0',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '111122223333',
  time: '2017-10-02T16:24:49Z',
  region: 'us-east-1',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000'],
  detail: {
    'c-count': 5,
    'd-count': 3,
    'x-limit': 301.8,
    'source-ip': '10.0.0.33',
    'instance-id': 'i-000000aaaaaa00000',
    state: 'running',
    tags: [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ],
    nothing: null,
    none: [],
  },
};

describe('the documented patterns', () => {
  test.each<[pattern: unknown]>([
    [{ resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000'] }],
    [{ detail: { state: ['initializing', 'running'] } }],
    [{ time: [{ prefix: '2017-10-02' }] }],
    [{ source: [{ prefix: { 'equals-ignore-case': 'AWS.' } }] }],
    [{ source: [{ suffix: 'ec2' }] }],
    [{ source: [{ suffix: { 'equals-ignore-case': 'EC2' } }] }],
    [{ source: [{ 'equals-ignore-case': 'AWS.EC2' }] }],
    [{ source: [{ wildcard: 'aws.*2' }] }],
    [{ detail: { state: [{ 'anything-but': 'initializing' }] } }],
    [{ detail: { state: [{ 'anything-but': ['stopped', 'overloaded'] }] } }],
    [{ detail: { 'x-limit': [{ 'anything-but': [100, 200, 300] }] } }],
    [{ detail: { state: [{ 'anything-but': { prefix: 'init' } }] } }],
    [{ detail: { 'instance-id': [{ 'anything-but': { suffix: ['1234', '6789'] } }] } }],
    [{ detail: { state: [{ 'anything-but': { 'equals-ignore-case': ['Stopped'] } }] } }],
    [{ detail: { state: [{ 'anything-but': { wildcard: '*/bin/*.jar' } }] } }],
    [{ detail: { 'c-count': [{ numeric: ['>', 0, '<=', 5] }], 'x-limit': [{ numeric: ['=', 3.018e2] }] } }],
    [{ detail: { 'source-ip': [{ cidr: '10.0.0.0/24' }] } }],
    [{ detail: { 'c-count': [{ exists: true }], missing: [{ exists: false }] } }],
    [{ detail: { nothing: [null], none: [{ exists: false }], tags: [{ exists: false }] } }],
    [{ source: ['aws.ec2'], $or: [{ account: ['1'] }, { detail: { 'd-count': [{ numeric: ['<', 10] }] } }] }],
    [{ detail: { $or: [{ 'c-count': [9] }, { 'd-count': [3] }], state: ['running'] } }],
    [{ detail: { tags: { key: ['b'], value: ['2'] } } }],
    [{ 'detail.state': ['running'] }],
    [{ detail: { 'source-ip': ['10.0.0.33'] } }],
  ])('%j matches', (pattern) => {
    expect(matches(pattern, event)).toBe(true);
  });

  test.each<[pattern: unknown]>([
    [{ source: ['AWS.EC2'] }],
    [{ detail: { state: [{ 'anything-but': ['running'] }] } }],
    [{ detail: { 'c-count': [{ exists: false }] } }],
    [{ detail: { tags: { key: ['a'], value: ['2'] } } }],
    [{ detail: { tags: [{ exists: true }] } }],
    [{ detail: { missing: [{ 'anything-but': 'x' }] } }],
    [{ detail: { 'c-count': ['5'] } }],
    [{ detail: { nothing: ['null'] } }],
    [{ source: ['aws.ec2'], $or: [{ account: ['1'] }, { detail: { 'd-count': [{ numeric: ['>', 10] }] } }] }],
    [{ source: [{ wildcard: '*.s3' }] }],
    [{ detail: { 'source-ip': [{ cidr: '10.0.1.0/24' }] } }],
  ])('%j does not', (pattern) => {
    expect(matches(pattern, event)).toBe(false);
  });

  test('dots in names are dots between names', () => {
    expect(matches({ detail: { state: ['x'] } }, { 'detail.state': 'x' })).toBe(true);
    expect(matches({ 'a.b': { c: ['x'] } }, { a: { 'b.c': 'x' } })).toBe(true);
  });

  test('a number is compared with six digits behind the point, a large one as it is written', () => {
    expect(matches({ a: [1] }, { a: 1.0000001 })).toBe(true);
    expect(matchesEventText(parsed('{"a":[123456789012]}'), '{"a":123456789012}')).toBe(true);
    expect(matchesEventText(parsed('{"a":[123456789012]}'), '{"a":1.23456789012e11}')).toBe(false);
  });
});

describe('what is wrong is said, with its place', () => {
  test.each<[pattern: string, path: string, message: RegExp]>([
    ['{', '', /not JSON/],
    ['[]', '', /is an object/],
    ['{}', '', /at least one field/],
    ['{"a":{"b":{}}}', 'a.b', /at least one field/],
    ['{"a":"x"}', 'a', /a list of values/],
    ['{"a":[]}', 'a', /at least one value/],
    ['{"a":["x",["y"]]}', 'a[1]', /a value is text/],
    ['{"a":[{"regex":"x"}]}', 'a[0]', /"regex" is not a test/],
    ['{"a":[{"prefix":"x","suffix":"y"}]}', 'a[0]', /exactly one test/],
    ['{"a":[{"prefix":1}]}', 'a[0].prefix', /text is expected/],
    ['{"a":[{"wildcard":"a**b"}]}', 'a[0].wildcard', /follow each other/],
    ['{"a":[{"wildcard":"*\\\\***"}]}', 'a[0].wildcard', /follow each other/],
    ['{"a":[{"wildcard":"a\\\\b"}]}', 'a[0].wildcard', /backslash/],
    ['{"a":[{"numeric":[">",5,"<",1]}]}', 'a[0].numeric', /less than/],
    ['{"a":[{"numeric":["=",6e9]}]}', 'a[0].numeric', /between/],
    ['{"a":[{"numeric":["!=",1]}]}', 'a[0].numeric', /expected/],
    ['{"a":[{"cidr":"10.0.0.0"}]}', 'a[0].cidr', /block of addresses/],
    ['{"a":[{"exists":"true"}]}', 'a[0].exists', /true or false/],
    ['{"a":[{"anything-but":["x",1]}]}', 'a[0].anything-but', /not both/],
    ['{"a":[{"anything-but":{"numeric":[">",1]}}]}', 'a[0].anything-but.numeric', /text is expected/],
    ['{"$or":[{"a":["x"]}]}', '$or', /at least two/],
    ['{"$or":[{"a":["x"]},{"prefix":["x"]}]}', 'prefix', /cannot be a field/],
    ['{"a":["x"],"a":["y"]}', '', /occurs twice/],
  ])('%s', (pattern, path, message) => {
    expect(parseEventPattern(pattern)).toEqual({
      state: 'invalid',
      problem: { path, message: expect.stringMatching(message) as string },
    });
  });

  test('wildcards on both sides of an asterisk that stands for itself, as event-ruler takes them', () => {
    const pattern = parsed({ a: [{ wildcard: String.raw`*\**` }] });
    expect(['x*y', '*', 'xy'].map((a) => matchesEventText(pattern, JSON.stringify({ a })))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('more combinations than EventBridge takes, and more depth than makes sense', () => {
    const or = (name: string): unknown => Array.from({ length: 12 }, (_, index) => ({ [name]: [index] }));
    const wide = { a: { $or: or('x') }, b: { $or: or('x') }, c: { $or: or('x') } };
    expect(parseEventPattern(JSON.stringify(wide))).toMatchObject({ state: 'invalid', problem: { path: 'c.$or' } });
    expect(parseEventPattern(`${'{"a":'.repeat(5000)}["x"]${'}'.repeat(5000)}`).state).toBe('invalid');
    expect(parseEventPattern(`${'{"$or":[{"b":["x"]},'.repeat(2000)}{"a":["x"]}${']}'.repeat(2000)}`).state).toBe(
      'invalid',
    );
  });
});

test('no text crashes the parser, and no pattern crashes on any event', () => {
  const texts = oneof(
    string(),
    patterns,
    array(patterns).map((it) => `[${it.join(',')}]`),
    constant('null'),
  );
  assert(
    property(texts, events, (pattern, text) => {
      const result = parseEventPattern(pattern);
      const answer = result.state === 'invalid' ? result.problem.message : matchesEventText(result.pattern, text);
      expect(answer).not.toBe('');
    }),
    { numRuns: 1000 },
  );
});

test('many members of many lists are answered in time, with unknown if need be', () => {
  const members = Array.from({ length: 100 }, (_, index) => ({ x: index }));
  const names = ['a', 'b', 'c', 'd', 'e'];
  const pattern = parsed(Object.fromEntries([...names, 'z'].map((name) => [name, { x: [{ exists: true }] }])));
  expect(matchesEventPattern(pattern, Object.fromEntries(names.map((name) => [name, members])))).toBe('unknown');
});

describe('an event of which little is known', () => {
  const open = {
    source: 'aws.ec2',
    region: someText(['eu-central-1'], ['never']),
    detail: { flag: oneOf(true, false), agent: maybe(someText(['cli'])), request: anything },
  };

  test.each<[pattern: unknown, match: string]>([
    [{ source: ['aws.ec2'] }, 'yes'],
    [{ source: ['aws.s3'] }, 'no'],
    [{ region: ['eu-central-1'] }, 'unknown'],
    [{ region: ['never'] }, 'no'],
    [{ region: [{ 'anything-but': 'never' }] }, 'yes'],
    [{ region: [{ 'anything-but': 'other' }] }, 'unknown'],
    [{ region: [{ wildcard: '*' }] }, 'yes'],
    [{ region: [{ exists: true }] }, 'yes'],
    [{ region: [1, null, { numeric: ['>', 0] }] }, 'no'],
    [{ detail: { flag: [true] } }, 'unknown'],
    [{ detail: { flag: ['x'] } }, 'no'],
    [{ detail: { flag: [{ 'anything-but': 'x' }] } }, 'yes'],
    [{ detail: { agent: [{ exists: true }] } }, 'unknown'],
    [{ detail: { agent: [{ exists: false }] } }, 'unknown'],
    [{ detail: { agent: [{ exists: true }, { exists: false }] } }, 'yes'],
    [{ detail: { request: ['x'] } }, 'unknown'],
    [{ detail: { request: { name: [{ exists: false }] } } }, 'unknown'],
    [{ detail: { other: [{ exists: false }] } }, 'yes'],
    [{ source: ['aws.s3'], region: ['x'] }, 'no'],
    [{ $or: [{ source: ['aws.ec2'] }, { region: ['x'] }] }, 'yes'],
  ])('%j: %s', (pattern, match) => {
    expect(matchesEventPattern(parsed(pattern), open)).toBe(match);
  });
});
