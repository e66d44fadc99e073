import { descriptionOf, type FixContext } from '../context.js';
import { isPlainName, jsonWord, placeholderName, type Command, type Part } from '../command.js';
import { hclName, type HclBlock } from '../hcl.js';
import type { Open, Step } from '../step.js';
import type { Made } from './trail.js';

/** What is made for a trail before it is changed: a key, a log group with its role. */
export interface Preparation {
  readonly made: Made;
  readonly key: (opens: readonly Open[]) => Step | undefined;
  readonly logs: (opens: readonly Open[]) => Step;
}

const days = 365;

/** Names of what is new are ours to choose: they follow from the trail's. */
export function preparationFor(
  trail: { readonly arn: string; readonly name: string; readonly accountId: string; readonly region: string },
  context: FixContext,
): Preparation {
  const { arn, name, accountId, region } = trail;
  const { partition } = context;
  const label = hclName('trail', accountId, region, name);
  const group = `/aws/cloudtrail/${name}`;
  // Roles are the account's, and trails of several Regions may share a name.
  const role = `CloudTrailToLogs-${region}-${name}`.slice(0, 64);
  const groupArn = `arn:${partition}:logs:${region}:${accountId}:log-group:${group}`;
  const roleArn = `arn:${partition}:iam::${accountId}:role/${role}`;
  const keyRegion = bucketRegion(arn, context);
  const keyVariable: Part = {
    placeholder: placeholderName('KMS_KEY_ARN', accountId, region, name),
    meaning: `the ARN of a KMS key in the Region of the log bucket, whose policy lets CloudTrail encrypt`,
  };
  const isNewKey = keyRegion !== undefined;
  return {
    made: {
      keyArn: keyVariable,
      logGroupArn: `${groupArn}:*`,
      logRoleArn: roleArn,
      key: isNewKey ? { raw: `aws_kms_key.${label}.arn` } : keyVariable,
      logGroup: { raw: `"\${aws_cloudwatch_log_group.${label}.arn}:*"` },
      logRole: { raw: `aws_iam_role.${label}.arn` },
    },
    key: (opens) =>
      keyRegion === undefined
        ? undefined
        : keyStep(opens, { arn, accountId, keyRegion, label }, keyVariable.placeholder, context),
    logs: (opens) => logsStep(opens, { arn, accountId, region, label, group, groupArn, role }, context),
  };
}

function bucketRegion(arn: string, context: FixContext): string | undefined {
  const name = descriptionOf(context.trail(arn))?.s3BucketName;
  const owner = name === undefined ? undefined : context.bucket(name)?.owner;
  return owner?.state === 'known' && isPlainName(owner.value.region) ? owner.value.region : undefined;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
function keyPolicy(arn: string, accountId: string, partition: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OwnerAdministers',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'CloudTrailEncrypts',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 'kms:GenerateDataKey*',
        Resource: '*',
        Condition: {
          StringEquals: { 'aws:SourceArn': arn },
          StringLike: {
            'kms:EncryptionContext:aws:cloudtrail:arn': `arn:${partition}:cloudtrail:*:${accountId}:trail/*`,
          },
        },
      },
      {
        Sid: 'CloudTrailDescribes',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 'kms:DescribeKey',
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceArn': arn } },
      },
    ],
  };
}

function keyStep(
  fixes: readonly Open[],
  {
    arn,
    accountId,
    keyRegion,
    label,
  }: { readonly arn: string; readonly accountId: string; readonly keyRegion: string; readonly label: string },
  keeps: string,
  { partition }: FixContext,
): Step {
  const policy = keyPolicy(arn, accountId, partition);
  const description = `Encrypts the log files of ${arn}`;
  const make: Command = {
    keeps,
    words: [
      'kms',
      'create-key',
      '--region',
      keyRegion,
      '--description',
      description,
      '--policy',
      jsonWord(policy),
      '--query',
      'KeyMetadata.Arn',
      '--output',
      'text',
    ],
  };
  const rotate: Command = {
    words: [
      'kms',
      'enable-key-rotation',
      '--region',
      keyRegion,
      '--key-id',
      { placeholder: keeps, meaning: 'the key that was made' },
    ],
  };
  const block: HclBlock = {
    kind: 'resource',
    labels: ['aws_kms_key', label],
    attributes: { description, enable_key_rotation: true, policy: { json: policy } },
  };
  return {
    stage: 'destinations',
    accountId,
    region: keyRegion,
    fixes,
    what: `A key in the Region of the log bucket, which CloudTrail may use for trail ${arn} alone.`,
    commands: [make, rotate],
    rollback:
      'Set the trail back first. What was encrypted meanwhile can be read only with the key: keep it, or disable it.',
    cost: 'the key by the month, and its requests',
    notes: ['Whoever reads the logs needs kms:Decrypt with this key, readers in other accounts also in its policy.'],
    terraform: [block],
    cloudformation: {
      [cfnName('Key', label)]: {
        Type: 'AWS::KMS::Key',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: { Description: description, EnableKeyRotation: true, KeyPolicy: policy },
      },
    },
  };
}

interface NewLogs {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly label: string;
  readonly group: string;
  readonly groupArn: string;
  readonly role: string;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html */
function logsStep(
  fixes: readonly Open[],
  { arn, accountId, region, label, group, groupArn, role }: NewLogs,
  context: FixContext,
): Step {
  const isOfOrganization = descriptionOf(context.trail(arn))?.isOrganizationTrail === true;
  const streams = [
    `${groupArn}:log-stream:${accountId}_CloudTrail_${region}*`,
    ...(isOfOrganization && context.organizationId !== undefined
      ? [`${groupArn}:log-stream:${context.organizationId}_*`]
      : []),
  ];
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceArn': arn } },
      },
    ],
  };
  const writes = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: streams }],
  };
  const logical = cfnName('', label);
  const name = label;
  return {
    stage: 'destinations',
    accountId,
    region,
    fixes,
    what: `Log group ${group}, kept for ${days} days, and role ${role}, by which trail ${arn} writes to it.`,
    commands: [
      { words: ['logs', 'create-log-group', '--region', region, '--log-group-name', group] },
      {
        words: [
          'logs',
          'put-retention-policy',
          '--region',
          region,
          '--log-group-name',
          group,
          '--retention-in-days',
          String(days),
        ],
      },
      { words: ['iam', 'create-role', '--role-name', role, '--assume-role-policy-document', jsonWord(trust)] },
      {
        words: [
          'iam',
          'put-role-policy',
          '--role-name',
          role,
          '--policy-name',
          'WriteLogs',
          '--policy-document',
          jsonWord(writes),
        ],
      },
    ],
    rollback: [
      { words: ['iam', 'delete-role-policy', '--role-name', role, '--policy-name', 'WriteLogs'] },
      { words: ['iam', 'delete-role', '--role-name', role] },
      { words: ['logs', 'delete-log-group', '--region', region, '--log-group-name', group] },
    ],
    cost: 'ingestion and storage of CloudWatch Logs, by the gigabyte',
    ...(context.hasInventory
      ? {}
      : {
          notes: [
            'Whether it is an organization trail is not known without --inventory: then the role also needs log-stream:ORGANIZATION-ID_*.',
          ],
        }),
    terraform: [
      {
        kind: 'resource',
        labels: ['aws_cloudwatch_log_group', name],
        attributes: { name: group, retention_in_days: days },
      },
      {
        kind: 'resource',
        labels: ['aws_iam_role', name],
        attributes: { name: role, assume_role_policy: { json: trust } },
      },
      {
        kind: 'resource',
        labels: ['aws_iam_role_policy', name],
        attributes: { name: 'WriteLogs', role: { raw: `aws_iam_role.${name}.id` }, policy: { json: writes } },
      },
    ],
    cloudformation: {
      [`LogGroup${logical}`]: {
        Type: 'AWS::Logs::LogGroup',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: { LogGroupName: group, RetentionInDays: days },
      },
      [`LogsRole${logical}`]: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: role,
          AssumeRolePolicyDocument: trust,
          Policies: [{ PolicyName: 'WriteLogs', PolicyDocument: writes }],
        },
      },
    },
  };
}

/** A logical id of CloudFormation, of letters and digits. A template numbers those that come out alike. */
export function cfnName(prefix: string, label: string): string {
  const words = label.split(/[^A-Za-z0-9]+/).filter((it) => it !== '');
  return [prefix, ...words.map((it) => `${it.slice(0, 1).toUpperCase()}${it.slice(1)}`)].join('');
}
