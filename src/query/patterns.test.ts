import { expect, test } from 'vitest';
import { invictusEvents, stratusEvents } from '../../test/fixtures/third-party-events/index.js';
import { allAsked, packAsked, queryOf } from '../../test/support/query/asked.js';
import { certain, matching, type Asked } from '../../test/support/query/compare.js';
import { hasOtherThanText, isUnread, plantedEvents } from '../../test/support/query/planted.js';
import { matchesEventText, matchesRecord, parseEventPattern, parseFilterPattern } from '../facts/index.js';
import type { EventRecord } from '../model/log-events.js';
import type { ActivityQuery } from './index.js';

const events = [
  ...plantedEvents.filter((it) => !hasOtherThanText(it)),
  ...Object.values(stratusEvents).flat(),
  ...invictusEvents.filter((_, index) => index % 8 === 0),
];

/** Whether a text of an engine matches an event. */
type Matches = (event: EventRecord) => boolean;

function ofEventBridge(text: string): Matches {
  const result = parseEventPattern(text);
  if (result.state === 'invalid') throw new Error(`${text}: ${JSON.stringify(result.problem)}`);
  return (detail) =>
    matchesEventText(result.pattern, JSON.stringify({ 'detail-type': typeOf(detail), detail })) === true;
}

function typeOf({ eventType }: EventRecord): string {
  return eventType === 'AwsConsoleSignIn' ? 'AWS Console Sign In via CloudTrail' : 'AWS API Call via CloudTrail';
}

function ofFilter(text: string): Matches {
  const result = parseFilterPattern(text.trimEnd());
  if (result.state === 'invalid') throw new Error(`${text}: ${JSON.stringify(result.problem)}`);
  return (event) => matchesRecord(result.pattern, JSON.stringify(event));
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
  const given = new Set([...events.keys()].filter((index) => matches(events[index] ?? {})));
  const missing = [...certain(asked, events)].filter((index) => !given.has(index));
  const ours = matching(asked, events);
  const extra = [...given].filter((index) => !ours.has(index) && !isUnread(events[index] ?? {}));
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

test.each(['athena', 'duckdb'] as const)('%s says all that the shipped policies ask', (engine) => {
  const inPart = packAsked.filter((it) => queryOf(it, engine).leftOut.length > 0);
  expect(inPart.map((it) => it.name)).toEqual([]);
});
