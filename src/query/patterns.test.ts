import { expect, test } from 'vitest';
import { stratusEvents } from '../../test/fixtures/third-party-events/index.js';
import { allAsked, packAsked, queryOf } from '../../test/support/query/asked.js';
import { outcomesOf, type Asked } from '../../test/support/query/compare.js';
import { hasOtherThanText, isUnread, plantedEvents } from '../../test/support/query/planted.js';
import { matchesEventText, matchesRecord, parseEventPattern, parseFilterPattern } from '../facts/index.js';
import type { EventRecord } from '../model/log-events.js';
import type { ActivityQuery } from './index.js';

const events = [
  ...plantedEvents.filter((it) => !hasOtherThanText(it)),
  ...Object.values(stratusEvents)
    .flat()
    .filter((_, index) => index % 3 === 0),
];

const records = events.map((it) => JSON.stringify(it));
const sent = events.map((detail) => JSON.stringify({ 'detail-type': typeOf(detail), detail }));
const ours = new Map(allAsked.map((it) => [it, outcomesOf(it, events)]));

/** Whether a text of an engine matches an event, by its number. */
type Matches = (index: number) => boolean;

function ofEventBridge(text: string): Matches {
  const result = parseEventPattern(text);
  if (result.state === 'invalid') throw new Error(`${text}: ${JSON.stringify(result.problem)}`);
  return (index) => matchesEventText(result.pattern, sent[index] ?? '') === true;
}

function typeOf({ eventType }: EventRecord): string {
  return eventType === 'AwsConsoleSignIn' ? 'AWS Console Sign In via CloudTrail' : 'AWS API Call via CloudTrail';
}

function ofFilter(text: string): Matches {
  const result = parseFilterPattern(text.trimEnd());
  if (result.state === 'invalid') throw new Error(`${text}: ${JSON.stringify(result.problem)}`);
  return (index) => matchesRecord(result.pattern, records[index] ?? '');
}

interface Wrong {
  readonly policy: string;
  readonly text: string | undefined;
  readonly missing?: readonly EventRecord[];
  readonly extra?: readonly EventRecord[];
}

/** An event that matches and is not given, or one that is given and does not match. */
function wrongIn(asked: Asked, { text, isNever, leftOut }: ActivityQuery, matcher: (text: string) => Matches): Wrong[] {
  const of = { policy: asked.name, text };
  if (text === undefined) return isNever || leftOut.length > 0 ? [] : [of];
  const matches = matcher(text);
  const given = new Set([...events.keys()].filter(matches));
  const { matching, certain } = ours.get(asked) ?? outcomesOf(asked, events);
  const missing = [...certain].filter((index) => !given.has(index));
  const extra = [...given].filter((index) => !matching.has(index) && !isUnread(events[index] ?? {}));
  const shown = (indexes: readonly number[]): readonly EventRecord[] => indexes.map((it) => events[it] ?? {});
  if (missing.length === 0 && (leftOut.length > 0 || extra.length === 0)) return [];
  return [{ ...of, missing: shown(missing), extra: leftOut.length > 0 ? [] : shown(extra) }];
}

test.each([
  ['eventbridge', ofEventBridge],
  ['filter-pattern', ofFilter],
] as const)(
  'texts for %s match each event that matches, and no others unless something is left out',
  (engine, matcher) => {
    expect(allAsked.flatMap((it) => wrongIn(it, queryOf(it, engine), matcher))).toEqual([]);
  },
);

test('SQL says all that the shipped policies ask, but for columns that the table of Athena does not have, and trust policies', () => {
  const inPart = (['athena', 'duckdb'] as const).flatMap((engine) =>
    packAsked.flatMap((it) => queryOf(it, engine).leftOut),
  );
  const isExpected = /AWS's table for Athena has no column for|it uses (?:trustsOutside|allowsAdministration)\(\)/;
  expect(inPart.filter((it) => !isExpected.test(it))).toEqual([]);
});
