import { sample, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { matchesEventText, parseEventPattern } from '../../src/facts/event-pattern/index.js';
import { answersOf, missingToAsk, type MatcherAnswer, type Pair } from '../support/event-ruler/ask.js';
import { events, patterns } from '../support/event-ruler/arbitraries.js';
import { trailChanges } from '../../src/facts/event-rules/index.js';

function ours(pattern: string, event: string): MatcherAnswer {
  const result = parseEventPattern(pattern);
  if (result.state === 'invalid') return 'invalid';
  return matchesEventText(result.pattern, event) === true ? 'match' : 'no';
}

const missing = missingToAsk();
const seed = Number(process.env['TRAILPROOF_TEST_SEED'] ?? 7) || 7;
const pairs = sample(tuple(patterns, events), { seed, numRuns: 4000 });
const remediation = JSON.stringify({
  source: ['aws.cloudtrail'],
  detail: { eventName: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'] },
});
const calls = [...trailChanges.map((it) => it.id), 'CreateTrail'];
const eventsOfCalls = calls.map((eventName) => JSON.stringify({ source: 'aws.cloudtrail', detail: { eventName } }));
/** All are asked at once: to fetch, compile and start the matcher takes longer than its answers. */
const answers =
  missing === undefined ? answersOf([...pairs, ...eventsOfCalls.map((event): Pair => [remediation, event])]) : [];

test("event patterns drawn anew are matched as Amazon's own matcher matches them", ({ skip }) => {
  if (missing !== undefined) return skip(missing);
  const differing = pairs.flatMap(([pattern, event], index) => {
    const mine = ours(pattern, event);
    return mine === answers[index] ? [] : [{ seed, pattern, event, mine, theirs: answers[index] }];
  });
  expect(answers.slice(0, pairs.length).filter((it) => it === 'match').length).toBeGreaterThan(100);
  expect(differing).toEqual([]);
});

test('the rule of the remediation matches each call that changes a trail', ({ skip }) => {
  if (missing !== undefined) return skip(missing);
  expect(Object.fromEntries(calls.map((call, index) => [call, answers[pairs.length + index]]))).toEqual({
    StopLogging: 'match',
    DeleteTrail: 'match',
    UpdateTrail: 'match',
    PutEventSelectors: 'match',
    CreateTrail: 'no',
  });
});
