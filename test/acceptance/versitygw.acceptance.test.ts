import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { aFolder, runCli } from '../cli/run-cli.js';
import { startFakeAws } from '../support/fake-aws/index.js';
import type { Verification } from '../../src/model/verification.js';
import { fakeOrganization, publicKeysOf } from '../support/signed-bucket/fake-world.js';
import { append, edit, nth, remove } from '../support/signed-bucket/tamper.js';
import { told } from '../support/signed-bucket/told.js';
import { accountId, at, homeRegion, logBucket, SignedWorld } from '../support/signed-bucket/world.js';
import type { ChainWriter } from '../support/signed-bucket/chain-writer.js';
import { startVersitygw } from './versitygw.js';

type Case = readonly [what: string, tamper: (world: SignedWorld, chain: ChainWriter) => void, told: readonly string[]];

const cases: readonly Case[] = [
  ['nothing was touched', () => undefined, ['verified']],
  [
    'a log file was edited',
    (world, { logFiles }) => edit(world, nth(logFiles, 10), (it) => `${it} `),
    ['tampered', 'log-file invalid hash 1'],
  ],
  [
    'data was appended to a log file',
    (world, { logFiles }) => append(world, nth(logFiles, 10), Buffer.alloc(4)),
    ['tampered', 'log-file invalid format 1'],
  ],
  [
    'a digest file and its log files were deleted',
    (world, { digests, logFiles }) => remove(world, nth(digests, 4), ...logFiles.slice(9, 12)),
    ['tampered', 'gap 01:33 02:33 missing-digest'],
  ],
  ['a log file was added', (_, chain) => chain.strayLog(at(3)), ['tampered', 'log-file uncovered extra 1']],
];

test.for(cases)('over an S3 server of others: %s', async ([, tamper, expected], { skip }) => {
  const world = new SignedWorld();
  tamper(world, world.sixHours());
  const aws = await startFakeAws({ ...fakeOrganization(new SignedWorld()), publicKeys: publicKeysOf(world) ?? {} });
  const environment = aws.environment();
  const credentials = {
    accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
  const server = await startVersitygw(credentials);
  try {
    if ('missing' in server) return skip(server.missing);
    const { endpoint } = server;
    await upload(new S3Client({ endpoint, region: homeRegion, forcePathStyle: true, credentials }), world);
    const trail = `arn:aws:cloudtrail:${homeRegion}:${accountId}:trail/management`;
    const scope = ['--trail', trail, '--bucket', logBucket, '--account', accountId, '--region', homeRegion];
    const window = ['--from', '2026-11-01', '--to', '2026-11-01T06:00:00Z'];
    const output = ['--format', 'json', '--output', 'found.json', '--quiet'];
    const cwd = aFolder();
    const ran = await runCli(['verify-logs', ...window, ...scope, ...output], {
      cwd,
      environment: { ...environment, AWS_ENDPOINT_URL_S3: endpoint },
    });
    expect(ran.stderr).toBe('');
    const { record } = JSON.parse(readFileSync(join(cwd, 'found.json'), 'utf8')) as Verification;
    expect(told(record)).toEqual(expected);
  } finally {
    await aws.close();
    if (!('missing' in server)) await server.stop();
  }
});

async function upload(s3: S3Client, world: SignedWorld): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: logBucket }));
  for (const [key, { body, metadata }] of world.store.bucket(logBucket)) {
    const as = { ContentType: 'application/json', ContentEncoding: 'gzip', Metadata: metadata };
    await s3.send(new PutObjectCommand({ Bucket: logBucket, Key: key, Body: body, ...as }));
  }
  s3.destroy();
}
