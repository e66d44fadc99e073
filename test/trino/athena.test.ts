import { expect, test } from 'vitest';
import { isObject } from '../../src/model/is-object.js';
import { paramsObject } from '../../src/policy/index.js';
import { trinoPredicate } from '../../src/query/index.js';
import { invictusEvents, pantherRules, stratusEvents } from '../fixtures/third-party-events/index.js';
import { activityPolicies } from '../support/activity-pack/index.js';
import { missingToAsk } from '../support/event-ruler/ask.js';
import { difference, outcomesOf, type Asked } from '../support/query/compare.js';
import { constructs, policiesOf } from '../support/query/constructs.js';
import { isUnread, plantedEvents } from '../support/query/planted.js';
import { runTrino } from '../support/trino/run.js';
import { athenaTable } from '../support/trino/table.js';

const recorded = [
  ...invictusEvents,
  ...Object.values(stratusEvents).flat(),
  ...pantherRules.flatMap(({ tests }) => tests.map(({ event }) => event)),
  // One of them was written down with texts where AWS documents objects: the table has no column for that.
].filter(({ resources }) => !Array.isArray(resources) || resources.every(isObject));

test('a real Trino gives the events that our engine gives', ({ skip }) => {
  const missing = missingToAsk();
  if (missing !== undefined) {
    if (process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(missing);
    return skip(missing);
  }
  const pack: readonly Asked[] = [...activityPolicies.values()].map(({ id, activity, params }) => ({
    name: id,
    activity,
    params: paramsObject(params),
  }));
  const asked = [...pack, ...policiesOf(constructs)];
  const events = [...recorded, ...plantedEvents];
  const predicates = asked.map((it) => trinoPredicate(it.activity, it.params));
  const answers = runTrino(
    'memory',
    athenaTable(events),
    predicates.map(({ sql }) => `SELECT id FROM cloudtrail_logs WHERE ${sql}`),
  );
  const wrong = asked.flatMap((it, index): readonly unknown[] => {
    const answer = answers[index];
    if (answer?.rows === undefined) return [{ policy: it.name, error: answer?.error }];
    const isExact = predicates[index]?.isExact === true;
    const found = difference(it, isExact, events, new Set(answer.rows.map(([id]) => Number(id))), isUnread);
    return found === undefined ? [] : [found];
  });
  const found = asked.map((it) => outcomesOf(it, events).matching.size);
  console.log(`${asked.length} policies, ${events.length} events, ${found.reduce((a, b) => a + b, 0)} matches`);
  expect(wrong).toEqual([]);
});
