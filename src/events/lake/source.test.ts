import { describe, expect, test } from 'vitest';
import type { EventDataStoreDetails } from '../../model/inventory.js';
import type { LakeRow, LakeStore } from '../../model/lake.js';
import type { EventRecord } from '../../model/log-events.js';
import { lakeEngine } from '../../../test/support/lake/lake-engine.js';
import { aRecord, anAccount, aRegion } from '../../../test/support/event-logs.js';
import { eventsFromLake, type LakeOptions } from './source.js';
import { selectionOf } from '../selection.js';

const id = '11111111-2222-4333-8444-555555555555';
const arn = `arn:aws:cloudtrail:${aRegion}:${anAccount}:eventdatastore/${id}`;
const window = { from: '2026-11-20T10:00:00Z', to: '2026-11-20T13:00:00Z', at: '2026-11-21T12:00:00Z' };

function selector(...fields: readonly (readonly [string, string, 'equals' | 'notEquals'])[]) {
  const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  return {
    fieldSelectors: fields.map(([field, value, operator]) => Object.assign({ field }, none, { [operator]: [value] })),
  };
}

const ofManagement = ['eventCategory', 'Management', 'equals'] as const;
const details: EventDataStoreDetails = {
  status: 'ENABLED',
  multiRegionEnabled: true,
  organizationEnabled: true,
  retentionPeriod: 366,
  advancedEventSelectors: [selector(ofManagement)],
};

async function read(store: Partial<LakeStore> = {}, options: Partial<LakeOptions> = {}, rows?: readonly LakeRow[]) {
  const hours = ['10', '11', '12'].map((it, index) => aRecord(index, { eventTime: `2026-11-20T${it}:15:30Z` }));
  const run = async (sql: string) => {
    const given =
      rows ??
      lakeEngine(hours)(sql).map((row): LakeRow =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined])),
      );
    return await Promise.resolve(each(given));
  };
  const lake = { store: { arn, id, account: anAccount, region: aRegion, details, createdAt: 0, ...store }, run };
  const source = eventsFromLake(lake, { ...window, ...options });
  const found: EventRecord[] = [];
  for await (const { records } of source.read('all')) found.push(...records);
  const { cells, gaps, withoutDataEvents } = source.coverage();
  return {
    found,
    states: cells.map((it) => it.state).join(' '),
    gaps: gaps.map((it) => it.message),
    withoutDataEvents,
  };
}

async function* each(rows: readonly LakeRow[]): AsyncGenerator<LakeRow> {
  for (const row of rows) yield await Promise.resolve(row);
}

const places = [
  { account: anAccount, region: aRegion },
  { account: anAccount, region: 'us-east-1' },
];
const expected = { places, openAccounts: [] };

describe('what a store cannot hold is a hole', () => {
  test('nothing is missing of one that holds all', async () => {
    expect(await read()).toMatchObject({ states: 'present present present', gaps: [] });
  });

  test.each(['CREATED', 'STARTING_INGESTION', 'STOPPING_INGESTION', 'STOPPED_INGESTION', 'PENDING_DELETION'])(
    'one that is %s leaves everything open',
    async (status) => {
      const { found, gaps } = await read({ details: { ...details, status } });
      expect(gaps).toEqual([expect.stringContaining(`is ${status}: it does not say since when`)]);
      expect(found).toHaveLength(3);
    },
  );

  test('what it no longer keeps, and what was before it', async () => {
    const short = await read({ details: { ...details, retentionPeriod: 1 } });
    expect(short.states).toBe('unreadable unreadable present');
    const created = await read({ createdAt: Date.parse('2026-11-20T10:30:00Z') });
    expect(created.states).toBe('unreadable present present');
    const { retentionPeriod: _, ...untold } = details;
    expect((await read({ details: untold, createdAt: undefined })).gaps).toHaveLength(2);
  });

  test('other Regions than its own, and other accounts', async () => {
    const single = { details: { ...details, multiRegionEnabled: false } };
    expect(await read(single, { expected })).toMatchObject({
      states: 'present present present unreadable unreadable unreadable',
      gaps: [],
    });
    // Nobody knows in which Regions something should have happened.
    expect((await read(single)).gaps).toEqual([expect.stringContaining('Of other Regions nothing is known')]);
    const another = { places: [{ account: '444455556666', region: aRegion }], openAccounts: [] };
    const alone = { details: { ...details, organizationEnabled: false } };
    expect((await read(alone, { expected: another })).states).toBe(
      'present present present unreadable unreadable unreadable',
    );
    expect((await read({}, { expected: another })).states).toBe('present present present silent silent silent');
  });

  test('management events that it does not select', async () => {
    const partly = [selector(ofManagement, ['eventSource', 'kms.amazonaws.com', 'notEquals'])];
    const { gaps } = await read({ details: { ...details, advancedEventSelectors: partly } });
    expect(gaps).toEqual([expect.stringContaining('selects only a part of management events')]);
  });

  test('a store of other things is refused', async () => {
    const advancedEventSelectors = [selector(['eventCategory', 'ConfigurationItem', 'equals'])];
    await expect(read({ details: { ...details, advancedEventSelectors } })).rejects.toThrow(
      'holds no events of CloudTrail',
    );
  });

  test('a store that gives nothing at all proves nothing', async () => {
    expect((await read({}, {}, [])).gaps).toEqual([expect.stringContaining('gave nothing at all')]);
    expect((await read({}, { expected }, [])).states).toBe('silent silent silent silent silent silent');
  });
});

test.each([
  [[selector(ofManagement)], true],
  [
    [selector(ofManagement, ['readOnly', 'true', 'equals']), selector(ofManagement, ['readOnly', 'false', 'equals'])],
    true,
  ],
  [[selector(ofManagement, ['readOnly', 'false', 'equals'])], false],
  [[selector(ofManagement, ['eventName', 'StopLogging', 'equals'])], false],
  [[{ ...selector(ofManagement), unsupported: ['New'] }], false],
  [[selector(['eventCategory', 'Data', 'equals'], ['resources.type', 'AWS::S3::Object', 'equals'])], false],
])('selectors %#: all management events: %s', (selectors, all) => {
  expect(selectionOf(selectors).allManagement).toBe(all);
});

test.each([
  [{ account: anAccount, region: aRegion, hour: '2026-11-20 10:00:00.000', record: '{"eventTime":', records: '1' }],
  [{ account: anAccount, region: aRegion, hour: '2026-11-20 10:00:00.000', record: '{}', records: '1' }],
  [{ account: anAccount, region: aRegion, hour: 'ten', records: '1' }],
  [{ account: anAccount, region: aRegion, hour: '2026-11-20 10:00:00.000' }],
])('a row that is not as it was asked for leaves everything open: %j', async (row) => {
  const { gaps } = await read({}, {}, [row]);
  expect(gaps[0]).toContain('gave not all events: a row');
});

test('a record in which a name occurs twice says nothing', async () => {
  const text = JSON.stringify(aRecord(1)).replace('"eventName"', '"eventName":"StopLogging","eventName"');
  const row = { account: anAccount, region: aRegion, hour: '2026-11-20 10:00:00.000', record: text, records: '1' };
  expect((await read({}, {}, [row])).gaps[0]).toContain('a row holds no record');
});

test('the query names the time, and what is wanted; what would be too long to be said is not asked', () => {
  const lake = {
    store: { arn, id, account: anAccount, region: aRegion, details, createdAt: 0 },
    run: async () => await Promise.reject(new Error('not run')),
  };
  const source = eventsFromLake(lake, { ...window, from: '2026-11-20T10:00:00.500Z' });
  const sql = source.query(new Set(['StopLogging']));
  expect(sql).toContain(`FROM ${id}\nWHERE eventtime >= '2026-11-20 10:00:00' AND eventtime < '2026-11-20 13:00:00'\n`);
  expect(sql).toContain(
    `ARRAY['StopLogging'])\n  OR element_at(addendum, 'reason') = 'UPDATED_DATA'\n  THEN eventjson END`,
  );
  const all = 'eventjson AS record';
  expect(sql).not.toContain(all);
  expect(source.query(new Set(Array.from({ length: 600 }, (_, index) => `SomeLongName${index}`)))).toContain(all);
  expect(source.query(new Set(['errorCode']))).toContain(all);
  expect(source.query('all')).toContain(all);
  const condition = { texts: new Set(['StopLogging']), sql: '(errorcode IS NULL)', eventIds: ['one'] };
  expect(eventsFromLake(lake, { ...window, condition }).query('all')).toContain(
    `ARRAY['StopLogging', 'one'])\n  OR (errorcode IS NULL)\n  OR`,
  );
});
