import { expect, test } from 'vitest';
import { activityPolicies } from '../../test/support/activity-pack/index.js';
import { invictusEvents, stratusEvents } from '../../test/fixtures/third-party-events/index.js';
import type { EventRecord } from '../model/log-events.js';
import { difference, matching, type Asked } from '../../test/support/query/compare.js';
import { constructs, policiesOf } from '../../test/support/query/constructs.js';
import { duckdbPackage, rowsOfDuckdb, withoutDuckdb } from '../../test/support/query/duckdb.js';
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
    events,
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
  const some = invictusEvents.filter((_, index) => index % 4 === 0);
  expect(await differences(pack, [...some, ...recorded])).toEqual([]);
});

test('DuckDB gives the events that our engine gives each construct', async ({ skip }) => {
  if (duckdb === undefined) return skip(withoutDuckdb);
  expect(await differences(policiesOf(constructs), recorded)).toEqual([]);
});

test('each construct tells some planted events from others', () => {
  const sizes = policiesOf(constructs).map((it) => [it.name, matching(it, plantedEvents).size] as const);
  const blunt = sizes.filter(([, size]) => size === 0 || size === plantedEvents.length);
  expect(blunt).toEqual([]);
});
