import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand as CreateIamPolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { required } from '../../src/normalize/malformed-answer.js';
import { collectFromMoto } from './collect-from-moto.js';
import { withMotoOrganization, type MotoOrganization } from './with-moto-organization.js';

const { policies } = loadPolicies({ packs: ['protection'] });
const keeper = 'arn:aws:iam::*:role/LogKeeper';

/** By policy, what is said of a target. */
function outcomesOf(inventory: Inventory, targetId: string): Readonly<Record<string, string>> {
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  const { evaluations } = evaluate(inventory, policies, times);
  const mine = evaluations.filter(({ target }) => target.id === targetId);
  return Object.fromEntries(mine.map(({ policyId, outcome }) => [policyId, outcome]));
}

function documentOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

async function setBucketPolicy({ logArchiveAccountId, archiveBucket }: MotoOrganization, policy: string) {
  const role = `arn:aws:iam::${logArchiveAccountId}:role/OrganizationAccountAccessRole`;
  const sts = new STSClient({});
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'test' }));
  const credentials = {
    accessKeyId: required(Credentials?.AccessKeyId, 'AccessKeyId'),
    secretAccessKey: required(Credentials?.SecretAccessKey, 'SecretAccessKey'),
    sessionToken: required(Credentials?.SessionToken, 'SessionToken'),
  };
  const s3 = new S3Client({ credentials, forcePathStyle: true });
  await s3.send(new PutBucketPolicyCommand({ Bucket: archiveBucket, Policy: policy }));
}

/** A role with an own managed policy, one with an inline one, one that only reads, and a user by its group. */
async function makePrincipals(): Promise<void> {
  const iam = new IAMClient({});
  const stops = documentOf({ Effect: 'Allow', Action: 'cloudtrail:Stop*', Resource: '*' });
  const trust = documentOf({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
  for (const RoleName of ['ByOwnPolicy', 'ByInlinePolicy', 'Reader']) {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  }
  const { Policy } = await iam.send(new CreateIamPolicyCommand({ PolicyName: 'operate', PolicyDocument: stops }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'ByOwnPolicy', PolicyArn: required(Policy?.Arn, 'Arn') }));
  const named = { PolicyName: 'operate' };
  await iam.send(new PutRolePolicyCommand({ RoleName: 'ByInlinePolicy', ...named, PolicyDocument: stops }));
  const reads = documentOf({ Effect: 'Allow', Action: 'cloudtrail:Get*', Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'Reader', ...named, PolicyDocument: reads }));
  await iam.send(new CreateGroupCommand({ GroupName: 'operators' }));
  await iam.send(new PutGroupPolicyCommand({ GroupName: 'operators', ...named, PolicyDocument: stops }));
  await iam.send(new CreateUserCommand({ UserName: 'ann' }));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'operators', UserName: 'ann' }));
}

async function attachToRoot(statement: object): Promise<void> {
  const organizations = new OrganizationsClient({});
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const rootId = required(Roots?.[0]?.Id, 'Root.Id');
  const type = 'SERVICE_CONTROL_POLICY';
  await organizations.send(new EnablePolicyTypeCommand({ RootId: rootId, PolicyType: type }));
  const { Policy } = await organizations.send(
    new CreatePolicyCommand({ Name: 'guard', Description: 'guard', Type: type, Content: documentOf(statement) }),
  );
  const policyId = required(Policy?.PolicySummary?.Id, 'Policy.Id');
  await organizations.send(new AttachPolicyCommand({ PolicyId: policyId, TargetId: rootId }));
}

withMotoOrganization((organization) => {
  test('policies of bucket, key and organization give their verdicts', async () => {
    const { archiveBucket, organizationTrailArn, members } = organization();
    const bucketArn = `arn:aws:s3:::${archiveBucket}`;
    const cloudTrail = {
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `${bucketArn}/AWSLogs/*`,
    };
    await setBucketPolicy(organization(), documentOf(cloudTrail));
    const open = outcomesOf(await collectFromMoto(), bucketArn);
    expect(open).toMatchObject({
      'log-bucket-requires-tls': 'NON_COMPLIANT',
      'log-bucket-trusts-only-cloudtrail': 'NON_COMPLIANT',
      'log-bucket-accepts-every-member-path': 'COMPLIANT',
      'log-bucket-is-in-log-archive': 'COMPLIANT',
      'only-named-principals-can-delete-logs': 'NON_COMPLIANT',
    });
    const everything = { Effect: 'Deny', Principal: '*', Resource: [bucketArn, `${bucketArn}/*`] };
    await setBucketPolicy(
      organization(),
      documentOf(
        { ...cloudTrail, Condition: { StringEquals: { 'aws:SourceArn': organizationTrailArn } } },
        { ...everything, Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        {
          ...everything,
          Action: ['s3:DeleteObject*', 's3:PutLifecycleConfiguration', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
          Condition: { ArnNotLike: { 'aws:PrincipalArn': keeper } },
        },
      ),
    );
    await attachToRoot({ Effect: 'Deny', Action: 'cloudtrail:*', Resource: '*' });
    const inventory = await collectFromMoto();
    expect(outcomesOf(inventory, bucketArn)).toMatchObject({
      'log-bucket-requires-tls': 'COMPLIANT',
      'log-bucket-trusts-only-cloudtrail': 'COMPLIANT',
      'log-bucket-accepts-every-member-path': 'COMPLIANT',
      'only-named-principals-can-delete-logs': 'COMPLIANT',
    });
    const names = inventory.organization?.serviceControlPolicies;
    expect(names?.state === 'known' ? names.value.map((it) => it.name) : []).toContain('guard');
    expect(outcomesOf(inventory, members.stopped.accountId)).toMatchObject({
      'few-principals-can-stop-cloudtrail': 'COMPLIANT',
    });
  });

  test('whoever can stop the trail by a policy of its own is found', async () => {
    await makePrincipals();
    const inventory = await collectFromMoto();
    const { managementAccountId } = required(inventory.organization, 'organization');
    const rights = inventory.accounts.find(({ id }) => id === managementAccountId)?.trailRights?.rights;
    const { principals = [] } = rights?.state === 'known' ? rights.value : {};
    const names = principals.map((it) => [it.arn.replace(/^.*:/, '')].concat(it.policies));
    const own = `arn:aws:iam::${managementAccountId}:policy/operate`;
    expect(names).toEqual(
      expect.arrayContaining([
        ['role/ByInlinePolicy', 'role/ByInlinePolicy: operate'],
        ['role/ByOwnPolicy', own],
        ['user/ann', 'group/operators: operate'],
      ]),
    );
    expect(names.flat()).not.toContain('role/Reader');
    expect(outcomesOf(inventory, managementAccountId)).toMatchObject({
      'few-principals-can-change-organization-trails': 'COMPLIANT',
    });
  });
});
