import { describe, expect, test } from 'vitest';
import { invictusEvents, stratusEvents } from '../../test/fixtures/third-party-events/index.js';
import { allAsked, queryOf } from '../../test/support/query/asked.js';
import { certain, matching } from '../../test/support/query/compare.js';
import { hasOtherThanText, isUnread, plantedEvents } from '../../test/support/query/planted.js';
import { matchesEventText, matchesRecord, parseEventPattern, parseFilterPattern } from '../facts/index.js';
import type { EventRecord } from '../model/log-events.js';

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

describe.each([
  ['eventbridge', ofEventBridge],
  ['filter-pattern', ofFilter],
] as const)('%s', (engine, matcher) => {
  test.each(allAsked.map((it) => [it.name, it] as const))('matches each event of: %s', (_, asked) => {
    const { text, isNever, leftOut } = queryOf(asked, engine);
    if (text === undefined) {
      expect(isNever || leftOut.length > 0).toBe(true);
      return;
    }
    const matches = matcher(text);
    const given = new Set([...events.keys()].filter((index) => matches(events[index] ?? {})));
    const missing = [...certain(asked, events)].filter((index) => !given.has(index));
    expect(missing.map((index) => [text, events[index]])).toEqual([]);
    if (leftOut.length > 0) return;
    const ours = matching(asked, events);
    const extra = [...given].filter((index) => !ours.has(index) && !isUnread(events[index] ?? {}));
    expect(extra.map((index) => [text, events[index]])).toEqual([]);
  });
});
