import {
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  paginateListBuckets,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { aBucket, anAccount, aWorld } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const world = aWorld({
  accounts: [anAccount({ id: '111122223333' }), anAccount({ id: '222222222222' })],
  buckets: [
    aBucket({ name: 'logs.of-trails', versioning: 'Enabled' }),
    aBucket({ name: 'access-logs' }),
    aBucket({ name: 'logs-of-config', region: 'eu-west-1' }),
    aBucket({ name: 'logs-of-another', accountId: '222222222222' }),
  ],
});

describe('ListBuckets', () => {
  test('names the own buckets of all Regions, without a parameter without their Regions', async () => {
    const { s3 } = sdkClients(await fakeAwsFor(world));
    const { Buckets, Owner, ContinuationToken } = await s3.send(new ListBucketsCommand({}));
    const CreationDate = new Date('2024-03-01T09:30:00Z');
    expect(Buckets).toEqual(
      ['access-logs', 'logs-of-config', 'logs.of-trails'].map((Name) => ({ Name, CreationDate })),
    );
    expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    expect(ContinuationToken).toBeUndefined();
  });

  test.each([
    ['a prefix', { Prefix: 'logs' }, ['logs-of-config eu-west-1', 'logs.of-trails us-east-1']],
    ['a Region', { BucketRegion: 'us-east-1' }, ['access-logs us-east-1', 'logs.of-trails us-east-1']],
  ])('names those of %s with their Regions', async (_, input, names) => {
    const { s3 } = sdkClients(await fakeAwsFor(world));
    const { Buckets } = await s3.send(new ListBucketsCommand(input));
    expect(Buckets?.map((it) => `${it.Name} ${it.BucketRegion}`)).toEqual(names);
  });

  test('answers in pages', async () => {
    const { s3 } = sdkClients(await fakeAwsFor(world));
    const pages = [];
    for await (const page of paginateListBuckets({ client: s3, pageSize: 2 }, {})) {
      pages.push(page.Buckets?.map((it) => it.Name));
    }
    expect(pages).toEqual([['access-logs', 'logs-of-config'], ['logs.of-trails']]);
  });

  test.each([{ MaxBuckets: 10_001 }, { ContinuationToken: 'made up' }])('refuses %o', async (input) => {
    const { s3 } = sdkClients(await fakeAwsFor(world));
    await expect(s3.send(new ListBucketsCommand(input))).rejects.toMatchObject({
      name: 'InvalidArgument',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe.each(['s3', 's3VirtualHost'] as const)('addressed by %s', (style) => {
  test('buckets are found, dots in their names and all', async () => {
    const aws = await fakeAwsFor(world);
    const client = sdkClients(aws)[style];
    const Bucket = 'logs.of-trails';
    await expect(client.send(new GetBucketVersioningCommand({ Bucket }))).resolves.toMatchObject({ Status: 'Enabled' });
    await expect(client.send(new HeadBucketCommand({ Bucket: 'access-logs' }))).resolves.toMatchObject({
      BucketRegion: 'us-east-1',
    });
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    expect(Buckets).toHaveLength(3);
    expect(aws.calls().map((call) => call.resource)).toEqual([
      'arn:aws:s3:::logs.of-trails',
      'arn:aws:s3:::access-logs',
      undefined,
    ]);
  });
});

test('the two clients speak the two styles', async () => {
  const { s3, s3VirtualHost } = sdkClients(await fakeAwsFor(world));
  const hosts: string[] = [];
  for (const client of [s3, s3VirtualHost]) {
    client.middlewareStack.add(
      (next) => async (args) => {
        // The request of the build step is an HTTP request; the stack's types do not know it.
        const { hostname, path } = args.request as { readonly hostname: string; readonly path: string };
        hosts.push(`${hostname}${path}`);
        return await next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await client.send(new GetBucketVersioningCommand({ Bucket: 'access-logs' }));
  }
  expect(hosts).toEqual(['127.0.0.1/access-logs/', 'access-logs.localhost/']);
});
