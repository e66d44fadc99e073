import { expect, test } from 'vitest';
import type { GroupTrail, InsightsAnswer, InsightsGroup } from '../../model/insights.js';
import type { EventSelector } from '../../model/inventory.js';
import { aRecord, anAccount, aRegion } from '../../../test/support/event-logs.js';
import { selectsAllManagement } from '../selection.js';
import { eventsQuery, hoursQuery } from './query-text.js';
import { daysOfSpan, partsOf } from './slices.js';
import { eventsFromInsights } from './source.js';

const window = { from: '2026-11-20T10:00:00Z', to: '2026-11-20T13:00:00Z', at: '2026-11-21T12:00:00Z' };
const arn = `arn:aws:logs:${aRegion}:${anAccount}:log-group:audit`;
const all: EventSelector = {
  readWriteType: 'All',
  includeManagementEvents: true,
  excludeManagementEventSources: [],
  dataResources: [],
};
const trail: GroupTrail = {
  arn: `arn:aws:cloudtrail:${aRegion}:${anAccount}:trail/audit`,
  account: anAccount,
  homeRegion: aRegion,
  description: {
    s3BucketName: 'logs',
    includeGlobalServiceEvents: true,
    isMultiRegionTrail: true,
    isOrganizationTrail: false,
    logFileValidationEnabled: true,
    cloudWatchLogsLogGroupArn: arn,
  },
  status: { isLogging: true },
  selectors: { basic: [all], advanced: [] },
};
const expected = {
  places: [
    { account: anAccount, region: aRegion },
    { account: anAccount, region: 'us-east-1' },
  ],
  openAccounts: [],
};

async function states(group: Partial<InsightsGroup>, isExpected = false): Promise<string> {
  const records = ['10', '11', '12'].map((it, index) => aRecord(index, { eventTime: `2026-11-20T${it}:15:30Z` }));
  const run = async ({ isOfEvents }: { readonly isOfEvents: boolean }): Promise<InsightsAnswer> => {
    const rows = records.map((it) =>
      isOfEvents
        ? { '@message': JSON.stringify(it) }
        : {
            recipientAccountId: anAccount,
            awsRegion: aRegion,
            hour: String(it['eventTime']).slice(0, 13),
            records: '1',
          },
    );
    return await Promise.resolve({ rows, isWhole: true, matched: rows.length });
  };
  const whole = { arn, account: anAccount, region: aRegion, createdAt: 0, retentionDays: undefined };
  const insights = { group: { ...whole, trails: [trail], unknown: [], ...group }, run };
  const source = eventsFromInsights(insights, { ...window, ...(isExpected ? { expected } : {}) });
  let found = 0;
  for await (const it of source.read('all')) found += it.records.length;
  expect(found).toBeGreaterThan(0);
  const { cells, gaps } = source.coverage();
  return [...cells.map((it) => it.state), ...gaps.map(() => 'GAP')].join(' ');
}

const whole = 'present present present';
const none = 'unreadable unreadable unreadable';
const stopped = { ...trail, status: { isLogging: false, stopLoggingTime: '2026-11-20T11:10:00Z' } };

test.each<[string, Partial<InsightsGroup>, string]>([
  ['nothing is missing of one that holds all', {}, whole],
  ['what it no longer keeps', { retentionDays: 1 }, 'unreadable unreadable present'],
  ['what was before it', { createdAt: Date.parse('2026-11-20T11:10:00Z') }, 'unreadable unreadable present'],
  ['since when it is there is not told', { createdAt: undefined }, `${whole} GAP`],
  ['what could not be read of its trails', { unknown: ['It was refused.'] }, `${whole} GAP`],
  ['no trail writes to it', { trails: [] }, `${none} GAP`],
  ['its trail was stopped', { trails: [stopped] }, 'present unreadable unreadable'],
  ['its trail is stopped, and does not say since when', { trails: [{ ...trail, status: { isLogging: false } }] }, none],
  ['another trail goes on', { trails: [stopped, trail] }, whole],
  [
    'its trail cannot deliver',
    {
      trails: [
        {
          ...trail,
          status: {
            isLogging: true,
            latestCloudWatchLogsDeliveryError: 'AccessDenied',
            latestCloudWatchLogsDeliveryTime: '2026-11-20T12:20:00Z',
          },
        },
      ],
    },
    'present present unreadable',
  ],
  ['whether its trail logs is not known', { trails: [{ ...trail, status: undefined }] }, none],
  ['what its trail selects is not known', { trails: [{ ...trail, selectors: undefined }] }, none],
  [
    'its trail selects a part',
    { trails: [{ ...trail, selectors: { basic: [{ ...all, readWriteType: 'WriteOnly' }], advanced: [] } }] },
    none,
  ],
  ['its trail is of another account', { trails: [{ ...trail, account: '444455556666' }] }, none],
])('%s', async (_, group, becomes) => {
  expect(await states(group)).toBe(becomes);
});

test('Regions that its trail does not record are holes, and so are silent hours', async () => {
  const single = { ...trail, description: { ...trail.description, isMultiRegionTrail: false } };
  expect(await states({ trails: [single] }, true)).toBe(`${whole} ${none}`);
  expect(await states({}, true)).toBe(`${whole} silent silent silent`);
});

test.each([
  [[all], true],
  [[{ ...all, excludeManagementEventSources: ['kms.amazonaws.com'] }], false],
  [[{ ...all, includeManagementEvents: false }], false],
  [[{ ...all, readWriteType: 'ReadOnly' }], false],
  [
    [
      { ...all, readWriteType: 'ReadOnly' },
      { ...all, readWriteType: 'WriteOnly' },
    ],
    true,
  ],
  [[{ ...all, unsupported: ['New'] }], false],
  [[], false],
])('selectors %#: all management events: %s', (basic, isAll) => {
  expect(selectsAllManagement({ basic, advanced: [] })).toBe(isAll);
});

test('queries name the days of the window and what is wanted, and never more than fits', () => {
  const span = { from: Date.parse('2026-11-20T10:00:00Z'), to: Date.parse('2026-11-21T10:00:00Z') };
  expect(hoursQuery(span)).toBe(`fields recipientAccountId, awsRegion, substr(eventTime, 0, 13) as hour
| filter @message like /"eventTime"\\s*:\\s*"(?:2026-11-20|2026-11-21)T/
| stats count(*) as records by recipientAccountId, awsRegion, hour`);
  expect(eventsQuery(span, new Set(['a.b/c']))).toBe(`fields @message
| filter @message like /"eventTime"\\s*:\\s*"(?:2026-11-20|2026-11-21)T/
| filter @message like /"(?:UPDATED_DATA|a\\.b\\\\?\\/c)"|\\\\u/`);
  const days = 'fields @message\n| filter @message like /"eventTime"';
  for (const wanted of ['all', new Set(['"']), new Set(['é']), new Set([''])] as const) {
    expect(eventsQuery(span, wanted).split('\n')).toHaveLength(2);
  }
  const many = new Set(Array.from({ length: 900 }, (_, index) => `SomeLongName${index}`));
  expect(eventsQuery(span, many)).toBe(eventsQuery(span, 'all'));
  expect(eventsQuery({ from: 0, to: 50 * 86_400_000 }, 'all')).toBe('fields @message');
  expect(eventsQuery(span, 'all')).toContain(days);
});

test('a span is asked day by day, and a part with too many rows in parts that leave nothing out', () => {
  const span = { from: Date.parse('2026-11-20T10:00:00.500Z'), to: Date.parse('2026-11-22T09:00:00.500Z') };
  const days = daysOfSpan(span);
  expect(days.map(({ from, to }) => (to - from) / 1000)).toEqual([86_400, 82_801]);
  for (const matched of [undefined, 9000, 100_000, 100_000_000]) {
    const [day = { from: 0, to: 0 }] = days;
    const parts = partsOf(day, { matched }) ?? [];
    expect(parts.length).toBeGreaterThan(1);
    expect(parts[0]?.from).toBe(day.from);
    expect(parts.at(-1)?.to).toBe(day.to);
    for (const [index, part] of parts.slice(1).entries()) expect(part.from).toBe(parts[index]?.to);
  }
  expect(partsOf({ from: 0, to: 1000 }, { matched: 20_000 })).toBeUndefined();
  expect(partsOf({ from: 0, to: 2000 }, { matched: 100_000 })).toEqual([
    { from: 0, to: 1000 },
    { from: 1000, to: 2000 },
  ]);
});
