import { expect, test } from 'vitest';
import { withAthena } from '../../src/collect/index.js';
import { eventsFromAthena, eventsFromFolder } from '../../src/events/index.js';
import { InterruptedError, UsageError } from '../../src/model/errors.js';
import type { EventCoverage } from '../../src/model/log-events.js';
import { aLogTable, logEngine } from '../support/athena/log-table.js';
import { impatience, useFakeAws } from '../support/collect-from.js';
import { aRecord, anAccount as owner, aRegion, eventId, logFile, logKey, writeFiles } from '../support/event-logs.js';
import {
  aBucket,
  anAccount,
  aWorld,
  managementAccountId,
  type FakeAwsOptions,
  type WorldAthena,
} from '../support/fake-aws/index.js';
import { aFolder } from '../cli/run-cli.js';

const bucket = 'logs-of-all';
const at = '2026-11-21T12:00:00Z';
const window = { from: '2026-11-20T10:00:00Z', to: '2026-11-20T14:00:00Z' };

const files: Readonly<Record<string, Buffer>> = {
  [logKey({ delivered: '2026-11-20T10:20' })]: logFile([aRecord(1), aRecord(2, { eventTime: '2026-11-20T10:16:00Z' })]),
  [logKey({ delivered: '2026-11-20T11:20' })]: logFile([aRecord(3, { eventTime: '2026-11-20T11:15:00Z' })]),
  [logKey({ delivered: '2026-11-20T13:05' })]: logFile([
    aRecord(4, { eventTime: '2026-11-20T12:59:00Z' }),
    aRecord(5, {
      eventTime: '2026-11-20T14:59:00Z',
      userIdentity: { type: 'AWSService', invokedBy: 'x.amazonaws.com' },
    }),
  ]),
};

interface Given {
  readonly fake?: FakeAwsOptions;
  readonly table?: Partial<Parameters<typeof aLogTable>[0]>;
  readonly world?: Partial<WorldAthena>;
  readonly maxBytes?: number;
  readonly tableName?: string;
  readonly signal?: AbortSignal;
  readonly options?: Partial<Parameters<typeof eventsFromAthena>[1]>;
  readonly objects?: Readonly<Record<string, Buffer>>;
}

async function read({
  fake,
  table,
  world,
  maxBytes,
  tableName = 'trail',
  signal,
  options,
  objects = files,
}: Given = {}) {
  const made = aLogTable({ accounts: [owner], regions: [aRegion], bucket, ...table });
  const athena: WorldAthena = {
    tables: { 'logs.trail': made },
    workgroups: { primary: { output: 's3://results/athena/' } },
    engine: logEngine(objects, bucket, made),
    ...world,
  };
  const accounts = [anAccount({ id: managementAccountId })];
  const buckets = ['results', bucket].map((name) => aBucket({ name, accountId: managementAccountId }));
  const aws = await useFakeAws(aWorld({ accounts, buckets, athena, objects: { [bucket]: objects } }), fake);
  const scanned: number[] = [];
  const records: unknown[] = [];
  let coverage: EventCoverage | undefined;
  const error = await withAthena(
    {
      ...impatience,
      ...(signal === undefined ? {} : { signal }),
      workgroup: 'primary',
      catalog: 'AwsDataCatalog',
      database: 'logs',
      table: tableName,
      maxBytes,
      onScanned: (bytes) => scanned.push(bytes),
      onRequests: () => undefined,
      tuning: { ...impatience.tuning, clock: hasty },
    },
    async (opened) => {
      const asked = { catalog: 'AwsDataCatalog', database: 'logs', table: tableName, ...window, at, ...options };
      const source = eventsFromAthena(opened, asked);
      for await (const batch of source.read('all')) records.push(...batch.records);
      coverage = source.coverage();
    },
  ).catch((caught: unknown) => caught);
  const ids = records.map((it) => (it as { eventID: string }).eventID).toSorted();
  return { aws, ids, records, scanned, coverage, error, states: coverage?.cells.map((it) => it.state) };
}

/** A clock that waits for nothing. */
const hasty = { now: () => Date.parse(at), sleep: async () => await Promise.resolve() };

test('gives the events and the coverage that the folder gives, from the object with the result', async () => {
  const { ids, coverage, aws, error } = await read({ fake: { athena: { polls: 3 } } });
  expect(error).toBeUndefined();
  const folder = aFolder();
  await writeFiles(folder, files);
  const source = eventsFromFolder(folder, { ...window, at });
  const expected: string[] = [];
  for await (const { records } of source.read('all')) expected.push(...records.map((it) => String(it['eventID'])));
  expect(ids).toEqual(expected.toSorted());
  expect(ids).toEqual([1, 2, 3, 4].map(eventId));
  expect(coverage?.cells.map(({ hour, state }) => [hour, state])).toEqual(
    source.coverage().cells.map(({ hour, state }) => [hour, state]),
  );
  expect(coverage?.gaps).toEqual([]);
  expect(aws.countBy('operation')).toMatchObject({ 'athena:StartQueryExecution': 1, 'athena:GetQueryExecution': 4 });
  expect(Object.keys(aws.countBy('operation'))).not.toContain('athena:GetQueryResults');
  expect(aws.queries()).toEqual([
    { sql: expect.stringContaining(`"day" BETWEEN '2026/11/20' AND '2026/11/21'`), isStopped: false },
  ]);
});

test('a record is what CloudTrail wrote', async () => {
  const record = aRecord(1, {
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/R/s',
      sessionContext: { sessionIssuer: {}, sourceIdentity: 'ana', webIdFederationData: { attributes: { Aud: 'x"y' } } },
    },
    requestParameters: { name: 'a,"b"\n', nested: [{ Key: null }], zero: 0 },
    resources: [{ ARN: 'arn:aws:s3:::b', type: 'AWS::S3::Bucket' }],
    tlsDetails: { tlsVersion: 'TLSv1.3' },
    responseElements: undefined,
  });
  const { records } = await read({ objects: { [logKey({ delivered: '2026-11-20T10:20' })]: logFile([record]) } });
  const { requestParameters, ...others } = JSON.parse(JSON.stringify(record)) as Record<string, unknown>;
  expect(records).toEqual([{ ...others, requestParameters, readOnly: 'true', managementEvent: 'true' }]);
});

test('page by page where the object cannot be read, or Athena keeps the result itself', async () => {
  const denied = await read({
    fake: {
      faults: [{ match: { service: 's3', operation: 'GetObject' }, kind: 'denied' }],
      pageSizes: { 'athena:GetQueryResults': 2 },
    },
  });
  expect(denied.ids).toHaveLength(4);
  expect(denied.aws.countBy('operation')['athena:GetQueryResults']).toBe(3);
  const managed = await read({ world: { workgroups: { primary: { isManaged: true } } } });
  expect(managed.ids).toHaveLength(4);
});

test.each([
  'denied',
  'throttled',
  'internal-error',
  'expired-token',
  'malformed-body',
  'empty-body',
  'connection-cut',
] as const)('%s at any call: a clear error, or a gap over everything, and no hour is known', async (kind) => {
  for (const operation of ['GetTableMetadata', 'StartQueryExecution']) {
    const { error } = await read({ fake: { faults: [{ match: { service: 'athena', operation }, kind }] } });
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).not.toMatch(/ASIAFAKE|AKIAFAKE|secret/);
  }
  const managed = { workgroups: { primary: { isManaged: true } } } as const;
  for (const operation of ['GetQueryExecution', 'GetQueryResults']) {
    const faults = [{ match: { service: 'athena', operation }, kind } as const];
    const { coverage, error, aws } = await read({ world: managed, fake: { faults } });
    expect(error).toBeUndefined();
    expect(coverage?.gaps).toEqual([expect.objectContaining({ accountId: 'unknown', resource: 'athena:logs.trail' })]);
    expect(coverage?.gaps[0]?.reason).not.toBe('unsupported');
    // A query whose state is not known is not left to run.
    expect(aws.queries().map((it) => it.isStopped)).toEqual([operation === 'GetQueryExecution']);
  }
});

test('what heals is waited out', async () => {
  const faults = ['StartQueryExecution', 'GetQueryExecution'].map((operation) => ({
    match: { service: 'athena', operation } as const,
    kind: 'throttled' as const,
    times: 2,
  }));
  const { ids, aws } = await read({ fake: { faults } });
  expect(ids).toHaveLength(4);
  expect(aws.queries()).toHaveLength(1);
});

test.each([
  ['FAILED', 'HIVE_BAD_DATA: Malformed JSON in s3://logs/x.json.gz', 'error'],
  ['CANCELLED', 'Query cancelled by user', 'error'],
  ['CANCELLED', 'Bytes scanned limit was exceeded', 'not-collected'],
] as const)(
  'a query that ends as %s (%s) leaves everything open, with what Athena says',
  async (state, reason, why) => {
    const { coverage, ids } = await read({ fake: { athena: { polls: 2, ends: { state, reason } } } });
    expect(ids).toEqual([]);
    expect(coverage?.gaps).toEqual([
      expect.objectContaining({ reason: why, message: expect.stringContaining(reason) }),
    ]);
  },
);

test('a result that is cut off leaves everything open; what was found before counts', async () => {
  const { coverage, ids } = await read({ fake: { athena: { result: 'cut' } } });
  expect(ids.length).toBeGreaterThan(0);
  expect(coverage?.gaps).toEqual([
    expect.objectContaining({ message: expect.stringContaining('its result is cut off') }),
  ]);
});

test('a page token that comes again ends the reading with a gap', async () => {
  const faults = [{ match: { operation: 'GetQueryResults' }, kind: 'repeating-page-token' } as const];
  const { coverage } = await read({ world: { workgroups: { primary: { isManaged: true } } }, fake: { faults } });
  expect(coverage?.gaps[0]?.message).toContain('gave not all events');
});

test('the query is stopped when it reads more than it may, and everything is open then', async () => {
  const { coverage, scanned, aws } = await read({
    maxBytes: 2_500_000,
    fake: { athena: { polls: 1000, bytesPerPoll: 1_000_000 } },
  });
  expect(scanned).toEqual([1_000_000, 2_000_000, 3_000_000]);
  expect(aws.queries().map((it) => it.isStopped)).toEqual([true]);
  expect(coverage?.gaps).toEqual([
    expect.objectContaining({
      reason: 'not-collected',
      message: expect.stringContaining('more than --max-bytes allows'),
    }),
  ]);
});

test('an interruption stops the query', async () => {
  const stop = new AbortController();
  const athena = {
    polls: 1000,
    get bytesPerPoll() {
      stop.abort();
      return 1;
    },
  };
  const { error, aws } = await read({ signal: stop.signal, fake: { athena } });
  expect(error).toBeInstanceOf(InterruptedError);
  expect(aws.queries().map((it) => it.isStopped)).toEqual([true]);
});

test('what Athena does not take is told: no such table, no place for results', async () => {
  const { error: noTable } = await read({ tableName: 'nothing' });
  expect(noTable).toBeInstanceOf(UsageError);
  expect(String(noTable)).toContain('Entity Not Found: logs.nothing');
  const { error: noOutput } = await read({ world: { workgroups: { primary: {} } } });
  expect(noOutput).toBeInstanceOf(UsageError);
  expect(String(noOutput)).toContain('No output location provided');
});

test('only a run that was told to ask Athena may start a query', async () => {
  const { Aws } = await import('../../src/collect/aws/aws-call.js');
  const { startRun } = await import('../../src/collect/run/start.js');
  const aws = await useFakeAws(aWorld({ accounts: [anAccount({ id: managementAccountId })] }));
  const started = startRun({ ...impatience }, async ({ settings, base, region }) => {
    return await new Aws(settings).read(
      base,
      'athena:StartQueryExecution',
      { QueryString: 'SELECT 1' },
      { region },
      () => 0,
    );
  });
  await expect(started).rejects.toThrow('athena:StartQueryExecution was not chosen for this run.');
  expect(aws.calls()).toEqual([]);
});
