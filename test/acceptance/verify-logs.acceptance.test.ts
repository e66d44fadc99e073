import { execFile } from 'node:child_process';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { gzipSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aFolder, runCli } from '../cli/run-cli.js';
import { startFakeAws, type FakeAws } from '../support/fake-aws/index.js';
import type { ChainWriter } from '../support/signed-bucket/chain-writer.js';
import { fakeOrganization, organizationId, publicKeysOf } from '../support/signed-bucket/fake-world.js';
import { append, change, edit, nth, objectAt, put, remove } from '../support/signed-bucket/tamper.js';
import { accountId, at, homeRegion, logBucket, offset, SignedWorld } from '../support/signed-bucket/world.js';
import { documentationCredentials, startMoto, type Moto } from './moto.js';
import { preparePython, type PreparedPython } from './python-environment.js';

/** What a tool ended with, and words that its output has. */
interface Said {
  readonly status: number;
  readonly says: string;
}

interface Case {
  readonly name: string;
  readonly write?: (world: SignedWorld) => ChainWriter;
  readonly tamper: (world: SignedWorld, chain: ChainWriter) => void;
  readonly ours: Said;
  /** What aws-cli says of the same objects in the same bucket. */
  readonly theirs: Said;
  readonly window?: readonly [from: string, to: string];
  readonly trail?: string;
}

const clean: Said = { status: 0, says: 'VERIFIED' };
const allValid = (digests: number): string => `${digests}/${digests} digest files valid`;

/** Where both are right, they say the same. */
const alike: readonly Case[] = [
  {
    name: 'nothing was touched',
    tamper: () => undefined,
    ours: clean,
    theirs: { status: 0, says: allValid(7) },
  },
  {
    name: 'a log file was edited',
    tamper: (world, { logFiles }) => edit(world, nth(logFiles, 7), (it) => `${it} `),
    ours: { status: 1, says: 'is not what its digest file says of its content' },
    theirs: { status: 1, says: "INVALID: hash value doesn't match" },
  },
  {
    name: 'a log file was deleted',
    tamper: (world, { logFiles }) => remove(world, nth(logFiles, 7)),
    ours: { status: 1, says: '1 log file missing' },
    theirs: { status: 1, says: 'INVALID: not found' },
  },
  {
    name: 'data was appended to a log file',
    tamper: (world, { logFiles }) => append(world, nth(logFiles, 7), gzipSync('{}')),
    ours: { status: 1, says: 'has data behind its end' },
    theirs: { status: 1, says: 'unexpected data after end of compressed stream' },
  },
  {
    name: 'a log file was compressed anew',
    tamper: (world, { logFiles }) => {
      const key = nth(logFiles, 7);
      change(world, key, { body: gzipSync(gunzipSync(objectAt(world, key).body), { level: 1 }) });
    },
    ours: clean,
    theirs: { status: 0, says: allValid(7) },
  },
  {
    name: 'a digest file was edited',
    tamper: (world, { digests, logFiles }) => edit(world, nth(digests, 4), (it) => it.replace(nth(logFiles, 6), 'x')),
    ours: { status: 1, says: '1 digest file invalid' },
    theirs: { status: 1, says: 'INVALID: signature verification failed' },
  },
  {
    name: 'a digest file was moved',
    tamper: (world, { digests }) => put(world, nth(digests, 4), objectAt(world, nth(digests, 5))),
    ours: { status: 1, says: 'and moved or copied from' },
    theirs: { status: 1, says: 'INVALID: has been moved from its original location' },
  },
  {
    name: 'a digest file was deleted',
    tamper: (world, { digests }) => remove(world, nth(digests, 4)),
    ours: { status: 1, says: '1 missing' },
    theirs: { status: 1, says: 'INVALID: not found' },
  },
];

/** Where aws-cli ends with 0, or hides what it found. */
const stricter: readonly Case[] = [
  {
    name: 'the newest digest files and their log files were deleted',
    tamper: (world, { digests, logFiles }) => remove(world, ...digests.slice(-5), ...logFiles.slice(-10)),
    ours: { status: 1, says: 'are gone: each hour has one' },
    theirs: { status: 0, says: allValid(4) },
  },
  {
    name: 'all digest files were deleted',
    tamper: (world, { digests }) => remove(world, ...digests),
    ours: { status: 1, says: 'There is no digest file of this time' },
    theirs: { status: 0, says: 'No digests found' },
  },
  {
    name: 'two digest files in a row were deleted: it counts one, and checks no log file of both hours',
    tamper: (world, { digests }) => remove(world, nth(digests, 4), nth(digests, 5)),
    ours: { status: 1, says: '2 missing' },
    theirs: { status: 1, says: '5/6 digest files valid, 1/6 digest files INVALID' },
  },
  {
    name: 'a gzip member was appended to a digest file',
    tamper: (world, { digests }) => append(world, nth(digests, 4), gzipSync('{}')),
    ours: { status: 1, says: 'has data behind its end' },
    theirs: { status: 0, says: allValid(7) },
  },
  {
    name: 'a log file was added',
    tamper: (_, chain) => chain.strayLog(at(3)),
    ours: { status: 1, says: 'CloudTrail lists all that it delivers' },
    theirs: { status: 0, says: allValid(7) },
  },
  {
    name: 'the algorithm of a signature was changed',
    tamper: (world, { digests }) => {
      const { metadata } = objectAt(world, nth(digests, 4));
      change(world, nth(digests, 4), { metadata: { ...metadata, 'signature-algorithm': 'MD5withRSA' } });
    },
    ours: { status: 1, says: 'is signed with MD5withRSA' },
    theirs: { status: 0, says: allValid(7) },
  },
  {
    name: 'the trail is named like the beginning of another one, whose chain it follows instead',
    trail: 'mgmt',
    write: (world) => {
      const chain = world
        .chain({ trail: 'mgmt' })
        .start(at(-2) + offset)
        .hours(8, 2);
      world
        .chain({ trail: 'mgmt_us-east-1_other' })
        .start(at(-2) + offset + 20 * 60_000)
        .hours(8);
      return chain;
    },
    tamper: (world, { digests }) => remove(world, ...digests.slice(3, 5)),
    ours: { status: 1, says: '2 missing' },
    theirs: { status: 0, says: 'digest files valid' },
  },
  {
    name: 'the window has an offset, which it drops',
    window: ['2026-11-01T09:00:00+09:00', '2026-11-01T15:00:00+09:00'],
    tamper: () => undefined,
    ours: clean,
    theirs: { status: 0, says: 'No digests found' },
  },
  {
    name: 'the trail is an organization trail, whose folder it does not look into',
    write: (world) => world.sixHours({ base: `AWSLogs/${organizationId}/` }, 2),
    tamper: () => undefined,
    ours: clean,
    theirs: { status: 0, says: 'No digests found' },
  },
];

const awsCli: PreparedPython = await preparePython('awscli', 'requirements-aws-cli.txt');
let moto: Moto | undefined;
let missing = 'missing' in awsCli ? awsCli.missing : undefined;

beforeAll(async () => {
  const started = await startMoto();
  if ('missing' in started) missing ??= started.missing;
  else moto = started;
});
afterAll(async () => await moto?.stop());

/** Puts a world's objects into moto, in a bucket of their own, and answers for CloudTrail. */
async function served(
  world: SignedWorld,
): Promise<{ readonly aws: FakeAws; readonly environment: Record<string, string> }> {
  if (moto === undefined) throw new Error('moto does not run.');
  await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
  const s3 = new S3Client({
    endpoint: moto.endpoint,
    region: homeRegion,
    forcePathStyle: true,
    credentials: documentationCredentials,
  });
  await s3.send(new CreateBucketCommand({ Bucket: logBucket }));
  for (const [key, { body, metadata }] of world.store.bucket(logBucket)) {
    const as = { ContentType: 'application/json', ContentEncoding: 'gzip', Metadata: metadata };
    await s3.send(new PutObjectCommand({ Bucket: logBucket, Key: key, Body: body, ...as }));
  }
  s3.destroy();
  const aws = await startFakeAws({ ...fakeOrganization(new SignedWorld()), publicKeys: publicKeysOf(world) ?? {} });
  return { aws, environment: { ...aws.environment(), AWS_ENDPOINT_URL_S3: moto.endpoint } };
}

async function validateLogs(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Said> {
  if ('missing' in awsCli) throw new Error(awsCli.missing);
  const all = ['-m', 'awscli', 'cloudtrail', 'validate-logs', ...args];
  // An empty profile is none to the SDK, and one without a name to aws-cli.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const env = { PATH: process.env['PATH'], HOME: aFolder(), ...given };
  return await new Promise((resolve) => {
    execFile(awsCli.python, all, { env }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ status, says: `${stdout}\n${stderr}` });
    });
  });
}

describe.each([
  ['where aws-cli is right, both say the same', alike],
  ['where aws-cli misses something', stricter],
])('%s', (_, cases) => {
  test.for(cases)('$name', async ({ write, tamper, ours, theirs, window, trail = 'management' }, { skip }) => {
    if (missing !== undefined) skip(missing);
    const world = new SignedWorld();
    const chain = (write ?? ((it: SignedWorld) => it.sixHours({}, 2)))(world);
    tamper(world, chain);
    const { aws, environment } = await served(world);
    try {
      const [from, to] = window ?? ['2026-11-01T00:00:00Z', '2026-11-01T06:00:00Z'];
      const arn = `arn:aws:cloudtrail:${homeRegion}:${accountId}:trail/${trail}`;
      const scope = ['--trail', arn, '--bucket', logBucket, '--account', accountId, '--region', homeRegion];
      const ran = await runCli(['verify-logs', '--from', from, '--to', to, ...scope], { cwd: aFolder(), environment });
      expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain(ours.says);
      expect(ran.status).toBe(ours.status);
      const args = [
        '--trail-arn',
        arn,
        '--start-time',
        from,
        '--end-time',
        to,
        '--s3-bucket',
        logBucket,
        '--verbose',
        '--region',
        homeRegion,
      ];
      const said = await validateLogs(args, environment);
      expect(said.says).toContain(theirs.says);
      expect(said.status).toBe(theirs.status);
    } finally {
      await aws.close();
    }
  });
});
