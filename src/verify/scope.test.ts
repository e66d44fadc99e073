import { expect, test } from 'vitest';
import { remove } from '../../test/support/signed-bucket/tamper.js';
import { told } from '../../test/support/signed-bucket/told.js';
import {
  at,
  expecting,
  homeRegion,
  logBucket,
  offset,
  SignedWorld,
  trailFacts,
  verifyWorld,
} from '../../test/support/signed-bucket/world.js';
import { nothingKnown, type Expectation, type TrailFacts } from './expectation.js';
import type { Choice } from './options.js';

const organizationId = 'o-exampleorgid';
const base = `AWSLogs/${organizationId}/`;
const management = '111122223333';
const member = '444455556666';
const regions = [homeRegion, 'eu-west-1'] as const;
const all: Choice = { trails: undefined, accounts: undefined, regions: undefined };

const organizationTrail: TrailFacts = trailFacts({ isOrganization: true, organizationId, isMultiRegion: true });

/** An organization trail with two accounts in two Regions, and the digest files of each. */
function organization(world: SignedWorld): Map<string, ReturnType<SignedWorld['sixHours']>> {
  const chains = new Map<string, ReturnType<SignedWorld['sixHours']>>();
  for (const account of [management, member]) {
    for (const region of regions) chains.set(`${account} ${region}`, world.sixHours({ base, account, region }, 1));
  }
  return chains;
}

const known = (accounts: readonly string[] = [management, member], more: Partial<Expectation> = {}): Expectation =>
  expecting([organizationTrail], {
    basis: 'organization',
    accounts: new Set(accounts),
    chains: accounts.flatMap((account) => regions.map((region) => ({ trail: organizationTrail, account, region }))),
    ...more,
  });

test('an organization trail is verified in each account and Region', async () => {
  const world = new SignedWorld();
  organization(world);
  const record = await verifyWorld(world, { expectation: known() });
  expect(told(record)).toEqual(['verified']);
  expect(record.counts.chains).toBe(4);
  expect(record.scope).toMatchObject({ accounts: [management, member], regions: ['eu-west-1', homeRegion] });
});

test('the prefix of a trail is found in the layout of the bucket', async () => {
  const world = new SignedWorld();
  world.sixHours({ base: `security/trails/AWSLogs/${organizationId}/` });
  const record = await verifyWorld(world, {
    targets: [{ bucket: logBucket, prefix: undefined }],
    expectation: {
      ...nothingKnown,
      basis: 'named',
      named: { accounts: [management], regions: [homeRegion] },
      trails: [{ name: 'management', homeRegion, bucket: logBucket, prefix: 'security/trails' }],
    },
  });
  expect(told(record)).toEqual(['verified']);
});

test('an account of the organization without digest files is missing', async () => {
  const world = new SignedWorld();
  organization(world);
  const record = await verifyWorld(world, { expectation: known([management, member, '777788889999']) });
  expect(told(record)).toEqual([
    'tampered',
    'gap 777788889999 eu-west-1 00:00 06:00 missing-chain',
    'gap 777788889999 us-east-1 00:00 06:00 missing-chain',
  ]);
});

test('an account that left has a chain that ends', async () => {
  const world = new SignedWorld();
  organization(world);
  world
    .chain({ base, account: '777788889999' })
    .start(at(-2) + offset)
    .hours(4, 1);
  const record = await verifyWorld(world, { expectation: known() });
  expect(told(record)).toEqual(['incomplete', 'gap 777788889999 us-east-1 02:33 06:00 account-left']);
});

test('where only the layout tells, an account lacks what others have, and the scope stays open', async () => {
  const world = new SignedWorld();
  const chains = organization(world);
  const left = chains.get(`${member} eu-west-1`);
  remove(world, ...(left?.digests ?? []), ...(left?.logFiles ?? []));
  const record = await verifyWorld(world, { expectation: nothingKnown });
  expect(told(record)).toEqual(['tampered', `gap ${member} eu-west-1 00:00 06:00 missing-chain`]);
  expect(record.scope.open).toHaveLength(1);
});

test('where only the layout tells, all that is there may be sound and is not all', async () => {
  const world = new SignedWorld();
  organization(world);
  expect(told(await verifyWorld(world, { expectation: nothingKnown }))).toEqual(['incomplete']);
});

test('a bucket without digest files is nothing that was verified', async () => {
  const record = await verifyWorld(new SignedWorld(), { expectation: nothingKnown });
  expect(told(record)).toEqual(['incomplete']);
  expect(record.scope.open.at(-1)).toContain('No digest file was found');
});

test('named accounts and Regions are what must be there', async () => {
  const world = new SignedWorld();
  organization(world);
  const named = { accounts: [management, '777788889999'], regions: [homeRegion] };
  const record = await verifyWorld(world, {
    expectation: { ...nothingKnown, basis: 'named', named },
    choice: { ...all, ...named },
  });
  expect(told(record)).toEqual(['tampered', 'gap 777788889999 us-east-1 00:00 06:00 missing-chain']);
});

test('where no trail is named, the layout alone tells which ones there are', async () => {
  const world = new SignedWorld();
  organization(world);
  const named = { accounts: [management, member], regions };
  const record = await verifyWorld(world, { expectation: { ...nothingKnown, basis: 'named', named } });
  expect(told(record)).toEqual(['incomplete']);
  expect(record.scope.open).toEqual([expect.stringContaining('Name the trails with --trail')]);
});

test('only the chosen trail is judged, and the others are read for the log files that they list', async () => {
  const world = new SignedWorld();
  world.sixHours();
  const other = world.sixHours({ trail: 'other' });
  const choice = { ...all, trails: [trailFacts()] };
  expect(told(await verifyWorld(world, { choice }))).toEqual(['verified']);
  remove(world, other.logFiles[10]);
  expect(told(await verifyWorld(world, { choice }))).toEqual(['verified']);
  remove(world, other.digests[4]);
  // Log files do not name their trail: those of the other one may as well be added ones.
  expect(told(await verifyWorld(world, { choice }))).toEqual(['incomplete', 'log-file uncovered in-a-gap 2']);
});

test('a trail without log file validation writes log files that no digest file lists', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  chain.strayLog(at(3));
  const trails = [trailFacts(), trailFacts({ name: 'unvalidated', validates: false })];
  const expectation = expecting(trails, { chains: expecting([trailFacts()]).chains });
  const record = await verifyWorld(world, { expectation, choice: { ...all, trails: [trailFacts()] } });
  expect(told(record)).toEqual(['incomplete', 'log-file uncovered other-trail 1']);
});

test('a trail that changed its bucket and prefix is followed back', async () => {
  const world = new SignedWorld();
  world
    .chain({ bucket: 'earlier-logs', base: 'old/AWSLogs/' })
    .start(at(-2) + offset)
    .hours(4, 2)
    .moveTo({ bucket: logBucket, base: 'AWSLogs/' })
    .hours(6, 2);
  const record = await verifyWorld(world);
  expect(told(record)).toEqual(['verified']);
  expect(record.chains[0]?.places).toEqual([`s3://earlier-logs/old/AWSLogs/`, `s3://${logBucket}/AWSLogs/`]);
  expect(record.chains[0]?.heads).toHaveLength(1);
  world.store.buckets.delete('earlier-logs');
  expect(told(await verifyWorld(world))).toEqual(['tampered', 'gap 00:00 02:33 missing-digest']);
});

test('objects of other kinds that no digest file lists are told, and decide nothing', async () => {
  const world = new SignedWorld();
  world.sixHours();
  const key = `AWSLogs/${management}/CloudTrail-Insight/${homeRegion}/2026/11/01/${management}_CloudTrail-Insight_${homeRegion}_20261101T0305Z_0123456789abcdef.json.gz`;
  world.store.bucket(logBucket).set(key, { body: Buffer.from('anything'), metadata: {} });
  const record = await verifyWorld(world);
  expect(told(record)).toEqual(['verified']);
  expect(record.notes).toEqual([expect.stringContaining('1 objects in CloudTrail-Insight')]);
});

test('folder markers are no objects', async () => {
  const world = new SignedWorld();
  world.sixHours();
  for (const folder of ['CloudTrail', 'CloudTrail-Digest']) {
    for (const rest of ['', `${homeRegion}/`, `${homeRegion}/2026/11/01/`]) {
      const key = `AWSLogs/${management}/${folder}/${rest}`;
      world.store.bucket(logBucket).set(key, { body: Buffer.alloc(0), metadata: {} });
    }
  }
  expect(told(await verifyWorld(world))).toEqual(['verified']);
});

test('a sample reads some log files of each digest file, the same ones by the same seed', async () => {
  const world = new SignedWorld();
  world.sixHours({}, 5);
  const sample = { perDigest: 2, seed: 'audit' };
  const record = await verifyWorld(world, { sample });
  expect(told(record)).toEqual(['incomplete']);
  expect(record.counts.logFiles).toMatchObject({ valid: 14, notRead: 21 });
  const reads = [...world.store.reads].toSorted();
  world.store.reads.length = 0;
  expect(await verifyWorld(world, { sample })).toEqual(record);
  expect([...world.store.reads].toSorted()).toEqual(reads);
});
