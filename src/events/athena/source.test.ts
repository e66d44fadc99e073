import { describe, expect, test } from 'vitest';
import { aLogTable, logEngine } from '../../../test/support/athena/log-table.js';
import { aRecord, anAccount as owner, aRegion as region, logFile, logKey } from '../../../test/support/event-logs.js';
import type { Athena, AthenaRow } from '../../model/athena.js';
import { UsageError } from '../../model/errors.js';
import { eventsFromAthena, type AthenaOptions } from './source.js';

const bucket = 'logs';
const other = '222222222222';
const at = '2026-11-21T12:00:00Z';
const asked: AthenaOptions = {
  catalog: 'AwsDataCatalog',
  database: 'db',
  table: 't',
  from: '2026-11-20T10:00:00Z',
  to: '2026-11-20T12:00:00Z',
  at,
};
const files = {
  [logKey({ delivered: '2026-11-20T10:20' })]: logFile([aRecord(1)]),
  [logKey({ delivered: '2026-11-20T11:20' })]: logFile([aRecord(2, { eventTime: '2026-11-20T11:15:00Z' })]),
  [logKey({ delivered: '2026-11-20T10:20', account: other })]: logFile([aRecord(3, { recipientAccountId: other })]),
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
  const source = eventsFromAthena(athena, { ...asked, ...options });
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
  known: { accounts, regions, isWhole: true },
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

  test('an account that it names, and of which nothing came', async () => {
    const { states } = await read({ accounts: [owner, '333333333333'] });
    expect(states.slice(2)).toEqual([`333333333333 ${region} 10 silent`, `333333333333 ${region} 11 silent`]);
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

  test('what is too long to be said is not asked for', async () => {
    const table = aLogTable({ accounts: [owner], regions: [region], bucket });
    const athena = { table, run: async () => await Promise.reject(new Error('not run')) };
    const many = new Set(Array.from({ length: 20_000 }, (_, index) => `AnEventWithALongName${index}`));
    expect(eventsFromAthena(athena, asked).query(many)).not.toContain('AnEventWithALongName');
  });
});

describe('a table that cannot be asked is refused', () => {
  const column = (name: string, type = 'string') => ({ name, type });
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
          ...aLogTable({ accounts: [owner], regions: [region], bucket }).parameters,
          'projection.day.interval.unit': 'MONTHS',
        },
      },
      "projection of its partition column 'day'",
    ],
    [
      'another layout',
      {
        parameters: {
          ...aLogTable({ accounts: [owner], regions: [region], bucket }).parameters,
          'storage.location.template': 's3://b/x/${account}/${region}/${day}',
        },
      },
      'does not follow the layout',
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
