import { describe, expect, test } from 'vitest';
import { aLogTable, logEngine, logListing } from '../../../test/support/athena/log-table.js';
import { aRecord, anAccount as owner, aRegion as region, logFile, logKey } from '../../../test/support/event-logs.js';
import type { Athena, AthenaRow } from '../../model/athena.js';
import { UsageError } from '../../model/errors.js';
import { Unreadable } from '../../model/object-store.js';
import { eventsFromAthena, type AthenaOptions } from './source.js';

const bucket = 'logs';
const column = (name: string, type = 'string') => ({ name, type });
const other = '222222222222';
const at = '2026-11-21T12:00:00Z';
const files = {
  [logKey({ delivered: '2026-11-20T10:20' })]: logFile([aRecord(1)]),
  [logKey({ delivered: '2026-11-20T11:20' })]: logFile([aRecord(2, { eventTime: '2026-11-20T11:15:00Z' })]),
  [logKey({ delivered: '2026-11-20T10:20', account: other })]: logFile([aRecord(3, { recipientAccountId: other })]),
};
const asked: AthenaOptions = {
  logs: logListing(files),
  catalog: 'AwsDataCatalog',
  database: 'db',
  table: 't',
  from: '2026-11-20T10:00:00Z',
  to: '2026-11-20T12:00:00Z',
  at,
};

type TableParts = Parameters<typeof aLogTable>[0];

async function read(parts: Partial<TableParts>, options: Partial<AthenaOptions> = {}, objects = files) {
  const table = aLogTable({ accounts: [owner, other], regions: [region], bucket, ...parts });
  const engine = logEngine(objects, bucket, table);
  const queries: string[] = [];
  const athena: Athena = {
    table,
    run: async (sql) => {
      queries.push(sql);
      return await Promise.resolve({ rows: rowsOf(engine(sql)) });
    },
  };
  const source = eventsFromAthena(athena, { ...asked, logs: logListing(objects), ...options });
  const ids: unknown[] = [];
  for await (const { records } of source.read(new Set(['ListUsers', "it's"])))
    ids.push(...records.map((it) => it['eventID']));
  const { cells, gaps } = source.coverage();
  const states = cells.map((it) => `${it.account} ${it.region} ${it.hour.slice(-2)} ${it.state}`);
  return { ids, states, gaps, cells, sql: queries[0] ?? '', source };
}

async function* rowsOf(rows: readonly (readonly (string | number | null)[])[]): AsyncGenerator<AthenaRow> {
  for (const row of rows.slice(1)) yield await Promise.resolve(row.map((it) => (it === null ? undefined : String(it))));
}

const expected = (accounts: readonly string[], regions: readonly string[] = [region]) => ({
  expected: { places: accounts.flatMap((account) => regions.map((it) => ({ account, region: it }))), openAccounts: [] },
  known: { accounts, regions, isWhole: true, isOrganization: false },
});

describe('what a table cannot hold is a hole', () => {
  test('an account that its projection does not name', async () => {
    const { states, cells, ids } = await read({ accounts: [owner] }, expected([owner, other]));
    expect(ids).toHaveLength(2);
    expect(states).toEqual([
      `${owner} ${region} 10 present`,
      `${owner} ${region} 11 present`,
      `${other} ${region} 10 unreadable`,
      `${other} ${region} 11 unreadable`,
    ]);
    expect(cells.at(-1)?.gap?.message).toContain(`Table athena:db.t has no partitions of account ${other}`);
  });

  test('a Region that its projection does not name', async () => {
    const { states, cells } = await read({}, expected([owner], [region, 'us-east-1']));
    expect(states.slice(2)).toEqual([`${owner} us-east-1 10 unreadable`, `${owner} us-east-1 11 unreadable`]);
    expect(cells.at(-1)?.gap?.message).toContain('no partitions of Region us-east-1');
  });

  test('days outside of the range of its projection', async () => {
    const parameters = { 'projection.day.range': '2020/01/01,NOW-2DAYS' };
    const { states, cells } = await read({ parameters });
    expect(new Set(states.map((it) => it.split(' ').at(-1)))).toEqual(new Set(['unreadable']));
    expect(cells[0]?.gap?.message).toContain('no partition of 2026/11/20 and 1 more day');
  });

  test('what came since the inventory is asked for, or told where the projection does not name it', async () => {
    const older = logKey({ delivered: '2026-11-02T10:20', account: '333333333333' });
    const its = { ...files, [older]: logFile([aRecord(4)]) };
    const { known, expected: places } = expected([owner]);
    const organization = { expected: places, known: { ...known, isOrganization: true } };
    const { ids, states, sql } = await read({}, organization, its);
    expect(ids).toHaveLength(3);
    expect(sql).toContain(`"account" IN ('${owner}', '${other}')`);
    expect(states).toContain(`${other} ${region} 10 present`);
    const lacking = await read({ accounts: [owner] }, organization, its);
    expect(lacking.states.slice(2)).toEqual([`${other} ${region} 10 unreadable`, `${other} ${region} 11 unreadable`]);
    // The inventory of one account asks for no others.
    const alone = await read({}, expected([owner]), its);
    expect(alone.ids).toHaveLength(2);
    expect(alone.states).toHaveLength(2);
  });

  test('so is a Region that was disabled since', async () => {
    const { ids, sql } = await read({ regions: [region, 'us-east-1'] }, expected([owner, other], ['us-east-1']));
    expect(ids).toHaveLength(3);
    expect(sql).toContain(`"region" IN ('${region}', 'us-east-1')`);
  });

  test('an account of which there are log files, and that its projection does not name, without an inventory', async () => {
    const { states, cells } = await read({ accounts: [owner] });
    expect(states.slice(2)).toEqual([`${other} ${region} 10 unreadable`, `${other} ${region} 11 unreadable`]);
    expect(cells.at(-1)?.gap?.message).toContain('of which there are log files');
  });

  test.each(['GLACIER', 'DEEP_ARCHIVE'])(
    'log files in %s, which Athena passes over while it reads others of the hour',
    async (storageClass) => {
      const archived = logKey({ delivered: '2026-11-20T11:45', unique: 'BBBBBBBBBBBBBBBB' });
      const logs = logListing({ ...files, [archived]: Buffer.alloc(200_000) }, { [archived]: storageClass });
      const { states, cells, ids } = await read({ accounts: [owner] }, { ...expected([owner]), logs });
      expect(ids).toHaveLength(2);
      // It may hold late events, too.
      expect(states).toEqual([`${owner} ${region} 10 unreadable`, `${owner} ${region} 11 unreadable`]);
      expect(cells[1]?.gap?.message).toContain(`is in the storage class ${storageClass}, which Athena passes over`);
    },
  );

  test('log files of which Athena gives nothing, as of a partition that was never added', async () => {
    const night = { from: '2026-11-20T22:00:00Z', to: '2026-11-21T00:00:00Z' };
    const keyOf = (delivered: string, unique = 'A'.repeat(16)) => logKey({ delivered, unique });
    const eventAt = (id: number, time: string) => logFile([aRecord(id, { eventTime: time })]);
    const its = {
      [keyOf('2026-11-20T22:20')]: eventAt(1, '2026-11-20T22:15:00Z'),
      [keyOf('2026-11-20T23:20')]: eventAt(2, '2026-11-20T23:15:00Z'),
      // What cannot hold a record is missed by nobody.
      [keyOf('2026-11-21T05:00')]: logFile([]),
    };
    expect((await read({}, night, its)).states.map((it) => it.split(' ').at(-1))).toEqual(['present', 'present']);
    const late = { [keyOf('2026-11-21T00:03')]: eventAt(3, '2026-11-20T23:58:00Z') };
    const missed = await read({}, { ...night, logs: logListing({ ...its, ...late }) }, its);
    expect(missed.states.map((it) => it.split(' ').at(-1))).toEqual(['unreadable', 'unreadable']);
    expect(missed.cells[1]?.gap?.message).toContain('delivered on 2026/11/21 in hour 00');
    // One file of an hour shows that its partition is there.
    const more = { ...its, [keyOf('2026-11-21T00:04', 'B'.repeat(16))]: eventAt(4, '2026-11-20T23:59:00Z') };
    const met = await read({}, { ...night, logs: logListing({ ...more, ...late }) }, more);
    expect(met.states.map((it) => it.split(' ').at(-1))).toEqual(['present', 'present']);
  });

  test('log files without a byte, of which Athena gives nothing', async () => {
    const empty = logKey({ delivered: '2026-11-20T11:45', unique: 'BBBBBBBBBBBBBBBB' });
    const logs = logListing({ ...files, [empty]: Buffer.alloc(0) });
    const { states, cells } = await read({ accounts: [owner] }, { ...expected([owner]), logs });
    expect(states.map((it) => it.split(' ').at(-1))).toEqual(['unreadable', 'unreadable']);
    expect(cells[1]?.gap?.message).toContain('is empty');
  });

  test('a folder of events beside its partitions', async () => {
    const beside = logKey({ delivered: '2026-11-20T11:45', folder: 'CloudTrail-NetworkActivity' });
    const logs = logListing({ ...files, [beside]: Buffer.alloc(20) });
    const { states } = await read({ accounts: [owner] }, { ...expected([owner]), logs });
    expect(states).toEqual([`${owner} ${region} 10 unreadable`, `${owner} ${region} 11 unreadable`]);
  });

  test('all of it, where its log files cannot be listed', async () => {
    const { store, limit } = logListing(files);
    const folders = async () => await Promise.reject(new Unreadable('access-denied', 'AccessDenied'));
    const { states, gaps } = await read({ accounts: [owner] }, { logs: { store: { ...store, folders }, limit } });
    expect(states).toHaveLength(2);
    expect(gaps).toEqual([expect.objectContaining({ reason: 'access-denied', accountId: 'unknown' })]);
  });

  test('an account whose log files are of another time', async () => {
    const { states } = await read({}, { from: '2026-11-18T10:00:00Z', to: '2026-11-18T11:00:00Z' });
    expect(states).toEqual([`${owner} ${region} 10 silent`, `${other} ${region} 10 silent`]);
  });
});

test('events without a time, and files of other names, prove no hour', async () => {
  const strange = logKey({ delivered: '2026-11-20T10:20' }).replace(/[^/]+$/, 'copy.json.gz');
  const { states, ids, gaps } = await read(
    { accounts: [owner] },
    {},
    {
      [strange]: logFile([aRecord(1)]),
      [logKey({ delivered: '2026-11-20T11:20' })]: logFile([aRecord(2, { eventTime: 'yesterday' })]),
    },
  );
  expect(ids).toHaveLength(1);
  // A record without a time may be of any hour of the day before its file.
  expect(states).toEqual([`${owner} ${region} 10 unreadable`, `${owner} ${region} 11 unreadable`]);
  expect(gaps).toEqual([]);
});

test('an account and Region of which data events alone came is told, where the table has their category', async () => {
  const data = { managementEvent: false, eventCategory: 'Data' };
  const its = {
    ...files,
    [logKey({ delivered: '2026-11-20T10:20' })]: logFile([aRecord(1, data)]),
    [logKey({ delivered: '2026-11-20T11:20' })]: logFile([aRecord(2, { ...data, eventTime: '2026-11-20T11:15:00Z' })]),
  };
  const alone = await read({}, {}, its);
  expect(alone.states).toContain(`${owner} ${region} 10 present`);
  expect(alone.source.coverage().withoutManagement).toMatchObject([{ accountId: owner, region }]);
  expect(alone.source.coverage().places).toEqual([{ bucket, prefix: '' }]);
  expect(alone.sql).toContain(`coalesce("eventcategory" <> 'Management', false) AS other`);
  const mixed = {
    ...its,
    [logKey({ delivered: '2026-11-20T10:30', unique: 'MMMMMMMMMMMMMMMM' })]: logFile([aRecord(3)]),
  };
  expect((await read({}, {}, mixed)).source.coverage().withoutManagement).toBeUndefined();
  const { columns } = aLogTable({ accounts: [owner], regions: [region], bucket });
  const lacking = await read({ columns: columns.filter((it) => it.name !== 'eventcategory') }, {}, its);
  expect(lacking.source.coverage().withoutManagement).toBeUndefined();
  expect(lacking.sql).toContain('false AS other');
});

describe('the query', () => {
  test('names partitions, wanted texts and times', async () => {
    const { sql } = await read({}, expected([owner]));
    expect(sql).toContain(`FROM "AwsDataCatalog"."db"."t"
  WHERE "day" BETWEEN '2026/11/20' AND '2026/11/21'
    AND "account" IN ('${owner}')
    AND "region" IN ('${region}')`);
    expect(sql).toContain(`CASE WHEN ("eventname" IN ('ListUsers', 'it''s')`);
    expect(sql).toContain(`OR "addendum"."reason" = 'UPDATED_DATA')
      AND "eventtime" >= '2026-11-20T10:00:00'
      AND "eventtime" < '2026-11-20T12:00:01'`);
  });

  test('a member that must be there is not asked for, and all records come', async () => {
    const table = aLogTable({ accounts: [owner], regions: [region], bucket });
    const athena = { table, run: async () => await Promise.reject(new Error('not run')) };
    const query = (...wanted: readonly string[]) => eventsFromAthena(athena, asked).query(new Set(wanted));
    expect(query('ListUsers')).toContain(`"eventname" IN ('ListUsers')`);
    expect(query('ListUsers', 'errorCode')).toBe(eventsFromAthena(athena, asked).query('all'));
  });

  test('asks a condition beside texts, where the table has all that it may name', () => {
    const condition = { texts: new Set(['StopLogging']), sql: "(errorcode = 'AccessDenied')", eventIds: ['e-1'] };
    const query = (columns?: ReturnType<typeof aLogTable>['columns']): string => {
      const table = aLogTable({ accounts: [owner], regions: [region], bucket, ...(columns && { columns }) });
      const athena = { table, run: async () => await Promise.reject(new Error('not run')) };
      return eventsFromAthena(athena, { ...asked, condition }).query('all');
    };
    expect(query()).toMatch(
      /CASE WHEN \("eventname" IN \('StopLogging'\)[^]*OR "eventid" IN \('StopLogging', 'e-1'\)\s+OR \(errorcode = 'AccessDenied'\)/,
    );
    const { columns } = aLogTable({ accounts: [owner], regions: [region], bucket });
    // Else nothing narrows what comes back.
    expect(query(columns.filter((it) => it.name !== 'vpcendpointid'))).toContain('CASE WHEN "eventtime" >=');
    const asBoolean = columns.map(({ name, type }) => column(name, name === 'readonly' ? 'boolean' : type));
    expect(query(asBoolean)).toContain('CASE WHEN "eventtime" >=');
  });

  test('what is too long to be said is not asked for', async () => {
    const table = aLogTable({ accounts: [owner], regions: [region], bucket });
    const athena = { table, run: async () => await Promise.reject(new Error('not run')) };
    const many = new Set(Array.from({ length: 20_000 }, (_, index) => `AnEventWithALongName${index}`));
    expect(eventsFromAthena(athena, asked).query(many)).not.toContain('AnEventWithALongName');
  });
});

describe('a table that cannot be asked is refused', () => {
  const projected = aLogTable({ accounts: [owner], regions: [region], bucket }).parameters;
  test.each<[string, Partial<ReturnType<typeof aLogTable>>, string]>([
    [
      'no partitions',
      { partitionKeys: [], parameters: { location: 's3://b/AWSLogs/' } },
      'no partition columns year, month and day',
    ],
    [
      'no account',
      {
        partitionKeys: ['region', 'year', 'month', 'day'].map((it) => column(it)),
        parameters: { location: 's3://b/AWSLogs/' },
      },
      'no partition column for the account',
    ],
    [
      'a projection by month',
      {
        parameters: {
          ...projected,
          'projection.day.interval.unit': 'MONTHS',
        },
      },
      "projection of its partition column 'day'",
    ],
    [
      'another layout',
      {
        parameters: {
          ...projected,
          'storage.location.template': 's3://b/x/${account}/${region}/${day}',
        },
      },
      'does not follow the layout',
    ],
    [
      'another reader',
      { parameters: { ...projected, 'serde.serialization.lib': 'org.openx.data.jsonserde.JsonSerDe' } },
      'may pass over events',
    ],
    [
      'a reader that passes over broken lines',
      { parameters: { ...projected, 'serde.param.ignore.malformed.json': 'TRUE' } },
      'serde.param.ignore.malformed.json is TRUE',
    ],
    ['columns of another kind', { columns: [column('line')] }, 'has no useridentity'],
  ])('%s', (_, parts, message) => {
    const table = { ...aLogTable({ accounts: [owner], regions: [region], bucket }), ...parts };
    const athena = { table, run: async () => await Promise.reject(new Error('not run')) };
    expect(() => eventsFromAthena(athena, asked)).toThrow(UsageError);
    expect(() => eventsFromAthena(athena, asked)).toThrow(message);
  });

  test('AWS’s own example for one account, with partitions that are added by hand, is taken', () => {
    const { columns } = aLogTable({ accounts: [], regions: [], bucket });
    const partitionKeys = ['region', 'year', 'month', 'day'].map((it) => column(it));
    const table = { columns, partitionKeys, parameters: { location: `s3://b/AWSLogs/${owner}/` } };
    const athena = { table, run: async () => await Promise.reject(new Error('not run')) };
    expect(eventsFromAthena(athena, asked).query('all')).toContain(
      `("year" IN ('2026') AND "month" IN ('11') AND "day" IN ('20', '21'))`,
    );
  });

  test('of which nothing comes, and which names no accounts, nothing is known', async () => {
    const partitionKeys = ['account', 'region', 'year', 'month', 'day'].map((it) => column(it));
    const { columns } = aLogTable({ accounts: [], regions: [], bucket });
    const table = { columns, partitionKeys, parameters: { location: 's3://b/AWSLogs/' } };
    const athena = { table, run: async () => await Promise.resolve({ rows: rowsOf([]) }) };
    const source = eventsFromAthena(athena, { ...asked, logs: logListing({}) });
    const batches: unknown[] = [];
    for await (const batch of source.read('all')) batches.push(batch);
    expect(batches).toEqual([]);
    expect(source.coverage().gaps).toEqual([expect.objectContaining({ reason: 'not-collected' })]);
  });

  test('injected values must be known', () => {
    const parameters = { 'projection.account.type': 'injected' };
    const table = aLogTable({ accounts: [], regions: [region], bucket, parameters });
    const athena = { table, run: async () => await Promise.reject(new Error('not run')) };
    expect(() => eventsFromAthena(athena, asked).query('all')).toThrow('values of its partition column');
    expect(eventsFromAthena(athena, { ...asked, ...expected([owner]) }).query('all')).toContain(
      `"account" IN ('${owner}')`,
    );
  });
});
