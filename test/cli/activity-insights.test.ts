import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { EventRecord } from '../../src/model/log-events.js';
import type { Results } from '../../src/model/results.js';
import { aRecord, anAccount as owner, logFile, logKey, writeFiles } from '../support/event-logs.js';
import { anAccount, aLogGroup, aTrail, aWorld, startFakeAws, type FakeAwsOptions } from '../support/fake-aws/index.js';
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
    ...Array.from({ length: 12 }, (_, index) =>
      aRecord(10 + index, { errorCode: 'AccessDenied', eventTime: `2026-11-20T10:17:${10 + index}Z` }),
    ),
  ],
  '2026-11-20T11:20': [
    aRecord(4, { eventTime: '2026-11-20T11:16:00Z', userIdentity: { type: 'Root', accountId: owner } }),
  ],
};
const window = ['--from', '2026-11-20T10:00:00Z', '--to', '2026-11-20T12:00:00Z'];
const report = ['--format', 'json', '--output', 'out', '--fail-on', 'none', '--allow-incomplete'];
const group = aLogGroup({ accountId: owner, logGroupName: 'audit' });

async function fakeInsights(options: FakeAwsOptions = {}) {
  const events = Object.entries(delivered).flatMap(([time, its]) =>
    its.map((it) => ({ at: `${time}:00Z`, message: JSON.stringify(it) })),
  );
  const arns = { CloudWatchLogsLogGroupArn: group.details.arn, CloudWatchLogsRoleArn: `arn:aws:iam::${owner}:role/r` };
  const world = aWorld({
    organization: null,
    accounts: [anAccount({ id: owner })],
    logGroups: [group],
    trails: [aTrail({ accountId: owner, ...arns })],
    insights: { events },
  });
  const aws = await startFakeAws(world, options);
  onTestFinished(async () => await aws.close());
  return aws;
}

function resultsIn(cwd: string): Results {
  return JSON.parse(readFileSync(join(cwd, 'out/results.json'), 'utf8')) as Results;
}

test('a log group gives the verdicts and fingerprints of the folder, and says what it cost', async () => {
  const aws = await fakeInsights();
  const cwd = aFolder();
  const args = ['activity', '--source', 'insights:audit', '--max-bytes', '5GB', ...window, ...report];
  const { status, stderr } = await runCli(args, { cwd, environment: aws.environment() });
  expect(stderr).toMatch(/Logs Insights has read \d\.\d MB, which costs \$0\.0000 at its list price\./);
  expect(status).toBe(0);
  const ofGroup = resultsIn(cwd);
  const files = Object.entries(delivered).map(([time, its]) => [logKey({ delivered: time }), logFile(its)] as const);
  await writeFiles(join(cwd, 'logs'), Object.fromEntries(files));
  expect((await runCli(['activity', '--source', 'logs', ...window, ...report], { cwd })).status).toBe(0);
  const ofFolder = resultsIn(cwd);
  const told = ({ evaluations }: Results) =>
    evaluations
      // What is about data events stays open where nothing was found.
      .filter((it) => it.policyId !== 'log-bucket-is-left-alone')
      .map(({ policyId, outcome, fingerprint, incident, target }) => ({
        policyId,
        outcome,
        fingerprint,
        key: incident?.key,
        count: incident?.count,
        target,
      }));
  expect(told(ofGroup)).toEqual(told(ofFolder));
  const found = ofGroup.evaluations.filter((it) => it.outcome === 'NON_COMPLIANT');
  expect(found.map((it) => it.policyId)).toEqual(
    expect.arrayContaining(['trails-are-not-stopped', 'root-is-not-used']),
  );
  expect(found[0]?.incident?.events[0]?.object).toBe(group.details.logGroupArn);
  const holds = ofGroup.evaluations.filter((it) => it.outcome === 'COMPLIANT');
  expect(holds.length).toBeGreaterThan(0);
  expect(holds.every((it) => it.message.includes('no event over 256 KB'))).toBe(true);
  const { deliveredUntil: _, ...logs } = ofFolder.coverage.logs ?? {};
  expect(ofGroup.coverage.logs).toEqual(logs);
});

test('Ctrl-C stops the query; --plan starts none', async () => {
  const aws = await fakeInsights({ insights: { polls: 10_000 } });
  const cwd = aFolder();
  const source = ['activity', '--source', 'insights:audit', ...window];
  const planned = await runCli([...source, '--plan'], { cwd, environment: aws.environment() });
  expect(planned.stdout).toContain('Not known     How much they scan');
  expect(planned.stdout).toContain('filter @message like');
  expect(aws.queries()).toEqual([]);
  const { status } = await runCli([...source, ...report], {
    cwd,
    environment: aws.environment(),
    interruptWhen: () => (aws.countBy('operation')['logs:GetQueryResults'] ?? 0) > 0,
  });
  expect(status).toBe(130);
  expect(aws.queries().map((it) => it.isStopped)).toEqual([true]);
  expect(resultsIn(cwd).evaluations.filter((it) => it.outcome === 'COMPLIANT')).toEqual([]);
});
