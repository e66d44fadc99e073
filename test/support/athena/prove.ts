/**
 * npm run proof:athena: real and planted events are read from a folder, and from a fake Athena whose queries run on Trino,
 * and give the same records, incidents, fingerprints and coverage. It takes Java 17, Maven and some minutes.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Collector } from '../../../src/activity/index.js';
import { activityResults, PlacedPolicies } from '../../../src/evaluate/index.js';
import { eventsFromAthena, eventsFromFolder } from '../../../src/events/index.js';
import type { EventRecord, EventSource } from '../../../src/model/log-events.js';
import type { Results } from '../../../src/model/results.js';
import { loadPolicies } from '../../../src/index.js';
import { logFile, logKey, writeFiles } from '../event-logs.js';
import { aLogTable } from './log-table.js';
import { installTrino, trinoEngine, type LoggedFile } from './trino.js';

const bucket = 'logs-of-all';

/** The events, in the log files that they could have come in: an hour of an account and Region in one. */
function filesOf(records: readonly EventRecord[]): readonly (LoggedFile & { readonly key: string })[] {
  const groups = new Map<string, EventRecord[]>();
  for (const record of records) {
    const hour = String(record['eventTime']).slice(0, 13);
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

/** Regions of the recorded events are scrambled: what is no Region's name cannot stand in a path. */
// The file is JSON that is not generated: a list of records.
const real = JSON.parse(readFileSync('test/support/invictus-events/events.json', 'utf8')) as readonly EventRecord[];
const events = real.filter(
  (it) => typeof it['recipientAccountId'] === 'string' && /^[a-z]+-[a-z]+-\d$/.test(String(it['awsRegion'])),
);

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

/** Without what names the way that was read. */
function comparable({ evaluations, coverage, gaps }: Results): unknown {
  const incidents = evaluations.map(({ incident, ...others }) => ({
    ...others,
    evidence: [],
    ...(incident === undefined
      ? {}
      : {
          incident: {
            ...incident,
            events: incident.events.map(({ object, ...it }) => ({
              ...it,
              object: object.replace(`s3://${bucket}/`, ''),
            })),
          },
        }),
  }));
  return { evaluations: incidents, logs: coverage.logs, accounts: coverage.accounts, gaps };
}

installTrino();
const times = events.map((it) => String(it['eventTime'])).toSorted();
const window = {
  from: `${times[0]?.slice(0, 10)}T00:00:00.000Z`,
  to: new Date(Date.parse(times.at(-1) ?? '') + 3_600_000).toISOString(),
};
const at = new Date(Date.parse(window.to) + 48 * 3_600_000).toISOString();
const { policies } = loadPolicies({ packs: ['activity'] });
const placed = new PlacedPolicies(policies, undefined);
const files = filesOf(events);
const accounts = [...new Set(files.map((it) => it.account))];
const regions = [...new Set(files.map((it) => it.region))];
const table = aLogTable({ accounts, regions, bucket });
const folder = await mkdtemp(join(tmpdir(), 'trailproof-folder-'));
try {
  await writeFiles(folder, Object.fromEntries(files.map((it) => [it.key, logFile(it.records)])));
  const ofFolder = await judged(eventsFromFolder(folder, { ...window, at }), placed, window, at);
  const engine = trinoEngine(files, 'default.trail', table);
  const asked = { catalog: 'AwsDataCatalog', database: 'default', table: 'trail', ...window, at };
  const athena = {
    table,
    run: async (sql: string) => {
      const [, ...rows] = engine(sql);
      return {
        rows: (async function* () {
          for (const row of rows) yield await Promise.resolve(row.map((it) => (it === null ? undefined : String(it))));
        })(),
      };
    },
  };
  const ofAthena = await judged(eventsFromAthena(athena, asked), placed, window, at);
  const [a, b] = [ofFolder.results, ofAthena.results].map(comparable);
  const findings = ofFolder.results.evaluations.filter((it) => it.outcome === 'NON_COMPLIANT').length;
  console.log(
    `${events.length} events in ${files.length} files; ${ofFolder.records} and ${ofAthena.records} records handed on; ${findings} incidents`,
  );
  if (!isDeepStrictEqual(a, b)) {
    console.log(JSON.stringify(a, undefined, 1));
    console.log(JSON.stringify(b, undefined, 1));
    throw new Error('The folder and Athena differ.');
  }
  console.log('The folder and Athena give the same.');
} finally {
  await rm(folder, { recursive: true, force: true });
}
