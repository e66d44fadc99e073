import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Results } from '../../src/index.js';
import { anAccount, startFakeAws, type World } from '../support/fake-aws/index.js';
import { aWellKeptOrganization } from '../support/kept-organization.js';
import { anOwnTrail, dev, joined } from '../support/worlds.js';
import { aFolder, runCli } from './run-cli.js';

const more = { accounts: ['555566667777', '666677778888'].map((id) => anAccount({ id })) };
const own = anOwnTrail(dev, { LogFileValidationEnabled: false });

async function scan(cwd: string, world: World, ...args: readonly string[]) {
  const aws = await startFakeAws(world);
  onTestFinished(async () => await aws.close());
  return await runCli(['scan', '--format', 'json,sarif', ...args], { cwd, environment: aws.environment() });
}

test('findings of an account that lost its role stay in the report, which says whether it may be uploaded', async () => {
  const cwd = aFolder();
  const first = await scan(cwd, joined(aWellKeptOrganization(), own, more), '--previous', 'none');
  expect(first.stderr).toContain('The SARIF report may be uploaded: everything was evaluated\n');
  copyFileSync(join(cwd, 'reports/results.json'), join(cwd, 'last.json'));
  const broken = joined(aWellKeptOrganization({ devAccount: { roles: [] } }), own, more);
  const second = await scan(cwd, broken, '--previous', 'last.json');
  expect(second.status).toBe(3);
  expect(second.stderr).toMatch(/Carried forward, not evaluated again: \d+ finding/);
  expect(second.stderr).toContain('The SARIF report may be uploaded: what could not be evaluated again stays open\n');
  const { evaluations, previous } = JSON.parse(readFileSync(join(cwd, 'reports/results.json'), 'utf8')) as Results;
  expect(previous?.sarifUploadable).toBe(true);
  const carried = evaluations.filter((it) => it.carriedForward !== undefined && it.target.accountId === dev);
  expect(carried.map((it) => it.policyId)).toContain('trail-validates-log-files');
});

test.each<[string, string | undefined, string]>([
  ['lost.json', undefined, 'There is no file lost.json.\n  help: For a first run: --previous none.'],
  ['broken.json', '{"run":\n x}', 'broken.json:2:2: this is not JSON: Unexpected token'],
  ['other.json', '{"schemaVersion":"1"}', 'holds no results of this version'],
  ['auto', undefined, '--previous auto is for the GitHub Action'],
])('--previous %s is refused before anything is read', async (file, text, message) => {
  const cwd = aFolder();
  if (text !== undefined) writeFileSync(join(cwd, file), text);
  const { status, stderr } = await runCli(['scan', '--sample', '--previous', file], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});
