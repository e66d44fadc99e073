import { sample, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { matchesEventText, parseEventPattern } from '../../src/facts/event-pattern/index.js';
import { answersOf, missingToAsk, type MatcherAnswer } from '../support/event-ruler/ask.js';
import { events, patterns } from '../support/event-ruler/arbitraries.js';
import { trailChanges } from '../../src/facts/event-rules/index.js';

function ours(pattern: string, event: string): MatcherAnswer {
  const result = parseEventPattern(pattern);
  if (result.state === 'invalid') return 'invalid';
  return matchesEventText(result.pattern, event) === true ? 'match' : 'no';
}

test("event patterns drawn anew are matched as Amazon's own matcher matches them", ({ skip }) => {
  const missing = missingToAsk();
  if (missing !== undefined) return skip(missing);
  const seed = Number(process.env['TRAILPROOF_TEST_SEED'] ?? 7) || 7;
  const pairs = sample(tuple(patterns, events), { seed, numRuns: 4000 });
  const answers = answersOf(pairs);
  const differing = pairs.flatMap(([pattern, event], index) => {
    const mine = ours(pattern, event);
    return mine === answers[index] ? [] : [{ seed, pattern, event, mine, theirs: answers[index] }];
  });
  expect(answers.filter((it) => it === 'match').length).toBeGreaterThan(100);
  expect(differing).toEqual([]);
});

test('the rule of the remediation matches each call that changes a trail', ({ skip }) => {
  const missing = missingToAsk();
  if (missing !== undefined) return skip(missing);
  const pattern = JSON.stringify({
    source: ['aws.cloudtrail'],
    detail: { eventName: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'] },
  });
  const calls = [...trailChanges.map((it) => it.id), 'CreateTrail'];
  const answers = answersOf(
    calls.map((eventName) => [pattern, JSON.stringify({ source: 'aws.cloudtrail', detail: { eventName } })]),
  );
  expect(Object.fromEntries(calls.map((call, index) => [call, answers[index]]))).toEqual({
    StopLogging: 'match',
    DeleteTrail: 'match',
    UpdateTrail: 'match',
    PutEventSelectors: 'match',
    CreateTrail: 'no',
  });
});
