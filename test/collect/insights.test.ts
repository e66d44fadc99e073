import { expect, test } from 'vitest';
import { withInsights } from '../../src/collect/index.js';
import { eventsFromFolder, eventsFromInsights } from '../../src/events/index.js';
import { InterruptedError, UsageError } from '../../src/model/errors.js';
import type { EventCoverage, EventRecord, WantedValues } from '../../src/model/log-events.js';
import { impatience, useFakeAws } from '../support/collect-from.js';
import { aRecord, anAccount as owner, eventId, logFile, logKey, writeFiles } from '../support/event-logs.js';
import { anAccount, aLogGroup, aTrail, aWorld, type FakeAwsOptions } from '../support/fake-aws/index.js';
import { aFolder } from '../cli/run-cli.js';

const at = '2026-11-21T12:00:00Z';
const window = { from: '2026-11-20T10:00:00Z', to: '2026-11-20T14:00:00Z' };

/** By when they were delivered. */
const delivered: Readonly<Record<string, readonly EventRecord[]>> = {
  '2026-11-20T10:20': [aRecord(1), aRecord(2, { eventTime: '2026-11-20T10:16:00Z', requestParameters: { 'a"': [1] } })],
  '2026-11-20T11:20': [aRecord(3, { eventTime: '2026-11-20T11:15:00Z' })],
  '2026-11-20T13:35': [aRecord(4, { eventTime: '2026-11-20T13:29:00Z' })],
  '2026-11-20T14:20': [aRecord(5, { eventTime: '2026-11-20T14:00:00Z' })],
};

interface Given {
  readonly fake?: FakeAwsOptions;
  readonly group?: Parameters<typeof aLogGroup>[0];
  readonly trail?: Parameters<typeof aTrail>[0] | 'none';
  readonly named?: string;
  readonly maxBytes?: number;
  readonly mostRows?: number;
  readonly signal?: AbortSignal;
  readonly records?: Readonly<Record<string, readonly EventRecord[]>>;
  readonly wanted?: WantedValues;
}

async function read(given: Given = {}) {
  const { fake, named, maxBytes, mostRows, signal, records = delivered, wanted = 'all' } = given;
  const made = aLogGroup({ accountId: owner, logGroupName: 'audit', ...given.group });
  const { arn = '' } = made.details;
  const writing = {
    accountId: owner,
    CloudWatchLogsLogGroupArn: arn,
    CloudWatchLogsRoleArn: `arn:aws:iam::${owner}:role/r`,
  };
  const trails = given.trail === 'none' ? [] : [aTrail({ ...writing, ...given.trail })];
  const events = Object.entries(records).flatMap(([time, its]) =>
    its.map((it) => ({ at: `${time}:00Z`, message: JSON.stringify(it) })),
  );
  const world = aWorld({
    organization: null,
    accounts: [anAccount({ id: owner })],
    logGroups: [made, aLogGroup({ accountId: owner, logGroupName: 'audit-2' })],
    trails,
    insights: { events },
  });
  const aws = await useFakeAws(world, fake);
  const scanned: number[] = [];
  const found: EventRecord[] = [];
  let coverage: EventCoverage | undefined;
  const error = await withInsights(
    {
      ...impatience,
      ...(signal === undefined ? {} : { signal }),
      group: named ?? 'audit',
      ...(mostRows === undefined ? {} : { mostRows }),
      maxBytes,
      onScanned: (bytes) => scanned.push(bytes),
      onRequests: () => undefined,
      tuning: { ...impatience.tuning, clock: hasty },
    },
    async (insights) => {
      const source = eventsFromInsights(insights, { ...window, at });
      for await (const batch of source.read(wanted, signal)) found.push(...batch.records);
      coverage = source.coverage();
    },
  ).catch((caught: unknown) => caught);
  const ids = [...new Set(found.map((it) => String(it['eventID'])))].toSorted();
  return { aws, found, ids, scanned, coverage, error };
}

/** A clock that waits for nothing. */
const hasty = { now: () => Date.parse(at), sleep: async () => await Promise.resolve() };

test('gives the records, and the hours, that the folder gives', async () => {
  const { found, coverage, error, aws } = await read({ fake: { insights: { polls: 2 } } });
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
  expect(coverage?.gaps).toEqual([]);
  expect(coverage?.neverHeld).toContain('no event over 256 KB');
  // A day and what was delivered until a day later: two days, twice.
  expect(aws.queries()).toHaveLength(4);
});

test('a log event has the time of its event, too', async () => {
  const { ids } = await read({ records: { '2026-11-20T10:15': [aRecord(1)], '2026-11-20T13:29': [aRecord(2)] } });
  expect(ids).toEqual([1, 2].map(eventId));
});

test.each([
  ['StopLogging', { eventName: 'StopLogging' }],
  ['a/b (c)', { requestParameters: { name: 'a/b (c)' } }],
  ['errorCode', { errorCode: 'AccessDenied' }],
])('what may hold %s comes, and nothing else; updates always do', async (text, members) => {
  const update = aRecord(3, { addendum: { reason: 'UPDATED_DATA', originalEventID: eventId(9) } });
  const byCode = aRecord(4, { userAgent: 'x\u0001' });
  const records = { '2026-11-20T10:20': [aRecord(1, members), aRecord(2), update, byCode] };
  const { ids, coverage } = await read({ records, wanted: new Set([text]) });
  expect(ids).toEqual([1, 3, 4].map(eventId));
  expect(coverage?.cells[0]?.state).toBe('present');
});

test('a time of more events than a result may have is split until all come; a second with more is a gap', async () => {
  const many = Array.from({ length: 40 }, (_, index) =>
    aRecord(index, { eventTime: `2026-11-20T10:${20 + (index % 20)}:00Z` }),
  );
  const spread = Object.fromEntries(
    many.map((it, index) => [`2026-11-20T10:${20 + (index % 20)}`, [it, many[(index + 20) % 40] ?? it]]),
  );
  const { ids, coverage } = await read({ records: spread, mostRows: 4 });
  expect(ids).toHaveLength(40);
  expect(coverage?.gaps).toEqual([]);
  const crowded = { '2026-11-20T10:20': Array.from({ length: 5 }, (_, index) => aRecord(index)) };
  const cut = await read({ records: crowded, mostRows: 4 });
  expect(cut.ids.length).toBeGreaterThan(0);
  expect(cut.coverage?.gaps).toEqual([
    expect.objectContaining({ accountId: 'unknown', message: expect.stringContaining('some of them are missing') }),
    expect.anything(),
  ]);
});

test.each(['denied', 'throttled', 'internal-error', 'expired-token', 'malformed-body', 'empty-body'] as const)(
  '%s at any call: a clear error, or a gap over everything, and no hour is known',
  async (kind) => {
    for (const operation of ['DescribeLogGroups', 'StartQuery']) {
      const { error } = await read({ fake: { faults: [{ match: { service: 'logs', operation }, kind }] } });
      expect(error).toBeInstanceOf(UsageError);
      expect(String(error)).not.toMatch(/ASIAFAKE|AKIAFAKE|secret/);
    }
    const faults = [{ match: { service: 'logs', operation: 'GetQueryResults' }, kind } as const];
    const { coverage, error, aws, ids } = await read({ fake: { faults } });
    expect(error).toBeUndefined();
    expect(ids).toEqual([]);
    expect(coverage?.gaps.map((it) => it.accountId)).toContain('unknown');
    // A query whose state is not known is not left to run.
    expect(aws.queries().every((it) => it.isStopped)).toBe(true);
  },
);

test.each(['DescribeTrails', 'GetTrailStatus', 'GetEventSelectors'])(
  '%s refused: what was found counts, and all is open',
  async (operation) => {
    const faults = [{ match: { service: 'cloudtrail', operation }, kind: 'denied' } as const];
    const { ids, coverage } = await read({ fake: { faults } });
    expect(ids).toHaveLength(4);
    expect(coverage?.gaps.map((it) => it.message)).toEqual([expect.stringContaining('could not be read')]);
  },
);

test.each(['throttled', 'expired-token'] as const)('%s, once: it is asked again', async (kind) => {
  for (const operation of ['DescribeLogGroups', 'StartQuery', 'GetQueryResults']) {
    const faults = [{ match: { service: 'logs', operation } as const, kind, times: 1 }];
    const { ids, coverage } = await read({ fake: { faults } });
    expect(ids).toHaveLength(4);
    expect(coverage?.gaps).toEqual([]);
  }
});

test.each([
  ['Failed', 'it failed'],
  ['Cancelled', 'it was cancelled'],
  ['Timeout', 'it took longer than Logs Insights lets a query run'],
] as const)('a query that ends as %s leaves everything open', async (ends, message) => {
  const { coverage, ids } = await read({ fake: { insights: { polls: 2, ends } } });
  expect(ids).toEqual([]);
  expect(coverage?.gaps[0]).toMatchObject({ reason: 'error', message: expect.stringContaining(message) });
});

test('a result of which events are missing leaves everything open', async () => {
  const { coverage } = await read({ fake: { insights: { lostRows: 1 } } });
  expect(coverage?.gaps[0]?.message).toContain('of them came');
});

test('queries are stopped when they read more than they may, and when the run is stopped', async () => {
  const { coverage, aws } = await read({ maxBytes: 100, fake: { insights: { polls: 1000 } } });
  expect(aws.queries().map((it) => it.isStopped)).toEqual([true]);
  expect(coverage?.gaps[0]).toMatchObject({ reason: 'not-collected', message: expect.stringContaining('--max-bytes') });
  const stop = new AbortController();
  const insights = {
    get polls() {
      stop.abort();
      return 1000;
    },
  };
  const interrupted = await read({ signal: stop.signal, fake: { insights } });
  expect(interrupted.error).toBeInstanceOf(InterruptedError);
  expect(interrupted.aws.queries().map((it) => it.isStopped)).toEqual([true]);
});

test('no such group, one of another account, and one that masks what it holds are refused', async () => {
  expect(String((await read({ named: 'audi' })).error)).toContain('There is no log group audi in us-east-1');
  const other = 'arn:aws:logs:us-east-1:444455556666:log-group:audit';
  expect(String((await read({ named: other })).error)).toContain('is in account 444455556666');
  const masked = await read({ group: { dataProtectionStatus: 'ACTIVATED' } });
  expect(String(masked.error)).toContain('masks data by a data protection policy');
  const inIreland = await read({
    group: { region: 'eu-west-1' },
    named: `arn:aws:logs:eu-west-1:${owner}:log-group:audit`,
  });
  expect(inIreland.ids).toHaveLength(4);
});

test.each([
  ['none', 'No trail that is seen'],
  [{ IsMultiRegionTrail: false }, 'Of other Regions nothing is known'],
] as const)('a group of which nobody says what it should hold leaves everything open: %j', async (trail, message) => {
  const { coverage } = await read({ trail });
  expect(coverage?.gaps.map((it) => it.message)).toEqual([expect.stringContaining(message)]);
});

test('a group in which Logs Insights finds no fields says why everything is open', async () => {
  const { ids, coverage } = await read({ group: { logGroupClass: 'INFREQUENT_ACCESS' } });
  expect(ids).toHaveLength(4);
  expect(coverage?.gaps.map((it) => it.message)).toEqual([expect.stringContaining('of the class INFREQUENT_ACCESS')]);
});
