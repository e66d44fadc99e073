/**
 * npm run proof:athena [-- EVENTS.json]: real and planted events are read from a folder, and from a fake Athena whose queries run on Trino,
 * and give the same records, incidents, fingerprints and coverage. It takes Java 17, Maven and some minutes.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { athenaCondition } from '../../../src/cli/commands/activity/table-condition.js';
import { Collector } from '../../../src/activity/index.js';
import { activityResults, PlacedPolicies } from '../../../src/evaluate/index.js';
import { eventsFromAthena, eventsFromFolder } from '../../../src/events/index.js';
import type { AthenaRow } from '../../../src/model/athena.js';
import type { EventRecord, EventSource } from '../../../src/model/log-events.js';
import type { Results } from '../../../src/model/results.js';
import { anAccount, aRecord, eventId, logFile, logKey, writeFiles } from '../event-logs.js';
import { packsOf } from '../packs.js';
import type { AthenaRows } from '../fake-aws/index.js';
import { aLogTable, logListing } from './log-table.js';
import { installTrino } from '../trino/run.js';
import { trinoEngine, type LoggedFile } from './trino-tables.js';

const bucket = 'logs-of-all';

/** The events, in the log files that they could have come in: an hour of an account and Region in one. */
function filesOf(records: readonly EventRecord[]): readonly (LoggedFile & { readonly key: string })[] {
  const groups = new Map<string, EventRecord[]>();
  for (const record of records) {
    const time = String(record['eventTime']);
    const hour = (time.startsWith('20') ? time : first).slice(0, 13);
    const place = `${String(record['recipientAccountId'])}/${String(record['awsRegion'])}/${hour}`;
    groups.set(place, [...(groups.get(place) ?? []), record]);
  }
  return [...groups].map(([place, its]) => {
    const [account = '', region = '', hour = ''] = place.split('/');
    const key = logKey({ delivered: `${hour}:59`, account, region });
    const day = hour.slice(0, 10).replaceAll('-', '/');
    return { account, region, day, key, path: `s3://${bucket}/${key}`, records: its };
  });
}

// The file is JSON that is not generated: a list of records.
const [file = 'test/support/invictus-events/events.json'] = process.argv.slice(2);
const real = JSON.parse(readFileSync(file, 'utf8')) as readonly EventRecord[];

/** Regions and accounts of the recorded events are scrambled or missing: here each is one that a path can hold. */
function inPlace(record: EventRecord, index: number): EventRecord {
  const account = record['recipientAccountId'];
  return {
    ...record,
    awsRegion: ['eu-west-1', 'us-east-1', 'ap-southeast-2'][index % 3],
    recipientAccountId: typeof account === 'string' && /^\d{12}$/.test(account) ? account : '444455556666',
  };
}

const recorded = real.map(inPlace);
const first = String(recorded.map((it) => String(it['eventTime'])).toSorted()[0]);
const planted = [
  aRecord(1, { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com', eventTime: first, readOnly: false }),
  aRecord(1, { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com', eventTime: first, readOnly: false }),
  aRecord(2, { eventName: 'DeleteTrail', eventSource: 'cloudtrail.amazonaws.com', eventTime: first, readOnly: false }),
  aRecord(3, {
    eventName: 'DeleteTrail',
    eventSource: 'cloudtrail.amazonaws.com',
    eventTime: first,
    errorCode: 'AccessDenied',
    addendum: { reason: 'UPDATED_DATA', updatedFields: 'errorCode', originalEventID: eventId(2) },
  }),
  ...Array.from({ length: 30 }, (_, index) =>
    aRecord(10 + index, {
      eventName: 'ConsoleLogin',
      eventSource: 'signin.amazonaws.com',
      eventTime: new Date(Date.parse(first) + index * 5000).toISOString().replace('.000', ''),
      userIdentity: { type: 'IAMUser', accountId: anAccount, userName: 'it\'s "ana",\n' },
      responseElements: { ConsoleLogin: 'Failure' },
      sourceIPAddress: '203.0.113.7',
    }),
  ),
  aRecord(50, {
    eventTime: first,
    eventName: 'PutEventSelectors',
    requestParameters: { omitted: true, originalSize: 1, reason: 'large' },
  }),
  aRecord(51, { eventTime: 'yesterday' }),
];
const events = [...recorded, ...planted];

function results(source: EventSource, collector: Collector, placed: PlacedPolicies, at: string): Results {
  const run = { startedAt: at, finishedAt: at, readAt: at, source: 'logs', version: '0', isInterrupted: false };
  const apiCalls = { total: 0, byOperation: {}, denied: 0 };
  return activityResults(placed, collector, source.coverage(), { ...run, apiCalls });
}

async function judged(source: EventSource, placed: PlacedPolicies, window: { from: string; to: string }, at: string) {
  const span = { from: Date.parse(window.from), to: Date.parse(window.to) };
  const collector = new Collector(placed.asked, span, placed.paramsFor);
  let records = 0;
  for await (const batch of source.read(collector.wanted)) {
    records += batch.records.length;
    collector.add(batch);
  }
  return { results: results(source, collector, placed, at), records };
}

/** Without what names the way that was read: evidence, the bucket in front of keys, and the calls of gaps. */
function comparable({ evaluations, coverage, gaps }: Results): unknown {
  const told = {
    evaluations: evaluations.map((it) => ({ ...it, evidence: [] })),
    logs: coverage.logs,
    accounts: coverage.accounts,
    gaps: gaps.map((it) => ({ ...it, call: '' })),
  };
  return JSON.parse(JSON.stringify(told).replaceAll(`s3://${bucket}/`, ''));
}

installTrino();
const times = events
  .map((it) => String(it['eventTime']))
  .filter((it) => it.startsWith('20'))
  .toSorted();
const window = {
  from: `${first.slice(0, 10)}T00:00:00.000Z`,
  to: new Date(Date.parse(times.at(-1) ?? '') + 3_600_000).toISOString(),
};
const at = new Date(Date.parse(window.to) + 48 * 3_600_000).toISOString();
// What is allowed makes familiar.
const policies = packsOf(`extends: [builtin:familiar]
override:
  regions-are-familiar: { params: { allowedPrincipals: ['arn:*:iam::*:role/*'] } }
  principals-do-familiar-things: { params: { allowedPrincipals: ['arn:*:iam::*:user/*'] } }
`);
/** Policies that want all events make others want them, too. */
const byName = policies.filter((it) => {
  const { asked, paramsFor } = new PlacedPolicies([it], undefined);
  return new Collector(asked, { from: 0, to: 1 }, paramsFor).wanted !== 'all';
});
const files = filesOf(events);
const accounts = [...new Set(files.map((it) => it.account))];
const regions = [...new Set(files.map((it) => it.region))];
const seen = new Map(files.map(({ account, region }) => [`${account}/${region}`, { account, region }]));
const expected = { places: [...seen.values()], openAccounts: [] };
const logs = logListing(Object.fromEntries(files.map((it) => [it.key, logFile(it.records)])));
const table = aLogTable({ accounts, regions, bucket });
const engine = trinoEngine(files, 'default.trail', table);
const athena = {
  table,
  run: async (sql: string) => {
    const [, ...rows] = await Promise.resolve(engine(sql));
    return { rows: textsOf(rows) };
  },
};

async function* textsOf(rows: AthenaRows): AsyncGenerator<AthenaRow> {
  for (const row of rows) yield await Promise.resolve(row.map((it) => (it === null ? undefined : String(it))));
}

const folder = await mkdtemp(join(tmpdir(), 'trailproof-folder-'));
try {
  await writeFiles(folder, Object.fromEntries(files.map((it) => [it.key, logFile(it.records)])));
  for (const chosen of [byName, policies]) {
    const its = new PlacedPolicies(chosen, undefined);
    const wanted = athenaCondition(its, undefined);
    const condition = wanted === undefined ? {} : { condition: { ...wanted, eventIds: [] } };
    const ofFolder = await judged(eventsFromFolder(folder, { ...window, at, expected }), its, window, at);
    const asked = {
      catalog: 'AwsDataCatalog',
      database: 'default',
      table: 'trail',
      ...window,
      at,
      expected,
      logs,
      ...condition,
    };
    const ofAthena = await judged(eventsFromAthena(athena, asked), its, window, at);
    const findings = ofFolder.results.evaluations.filter((it) => it.outcome === 'NON_COMPLIANT').length;
    console.log(
      `${chosen.length} policies, ${events.length} events in ${files.length} files: ${ofFolder.records} and ${ofAthena.records} records handed on, ${findings} incidents`,
    );
    // In the same words but for the names of objects and calls.
    assert.deepStrictEqual(comparable(ofAthena.results), comparable(ofFolder.results));
  }
  console.log('The folder and Athena give the same.');
} finally {
  await rm(folder, { recursive: true, force: true });
}
