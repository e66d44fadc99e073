import { CloudTrailClient, PutEventSelectorsCommand, type AdvancedFieldSelector } from '@aws-sdk/client-cloudtrail';
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { CreateFlowLogsCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { EnableSecurityHubCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { alarmSubjects, standardPatterns, type AlarmSubject } from '../../src/facts/index.js';
import { required } from '../../src/normalize/malformed-answer.js';
import { buildBucket, buildKey, buildLogGroup, buildTrail, type Entrance } from './build-account.js';
import { buildAlarm, buildTopic } from './build-alarms.js';
import { documentationCredentials } from './moto.js';
import { createAccount } from './moto-organization.js';

/** The names of what each account has one of. */
export const [trailName, logGroupName, topicName] = ['main', 'trail', 'security'];

/** An account that meets the benchmark, and how it is reached. */
export interface SoundAccount {
  readonly entrance: Entrance;
  readonly bucket: string;
  readonly keyArn: string;
  readonly topicArn: string;
}

/**
 * An organization of two accounts, each with a trail of its own and all that the benchmark asks, in an empty moto:
 * moto shows no organization trail to a member.
 *
 * @returns the member
 */
export async function buildCisOrganization(endpoint: string, regions: readonly string[]): Promise<SoundAccount> {
  const [region, credentials] = ['us-east-1', documentationCredentials];
  const management: Entrance = { accountId: '123456789012', endpoint, region, credentials };
  const organizations = new OrganizationsClient(management);
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const member = await createAccount(management, organizations, 'member');
  await buildSoundAccount(management, regions);
  return await buildSoundAccount(member, regions);
}

async function buildSoundAccount(entrance: Entrance, regions: readonly string[]): Promise<SoundAccount> {
  const bucket = `logs-${entrance.accountId}`;
  const [keyArn, logGroupArn] = [await buildKey(entrance), await buildLogGroup(entrance, logGroupName)];
  await buildTrail(entrance, { name: trailName, bucket, keyArn, logGroupArn });
  await buildBucket(entrance, bucket);
  const account = { entrance, bucket, keyArn, topicArn: await buildTopic(entrance, topicName) };
  await requireTls(account);
  await select(account);
  for (const subject of alarmSubjects) await alarmOf(account, subject);
  for (const region of regions) {
    await record({ ...entrance, region }, bucket);
    await logFlows({ ...entrance, region }, bucket);
    await enableSecurityHub({ ...entrance, region });
  }
  return account;
}

/** The newest standard pattern of a subject. */
export function patternOf(subject: AlarmSubject): string {
  return required(standardPatterns[subject].at(-1)?.text, 'pattern');
}

export async function alarmOf({ entrance, topicArn }: SoundAccount, subject: AlarmSubject): Promise<void> {
  await buildAlarm(entrance, logGroupName, { name: subject, pattern: patternOf(subject) }, topicArn);
}

export async function requireTls({ entrance, bucket }: SoundAccount): Promise<void> {
  const refused = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [refused] });
  await new S3Client({ ...entrance, forcePathStyle: true }).send(
    new PutBucketPolicyCommand({ Bucket: bucket, Policy }),
  );
}

/** All management events, and those of all objects but the logs; fewer, where more fields are given. */
export async function select(
  { entrance, bucket }: SoundAccount,
  fewer: Readonly<Partial<Record<'management' | 'objects', AdvancedFieldSelector>>> = {},
): Promise<void> {
  const more = (it?: AdvancedFieldSelector) => (it === undefined ? [] : [it]);
  const management = [{ Field: 'eventCategory', Equals: ['Management'] }, ...more(fewer.management)];
  const objects = [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
    { Field: 'resources.ARN', NotStartsWith: [`arn:aws:s3:::${bucket}/`] },
    ...more(fewer.objects),
  ];
  const AdvancedEventSelectors = [
    { Name: 'management', FieldSelectors: management },
    { Name: 'objects', FieldSelectors: objects },
  ];
  const cloudtrail = new CloudTrailClient(entrance);
  await cloudtrail.send(new PutEventSelectorsCommand({ TrailName: trailName, AdvancedEventSelectors }));
}

async function record(entrance: Entrance, s3BucketName: string): Promise<void> {
  const config = new ConfigServiceClient(entrance);
  const [name, roleARN] = ['default', `arn:aws:iam::${entrance.accountId}:role/config`];
  const ConfigurationRecorder = {
    name,
    roleARN,
    recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
  };
  await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }));
  await config.send(new PutDeliveryChannelCommand({ DeliveryChannel: { name, s3BucketName } }));
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: name }));
}

/** Of the default VPC, the only one that a Region has. */
export async function logFlows(entrance: Entrance, bucket: string): Promise<void> {
  const ec2 = new EC2Client(entrance);
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  await ec2.send(
    new CreateFlowLogsCommand({
      ResourceType: 'VPC',
      ResourceIds: Vpcs.map((it) => required(it.VpcId, 'VpcId')),
      TrafficType: 'REJECT',
      LogDestinationType: 's3',
      LogDestination: `arn:aws:s3:::${bucket}`,
    }),
  );
}

export async function enableSecurityHub(entrance: Entrance): Promise<void> {
  await new SecurityHubClient(entrance).send(new EnableSecurityHubCommand({ EnableDefaultStandards: false }));
}
