import { constantFrom, letrec, oneof, readConfigureGlobal, sample, tuple, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { activityPolicies } from '../../test/support/activity-pack/index.js';
import { invictusEvents, stratusEvents } from '../../test/fixtures/third-party-events/index.js';
import type { EventRecord } from '../model/log-events.js';
import { difference, outcomesOf, type Asked } from '../../test/support/query/compare.js';
import { constructs, policiesOf } from '../../test/support/query/constructs.js';
import { duckdbPackage, rowsOfDuckdb, withoutDuckdb } from '../../test/support/query/duckdb.js';
import { aCondition, anEventText } from '../../test/support/query/generated.js';
import { isUnread, plantedEvents } from '../../test/support/query/planted.js';
import { paramsObject } from '../policy/index.js';
import { duckdbPredicate } from './index.js';

const pack: readonly Asked[] = [...activityPolicies.values()].map(({ id, activity, params }) => ({
  name: id,
  activity,
  params: paramsObject(params),
}));

const recorded = [...Object.values(stratusEvents).flat(), ...plantedEvents];

const duckdb = await duckdbPackage();

async function differences(asked: readonly Asked[], events: readonly EventRecord[]): Promise<readonly unknown[]> {
  const predicates = asked.map((it) => duckdbPredicate(it.activity, it.params));
  if (duckdb === undefined) throw new Error(withoutDuckdb);
  const answers = await rowsOfDuckdb(
    duckdb,
    events.map((it) => JSON.stringify(it)),
    predicates.map(({ sql }) => sql),
  );
  return asked.flatMap((it, index): readonly unknown[] => {
    const answer = answers[index] ?? 'no answer';
    if (typeof answer === 'string') return [{ policy: it.name, error: answer, sql: predicates[index]?.sql }];
    const found = difference(it, predicates[index]?.isExact === true, events, answer, isUnread);
    return found === undefined ? [] : [found];
  });
}

test('DuckDB gives the events that our engine gives the shipped policies', async ({ skip }) => {
  if (duckdb === undefined) return skip(withoutDuckdb);
  const some = invictusEvents.filter((_, index) => index % 8 === 0);
  expect(await differences(pack, [...some, ...recorded])).toEqual([]);
});

test('DuckDB gives the events that our engine gives each construct', async ({ skip }) => {
  if (duckdb === undefined) return skip(withoutDuckdb);
  expect(await differences(policiesOf(constructs), recorded)).toEqual([]);
});

test('DuckDB gives the events that our engine gives conditions that are joined at random', async ({ skip }) => {
  if (duckdb === undefined) return skip(withoutDuckdb);
  const conditions: Arbitrary<string> = letrec<{ condition: string }>((tie) => ({
    condition: oneof(
      { maxDepth: 3, withCrossShrink: true },
      constantFrom(...Object.values(constructs)).map((it) => `(${it})`),
      tie('condition').map((it) => `!${it}`),
      tuple(tie('condition'), constantFrom('&&', '||'), tie('condition')).map((it) => `(${it.join(' ')})`),
    ),
  })).condition;
  const some = sample(conditions, { numRuns: 60, seed: readConfigureGlobal().seed ?? 1 });
  const joined = policiesOf(Object.fromEntries(some.map((it, index) => [`${index}: ${it}`, it])));
  expect(await differences(joined, plantedEvents)).toEqual([]);
});

test('DuckDB gives all events that our engine gives conditions and records that are made at random', async ({
  skip,
}) => {
  if (duckdb === undefined) return skip(withoutDuckdb);
  const seed = readConfigureGlobal().seed ?? 1;
  const records = sample(anEventText, { numRuns: 150, seed });
  const events = records.map((it) => JSON.parse(it) as EventRecord); // made as records
  const conditions = sample(aCondition, { numRuns: 90, seed });
  const asked = policiesOf(Object.fromEntries(conditions.map((it, index) => [`${index}: ${it}`, it])));
  const predicates = asked.map((it) => duckdbPredicate(it.activity, it.params).sql);
  const answers = await rowsOfDuckdb(duckdb, records, predicates);
  const lost = asked.flatMap((it, index): readonly unknown[] => {
    const answer = answers[index] ?? 'no answer';
    if (typeof answer === 'string') return [{ policy: it.name, error: answer }];
    const missing = [...outcomesOf(it, events).matching].filter((number) => !answer.has(number));
    return missing.length === 0
      ? []
      : [{ policy: it.name, missing: missing.slice(0, 3).map((number) => records[number]) }];
  });
  expect(lost).toEqual([]);
});

test('each construct tells some planted events from others', () => {
  const sizes = policiesOf(constructs).map((it) => [it.name, outcomesOf(it, plantedEvents).matching.size] as const);
  const blunt = sizes.filter(([, size]) => size === 0 || size === plantedEvents.length);
  expect(blunt).toEqual([]);
});
