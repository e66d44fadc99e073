import { expect, test } from 'vitest';
import { withLake } from '../../src/collect/index.js';
import { eventsFromFolder, eventsFromLake } from '../../src/events/index.js';
import { InterruptedError, UsageError } from '../../src/model/errors.js';
import type { EventCoverage, EventRecord } from '../../src/model/log-events.js';
import { impatience, useFakeAws } from '../support/collect-from.js';
import { aRecord, eventId, logFile, logKey, writeFiles } from '../support/event-logs.js';
import {
  anAccount,
  anEventDataStore,
  anOrganization,
  aWorld,
  managementAccountId,
  type CallerChoice,
  type FakeAwsOptions,
} from '../support/fake-aws/index.js';
import { lakeEngine } from '../support/lake/lake-engine.js';
import { aFolder } from '../cli/run-cli.js';

const administrator = '444455556666';
const at = '2026-11-21T12:00:00Z';
const window = { from: '2026-11-20T10:00:00Z', to: '2026-11-20T14:00:00Z' };

/** By when their log files were delivered. */
const delivered: Readonly<Record<string, readonly EventRecord[]>> = {
  '2026-11-20T10:20': [aRecord(1), aRecord(2, { eventTime: '2026-11-20T10:16:00Z', requestParameters: { 'a"': [1] } })],
  '2026-11-20T11:20': [aRecord(3, { eventTime: '2026-11-20T11:15:00Z' })],
  '2026-11-20T13:35': [aRecord(4, { eventTime: '2026-11-20T13:29:00Z' })],
};
const kept = [...Object.values(delivered).flat(), aRecord(5, { eventTime: '2026-11-20T14:00:00Z' })];

interface Given {
  readonly fake?: FakeAwsOptions;
  readonly store?: Parameters<typeof anEventDataStore>[0];
  readonly named?: string;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  readonly records?: readonly EventRecord[];
  readonly wanted?: 'all' | ReadonlySet<string>;
  readonly caller?: CallerChoice;
}

async function read(given: Given = {}) {
  const { fake, store = {}, named, maxBytes, signal, records = kept, wanted = 'all', caller } = given;
  const made = anEventDataStore({ OrganizationEnabled: true, ...store });
  const world = aWorld({
    organization: anOrganization({
      delegatedAdministrators: [{ accountId: administrator, service: 'cloudtrail.amazonaws.com' }],
    }),
    accounts: [anAccount({ id: managementAccountId }), anAccount({ id: administrator })],
    eventDataStores: [made],
    lake: { engine: lakeEngine(records) },
  });
  const aws = await useFakeAws(world, fake, caller);
  const scanned: number[] = [];
  const found: EventRecord[] = [];
  let coverage: EventCoverage | undefined;
  const error = await withLake(
    {
      ...impatience,
      ...(signal === undefined ? {} : { signal }),
      store: named ?? made.arn,
      maxBytes,
      onScanned: (bytes) => scanned.push(bytes),
      onRequests: () => undefined,
      tuning: { ...impatience.tuning, clock: hasty },
    },
    async (lake) => {
      const source = eventsFromLake(lake, { ...window, at });
      for await (const batch of source.read(wanted)) found.push(...batch.records);
      coverage = source.coverage();
    },
  ).catch((caught: unknown) => caught);
  return { aws, found, ids: found.map((it) => String(it['eventID'])).toSorted(), scanned, coverage, error };
}

/** A clock that waits for nothing. */
const hasty = { now: () => Date.parse(at), sleep: async () => await Promise.resolve() };

test('gives the records, and the hours, that the folder gives', async () => {
  const { found, coverage, aws, error } = await read({ fake: { lake: { polls: 3 } } });
  expect(error).toBeUndefined();
  const folder = aFolder();
  const files = Object.entries(delivered).map(([time, its]) => [logKey({ delivered: time }), logFile(its)] as const);
  await writeFiles(folder, Object.fromEntries(files));
  const source = eventsFromFolder(folder, { ...window, at });
  const expected: EventRecord[] = [];
  for await (const { records } of source.read('all')) expected.push(...records);
  expect(found).toEqual(expected);
  const states = (cells: EventCoverage['cells'] = []) => cells.map(({ hour, state }) => [hour, state]);
  expect(states(coverage?.cells)).toEqual(states(source.coverage().cells));
  expect(states(coverage?.cells)).toContainEqual(['2026-11-20T12', 'silent']);
  expect(coverage?.gaps).toEqual([]);
  expect(coverage?.withoutDataEvents?.message).toContain('selects no data events');
  expect(aws.countBy('operation')).toMatchObject({ 'cloudtrail:StartQuery': 1, 'cloudtrail:DescribeQuery': 4 });
});

test('only what some policy wants comes, page by page; every hour is known all the same', async () => {
  const many = Array.from({ length: 25 }, (_, index) =>
    aRecord(index, { eventName: index % 5 === 0 ? "It's" : 'ListUsers', eventTime: `2026-11-20T1${index % 4}:15:30Z` }),
  );
  const { ids, coverage, aws } = await read({
    records: many,
    wanted: new Set(["It's", eventId(3)]),
    fake: { pageSizes: { 'cloudtrail:GetQueryResults': 4 } },
  });
  expect(ids).toEqual([0, 3, 5, 10, 15, 20].map(eventId));
  expect(coverage?.cells.map((it) => it.state)).toEqual(['present', 'present', 'present', 'present']);
  expect(aws.countBy('operation')['cloudtrail:GetQueryResults']).toBe(3);
  expect(aws.queries()[0]?.sql).toContain("'It''s'");
});

test('a store is looked for in the Region of its ARN, and of the environment where it is named by its id', async () => {
  const store = { region: 'eu-west-1' };
  const id = anEventDataStore().arn.split('/')[1] ?? '';
  const { error } = await read({ store, named: id });
  expect(error).toBeInstanceOf(UsageError);
  expect(String(error)).toContain(`no event data store ${id} in us-east-1`);
  expect((await read({ store })).ids).toHaveLength(4);
  expect((await read({ named: id })).ids).toHaveLength(4);
});

test('a delegated administrator asks the store of the organization in the name of its owner', async () => {
  const { ids, error } = await read({ caller: { accountId: administrator } });
  expect(error).toBeUndefined();
  expect(ids).toHaveLength(4);
});

test.each(['denied', 'throttled', 'internal-error', 'expired-token', 'malformed-body', 'empty-body'] as const)(
  '%s at any call: a clear error, or a gap over everything, and no hour is known',
  async (kind) => {
    for (const operation of ['GetEventDataStore', 'StartQuery']) {
      const { error } = await read({ fake: { faults: [{ match: { service: 'cloudtrail', operation }, kind }] } });
      expect(error).toBeInstanceOf(UsageError);
      expect(String(error)).not.toMatch(/ASIAFAKE|AKIAFAKE|secret/);
    }
    for (const operation of ['DescribeQuery', 'GetQueryResults']) {
      const faults = [{ match: { service: 'cloudtrail', operation }, kind } as const];
      const { coverage, error, aws, ids } = await read({ fake: { faults } });
      expect(error).toBeUndefined();
      expect(ids).toEqual([]);
      expect(coverage?.gaps.map((it) => it.accountId)).toContain('unknown');
      expect(coverage?.gaps.every((it) => it.reason !== 'unsupported')).toBe(true);
      // A query whose state is not known is not left to run.
      expect(aws.queries().map((it) => it.isStopped)).toEqual([operation === 'DescribeQuery']);
    }
  },
);

test.each(['throttled', 'expired-token'] as const)('%s, once: it is asked again, and one query runs', async (kind) => {
  for (const operation of ['GetEventDataStore', 'StartQuery', 'DescribeQuery', 'GetQueryResults']) {
    const faults = [{ match: { service: 'cloudtrail', operation } as const, kind, times: 1 }];
    const { ids, aws } = await read({ fake: { faults } });
    expect(ids).toHaveLength(4);
    expect(aws.queries()).toHaveLength(1);
  }
});

test.each([
  ['FAILED', 'Query exhausted resources', 'it failed: Query exhausted resources'],
  ['CANCELLED', undefined, 'it was cancelled'],
  ['TIMED_OUT', undefined, 'it took longer than CloudTrail lets a query run'],
] as const)('a query that ends as %s leaves everything open', async (state, reason, message) => {
  const ends = { state, ...(reason === undefined ? {} : { reason }) };
  const { coverage, ids, aws } = await read({ fake: { lake: { polls: 2, ends } } });
  expect(ids).toEqual([]);
  expect(coverage?.gaps[0]).toMatchObject({ reason: 'error', message: expect.stringContaining(message) });
  expect(aws.countBy('operation')['cloudtrail:GetQueryResults']).toBeUndefined();
});

test('a result of which rows are missing, or a page comes twice, leaves everything open; what was found counts', async () => {
  const { coverage, ids } = await read({ fake: { lake: { lostRows: 1 } } });
  expect(ids).toHaveLength(3);
  expect(coverage?.gaps[0]?.message).toContain('its result has 4 rows, and 3 of them came');
  const faults = [{ match: { operation: 'GetQueryResults' }, kind: 'repeating-page-token' } as const];
  const { coverage: repeated } = await read({ fake: { faults } });
  expect(repeated?.gaps[0]?.message).toContain('gave not all events');
});

test('the query is stopped when it reads more than it may, and when the run is stopped', async () => {
  const { coverage, scanned, aws } = await read({ maxBytes: 2_500_000, fake: { lake: { polls: 1000 } } });
  expect(scanned).toEqual([1_000_000, 2_000_000, 3_000_000]);
  expect(aws.queries().map((it) => it.isStopped)).toEqual([true]);
  expect(coverage?.gaps[0]).toMatchObject({ reason: 'not-collected' });
  const stop = new AbortController();
  const lake = {
    polls: 1000,
    get bytesPerPoll() {
      stop.abort();
      return 1;
    },
  };
  const interrupted = await read({ signal: stop.signal, fake: { lake } });
  expect(interrupted.error).toBeInstanceOf(InterruptedError);
  expect(interrupted.aws.queries().map((it) => it.isStopped)).toEqual([true]);
});

test('what CloudTrail does not take is told', async () => {
  const inactive = await read({ store: { Status: 'PENDING_DELETION' } });
  expect(inactive.error).toBeInstanceOf(UsageError);
  expect(String(inactive.error)).toContain('The event data store is inactive');
});
