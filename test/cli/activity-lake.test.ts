import { expect, onTestFinished, test } from 'vitest';
import type { Results } from '../../src/model/results.js';
import { aRecord, anAccount as owner } from '../support/event-logs.js';
import { anAccount, anEventDataStore, aWorld, startFakeAws, type FakeAwsOptions } from '../support/fake-aws/index.js';
import { lakeEngine } from '../support/lake/lake-engine.js';
import { deliveredWith, report, resultsIn, resultsOfFolder, verdictsOf, window } from './queried-activity.js';
import { aFolder, runCli } from './run-cli.js';

const sentence = ({ policyId, message }: Results['evaluations'][number]): string => `${policyId}: ${message}`;

const delivered = deliveredWith([
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
]);
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

test('an event data store gives the verdicts and fingerprints of the folder, and says what it cost', async () => {
  const aws = await fakeLake();
  const cwd = aFolder();
  const args = ['activity', '--source', `lake:${store.arn}`, '--max-bytes', '5GB', ...window, ...report];
  const { status, stderr } = await runCli(args, { cwd, environment: aws.environment() });
  expect(stderr).toContain('CloudTrail Lake has read 1.0 MB, which costs $0.0000 at its list price.');
  expect(status).toBe(0);
  const ofLake = resultsIn(cwd);
  const ofFolder = await resultsOfFolder(cwd, delivered);
  expect(verdictsOf(ofLake)).toEqual(verdictsOf(ofFolder));
  const held = ({ evaluations }: Results) => evaluations.filter((it) => it.outcome === 'COMPLIANT').map(sentence);
  expect(held(ofLake)).toEqual(held(ofFolder).filter((it) => !it.startsWith('log-bucket-is-left-alone')));
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
