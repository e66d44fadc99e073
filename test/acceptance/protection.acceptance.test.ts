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
});
