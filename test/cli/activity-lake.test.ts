import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { EventRecord } from '../../src/model/log-events.js';
import type { Results } from '../../src/model/results.js';
import { aRecord, anAccount as owner, logFile, logKey, writeFiles } from '../support/event-logs.js';
import { anAccount, anEventDataStore, aWorld, startFakeAws, type FakeAwsOptions } from '../support/fake-aws/index.js';
import { lakeEngine } from '../support/lake/lake-engine.js';
import { aFolder, runCli } from './run-cli.js';

const delivered: Readonly<Record<string, readonly EventRecord[]>> = {
  '2026-11-20T10:20': [
    aRecord(1, {
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'StopLogging',
      eventTime: '2026-11-20T10:16:00Z',
      readOnly: false,
      requestParameters: { name: 'main' },
    }),
    aRecord(2),
    ...Array.from({ length: 12 }, (_, index) =>
      aRecord(10 + index, {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        eventType: 'AwsConsoleSignIn',
        eventTime: `2026-11-20T10:17:${10 + index}Z`,
        responseElements: { ConsoleLogin: 'Failure' },
        errorMessage: 'Failed authentication',
      }),
    ),
  ],
  '2026-11-20T11:20': [
    aRecord(3, { eventTime: '2026-11-20T11:15:00Z' }),
    aRecord(4, { eventTime: '2026-11-20T11:16:00Z', userIdentity: { type: 'Root', accountId: owner } }),
  ],
};
const window = ['--from', '2026-11-20T10:00:00Z', '--to', '2026-11-20T12:00:00Z'];
const report = ['--format', 'json', '--output', 'out', '--fail-on', 'none', '--allow-incomplete'];
const store = anEventDataStore({ accountId: owner });

async function fakeLake(options: FakeAwsOptions = {}) {
  const world = aWorld({
    organization: null,
    accounts: [anAccount({ id: owner })],
    eventDataStores: [store],
    lake: { engine: lakeEngine(Object.values(delivered).flat()) },
  });
  const aws = await startFakeAws(world, options);
  onTestFinished(async () => await aws.close());
  return aws;
}

function resultsIn(cwd: string): Results {
  return JSON.parse(readFileSync(join(cwd, 'out/results.json'), 'utf8')) as Results;
}

test('an event data store gives the verdicts and fingerprints of the folder, and says what it cost', async () => {
  const aws = await fakeLake();
  const cwd = aFolder();
  const args = ['activity', '--source', `lake:${store.arn}`, '--max-bytes', '5GB', ...window, ...report];
  const { status, stderr } = await runCli(args, { cwd, environment: aws.environment() });
  expect(stderr).toContain('CloudTrail Lake has read 1.0 MB, which costs $0.0000 at its list price.');
  expect(status).toBe(0);
  const ofLake = resultsIn(cwd);
  const files = Object.entries(delivered).map(([time, its]) => [logKey({ delivered: time }), logFile(its)] as const);
  await writeFiles(join(cwd, 'logs'), Object.fromEntries(files));
  expect((await runCli(['activity', '--source', 'logs', ...window, ...report], { cwd })).status).toBe(0);
  const ofFolder = resultsIn(cwd);
  const told = ({ evaluations }: Results) =>
    evaluations
      // What is about data events, the store selects none of: it stays open where nothing was found.
      .filter((it) => it.policyId !== 'log-bucket-is-left-alone')
      .map(({ policyId, outcome, fingerprint, message, target }) => ({
        policyId,
        outcome,
        fingerprint,
        // What is not known is said in other words.
        message: outcome === 'INSUFFICIENT_DATA' ? '' : message,
        target,
      }));
  expect(told(ofLake)).toEqual(told(ofFolder));
  const found = ofLake.evaluations.filter((it) => it.outcome === 'NON_COMPLIANT');
  expect(found.map((it) => it.policyId)).toEqual(
    expect.arrayContaining(['trails-are-not-stopped', 'console-passwords-are-not-guessed', 'root-is-not-used']),
  );
  expect(found[0]?.incident?.events[0]?.object).toBe(store.arn);
  const { deliveredUntil: _, ...logs } = ofFolder.coverage.logs ?? {};
  expect(ofLake.coverage.logs).toEqual(logs);
  const ofData = ofLake.evaluations.find((it) => it.policyId === 'log-bucket-is-left-alone');
  expect(ofData?.outcome).toBe('INSUFFICIENT_DATA');
  // The pack is asked in one query, by names and by conditions.
  expect(aws.queries()).toHaveLength(1);
  expect(aws.queries()[0]?.sql).toMatch(/'StopLogging'.*\n {2}OR \(coalesce\(/);
});

test('--plan says what is asked and what the store cannot hold, and starts no query', async () => {
  const aws = await fakeLake();
  const args = ['activity', '--source', `lake:${store.arn}`, '--from', '2024-01-01', '--to', '2024-01-02', '--plan'];
  const { status, stdout } = await runCli(args, { cwd: aFolder(), environment: aws.environment() });
  expect(stdout).toContain('Not known     How much the query reads');
  expect(stdout).toContain("eventtime >= '2023-12-31 ");
  expect(status).toBe(0);
  expect(aws.queries()).toEqual([]);
});

test('Ctrl-C cancels the query; what is not known is open', async () => {
  const aws = await fakeLake({ lake: { polls: 10_000 } });
  const cwd = aFolder();
  const { status } = await runCli(['activity', '--source', `lake:${store.arn}`, ...window, ...report], {
    cwd,
    environment: aws.environment(),
    interruptWhen: () => (aws.countBy('operation')['cloudtrail:DescribeQuery'] ?? 0) > 0,
  });
  expect(status).toBe(130);
  expect(aws.queries().map((it) => it.isStopped)).toEqual([true]);
  expect(resultsIn(cwd).evaluations.filter((it) => it.outcome === 'COMPLIANT')).toEqual([]);
});
