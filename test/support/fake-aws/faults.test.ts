import { ListTrailsCommand, GetTrailStatusCommand, paginateListTrails } from '@aws-sdk/client-cloudtrail';
import { ListRegionsCommand } from '@aws-sdk/client-account';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { GetBucketVersioningCommand, HeadBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test, vi } from 'vitest';
import {
  aBucket,
  aKey,
  anAccount,
  aTrail,
  aWorld,
  startFakeAws,
  type FakeAws,
  type Fault,
  type FaultKind,
} from './index.js';
import { fakeAwsFor, sdkClients, type ClientOptions } from './sdk-clients.js';
import { holdTimers, untilCalls } from './held-timers.js';

const publicAccessBlock = { BlockPublicAcls: true };
const world = aWorld({
  accounts: [anAccount({ id: '111122223333', publicAccessBlock }), anAccount({ id: '222222222222' })],
  trails: [aTrail({ Name: 'audit' }), aTrail({ Name: 'second' })],
  buckets: [aBucket({ name: 'logs', versioning: 'Enabled' })],
  keys: [aKey()],
});

/** One call of each protocol and service: how it ends, as text. */
async function outcomes(
  kind: FaultKind,
  options: ClientOptions = {},
  meanwhile: (aws: FakeAws) => Promise<void> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const aws = await fakeAwsFor(world, { faults: [{ match: {}, kind }] });
  const { account, cloudtrail, kms, logs, organizations, s3, s3control, sts } = sdkClients(aws, options);
  const asked = Promise.allSettled([
    account.send(new ListRegionsCommand({})),
    cloudtrail.send(new ListTrailsCommand({})),
    kms.send(new DescribeKeyCommand({ KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' })),
    logs.send(new DescribeLogGroupsCommand({})),
    organizations.send(new ListAccountsCommand({})),
    s3.send(new GetBucketVersioningCommand({ Bucket: 'logs' })),
    s3control.send(new GetPublicAccessBlockCommand({ AccountId: '111122223333' })),
    sts.send(new GetCallerIdentityCommand({})),
  ]);
  await meanwhile(aws);
  const ended = await asked;
  expect(aws.calls()).toHaveLength(8);
  return ended.map((it) => (it.status === 'rejected' ? String(it.reason.name) : 'ok'));
}

const all = (name: string): readonly string[] => Array.from({ length: 8 }, () => name);
const json = (name: string): readonly string[] => [name, name, name, name, name];

describe('faults that are answers', () => {
  test.each<[FaultKind, readonly string[]]>([
    ['denied', [...json('AccessDeniedException'), 'AccessDenied', 'AccessDenied', 'AccessDenied']],
    ['scp-denied', [...json('AccessDeniedException'), 'AccessDenied', 'AccessDenied', 'AccessDenied']],
    [
      'throttled',
      [
        'TooManyRequestsException',
        'ThrottlingException',
        'ThrottlingException',
        'ThrottlingException',
        'TooManyRequestsException',
        'SlowDown',
        'SlowDown',
        'Throttling',
      ],
    ],
    [
      'internal-error',
      [
        'InternalServerException',
        'InternalFailure',
        'KMSInternalException',
        'InternalFailure',
        'ServiceException',
        'InternalError',
        'InternalError',
        'InternalFailure',
      ],
    ],
    [
      'service-unavailable',
      [...json('ServiceUnavailableException'), 'ServiceUnavailable', 'ServiceUnavailable', 'ServiceUnavailable'],
    ],
    ['expired-token', [...json('ExpiredTokenException'), 'ExpiredToken', 'ExpiredToken', 'ExpiredToken']],
  ])('%s', async (kind, names) => {
    expect(await outcomes(kind)).toEqual(names);
  });

  test.each<[FaultKind, string]>([
    ['denied', 'because no identity-based policy allows the cloudtrail:ListTrails action'],
    ['scp-denied', 'with an explicit deny in a service control policy'],
  ])('%s is worded as AWS does', async (kind, reason) => {
    const aws = await fakeAwsFor(world, { faults: [{ match: {}, kind }] });
    await expect(sdkClients(aws).cloudtrail.send(new ListTrailsCommand({}))).rejects.toThrow(
      `User: arn:aws:iam::111122223333:user/auditor is not authorized to perform: cloudtrail:ListTrails ${reason}`,
    );
  });
});

describe('faults of the connection', () => {
  test('timeout: nothing comes, until the client gives up', async () => {
    holdTimers();
    const ended = await outcomes('timeout', { timeout: 1_000_000 }, async (aws) => {
      await untilCalls(aws, 8);
      vi.advanceTimersByTime(1_000_000);
    });
    expect(ended).toEqual(all('TimeoutError'));
  });

  test.each<[FaultKind, string]>([
    // The SDK calls a connection that breaks before the answer a time-out.
    ['connection-cut', 'TimeoutError'],
    ['cut-in-body', 'Error'],
  ])('%s: the connection breaks', async (kind, name) => {
    expect(await outcomes(kind)).toEqual(all(name));
  });

  test('cut-in-body: the head of a good answer comes first, and half of the body', async () => {
    const aws = await fakeAwsFor(world, { faults: [{ match: {}, kind: 'cut-in-body' }] });
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=AKIAFAKE111122223333/20261121/us-east-1/s3/aws4_request, Signature=0',
    };
    const answer = await fetch(`${aws.endpoint}/logs?versioning`, { headers });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow('terminated');
  });

  test('slow: the answer comes, late, and holds up no other', async () => {
    holdTimers();
    const match = { operation: 'ListTrails' };
    const aws = await fakeAwsFor(world, { faults: [{ match, kind: 'slow', milliseconds: 150 }] });
    const { cloudtrail, sts } = sdkClients(aws);
    const order: string[] = [];
    const slow = cloudtrail.send(new ListTrailsCommand({})).then(() => order.push('slow'));
    await untilCalls(aws, 1);
    await sts.send(new GetCallerIdentityCommand({})).then(() => order.push('quick'));
    vi.advanceTimersByTime(149);
    await sts.send(new GetCallerIdentityCommand({})).then(() => order.push('quick again'));
    vi.advanceTimersByTime(1);
    await slow;
    expect(order).toEqual(['quick', 'quick again', 'slow']);
  });
});

describe('faults of the body', () => {
  test('malformed-body: half of it, and then neither JSON nor XML', async () => {
    const aws = await fakeAwsFor(world, { faults: [{ match: {}, kind: 'malformed-body' }] });
    const { cloudtrail, s3 } = sdkClients(aws);
    await expect(cloudtrail.send(new ListTrailsCommand({}))).rejects.toMatchObject({ name: 'SyntaxError' });
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toThrow(/.+/);
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'logs' }))).resolves.not.toHaveProperty(
      'BucketRegion',
      'us-east-1',
    );
  });

  test('empty-body: a success that says nothing', async () => {
    const aws = await fakeAwsFor(world, { faults: [{ match: {}, kind: 'empty-body' }] });
    const { cloudtrail, s3 } = sdkClients(aws);
    const { $metadata, ...answer } = await cloudtrail.send(new ListTrailsCommand({}));
    expect($metadata.httpStatusCode).toBe(200);
    expect(answer).toEqual({});
    const versioning = await s3.send(new GetBucketVersioningCommand({ Bucket: 'logs' }));
    expect(versioning.Status).toBeUndefined();
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'logs' }))).resolves.not.toHaveProperty(
      'BucketRegion',
      'us-east-1',
    );
  });

  test('hollow: the document that is expected, with nothing in it', async () => {
    const aws = await fakeAwsFor(world, { faults: [{ match: {}, kind: 'hollow' }] });
    const { cloudtrail, s3 } = sdkClients(aws);
    const { $metadata, ...answer } = await cloudtrail.send(new ListTrailsCommand({}));
    expect($metadata).toMatchObject({ httpStatusCode: 200, requestId: expect.stringContaining('0000') });
    expect(answer).toEqual({});
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).toBeUndefined();
  });
});

describe('faults of pages', () => {
  test('endless-pages: ever new tokens, after the true pages empty ones', async () => {
    const faults: Fault[] = [{ match: { operation: 'ListTrails' }, kind: 'endless-pages' }];
    const aws = await fakeAwsFor(world, { faults, pageSizes: { 'cloudtrail:ListTrails': 1 } });
    const sizes: number[] = [];
    const tokens = new Set<string | undefined>();
    for await (const page of paginateListTrails({ client: sdkClients(aws).cloudtrail }, {})) {
      sizes.push(page.Trails?.length ?? 0);
      tokens.add(page.NextToken);
      if (sizes.length === 5) break;
    }
    expect(sizes).toEqual([1, 1, 0, 0, 0]);
    expect(tokens.size).toBe(5);
    expect(tokens.has(undefined)).toBe(false);
  });

  test('repeating-page-token: the same page and token again and again', async () => {
    const aws = await fakeAwsFor(world, { faults: [{ match: {}, kind: 'repeating-page-token' }] });
    const { cloudtrail } = sdkClients(aws);
    const first = await cloudtrail.send(new ListTrailsCommand({}));
    const second = await cloudtrail.send(new ListTrailsCommand({ NextToken: first.NextToken }));
    expect(first.NextToken).toBeTypeOf('string');
    expect(second.NextToken).toBe(first.NextToken);
    expect(second.Trails).toEqual(first.Trails);
  });

  test('empty-page: an empty first page, and a token that leads to the whole list', async () => {
    const aws = await fakeAwsFor(world, { faults: [{ match: {}, kind: 'empty-page' }] });
    const sizes: (number | undefined)[] = [];
    for await (const page of paginateListTrails({ client: sdkClients(aws).cloudtrail }, {}))
      sizes.push(page.Trails?.length);
    expect(sizes).toEqual([0, 2]);
  });

  test('other operations are not met', async () => {
    const aws = await fakeAwsFor(world, { faults: [{ match: {}, kind: 'endless-pages' }] });
    await expect(sdkClients(aws).cloudtrail.send(new GetTrailStatusCommand({ Name: 'audit' }))).resolves.toMatchObject({
      IsLogging: true,
    });
  });
});

describe('which calls are met', () => {
  async function trailsFrom(match: Fault['match'], region = 'us-east-1', accountId = '111122223333'): Promise<string> {
    const aws = await fakeAwsFor(world, { faults: [{ match, kind: 'throttled' }] });
    const { cloudtrail } = sdkClients(aws, { region, accountId });
    const [it] = await Promise.allSettled([cloudtrail.send(new ListTrailsCommand({}))]);
    return it.status;
  }

  test.each<[Fault['match'], boolean]>([
    [{}, true],
    [{ service: 'cloudtrail' }, true],
    [{ service: 'kms' }, false],
    [{ operation: 'List*' }, true],
    [{ operation: 'GetTrailStatus' }, false],
    [{ region: 'us-east-1' }, true],
    [{ region: 'eu-west-1' }, false],
    [{ accountId: '111122223333' }, true],
    [{ accountId: '222222222222' }, false],
    [{ service: 'cloudtrail', operation: 'ListTrails', region: 'us-east-1', accountId: '111122223333' }, true],
    [{ service: 'cloudtrail', operation: 'ListTrails', region: 'us-east-1', accountId: '222222222222' }, false],
  ])('%o: %s', async (match, isMet) => {
    expect(await trailsFrom(match)).toBe(isMet ? 'rejected' : 'fulfilled');
  });

  test('AssumeRole is met by the account that is entered', async () => {
    const match = { operation: 'AssumeRole', accountId: '222222222222' };
    const aws = await fakeAwsFor(world, { faults: [{ match, kind: 'throttled' }] });
    const { sts } = sdkClients(aws);
    const enter = async (id: string) =>
      await sts.send(
        new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${id}:role/TrailproofAudit`, RoleSessionName: 'test' }),
      );
    await expect(enter('222222222222')).rejects.toMatchObject({ name: 'Throttling' });
    await expect(enter('111122223333')).resolves.toBeDefined();
  });

  test('some calls go well before, and the fault heals', async () => {
    const aws = await fakeAwsFor(world, { faults: [{ match: {}, kind: 'internal-error', after: 1, times: 2 }] });
    const { cloudtrail } = sdkClients(aws);
    const seen: string[] = [];
    for (let call = 0; call < 5; call += 1) {
      const [it] = await Promise.allSettled([cloudtrail.send(new ListTrailsCommand({}))]);
      seen.push(it.status);
    }
    expect(seen).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled']);
    expect(aws.calls().map((call) => call.outcome)).toEqual(['ok', 'InternalFailure', 'InternalFailure', 'ok', 'ok']);
  });

  test('a healed fault lets the next one meet', async () => {
    const faults: Fault[] = [
      { match: {}, kind: 'throttled', times: 1 },
      { match: {}, kind: 'denied', after: 1, times: 1 },
    ];
    const { cloudtrail } = sdkClients(await fakeAwsFor(world, { faults }));
    await expect(cloudtrail.send(new ListTrailsCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(cloudtrail.send(new ListTrailsCommand({}))).resolves.toBeDefined();
    await expect(cloudtrail.send(new ListTrailsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test("the SDK's retries get over what heals in time", async () => {
    const kinds: FaultKind[] = ['internal-error', 'connection-cut'];
    const faults = kinds.map((kind): Fault => ({ match: {}, kind, times: 1 }));
    const aws = await fakeAwsFor(world, { faults });
    const { cloudtrail } = sdkClients(aws, { maxAttempts: 3 });
    await expect(cloudtrail.send(new ListTrailsCommand({}))).resolves.toMatchObject({ $metadata: { attempts: 3 } });
    expect(aws.calls().map((call) => call.outcome)).toEqual(['InternalFailure', 'connection-cut', 'ok']);
  });

  test('faults change while the fake runs', async () => {
    const aws = await fakeAwsFor(world, { faults: [{ match: {}, kind: 'denied' }] });
    const { cloudtrail } = sdkClients(aws);
    await expect(cloudtrail.send(new ListTrailsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    aws.setFaults([]);
    await expect(cloudtrail.send(new ListTrailsCommand({}))).resolves.toBeDefined();
  });

  test.each<[Fault, string]>([
    [{ match: { operation: 'ListTrail' }, kind: 'denied' }, "The fault 'denied' on *:ListTrail can never be met"],
    [{ match: { service: 'kms', operation: 'ListTrails' }, kind: 'denied' }, 'kms:ListTrails can never be met'],
    [{ match: { operation: 'DescribeTrails' }, kind: 'endless-pages' }, 'does not answer in pages'],
  ])('a fault that no call can meet is refused: %#', async (fault, message) => {
    await expect(startFakeAws(world, { faults: [fault] })).rejects.toThrow(message);
    const aws = await fakeAwsFor(world);
    expect(() => aws.setFaults([fault])).toThrow(message);
  });
});
