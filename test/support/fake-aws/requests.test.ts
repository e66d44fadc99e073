import {
  CreateTrailCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { GetObjectTaggingCommand, GetBucketCorsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { PutPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { GetSessionTokenCommand, STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test, vi } from 'vitest';
import { anAccount, aTrail, aWorld, startFakeAws } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const authorization = (scope: string): string => `AWS4-HMAC-SHA256 Credential=${scope}/aws4_request, Signature=0`;

describe('a request that writes', () => {
  test('is refused, recorded, and fails the test at its end', async () => {
    const aws = await startFakeAws(aWorld());
    const { cloudtrail, s3, s3control, sts } = sdkClients(aws);
    const asked = [
      cloudtrail.send(new StopLoggingCommand({ Name: 'audit' })),
      cloudtrail.send(new CreateTrailCommand({ Name: 'audit', S3BucketName: 'logs' })),
      s3.send(new PutObjectCommand({ Bucket: 'logs', Key: 'key', Body: 'text' })),
      s3control.send(
        new PutPublicAccessBlockCommand({ AccountId: '111122223333', PublicAccessBlockConfiguration: {} }),
      ),
    ];
    for (const it of asked)
      await expect(it).rejects.toMatchObject({ name: 'WriteRefused', $metadata: { httpStatusCode: 501 } });
    await expect(sts.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({ name: 'UnknownOperation' });
    expect(aws.writes.map((call) => `${call.service}:${call.operation}`).toSorted()).toEqual([
      'cloudtrail:CreateTrail',
      'cloudtrail:StopLogging',
      's3:PUT /bucket/key',
      's3control:PUT /configuration/publicAccessBlock',
    ]);
    await expect(aws.close()).rejects.toThrow(
      /^Something tried to write to AWS: .*cloudtrail:StopLogging in 111122223333/,
    );
    await expect(fetch(aws.endpoint)).rejects.toThrow('fetch failed');
  });
});

describe('a read that is not built', () => {
  test('is named, and is no write', async () => {
    const aws = await fakeAwsFor(aWorld());
    const { cloudtrail, s3 } = sdkClients(aws);
    await expect(cloudtrail.send(new GetTrailCommand({ Name: 'audit' }))).rejects.toMatchObject({
      name: 'UnknownOperation',
      message: expect.stringContaining('cloudtrail:GetTrail.'),
      $metadata: { httpStatusCode: 501 },
    });
    await expect(s3.send(new GetObjectTaggingCommand({ Bucket: 'logs', Key: 'a/b' }))).rejects.toMatchObject({
      message: expect.stringContaining('s3:GET /bucket/key?tagging.'),
    });
    await expect(s3.send(new GetBucketCorsCommand({ Bucket: 'logs' }))).rejects.toMatchObject({
      message: expect.stringContaining('s3:GET /bucket?cors.'),
    });
    expect(aws.unknown).toHaveLength(3);
    expect(aws.writes).toEqual([]);
  });
});

describe('a request that is none of the AWS protocols', () => {
  test.each([
    ['without a signature', {}, 'the request is not signed'],
    [
      'to a service that is not there',
      { authorization: authorization('AKIA/20261121/us-east-1/rds') },
      'no service rds',
    ],
    [
      'with a path of bad escapes',
      { authorization: authorization('AKIA/20261121/us-east-1/s3') },
      'the path /%ff is not well encoded',
      '/%ff',
    ],
    [
      'of a service by the name of an inherited member',
      { authorization: authorization('AKIA/20261121/us-east-1/constructor') },
      'no service constructor',
    ],
  ])('%s is not understood', async (_, headers, reason, path = '/') => {
    const aws = await fakeAwsFor(aWorld());
    const answer = await fetch(aws.endpoint + path, { headers });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain(reason);
  });

  test('with a body that is not JSON is not understood', async () => {
    const aws = await fakeAwsFor(aWorld());
    const headers = {
      authorization: authorization('AKIAFAKE111122223333/20261121/us-east-1/cloudtrail'),
      'x-amz-target': 'CloudTrail_20131101.ListTrails',
    };
    const answer = await fetch(aws.endpoint, { method: 'POST', headers, body: '[1' });
    expect(await answer.text()).toContain('the body of cloudtrail:ListTrails is not a JSON object');
  });

  test('with members of a wrong type is refused as AWS does', async () => {
    const aws = await fakeAwsFor(aWorld());
    const headers = {
      authorization: authorization('AKIAFAKE111122223333/20261121/us-east-1/cloudtrail'),
      'x-amz-target': 'CloudTrail_20131101.DescribeTrails',
    };
    const answer = await fetch(aws.endpoint, { method: 'POST', headers, body: '{"trailNameList":"audit"}' });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { __type: 'SerializationException', message: 'trailNameList is no list of strings.' },
    ]);
  });
});

test('the environment alone leads the SDK here, as the chosen caller and no other', async () => {
  const aws = await fakeAwsFor(
    aWorld({ accounts: [anAccount({ id: '111122223333' }), anAccount({ id: '222222222222' })] }),
  );
  const caller = { accountId: '222222222222', roleName: 'TrailproofAudit', region: 'eu-west-1' };
  vi.stubEnv('AWS_PROFILE', 'of-the-developer');
  for (const [name, value] of Object.entries(aws.environment(caller))) vi.stubEnv(name, value);
  try {
    const answer = await new STSClient({}).send(new GetCallerIdentityCommand({}));
    expect(answer.Arn).toBe('arn:aws:sts::222222222222:assumed-role/TrailproofAudit/test');
    expect(aws.calls()[0]).toMatchObject({ region: 'eu-west-1', userAgent: expect.stringContaining('aws-sdk-js/') });
  } finally {
    vi.unstubAllEnvs();
  }
  expect(() => aws.environment({ accountId: '999999999999' })).toThrow('no account 999999999999');
  expect(() => aws.environment({ roleName: 'None' })).toThrow('has no role None');
});

describe('the record of calls', () => {
  const world = aWorld({ trails: [aTrail({ Name: 'audit' })] });

  test('tells who called what, where, about what, and how it ended', async () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    const aws = await fakeAwsFor(world, { now: () => now });
    const { cloudtrail } = sdkClients(aws);
    await cloudtrail.send(new GetTrailStatusCommand({ Name: 'audit' }));
    await expect(cloudtrail.send(new GetTrailStatusCommand({ Name: 'other' }))).rejects.toThrow('Unknown trail');
    const call = {
      service: 'cloudtrail',
      operation: 'GetTrailStatus',
      accountId: '111122223333',
      region: 'us-east-1',
      userAgent: expect.stringContaining('aws-sdk-js/'),
      at: now,
    };
    expect(aws.calls()).toEqual([
      { ...call, resource: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/audit', outcome: 'ok' },
      { ...call, resource: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/other', outcome: 'TrailNotFoundException' },
    ]);
    expect(aws.countBy('operation')).toEqual({ 'cloudtrail:GetTrailStatus': 2 });
    expect(aws.countBy('service')).toEqual({ cloudtrail: 2 });
    expect(aws.countBy('accountId')).toEqual({ '111122223333': 2 });
    expect(aws.countBy('region')).toEqual({ 'us-east-1': 2 });
    expect(aws.countBy('outcome')).toEqual({ TrailNotFoundException: 1, ok: 1 });
  });

  test('may be counts only', async () => {
    const aws = await fakeAwsFor(world, { record: 'counts' });
    await sdkClients(aws).cloudtrail.send(new GetTrailStatusCommand({ Name: 'audit' }));
    expect(aws.countBy('operation')).toEqual({ 'cloudtrail:GetTrailStatus': 1 });
    expect(() => aws.calls()).toThrow('counts only');
  });
});
