import {
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, DeleteAlarmsCommand, type PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DeleteMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  ConfigServiceClient,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { DeleteFlowLogsCommand, DescribeFlowLogsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DisableKeyRotationCommand, EnableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketLoggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DisableSecurityHubCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { AlarmSubject } from '../../src/facts/index.js';
import { everythingBlocked, logAccess, type Entrance } from './build-account.js';
import { buildAlarm, buildTopic } from './build-alarms.js';
import {
  alarmOf,
  enableSecurityHub,
  logFlows,
  logGroupName,
  patternOf,
  requireTls,
  select,
  trailName,
} from './build-cis-organization.js';
import type { SoundAccount } from './build-cis-organization.js';

/** One thing that an account does otherwise than the benchmark asks, made and undone through the API. */
export interface Deviation {
  readonly control: string;
  readonly what: string;
  readonly make: (account: SoundAccount) => Promise<unknown>;
  readonly undo: (account: SoundAccount) => Promise<unknown>;
}

const s3 = ({ entrance }: SoundAccount) => new S3Client({ ...entrance, forcePathStyle: true });
const kms = ({ entrance }: SoundAccount) => new KMSClient(entrance);
const elsewhere = ({ entrance }: SoundAccount) => ({ ...entrance, region: 'eu-west-1' });
const cloudtrail = ({ entrance }: SoundAccount) => new CloudTrailClient(entrance);
const updateTrail = (it: SoundAccount, change: Partial<UpdateTrailCommand['input']>) =>
  cloudtrail(it).send(new UpdateTrailCommand({ Name: trailName, ...change }));

const setVersioning = (it: SoundAccount, Status: 'Enabled' | 'Suspended') =>
  s3(it).send(new PutBucketVersioningCommand({ Bucket: it.bucket, VersioningConfiguration: { Status } }));

async function deleteFlowLogs(account: SoundAccount): Promise<void> {
  const ec2 = new EC2Client(elsewhere(account));
  const { FlowLogs = [] } = await ec2.send(new DescribeFlowLogsCommand({}));
  await ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: FlowLogs.flatMap((it) => it.FlowLogId ?? []) }));
}

const recorder = { ConfigurationRecorderName: 'default' };

/** Of storage and logging. */
const settings: readonly Deviation[] = [
  {
    control: '2.1.1',
    what: 'no bucket policy refuses plain HTTP',
    make: (it) => s3(it).send(new DeleteBucketPolicyCommand({ Bucket: it.bucket })),
    undo: requireTls,
  },
  {
    control: '2.1.2',
    what: 'versioning of the log bucket is suspended, and MFA delete with it',
    make: (it) => setVersioning(it, 'Suspended'),
    undo: (it) => setVersioning(it, 'Enabled'),
  },
  {
    control: '2.1.4',
    what: 'the log bucket does not block public access',
    make: (it) => s3(it).send(new DeletePublicAccessBlockCommand({ Bucket: it.bucket })),
    undo: (it) =>
      s3(it).send(
        new PutPublicAccessBlockCommand({ Bucket: it.bucket, PublicAccessBlockConfiguration: everythingBlocked }),
      ),
  },
  {
    control: '3.1',
    what: 'a trail is not logging',
    make: async (it) => {
      const S3BucketName = it.bucket;
      await cloudtrail(it).send(new CreateTrailCommand({ Name: 'stopped', S3BucketName }));
    },
    undo: (it) => cloudtrail(it).send(new DeleteTrailCommand({ Name: 'stopped' })),
  },
  {
    control: '3.2',
    what: 'the trail does not validate log files',
    make: (it) => updateTrail(it, { EnableLogFileValidation: false }),
    undo: (it) => updateTrail(it, { EnableLogFileValidation: true }),
  },
  {
    control: '3.3',
    what: 'the recorder of one Region is stopped',
    make: (it) => new ConfigServiceClient(elsewhere(it)).send(new StopConfigurationRecorderCommand(recorder)),
    undo: (it) => new ConfigServiceClient(elsewhere(it)).send(new StartConfigurationRecorderCommand(recorder)),
  },
  {
    control: '3.4',
    what: 'the log bucket has no access logs',
    make: (it) => s3(it).send(new PutBucketLoggingCommand({ Bucket: it.bucket, BucketLoggingStatus: {} })),
    undo: (it) => logAccess(s3(it), it.bucket),
  },
  {
    control: '3.5',
    what: 'the trail has no key',
    make: (it) => updateTrail(it, { KmsKeyId: '' }),
    undo: (it) => updateTrail(it, { KmsKeyId: it.keyArn }),
  },
  {
    control: '3.6',
    what: 'the key does not rotate',
    make: (it) => kms(it).send(new DisableKeyRotationCommand({ KeyId: it.keyArn })),
    undo: (it) => kms(it).send(new EnableKeyRotationCommand({ KeyId: it.keyArn })),
  },
  {
    control: '3.7',
    what: 'a VPC in one Region has no flow log',
    make: deleteFlowLogs,
    undo: (it) => logFlows(elsewhere(it), it.bucket),
  },
  {
    control: '3.8',
    what: 'the trail records reads of objects alone',
    make: (it) => select(it, { objects: { Field: 'readOnly', Equals: ['true'] } }),
    undo: select,
  },
  {
    control: '3.9',
    what: 'the trail records writes of objects alone',
    make: (it) => select(it, { objects: { Field: 'readOnly', Equals: ['false'] } }),
    undo: select,
  },
];

function ofAlarm(control: string, subject: AlarmSubject, what: string, make: Deviation['make']): Deviation {
  return { control, what: `${subject}: ${what}`, make, undo: (it) => alarmOf(it, subject) };
}

function ofPattern(
  control: string,
  subject: AlarmSubject,
  what: string,
  change: (pattern: string) => string,
): Deviation {
  // moto adds a filter of the same name instead of replacing the one there is.
  const make = async ({ entrance, topicArn }: SoundAccount) => {
    await deleteFilter(entrance, subject);
    await buildAlarm(entrance, logGroupName, { name: subject, pattern: change(patternOf(subject)) }, topicArn);
  };
  const undo = async (account: SoundAccount) => {
    await deleteFilter(account.entrance, subject);
    await alarmOf(account, subject);
  };
  return { control, what: `${subject}: ${what}`, make, undo };
}

async function deleteFilter(entrance: Entrance, filterName: AlarmSubject): Promise<void> {
  await new CloudWatchLogsClient(entrance).send(new DeleteMetricFilterCommand({ logGroupName, filterName }));
}

function ofSettings(
  control: string,
  subject: AlarmSubject,
  what: string,
  alarm: Partial<PutMetricAlarmCommandInput>,
): Deviation {
  return ofAlarm(control, subject, what, ({ entrance, topicArn }) =>
    buildAlarm(entrance, logGroupName, { name: subject, pattern: patternOf(subject), alarm }, topicArn),
  );
}

async function alarmToNobody({ entrance }: SoundAccount, name: AlarmSubject): Promise<void> {
  const topic = await buildTopic(entrance, 'unheard', false);
  await buildAlarm(entrance, logGroupName, { name, pattern: patternOf(name) }, topic);
}

/** Of monitoring: a link of the chain each, another one where there is one. */
const alarms: readonly Deviation[] = [
  ofSettings('4.1', 'unauthorized-api-calls', 'the alarm takes a hundred events', { Threshold: 100 }),
  ofAlarm('4.2', 'console-sign-in-without-mfa', 'there is no filter', ({ entrance }) =>
    deleteFilter(entrance, 'console-sign-in-without-mfa'),
  ),
  ofPattern('4.3', 'root-usage', 'the pattern wants an address', (it) =>
    it.replace('{', '{ $.sourceIPAddress = "198.51.100.7" &&'),
  ),
  ofPattern('4.4', 'iam-policy-changes', 'the pattern leaves out a call', (it) => it.replace('DetachGroupPolicy', 'X')),
  ofAlarm('4.5', 'cloudtrail-changes', 'there is no alarm', ({ entrance }) =>
    new CloudWatchClient(entrance).send(new DeleteAlarmsCommand({ AlarmNames: ['cloudtrail-changes'] })),
  ),
  ofSettings('4.6', 'console-sign-in-failures', 'the alarm watches another namespace', { Namespace: 'Other' }),
  ofSettings('4.7', 'kms-key-deletion', 'its actions are off', { ActionsEnabled: false }),
  ofAlarm('4.8', 's3-bucket-policy-changes', 'nobody hears the topic', (it) =>
    alarmToNobody(it, 's3-bucket-policy-changes'),
  ),
  ofSettings('4.9', 'config-changes', 'the alarm watches another metric', { MetricName: 'other' }),
  ofPattern('4.10', 'security-group-changes', 'the pattern leaves out a call', (it) =>
    it.replace('RevokeSecurityGroupEgress', 'X'),
  ),
  ofSettings('4.11', 'network-acl-changes', 'missing data keep the alarm', { TreatMissingData: 'breaching' }),
  ofSettings('4.12', 'network-gateway-changes', 'the alarm counts samples below', {
    ComparisonOperator: 'LessThanThreshold',
  }),
  ofSettings('4.13', 'route-table-changes', 'the alarm has no action', { AlarmActions: [] }),
  ofSettings('4.14', 'vpc-changes', 'the alarm wants five periods', { EvaluationPeriods: 5 }),
  ofPattern('4.15', 'organizations-changes', 'the pattern names another service', (it) =>
    it.replace('organizations.amazonaws.com', 'iam.amazonaws.com'),
  ),
  {
    control: '4.16',
    what: 'Security Hub is off in one Region',
    make: (it) => new SecurityHubClient(elsewhere(it)).send(new DisableSecurityHubCommand({})),
    undo: (it) => enableSecurityHub(elsewhere(it)),
  },
];

/** One of each control of the benchmark that a policy decides. */
export const deviations: readonly Deviation[] = [...settings, ...alarms];
