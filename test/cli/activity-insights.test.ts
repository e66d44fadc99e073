import { expect, onTestFinished, test } from 'vitest';
import { aRecord, anAccount as owner } from '../support/event-logs.js';
import { anAccount, aLogGroup, aTrail, aWorld, startFakeAws, type FakeAwsOptions } from '../support/fake-aws/index.js';
import { deliveredWith, report, resultsIn, resultsOfFolder, verdictsOf, window } from './queried-activity.js';
import { aFolder, runCli } from './run-cli.js';

const delivered = deliveredWith(
  Array.from({ length: 12 }, (_, index) =>
    aRecord(10 + index, { errorCode: 'AccessDenied', eventTime: `2026-11-20T10:17:${10 + index}Z` }),
  ),
);
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

test('a log group gives the verdicts and fingerprints of the folder, and says what it cost', async () => {
  const aws = await fakeInsights();
  const cwd = aFolder();
  const args = ['activity', '--source', 'insights:audit', '--max-bytes', '5GB', ...window, ...report];
  const { status, stderr } = await runCli(args, { cwd, environment: aws.environment() });
  expect(stderr).toMatch(/Logs Insights has read \d\.\d MB, which costs \$0\.0000 at its list price\./);
  expect(status).toBe(0);
  const ofGroup = resultsIn(cwd);
  const ofFolder = await resultsOfFolder(cwd, delivered);
  expect(verdictsOf(ofGroup)).toEqual(verdictsOf(ofFolder));
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
