import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeAws } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail } from '../support/worlds.js';
import { aFolder, runCli } from './run-cli.js';

const minute = 60_000;

/** Runs where the clock of AWS is so far ahead. */
async function runAhead(ahead: number, ...args: readonly string[]) {
  const aws = await startFakeAws(anOrganizationWithATrail(), { ahead });
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  const ran = await runCli(args, { cwd, environment: aws.environment() });
  const asked = new Set(aws.calls().map((it) => it.operation));
  return { ...ran, asked, wrote: existsSync(join(cwd, 'reports/results.json')) };
}

test.each([
  [50 * 60 * minute, '2 days behind'],
  [-121 * minute, '2 hours ahead of'],
  [-7 * minute, '7 minutes ahead of'],
])('a clock that differs from that of AWS by %i ms is told before anything is read', async (ahead, apart) => {
  const { status, stdout, stderr, asked, wrote } = await runAhead(ahead, 'scan');
  expect({ status, stdout, wrote }).toEqual({ status: 2, stdout: '', wrote: false });
  expect(stderr).toContain(`The clock here is ${apart} that of AWS`);
  expect(stderr).toContain('Set the clock of this machine');
  expect(asked).toEqual(new Set(['GetCallerIdentity']));
});

test('doctor says it as well, and what AWS lets pass is let pass', async () => {
  expect((await runAhead(60 * minute, 'doctor')).stderr).toContain('The clock here is 60 minutes behind that of AWS');
  expect((await runAhead(3 * minute, 'doctor')).status).toBe(0);
});
