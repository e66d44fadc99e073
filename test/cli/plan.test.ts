import { readdirSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeAws } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail } from '../support/worlds.js';
import { aFolder, runCli } from './run-cli.js';

async function plan(...args: readonly string[]) {
  const aws = await startFakeAws(anOrganizationWithATrail());
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  const ran = await runCli(['scan', '--plan', ...args], { cwd, environment: aws.environment() });
  return { ...ran, files: readdirSync(cwd), services: new Set(aws.calls().map(({ service }) => service)) };
}

describe('scan --plan', () => {
  test('prints the calls, their number and time, asks no account and writes nothing', async () => {
    const { status, stdout, stderr, files, services } = await plan();
    expect({ status, stderr, files }).toEqual({ status: 0, stderr: '', files: [] });
    expect([...services].toSorted()).toEqual(['organizations', 'sts']);
    expect(stdout).toContain('A scan would read 4 of 4 accounts');
    expect(stdout).toMatch(/^cloudtrail:ListTrails +4 +4 +4 +one +The trails of an account/m);
    expect(stdout).toMatch(/^cloudtrail:ListEventDataStores +17 +40 +1 +each/m);
    expect(stdout).toMatch(/^Time: \d+ s to \d+ s\. /m);
  });

  test('is about the chosen policies; what is saved is everything', async () => {
    const few = await plan('--pack', 'config');
    const all = await plan('--pack', 'config', '--save-inventory', 'it.json');
    expect(few.stdout).not.toContain('s3:GetBucketReplication');
    expect(all.stdout).toContain('s3:GetBucketReplication');
    expect(all.files).toEqual([]);
  });

  test('is JSON where that is the only format', async () => {
    const { stdout } = await plan('--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: '1',
      accounts: { listed: 4, toRead: 4, outOfScope: 0, elsewhere: 0 },
      calls: expect.arrayContaining([
        expect.objectContaining({ operation: 'sts:AssumeRole', calls: { atLeast: 3, atMost: 6 }, accounts: 1 }),
      ]),
    });
  });

  test.each([
    [['--sample'], '--sample reads no account'],
    [['--source', 'config'], '--source config reads no account'],
    [['--account', '999999999999'], 'has no account 999999999999'],
    [['--ou', 'ou-ab12-99999999'], 'is in OU ou-ab12-99999999'],
  ])('with %j is refused', async (args, message) => {
    const { status, stderr } = await plan(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
