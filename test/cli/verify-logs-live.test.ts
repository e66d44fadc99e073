import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Results } from '../../src/model/results.js';
import type { Verification } from '../../src/model/verification.js';
import {
  aBucket,
  aRole,
  aTrail,
  anAccount,
  startFakeAws,
  type FakeAws,
  type FakeAwsOptions,
  type World,
} from '../support/fake-aws/index.js';
import {
  fakeOrganization,
  logArchive,
  management,
  member,
  objectsOf,
  organizationId,
} from '../support/signed-bucket/fake-world.js';
import { told } from '../support/signed-bucket/told.js';
import { edit, nth, remove } from '../support/signed-bucket/tamper.js';
import { at, homeRegion, logBucket, offset, SignedWorld } from '../support/signed-bucket/world.js';
import { aFolder, runCli, type Ran } from './run-cli.js';

const window = ['--from', '2026-11-01', '--to', '2026-11-01T06:00:00Z'];
const trailArn = `arn:aws:cloudtrail:${homeRegion}:${management}:trail/management`;
const base = `AWSLogs/${organizationId}/`;

/** An organization trail of one Region, with what it delivered for three accounts. */
function organizationLogs(): { world: SignedWorld; chains: ReturnType<SignedWorld['sixHours']>[] } {
  const world = new SignedWorld();
  const chains = [management, logArchive, member].map((account) => world.sixHours({ base, account }, 2));
  return { world, chains };
}

interface Run extends Ran {
  readonly aws: FakeAws;
  readonly verification: Verification;
  readonly lines: readonly string[];
}

async function verify(world: World, args: readonly string[], fake?: FakeAwsOptions): Promise<Run> {
  const aws = await startFakeAws(world, fake);
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  const ran = await runCli(['verify-logs', ...window, '--format', 'json', '--output', 'it.json', '--quiet', ...args], {
    cwd,
    environment: aws.environment(),
  });
  if (ran.stderr !== '') throw new Error(ran.stderr);
  const verification = JSON.parse(readFileSync(join(cwd, 'it.json'), 'utf8')) as Verification;
  return { ...ran, aws, verification, lines: told(verification.record) };
}

test('every account of an organization is verified, and each request is counted', async () => {
  const { world } = organizationLogs();
  const { status, lines, verification, aws } = await verify(fakeOrganization(world), []);
  expect(lines).toEqual(['verified']);
  expect(status).toBe(0);
  expect(verification.record.scope).toMatchObject({
    basis: 'organization',
    accounts: [management, logArchive, member].toSorted(),
    trails: [{ arn: trailArn, organizationId, bucket: logBucket }],
  });
  expect(verification.record.counts).toMatchObject({ chains: 3, digests: { valid: 21 }, logFiles: { valid: 42 } });
  expect(verification.run.requests.byOperation).toEqual(aws.countBy('operation'));
  expect(aws.writes).toEqual([]);
});

test('an account of the organization whose files were all deleted is missing', async () => {
  const { world, chains } = organizationLogs();
  const left = nth(chains, 2);
  remove(world, ...left.digests, ...left.logFiles);
  const { status, lines } = await verify(fakeOrganization(world), []);
  expect(lines).toEqual(['tampered', `gap ${member} ${homeRegion} 00:00 06:00 missing-chain`]);
  expect(status).toBe(1);
});

test('digest files that were deleted at the end are missed, though nothing names them', async () => {
  const { world, chains } = organizationLogs();
  const chain = nth(chains, 0);
  remove(world, ...chain.digests.slice(-4), ...chain.logFiles.slice(-8));
  const { status, lines } = await verify(fakeOrganization(world), ['--account', management]);
  expect(lines).toEqual(['tampered', 'gap 04:33 06:00 missing-digest']);
  expect(status).toBe(1);
});

test('a trail that was stopped says since when', async () => {
  const world = new SignedWorld();
  for (const account of [management, logArchive, member]) {
    world
      .chain({ base, account })
      .start(at(-2) + offset)
      .hours(4, 1)
      .stop(at(3), 1);
  }
  const status = { IsLogging: false, StopLoggingTime: new Date(at(3)) };
  const { lines } = await verify(fakeOrganization(world, { trail: { status } }), ['--account', management]);
  expect(lines).toEqual(['incomplete', 'gap 03:00 06:00 logging-stopped']);
});

test('lifecycle rules explain that the oldest files are gone, unless they keep them longer', async () => {
  const { world, chains } = organizationLogs();
  for (const chain of chains) remove(world, ...chain.digests.slice(0, 5), ...chain.logFiles.slice(0, 8));
  const rule = (days: number) => [
    { ID: 'old', Status: 'Enabled' as const, Filter: { Prefix: '' }, Expiration: { Days: days } },
  ];
  const expired = await verify(fakeOrganization(world, { bucket: { lifecycle: rule(1) } }), ['--account', management]);
  expect(expired.lines).toEqual(['incomplete', 'gap 00:00 02:33 retention']);
  const kept = await verify(fakeOrganization(world, { bucket: { lifecycle: rule(3650) } }), ['--account', management]);
  expect(kept.lines).toEqual(['tampered', 'gap 00:00 02:33 missing-digest']);
});

test('an object in an archive is unreadable, and none of the others', async () => {
  const { world, chains } = organizationLogs();
  const objects = objectsOf(world);
  const key = nth(nth(chains, 0).logFiles, 7);
  const object = objects[logBucket]?.[key];
  if (object === undefined || Buffer.isBuffer(object)) throw new Error('There is no such object.');
  const archived = {
    ...objects,
    [logBucket]: { ...objects[logBucket], [key]: { ...object, refusal: 'InvalidObjectState' } },
  };
  const { status, lines } = await verify(fakeOrganization(world, { world: { objects: archived } }), []);
  expect(lines).toEqual(['incomplete', 'log-file unreadable archived 1']);
  expect(status).toBe(3);
});

test('what a request limit leaves out is unreadable', async () => {
  const { world } = organizationLogs();
  const { status, verification } = await verify(fakeOrganization(world), ['--max-requests', '40']);
  expect(status).toBe(3);
  expect(verification.record.findings.map((it) => it.reason)).toContain('budget');
  expect(verification.run.requests.byOperation['s3:GetObject']).toBeLessThanOrEqual(40);
});

test('public keys that may not be listed leave all unproved', async () => {
  const { world } = organizationLogs();
  const { status, verification } = await verify(fakeOrganization(world), [], {
    faults: [{ match: { operation: 'ListPublicKeys' }, kind: 'denied' }],
  });
  expect(status).toBe(3);
  expect(verification.record.counts.digests).toEqual({ valid: 0, invalid: 0, missing: 0, unreadable: 21 });
  expect(verification.record.findings.map((it) => it.reason)).toContain('no-key');
});

test('requests that S3 finds too much are made again', async () => {
  const { world } = organizationLogs();
  const { lines } = await verify(fakeOrganization(world), ['--account', management], {
    faults: [{ match: { operation: 'GetObject' }, kind: 'throttled', times: 6 }],
  });
  expect(lines).toEqual(['verified']);
});

test('a bucket of another account is read in a role of that account', async () => {
  const { world } = organizationLogs();
  const role = aRole({ name: 'TrailproofVerifyLogs' });
  const audit = aRole();
  const accounts = [management, logArchive, member].map((id) => anAccount({ id, roles: [audit, role] }));
  const parts = { bucket: { accountId: logArchive }, world: { accounts } };
  const { lines, aws } = await verify(fakeOrganization(world, parts), ['--log-role-name', 'TrailproofVerifyLogs']);
  expect(lines).toEqual(['verified']);
  expect(aws.sessions().some((it) => JSON.stringify(it).includes('TrailproofVerifyLogs'))).toBe(true);
  const without = await verify(fakeOrganization(world, parts), []);
  expect(without.status).toBe(3);
  expect(without.lines[0]).toBe('incomplete');
});

test('a multi-Region trail is expected in each enabled Region', async () => {
  const world = new SignedWorld();
  for (const account of [management, logArchive, member]) world.sixHours({ base, account }, 1);
  const { lines } = await verify(fakeOrganization(world, { trail: { IsMultiRegionTrail: true } }), [
    '--account',
    member,
  ]);
  expect(lines[0]).toBe('tampered');
  expect(lines.slice(1)).toHaveLength(16);
  expect(lines).toContain(`gap ${member} eu-west-1 00:00 06:00 missing-chain`);
});

test('with the bucket, accounts and Regions named, AWS is asked for the objects and keys alone', async () => {
  const { world, chains } = organizationLogs();
  const unnamed = ['--bucket', logBucket, '--account', management, '--region', homeRegion];
  expect((await verify(fakeOrganization(world), unnamed)).lines).toEqual(['incomplete']);
  const named = [...unnamed, '--trail', trailArn];
  const { lines, aws } = await verify(fakeOrganization(world), named);
  expect(lines).toEqual(['verified']);
  expect(Object.keys(aws.countBy('operation')).toSorted()).toEqual([
    'cloudtrail:ListPublicKeys',
    's3:GetObject',
    's3:HeadBucket',
    's3:ListObjectsV2',
    'sts:GetCallerIdentity',
  ]);
  edit(world, nth(nth(chains, 0).logFiles, 7), (it) => `${it} `);
  const edited = await verify(fakeOrganization(world), named);
  expect(edited.lines).toEqual(['tampered', 'log-file invalid hash 1']);
});

test('a plain member that knows the bucket can verify it, and what else there may be stays open', async () => {
  const { world } = organizationLogs();
  const parts = {
    bucket: { accountId: member },
    world: { accounts: [anAccount({ id: management }), anAccount({ id: member })] },
  };
  const aws = await startFakeAws(fakeOrganization(world, parts));
  onTestFinished(async () => await aws.close());
  const args = ['verify-logs', ...window, '--bucket', logBucket];
  const ran = await runCli(args, { cwd: aFolder(), environment: aws.environment({ accountId: member }) });
  expect(ran.status).toBe(3);
  expect(ran.stdout).toContain('The trails and accounts could not be read');
  expect(ran.stdout).toContain('21 valid, 0 invalid');
});

test('a saved inventory stands for asking', async () => {
  const { world } = organizationLogs();
  const aws = await startFakeAws(fakeOrganization(world));
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  const environment = aws.environment();
  expect((await runCli(['collect', '--save-inventory', 'inventory.json', '--deep'], { cwd, environment })).status).toBe(
    0,
  );
  const before = aws.countBy('operation')['organizations:ListAccounts'];
  const ran = await runCli(['verify-logs', ...window, '--inventory', 'inventory.json'], { cwd, environment });
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
  expect(aws.countBy('operation')['organizations:ListAccounts']).toBe(before);
});

test('what a live verification saves is enough for a copy', async () => {
  const { world } = organizationLogs();
  const aws = await startFakeAws(fakeOrganization(world));
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  const live = await runCli(['verify-logs', ...window, '--save-keys', 'keys.json', '--quiet'], {
    cwd,
    environment: aws.environment(),
  });
  expect(live.status).toBe(0);
  for (const [key, { body }] of world.store.bucket(logBucket)) {
    mkdirSync(join(cwd, 'copy', dirname(key)), { recursive: true });
    writeFileSync(join(cwd, 'copy', key), body);
  }
  const copy = await runCli(['verify-logs', ...window, '--source', 'copy', '--keys', 'keys.json'], { cwd });
  expect(copy.stderr).toBe('');
  expect(copy.status).toBe(0);
});

test.each([
  [['--trail', trailArn.replace('management', 'unknown')], 'was not found'],
  [['--keys', 'keys.json'], '--keys is of a copy on disk'],
  [['--as-of', '2026-11-01'], '--as-of is of a copy on disk'],
  [['--max-requests', 'many'], "--max-requests 'many' is not a whole number"],
])('%j is refused', async (args, message) => {
  const aws = await startFakeAws(
    fakeOrganization(new SignedWorld(), { trail: {}, world: { buckets: [aBucket()], trails: [aTrail()] } }),
  );
  onTestFinished(async () => await aws.close());
  const { status, stderr } = await runCli(['verify-logs', ...window, ...args], {
    cwd: aFolder(),
    environment: aws.environment(),
  });
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});

test('a second run reads what is new, and a killed one goes on where it was', async () => {
  const { world, chains } = organizationLogs();
  const aws = await startFakeAws(fakeOrganization(world));
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  const environment = aws.environment();
  const again = async (...args: string[]): Promise<{ status: number | null; gets: number }> => {
    const before = aws.countBy('operation')['s3:GetObject'] ?? 0;
    const ran = await runCli(['verify-logs', ...window, '--checkpoint', 'seen.jsonl', '--quiet', ...args], {
      cwd,
      environment,
    });
    expect(ran.stderr).toBe('');
    return { status: ran.status, gets: (aws.countBy('operation')['s3:GetObject'] ?? 0) - before };
  };
  expect(await again('--max-requests', '75')).toMatchObject({ status: 3 });
  const kept = readFileSync(join(cwd, 'seen.jsonl'), 'utf8');
  const lines = kept.split('\n').length - 1;
  expect(lines).toBeGreaterThan(0);
  // As if it had been killed while it wrote.
  writeFileSync(join(cwd, 'seen.jsonl'), `${kept}{"v":1,"bucket":"organ`);
  expect(await again()).toEqual({ status: 0, gets: 21 + 42 - 2 * lines });
  expect(await again()).toEqual({ status: 0, gets: 21 });
  expect(await again('--full')).toEqual({ status: 0, gets: 63 });
  expect(readFileSync(join(cwd, 'seen.jsonl'), 'utf8').split('\n')).toHaveLength(22);
  expect(nth(chains, 0).digests).toHaveLength(11);
  writeFileSync(join(cwd, 'seen.jsonl'), 'nothing of the kind\n');
  const broken = await runCli(['verify-logs', ...window, '--checkpoint', 'seen.jsonl'], { cwd, environment });
  expect(broken.status).toBe(2);
  expect(broken.stderr).toContain('seen.jsonl:1: this line is of no checkpoint');
}, 120_000);

test('a plan lists, and reads no object', async () => {
  const { world } = organizationLogs();
  const aws = await startFakeAws(fakeOrganization(world));
  onTestFinished(async () => await aws.close());
  const { status, stdout } = await runCli(['verify-logs', ...window, '--plan'], {
    cwd: aFolder(),
    environment: aws.environment(),
  });
  expect(status).toBe(0);
  expect(stdout).toContain('Digest files  21');
  expect(stdout).toContain('Log files     48, 0.0 MB as they are stored');
  expect(aws.countBy('operation')['s3:GetObject']).toBeUndefined();
});

test('a scan is given what was found, and its SARIF names the trail whose log files were changed', async () => {
  const { world, chains } = organizationLogs();
  edit(world, nth(nth(chains, 0).logFiles, 7), (it) => `${it} `);
  const aws = await startFakeAws(fakeOrganization(world));
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  const environment = aws.environment();
  const json = ['--format', 'json', '--output', 'found.json', '--quiet'];
  expect((await runCli(['verify-logs', ...window, ...json], { cwd, environment })).status).toBe(1);
  const scan = ['scan', '--pack', 'log-files', '--verification', 'found.json', '--format', 'sarif,json', '--quiet'];
  const ran = await runCli([...scan, '--output', 'out'], { cwd, environment });
  expect(ran.status).toBe(1);
  const sarif = readFileSync(join(cwd, 'out', 'results.sarif'), 'utf8');
  expect(sarif).toContain('are not as CloudTrail delivered them');
  const results = JSON.parse(readFileSync(join(cwd, 'out', 'results.json'), 'utf8')) as Results;
  expect(Object.fromEntries(results.evaluations.map((it) => [it.policyId, it.outcome]))).toEqual({
    'trail-logs-are-intact': 'NON_COMPLIANT',
    'trail-log-coverage-is-complete': 'NON_COMPLIANT',
  });
  const without = await runCli(['scan', '--pack', 'log-files', '--quiet', '--output', 'out'], { cwd, environment });
  expect(without.status).toBe(3);
}, 120_000);
