import { AssumeRoleCommand, GetCallerIdentityCommand, type AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { anAccount, anOrganization, aRole, aWorld, type WorldAccount } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const management = anAccount({ id: '111122223333' });
const roleArn = 'arn:aws:iam::444455556666:role/TrailproofAudit';
const user = 'arn:aws:iam::111122223333:user/auditor';
const refused = `User: ${user} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;

async function assume(member: Partial<WorldAccount>, input: Partial<AssumeRoleCommandInput> = {}) {
  const world = aWorld({ accounts: [management, anAccount({ id: '444455556666', ...member })] });
  const aws = await fakeAwsFor(world);
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'run-1', ...input });
  return { aws, answer: sdkClients(aws).sts.send(command) };
}

describe('GetCallerIdentity', () => {
  test('tells the account and the user of long-lived keys', async () => {
    const aws = await fakeAwsFor(aWorld());
    await expect(sdkClients(aws).sts.send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({
      Account: '111122223333',
      Arn: user,
      UserId: 'AIDAFAKEEXAMPLEUSERID',
      $metadata: { httpStatusCode: 200, requestId: '00000000-0000-4000-8000-000000000001' },
    });
  });

  test('tells account, role and session name of a session', async () => {
    const { aws, answer } = await assume({});
    const { Credentials } = await answer;
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    await expect(sdkClients(aws, { credentials }).sts.send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({
      Account: '444455556666',
      Arn: 'arn:aws:sts::444455556666:assumed-role/TrailproofAudit/run-1',
    });
    const stolen = { ...credentials, sessionToken: 'of another session' };
    await expect(
      sdkClients(aws, { credentials: stolen }).sts.send(new GetCallerIdentityCommand({})),
    ).rejects.toMatchObject({ name: 'InvalidClientTokenId', $metadata: { httpStatusCode: 403 } });
  });

  test('works in other partitions', async () => {
    const world = aWorld({ partition: 'aws-us-gov' });
    const aws = await fakeAwsFor(world);
    expect(aws.environment()['AWS_REGION']).toBe('us-gov-west-1');
    await expect(sdkClients(aws).sts.send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({
      Arn: 'arn:aws-us-gov:iam::111122223333:user/auditor',
    });
  });
});

describe('AssumeRole', () => {
  test('issues credentials, and records what was asked', async () => {
    const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'cloudtrail:Get*', Resource: '*' }] });
    const input = { SourceIdentity: 'run-1', Policy: policy, ExternalId: 'unasked' };
    const { aws, answer } = await assume({}, input);
    const { Credentials, AssumedRoleUser, SourceIdentity, PackedPolicySize } = await answer;
    expect(Credentials).toMatchObject({ AccessKeyId: expect.stringMatching(/^ASIA[A-Z0-9]{16}$/) });
    expect(Credentials?.Expiration?.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::444455556666:assumed-role/TrailproofAudit/run-1');
    expect(SourceIdentity).toBe('run-1');
    expect(PackedPolicySize).toBeGreaterThan(0);
    expect(aws.sessions()).toMatchObject([
      {
        accountId: '444455556666',
        roleName: 'TrailproofAudit',
        sessionName: 'run-1',
        sourceIdentity: 'run-1',
        externalId: 'unasked',
        policy,
        callerArn: user,
      },
    ]);
  });

  test.each<[string, Partial<WorldAccount>, Partial<AssumeRoleCommandInput>]>([
    ['there is no such role', { roles: [] }, {}],
    ['the account is suspended', { state: 'SUSPENDED' }, {}],
    ['it trusts somebody else', { roles: [aRole({ trusts: ['777788889999'] })] }, {}],
    ['the external id is missing', { roles: [aRole({ externalId: 'secret' })] }, {}],
    ['the external id is wrong', { roles: [aRole({ externalId: 'secret' })] }, { ExternalId: 'guess' }],
  ])('refuses in the same words when %s', async (_, member, input) => {
    const { answer } = await assume(member, input);
    await expect(answer).rejects.toMatchObject({
      name: 'AccessDenied',
      message: refused,
      $metadata: { httpStatusCode: 403 },
    });
  });

  test.each<[string, Partial<WorldAccount>, Partial<AssumeRoleCommandInput>]>([
    ['an account id', { roles: [aRole({ trusts: ['111122223333'] })] }, {}],
    ['the ARN of a user', { roles: [aRole({ trusts: [user] })] }, {}],
    ['everyone', { roles: [aRole({ trusts: ['*'] })] }, {}],
    ['who knows the external id', { roles: [aRole({ externalId: 'secret' })] }, { ExternalId: 'secret' }],
  ])('enters a role that trusts %s', async (_, member, input) => {
    const { answer } = await assume(member, input);
    await expect(answer).resolves.toMatchObject({ AssumedRoleUser: { Arn: expect.stringContaining('444455556666') } });
  });

  test('refuses a source identity that the role does not allow', async () => {
    const roles = [aRole({ allowsSourceIdentity: false })];
    const { answer } = await assume({ roles }, { SourceIdentity: 'run-1' });
    const message = `User: ${user} is not authorized to perform: sts:SetSourceIdentity on resource: ${roleArn}`;
    await expect(answer).rejects.toMatchObject({ name: 'AccessDenied', message });
    await expect((await assume({ roles })).answer).resolves.toBeDefined();
  });

  test('refuses by a resource control policy of the account that is entered, not by its SCPs', async () => {
    const denial = { action: 'sts:*', effect: 'resource-control-policy' } as const;
    const { answer } = await assume({ denials: [denial] });
    const message = `${refused} with an explicit deny in a resource control policy`;
    await expect(answer).rejects.toMatchObject({ name: 'AccessDenied', message });
    const scp = await assume({ denials: [{ ...denial, effect: 'service-control-policy' }] });
    await expect(scp.answer).resolves.toBeDefined();
  });

  test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
    ['a session name with blanks', { RoleSessionName: 'run 1' }, 'ValidationError'],
    ['a source identity with blanks', { SourceIdentity: 'run 1' }, 'ValidationError'],
    ['a role ARN that is none', { RoleArn: 'TrailproofAudit-role-of-444455556666' }, 'ValidationError'],
    ['a duration below 15 minutes', { DurationSeconds: 60 }, 'ValidationError'],
    ["a duration above the role's", { DurationSeconds: 7200 }, 'ValidationError'],
    [
      'a session policy of more than 2048 characters',
      { Policy: `{"Statement":"${'x'.repeat(2048)}"}` },
      'ValidationError',
    ],
    ['a session policy that is not JSON', { Policy: '{' }, 'MalformedPolicyDocumentException'],
    ['a session policy without statements', { Policy: '{"Statement":[]}' }, 'MalformedPolicyDocumentException'],
  ])('refuses %s', async (_, input, name) => {
    const { answer } = await assume({}, input);
    await expect(answer).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });

  test('lets delegated administrators in, and shortens chained sessions', async () => {
    const world = aWorld({
      organization: anOrganization({
        delegatedAdministrators: [{ accountId: '777788889999', service: 'cloudtrail.amazonaws.com' }],
      }),
      accounts: [
        management,
        anAccount({ id: '777788889999' }),
        anAccount({ id: '444455556666', roles: [aRole({ maxSessionDuration: 43_200 })] }),
      ],
    });
    const aws = await fakeAwsFor(world);
    const { sts } = sdkClients(aws, { accountId: '777788889999', roleName: 'TrailproofAudit' });
    const input = { RoleArn: roleArn, RoleSessionName: 'chained' };
    await expect(sts.send(new AssumeRoleCommand(input))).resolves.toBeDefined();
    await expect(sts.send(new AssumeRoleCommand({ ...input, DurationSeconds: 7200 }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('role chaining'),
    });
  });

  test('issues sessions that end when the test says, by the clock of the test', async () => {
    let now = Date.parse('2026-11-21T12:00:00Z');
    const world = aWorld({ accounts: [management, anAccount({ id: '444455556666' })] });
    const aws = await fakeAwsFor(world, { sessionSeconds: 60, now: () => now });
    const input = { RoleArn: roleArn, RoleSessionName: 'short' };
    const { Credentials } = await sdkClients(aws).sts.send(new AssumeRoleCommand(input));
    expect(Credentials?.Expiration).toEqual(new Date('2026-11-21T12:01:00Z'));
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    const { sts } = sdkClients(aws, { credentials });
    now += 59_000;
    await expect(sts.send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({ Account: '444455556666' });
    now += 1000;
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
      $metadata: { httpStatusCode: 403 },
    });
  });
});
