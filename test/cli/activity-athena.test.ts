import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Results } from '../../src/model/results.js';
import { aLogTable, logEngine } from '../support/athena/log-table.js';
import { aRecord, anAccount as owner, aRegion, logFile, logKey, writeFiles } from '../support/event-logs.js';
import { aBucket, anAccount, aWorld, startFakeAws, type FakeAwsOptions } from '../support/fake-aws/index.js';
import { aFolder, runCli } from './run-cli.js';

const bucket = 'logs-of-all';
const stopped = aRecord(1, {
  eventSource: 'cloudtrail.amazonaws.com',
  eventName: 'StopLogging',
  eventTime: '2026-11-20T10:16:00Z',
  readOnly: false,
});
const files = {
  [logKey({ delivered: '2026-11-20T10:20' })]: logFile([stopped, aRecord(2)]),
  [logKey({ delivered: '2026-11-20T11:20' })]: logFile([aRecord(3, { eventTime: '2026-11-20T11:15:00Z' })]),
};
const window = ['--from', '2026-11-20T10:00:00Z', '--to', '2026-11-20T12:00:00Z'];

async function fakeAthena(options: FakeAwsOptions = {}) {
  const table = aLogTable({ accounts: [owner], regions: [aRegion], bucket });
  const athena = {
    tables: { 'logs.trail': table },
    workgroups: { audit: { output: 's3://results/a/' }, primary: { output: 's3://results/a/' } },
    engine: logEngine(files, bucket, table),
  };
  const buckets = ['results', bucket].map((name) => aBucket({ name, accountId: owner }));
  const world = aWorld({
    organization: null,
    accounts: [anAccount({ id: owner })],
    buckets,
    athena,
    objects: { [bucket]: files },
  });
  const aws = await startFakeAws(world, options);
  onTestFinished(async () => await aws.close());
  return aws;
}

function resultsIn(cwd: string): Results {
  return JSON.parse(readFileSync(join(cwd, 'out/results.json'), 'utf8')) as Results;
}

const report = ['--format', 'json', '--output', 'out', '--fail-on', 'none', '--allow-incomplete'];

test('a table gives the verdicts, fingerprints and coverage of the folder, and says what it cost', async () => {
  const aws = await fakeAthena();
  const cwd = aFolder();
  const flags = [...window, ...report];
  const athena = ['--source', 'athena:logs.trail', '--workgroup', 'audit', '--max-bytes', '5GB'];
  const { status, stderr } = await runCli(['activity', ...athena, ...flags], { cwd, environment: aws.environment() });
  expect(stderr).toMatch(
    /^The query reads at most 0\.0 MB in 2 log files, which costs \$0\.0001 at Athena's list price\.$/m,
  );
  expect(stderr).toContain('Athena has read 1.0 MB, which costs $0.0001 at its list price.');
  expect(status).toBe(0);
  const ofAthena = resultsIn(cwd);
  await writeFiles(join(cwd, 'logs'), files);
  expect((await runCli(['activity', '--source', 'logs', ...flags], { cwd })).status).toBe(0);
  const ofFolder = resultsIn(cwd);
  const told = ({ evaluations, coverage }: Results) => ({
    verdicts: evaluations.map(({ policyId, outcome, fingerprint, message, target }) => ({
      policyId,
      outcome,
      fingerprint,
      message,
      target,
    })),
    logs: coverage.logs,
  });
  expect(told(ofAthena)).toEqual(told(ofFolder));
  const finding = ofAthena.evaluations.find((it) => it.policyId === 'trails-are-not-stopped');
  expect(finding?.outcome).toBe('NON_COMPLIANT');
  expect(finding?.incident?.events[0]?.object).toMatch(/^s3:\/\/logs-of-all\/AWSLogs\//);
  expect(ofAthena.evidence.find((it) => finding?.evidence.includes(it.id))?.call).toBe('athena:StartQueryExecution');
});

test('--plan lists what the query reads, and starts none', async () => {
  const aws = await fakeAthena();
  const args = ['activity', '--source', 'athena:logs.trail', ...window, '--plan'];
  const { status, stdout } = await runCli(args, { cwd: aFolder(), environment: aws.environment() });
  expect(stdout).toMatch(/ {2}Log files {5}2 in its partitions, 0\.0 MB/);
  expect(stdout).toContain('The query:\nSELECT path, hour');
  expect(status).toBe(0);
  expect(aws.queries()).toEqual([]);
});

test('Ctrl-C stops the query; what is not known is open', async () => {
  const aws = await fakeAthena({ athena: { polls: 10_000 } });
  const cwd = aFolder();
  const { status, stderr } = await runCli(['activity', '--source', 'athena:logs.trail', ...window, ...report], {
    cwd,
    environment: aws.environment(),
    interruptWhen: () => (aws.countBy('operation')['athena:GetQueryExecution'] ?? 0) > 0,
  });
  expect(status).toBe(130);
  expect(stderr).toContain('interrupted');
  expect(aws.queries().map((it) => it.isStopped)).toEqual([true]);
  expect(resultsIn(cwd).evaluations.filter((it) => it.outcome === 'COMPLIANT')).toEqual([]);
});

test('athena-table prints the statement for the organization of an inventory', async () => {
  const cwd = aFolder();
  const sample = JSON.parse(readFileSync('src/sample/inventory.json', 'utf8')) as object;
  writeFileSync(join(cwd, 'inventory.json'), JSON.stringify(sample));
  const { stdout, stderr, status } = await runCli(['activity', 'athena-table', '--inventory', 'inventory.json'], {
    cwd,
  });
  expect(stderr).toMatch(/^Of \d+ accounts it is not known which Regions are enabled, \d{12} for one/);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^CREATE EXTERNAL TABLE `default`\.`cloudtrail_logs` \(\n {2}eventversion string,\n/);
  expect(stdout).toMatch(/\/AWSLogs\/o-[a-z0-9]+\/\$\{account\}\/CloudTrail\/\$\{region\}\/\$\{day\}'/);
  expect(stdout).toMatch(/'projection\.account\.values'='\d{12}(,\d{12})+'/);
});

test.each([
  [['--source', 'athena:logs.trail', '--verify'], '--verify has no effect here'],
  [['--source', 'athena:logs.trail', '--max-bytes', 'much'], 'is not a number of bytes'],
])('%j is refused', async (flags, message) => {
  const { status, stderr } = await runCli(['activity', ...flags, ...window], { cwd: aFolder() });
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});
