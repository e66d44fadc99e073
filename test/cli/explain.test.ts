import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aRecord, logFile } from '../support/event-logs.js';
import { aFolder, runCli } from './run-cli.js';

test('explain shows the deciding values of one target', async () => {
  const cwd = aFolder();
  const { status, stdout, stderr } = await runCli(['explain', 'trail-is-logging', '--sample', '--target', 'pci'], {
    cwd,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/✖ NON_COMPLIANT {2}Trail pci in account 555566667777 \(payments-production\), eu-west-1/);
  expect(stdout).toMatch(/^ +trail\.isLogging {2,}false$/m);
  expect(stdout).toMatch(/^ +cloudtrail:GetTrailStatus in 555566667777/m);
});

test('explain shows why a policy on events speaks of records, or does not', async () => {
  const cwd = aFolder();
  const root = { type: 'Root', accountId: '111122223333' };
  const records = [aRecord(1, { userIdentity: root, sourceIPAddress: '203.0.113.7\u001B[31m' }), aRecord(2)];
  writeFileSync(join(cwd, 'log.json.gz'), logFile(records));
  writeFileSync(join(cwd, 'other.json'), '{"a":1}');
  // One record a line: the second says two things of who did it.
  const lines = ['{"eventName":"a"}', '{"u":{"type":"Root","type":"IAMUser"},"eventName":"b"}'];
  writeFileSync(join(cwd, 'twice.json'), lines.join('\n'));
  const args = ['explain', 'root-is-not-used', '--event', 'log.json.gz'];
  const { status, stdout, stderr } = await runCli(args, { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/✖ the policy is about it\n.*\n {4}where holds\n {6}event\.isRoot +true/);
  expect(stdout).toMatch(/– the policy is not about it\n.*\n {4}where does not hold\n {6}event\.isRoot +false/);
  expect(stdout).not.toContain('\u001B');
  const json = await runCli([...args, '--json'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject([{ verdict: 'counts' }, { verdict: 'other' }]);
  const wrong = [
    ['explain', 'root-is-not-used', '--sample'],
    ['explain', 'trail-is-logging', '--event', 'log.json.gz'],
    ['explain', 'root-is-not-used', '--event', 'none.json'],
    ['explain', 'root-is-not-used', '--event', 'other.json'],
    ['explain', 'root-is-not-used', '--event', 'twice.json'],
    [...args, '--target', 'x'],
  ];
  const ran = await Promise.all(wrong.map(async (it) => await runCli(it, { cwd })));
  expect(ran.map((it) => it.status)).toEqual([2, 2, 2, 2, 2, 2]);
  expect(ran.map((it) => it.stderr.split('\n')[0])).toEqual([
    expect.stringContaining('judges events'),
    expect.stringContaining('judges a state'),
    expect.stringContaining('cannot be read'),
    expect.stringContaining('holds no records of CloudTrail'),
    expect.stringContaining("twice.json:2:21: the key 'type' occurs twice in one object"),
    expect.stringContaining('--target has no effect'),
  ]);
});

test('explain shows all targets, worst first, and as JSON with evidence and cause in full', async () => {
  const cwd = aFolder();
  const args = ['explain', 'account-records-management-events', '--sample'];
  const { stdout } = await runCli(args, { cwd });
  const order = [...stdout.matchAll(/^ {2}(?:✖|\?|✔) (\w+)/gm)].map((it) => it[1]);
  expect(order).toEqual([...Array.from({ length: 13 }, () => 'NON_COMPLIANT'), 'INSUFFICIENT_DATA', 'COMPLIANT']);
  const json = await runCli([...args, '--target', '123456789012', '--json'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject([
    {
      outcome: 'NON_COMPLIANT',
      evidence: expect.arrayContaining([expect.objectContaining({ call: 'cloudtrail:GetEventSelectors' })]),
      cause: { target: { id: '111122223333' } },
    },
  ]);
});

test('explain asks with the values that a pack sets', async () => {
  const cwd = aFolder();
  const override = 'override:\n  log-bucket-retains-logs: { params: { minDays: 60 } }\n';
  writeFileSync(join(cwd, 'p.yaml'), `version: 1\nid: p\ntitle: P\nextends: [core]\n${override}`);
  const args = ['explain', 'log-bucket-retains-logs', '--sample', '--json'];
  const outcomes = async (...more: readonly string[]) => {
    const { stdout } = await runCli([...args, ...more], { cwd });
    return (JSON.parse(stdout) as readonly { readonly outcome: string; readonly target: { readonly id: string } }[])
      .filter((it) => it.outcome === 'NON_COMPLIANT')
      .map((it) => it.target.id);
  };
  // Its lifecycle rules take logs away after 90 days.
  expect(await outcomes()).toEqual(['arn:aws:s3:::northwind-organization-logs']);
  expect(await outcomes('--pack', 'p.yaml')).toEqual([]);
});
