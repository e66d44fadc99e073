import { ListTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { GetBucketPolicyCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { ListRegionsCommand } from '@aws-sdk/client-account';
import { describe, expect, test } from 'vitest';
import { aBucket, anAccount, aRole, aTrail, aWorld, deniesRegions, type Denial, type WorldAccount } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const member = '222222222222';
const session = `arn:aws:sts::${member}:assumed-role/TrailproofAudit/test`;
const trail = aTrail({ accountId: member, Name: 'audit' });

async function inMember(parts: Partial<WorldAccount>, region = 'us-east-1') {
  const world = aWorld({
    accounts: [anAccount({ id: '111122223333' }), anAccount({ id: member, ...parts })],
    trails: [trail],
    buckets: [aBucket({ name: 'logs', accountId: member, region })],
  });
  return sdkClients(await fakeAwsFor(world), { accountId: member, roleName: 'TrailproofAudit', region });
}

const wordings: readonly (readonly [Denial['effect'], string])[] = [
  ['no-identity-policy', 'because no identity-based policy allows the cloudtrail:GetTrailStatus action'],
  ['identity-policy', 'with an explicit deny in an identity-based policy'],
  ['resource-policy', 'with an explicit deny in a resource-based policy'],
  ['service-control-policy', 'with an explicit deny in a service control policy'],
  ['resource-control-policy', 'with an explicit deny in a resource control policy'],
];

describe('a denied call', () => {
  test.each(wordings)('by %s is worded as AWS does', async (effect, reason) => {
    const { cloudtrail } = await inMember({ denials: [{ action: 'cloudtrail:Get*', effect }] });
    await expect(cloudtrail.send(new GetTrailStatusCommand({ Name: 'audit' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${session} is not authorized to perform: cloudtrail:GetTrailStatus on resource: ${trail.arn} ${reason}`,
      $metadata: { httpStatusCode: 400 },
    });
    await expect(cloudtrail.send(new ListTrailsCommand({}))).resolves.toBeDefined();
  });

  test('binds the role that lacks the permission, not the account', async () => {
    const denials = [{ action: 'cloudtrail:ListTrails', effect: 'no-identity-policy' as const }];
    const roles = [aRole({ denials }), aRole({ name: 'Other' })];
    const world = aWorld({ accounts: [anAccount({ id: '111122223333', roles })] });
    const aws = await fakeAwsFor(world);
    const list = async (roleName: string) =>
      await sdkClients(aws, { roleName }).cloudtrail.send(new ListTrailsCommand({}));
    await expect(list('TrailproofAudit')).rejects.toMatchObject({
      message:
        'User: arn:aws:sts::111122223333:assumed-role/TrailproofAudit/test is not authorized to perform: cloudtrail:ListTrails because no identity-based policy allows the cloudtrail:ListTrails action',
    });
    await expect(list('Other')).resolves.toBeDefined();
  });

  test('tells the explicit deny, where a permission is missing as well', async () => {
    const { cloudtrail } = await inMember({
      denials: [
        { action: '*', effect: 'no-identity-policy' },
        { action: 'cloudtrail:*', effect: 'service-control-policy' },
      ],
    });
    await expect(cloudtrail.send(new ListTrailsCommand({}))).rejects.toThrow('service control policy');
  });

  test('may be about one resource only', async () => {
    const resources = ['arn:aws:s3:::secret*'];
    const { s3 } = await inMember({ denials: [{ action: 's3:*', effect: 'resource-policy', resources }] });
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket: 'logs' }))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
    await expect(s3.send(new ListBucketsCommand({}))).resolves.toBeDefined();
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket: 'secrets' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${session} is not authorized to perform: s3:GetBucketPolicy on resource: "arn:aws:s3:::secrets" with an explicit deny in a resource-based policy`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('has the form of each protocol', async () => {
    const clients = await inMember({ denials: [{ action: '*', effect: 'service-control-policy' }] });
    const { account, cloudtrail, kms, logs, organizations, s3, sts } = clients;
    const RoleArn = `arn:aws:iam::${member}:role/Other`;
    const outcomes = await Promise.allSettled([
      account.send(new ListRegionsCommand({})),
      cloudtrail.send(new ListTrailsCommand({})),
      kms.send(new DescribeKeyCommand({ KeyId: 'alias/x' })),
      logs.send(new DescribeLogGroupsCommand({})),
      organizations.send(new DescribeOrganizationCommand({})),
      s3.send(new ListBucketsCommand({})),
      sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' })),
    ]);
    const by = 'with an explicit deny in a service control policy';
    const denied = (action: string, resource = ''): string =>
      `User: ${session} is not authorized to perform: ${action}${resource} ${by}`;
    expect(outcomes.map((it) => (it.status === 'rejected' ? String(it.reason) : 'allowed'))).toEqual([
      `AccessDeniedException: ${denied('account:ListRegions')}`,
      `AccessDeniedException: ${denied('cloudtrail:ListTrails')}`,
      `AccessDeniedException: ${denied('kms:DescribeKey', ` on resource: arn:aws:kms:us-east-1:${member}:alias/x`)}`,
      `AccessDeniedException: ${denied('logs:DescribeLogGroups', ` on resource: arn:aws:logs:us-east-1:${member}:log-group::log-stream:`)}`,
      `AccessDeniedException: ${denied('organizations:DescribeOrganization')}`,
      `AccessDenied: ${denied('s3:ListAllMyBuckets')}`,
      `AccessDenied: ${denied('sts:AssumeRole', ` on resource: ${RoleArn}`)}`,
    ]);
    // Nobody needs a permission to ask who they are.
    await expect(sts.send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({ Account: member });
  });

  test('control policies do not bind the management account', async () => {
    const denials: readonly Denial[] = [{ action: '*', effect: 'service-control-policy' }];
    const aws = await fakeAwsFor(aWorld({ accounts: [anAccount({ id: '111122223333', denials })] }));
    await expect(sdkClients(aws).cloudtrail.send(new ListTrailsCommand({}))).resolves.toBeDefined();
  });
});

describe('Regions', () => {
  test('an SCP may close some', async () => {
    const denials = deniesRegions('eu-central-1');
    const closed = await inMember({ denials }, 'eu-central-1');
    await expect(closed.cloudtrail.send(new ListTrailsCommand({}))).rejects.toThrow(
      'with an explicit deny in a service control policy',
    );
    await expect(closed.sts.send(new GetCallerIdentityCommand({}))).resolves.toBeDefined();
    const open = await inMember({ denials }, 'eu-west-1');
    await expect(open.cloudtrail.send(new ListTrailsCommand({}))).resolves.toBeDefined();
  });

  test('that are not switched on do not know the credentials', async () => {
    const { cloudtrail, sts, s3, account } = await inMember(
      { optInRegions: { 'eu-south-1': 'ENABLING' } },
      'eu-south-1',
    );
    await expect(cloudtrail.send(new ListTrailsCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(account.send(new ListRegionsCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'InvalidToken' });
    const on = await inMember({ optInRegions: { 'eu-south-1': 'ENABLED' } }, 'eu-south-1');
    await expect(on.cloudtrail.send(new ListTrailsCommand({}))).resolves.toBeDefined();
  });

  test('that do not exist do not, either, nor those of another partition', async () => {
    for (const region of ['xx-nowhere-1', 'cn-north-1']) {
      const { cloudtrail } = await inMember({}, region);
      await expect(cloudtrail.send(new ListTrailsCommand({}))).rejects.toMatchObject({
        name: 'UnrecognizedClientException',
      });
    }
  });

  test('and S3 does not know the keys of a user there', async () => {
    const { s3 } = sdkClients(await fakeAwsFor(aWorld()), { region: 'eu-south-1' });
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'InvalidAccessKeyId',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('a session policy', () => {
  const statement = (Effect: string, Action: string | string[]): object => ({ Effect, Action, Resource: '*' });

  async function withPolicy(...statements: readonly object[]) {
    const world = aWorld({ accounts: [anAccount({ id: '111122223333' }), anAccount({ id: member })], trails: [trail] });
    const aws = await fakeAwsFor(world);
    const { Credentials } = await sdkClients(aws).sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${member}:role/TrailproofAudit`,
        RoleSessionName: 'test',
        Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
      }),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    return sdkClients(aws, { credentials }).cloudtrail;
  }

  test('limits the session to its actions', async () => {
    const cloudtrail = await withPolicy(statement('Allow', ['cloudtrail:Get*', 's3:*']));
    await expect(cloudtrail.send(new GetTrailStatusCommand({ Name: 'audit' }))).resolves.toBeDefined();
    await expect(cloudtrail.send(new ListTrailsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${session} is not authorized to perform: cloudtrail:ListTrails because no session policy allows the cloudtrail:ListTrails action`,
    });
  });

  test('may deny what it allows', async () => {
    const cloudtrail = await withPolicy(statement('Allow', '*'), statement('Deny', 'cloudtrail:ListTrails'));
    await expect(cloudtrail.send(new ListTrailsCommand({}))).rejects.toThrow('session policy');
  });
});
