import { array, assert, constant, constantFrom, property, record, tuple, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { matchesEvent, matchesRecord, mentionsOf, parseFilterPattern } from '../filter-pattern/index.js';
import { anything, maybe, oneOf, someText, type EventObject } from '../partial-event/index.js';
import { decide } from './decide.js';

/** A small class of events, and how its members may be: each open field on its own. */
const template: EventObject = {
  name: 'Stop',
  region: someText(['east', 'west'], ['never']),
  agent: maybe(someText(['cli'])),
  flag: oneOf(true, false),
  request: anything,
  user: { type: maybe(someText(['Root'])), id: someText(['1']) },
};

const texts = ['east', 'west', 'cli', 'Root', '1', '', 'x', 'eastern', 'other'];
const text = constantFrom(...texts);
const members: Arbitrary<EventObject> = record(
  {
    name: constant('Stop'),
    region: text,
    agent: text,
    flag: constantFrom(true, false),
    request: constantFrom<EventObject[string]>(null, 1, 'x', [], ['x', null], { id: 'x' }, { id: 1, more: ['x'] }),
    user: record({ type: text, id: text }, { requiredKeys: ['id'] }),
  },
  { requiredKeys: ['name', 'region', 'flag', 'user'] },
);

const fields = [
  '$.name',
  '$.region',
  '$.agent',
  '$.flag',
  '$.request',
  '$.request.id',
  '$.request[0]',
  '$.user.type',
  '$.user.*',
  '$.*',
  '$.none',
];
const values = ['Stop', 'east', 'never', '"e*"', '*', '""', '1', 'x', '%^e%', '%st$|x%', '"*"', 'Root'];
const condition: Arbitrary<string> = tuple(
  constantFrom(...fields),
  constantFrom(
    ...values.flatMap((it) => [` = ${it}`, ` != ${it}`]),
    ' NOT EXISTS',
    ' IS NULL',
    ' IS TRUE',
    ' IS FALSE',
    ' > 0',
    ' <= 1',
  ),
).map((it) => it.join(''));
const joined = (parts: readonly string[], symbol: string): string => parts.map((it) => `(${it})`).join(symbol);
const all = array(condition, { minLength: 1, maxLength: 3 }).map((it) => joined(it, ' && '));
const pattern = array(all, { minLength: 1, maxLength: 3 }).map((it) => `{ ${joined(it, ' || ')} }`);
const terms = constantFrom(
  'Stop',
  '?Stop ?x',
  '-cli',
  'Stop -cli',
  '%St.p%',
  '%^x%',
  '"a b"',
  '""',
  'west',
  '"\\"name\\":\\"Stop\\""',
);

function answers(source: string, samples: readonly EventObject[]): readonly string[] {
  const result = parseFilterPattern(source);
  // More wildcards or regular expressions than AWS allows: nothing to compare.
  if (result.state === 'invalid') return [];
  const asked = result.pattern;
  const match = matchesEvent(asked, template);
  const decision = decide({ matches: (event) => matchesEvent(asked, event), mentions: mentionsOf(asked) }, template);
  const wrong: string[] = [];
  for (const sample of samples) {
    const truth = matchesRecord(asked, JSON.stringify(sample)) ? 'yes' : 'no';
    const said = matchesEvent(asked, sample);
    if (said !== 'unknown' && said !== truth) wrong.push(`${said} of an event that is known`);
    if (match !== 'unknown' && match !== truth)
      wrong.push(`${match} of the class, ${truth} of ${JSON.stringify(sample)}`);
    if (decision.state === 'all' && truth === 'no') wrong.push(`all, yet not ${JSON.stringify(sample)}`);
    if (decision.state === 'misses' && decision.isWholeClass && truth === 'yes') wrong.push('none, yet one');
  }
  if (decision.state === 'misses' && matchesRecord(asked, JSON.stringify(decision.event))) {
    wrong.push(`${JSON.stringify(decision.event)} is not missed`);
  }
  return wrong;
}

test('what is said of a class is true of its events, and what is said to be missed is missed', () => {
  assert(
    property(pattern, array(members, { minLength: 8, maxLength: 12 }), (source, samples) => {
      expect(answers(source, samples)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('also of terms', () => {
  assert(
    property(terms, array(members, { minLength: 8, maxLength: 12 }), (source, samples) => {
      expect(answers(source, samples)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('patterns of many conditions are answered all the same', () => {
  const many = Array.from({ length: 12 }, (_, index) => `($.region != r${index} || $.agent != a${index})`).join(' && ');
  const result = parseFilterPattern(`{ ${many} }`);
  if (result.state === 'invalid') throw new Error(result.problem.message);
  const { pattern: asked } = result;
  const decision = decide({ matches: (event) => matchesEvent(asked, event), mentions: mentionsOf(asked) }, template);
  expect(decision).toMatchObject({ state: 'misses', isWholeClass: false });
});
