import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Results } from '../../src/model/results.js';
import { aRecord, logFile } from '../support/event-logs.js';
import { copyOnDisk } from '../support/signed-bucket/copy-on-disk.js';
import { edit, nth, remove } from '../support/signed-bucket/tamper.js';
import { accountId, at, homeRegion, SignedWorld } from '../support/signed-bucket/world.js';
import { aFolder, runCli } from './run-cli.js';

/** A quiet account: six hours, and more, without an event, and then one. */
function quietWorld() {
  const world = new SignedWorld();
  const record = aRecord(1, { eventTime: '2026-11-01T09:10:00Z', awsRegion: homeRegion });
  const chain = world
    .sixHours({}, 0)
    .moveTo({ logBody: logFile([record]) })
    .hours(1);
  return { world, chain };
}

async function outcomes(world: SignedWorld, ...flags: readonly string[]) {
  const cwd = aFolder();
  copyOnDisk(world, cwd);
  const window = ['--from', new Date(at(0)).toISOString(), '--to', new Date(at(6)).toISOString()];
  const { stderr } = await runCli(
    ['activity', '--source', 'copy', ...window, '--format', 'json', '--output', 'out', '--quiet', ...flags],
    { cwd },
  );
  expect(stderr).not.toMatch(/error/i);
  const { evaluations } = JSON.parse(readFileSync(join(cwd, 'out/results.json'), 'utf8')) as Results;
  const its = evaluations.filter((it) => it.policyId === 'trails-are-not-stopped');
  return its.flatMap((it) => (it.target.accountId === accountId ? it.outcome : []));
}

const verify = ['--verify', '--keys', 'keys.json'];

test('in a quiet account nothing is known without digest files, and everything with them', async () => {
  const { world } = quietWorld();
  expect(await outcomes(world)).toEqual(['INSUFFICIENT_DATA']);
  expect(await outcomes(world, ...verify)).toEqual(['COMPLIANT']);
});

test('a digest file that is gone leaves the verdict open', async () => {
  const { world, chain } = quietWorld();
  remove(world, nth(chain.digests, 4));
  expect(await outcomes(world, ...verify)).toEqual(['INSUFFICIENT_DATA']);
});

test('so do a log file and its digest file that are gone together, while others of the hour are there', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  remove(world, nth(chain.logFiles, 10));
  for (const digest of chain.digests.slice(1, -1)) remove(world, digest);
  expect(await outcomes(world)).toEqual(['COMPLIANT']);
  expect(await outcomes(world, ...verify)).toEqual(['INSUFFICIENT_DATA']);
});

test('so does a log file that was changed', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  expect(await outcomes(world, ...verify)).toEqual(['COMPLIANT']);
  edit(world, nth(chain.logFiles, 10), (text) => text.replace('{', '{ '));
  expect(await outcomes(world, ...verify)).toEqual(['INSUFFICIENT_DATA']);
});
