import type { EventRecord } from '../../../src/model/log-events.js';

const account = '111122223333';
let number = 0;

/** One event of an everyday account, at a time of the day. */
function event(at: string, call: string, by: EventRecord, more: EventRecord = {}): EventRecord {
  const [service = '', eventName = ''] = call.split(':');
  number += 1;
  return {
    eventVersion: '1.11',
    userIdentity: by,
    eventTime: `2026-11-20T${at}Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-central-1',
    sourceIPAddress: '198.51.100.7',
    requestParameters: null,
    responseElements: null,
    eventID: `benign-${number}`,
    readOnly: /^(?:Get|List|Describe|Lookup|BatchGet)/.test(eventName),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...more,
  };
}

function role(path: string, session: string): EventRecord {
  const name = path.replace(/^.*\//, '');
  return {
    type: 'AssumedRole',
    principalId: `AROA${name.toUpperCase()}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${account}:role/${path}`, accountId: account },
    },
  };
}

const pipeline = role('deploy', 'github-1234');
const throughCloudFormation = { ...pipeline, invokedBy: 'cloudformation.amazonaws.com' };
const alice = role('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Developer_0123456789abcdef', 'alice@example.com');
const scaling = {
  ...role('aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling', 'AutoScaling'),
  invokedBy: 'autoscaling.amazonaws.com',
};
const config = {
  ...role('aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig', 'AWSConfig'),
  invokedBy: 'config.amazonaws.com',
};
const instance = role('web', 'i-0123456789abcdef0');
const app = role('shop', 'shop-7f9c');
const user = { type: 'IAMUser', accountId: account, userName: 'bob', arn: `arn:aws:iam::${account}:user/bob` };

const two = (value: number): string => String(value).padStart(2, '0');
const hours = Array.from({ length: 24 }, (_, hour) => two(hour));
const by = (service: string): EventRecord => ({ type: 'AWSService', invokedBy: service });

function signIn(at: string, outcome: 'Success' | 'Failure'): EventRecord {
  return event(at, 'signin:ConsoleLogin', user, {
    eventType: 'AwsConsoleSignIn',
    awsRegion: 'us-east-1',
    responseElements: { ConsoleLogin: outcome },
    additionalEventData: { MFAUsed: outcome === 'Success' ? 'Yes' : 'No' },
    ...(outcome === 'Failure' ? { errorMessage: 'Failed authentication' } : {}),
  });
}

/** What pipelines, programs and people do on a working day in an account that is run well. */
export const benignDay: readonly EventRecord[] = [
  // Every hour: services, programs and their agents.
  ...hours.flatMap((hour) => [
    event(`${hour}:05:00`, 's3:PutObject', by('cloudtrail.amazonaws.com'), {
      sourceIPAddress: 'cloudtrail.amazonaws.com',
      requestParameters: { bucketName: 'aws-cloudtrail-logs-example', key: 'AWSLogs/x.json.gz' },
      managementEvent: false,
      eventCategory: 'Data',
    }),
    event(`${hour}:06:00`, 's3:PutObject', by('config.amazonaws.com'), {
      sourceIPAddress: 'config.amazonaws.com',
      requestParameters: { bucketName: 'aws-controltower-logs-example', key: 'AWSLogs/x.json.gz' },
    }),
    event(`${hour}:10:00`, 'sts:AssumeRole', by('ec2.amazonaws.com'), { sourceIPAddress: 'ec2.amazonaws.com' }),
    event(`${hour}:11:00`, 'ec2:DescribeInstances', config, { sourceIPAddress: 'config.amazonaws.com' }),
    event(`${hour}:12:00`, 'ssm:UpdateInstanceInformation', instance, { sourceIPAddress: '203.0.113.20' }),
    event(`${hour}:12:30`, 's3:ListBuckets', instance, { sourceIPAddress: '10.0.1.20' }),
    event(`${hour}:20:00`, 'secretsmanager:GetSecretValue', app, { requestParameters: { secretId: 'shop/database' } }),
    event(`${hour}:20:01`, 'ssm:GetParameters', app, {
      requestParameters: { names: ['/shop/a', '/shop/b', '/shop/c'], withDecryption: true },
    }),
    // A permission that somebody forgot.
    event(`${hour}:21:00`, 'sqs:GetQueueAttributes', app, { errorCode: 'AccessDenied' }),
    event(`${hour}:30:00`, 'kms:Decrypt', app),
  ]),
  // Instances come and go by load and by schedule.
  ...['06', '12', '18'].map((hour) =>
    event(`${hour}:01:00`, 'ec2:RunInstances', scaling, {
      sourceIPAddress: 'autoscaling.amazonaws.com',
      responseElements: { instancesSet: { items: Array.from({ length: 30 }, () => ({})) } },
    }),
  ),
  event('22:00:00', 'ec2:TerminateInstances', scaling, { sourceIPAddress: 'autoscaling.amazonaws.com' }),
  event('21:00:00', 'ec2:StopInstances', by('scheduler.amazonaws.com'), { sourceIPAddress: 'scheduler.amazonaws.com' }),
  event(
    '02:00:00',
    'kms:RotateKey',
    { accountId: account, invokedBy: 'AWS Internal' },
    { eventType: 'AwsServiceEvent' },
  ),
  event('02:10:00', 'ec2:ModifySnapshotAttribute', role('backup', 'nightly'), {
    requestParameters: {
      createVolumePermission: { add: { items: [{ userId: '444455556666' }] } },
      attributeType: 'CREATE_VOLUME_PERMISSION',
    },
  }),
  // Deployments: some by the pipeline itself, some through CloudFormation.
  ...['09', '13', '16'].flatMap((hour) => [
    event(`${hour}:30:00`, 'iam:CreateRole', pipeline, {
      requestParameters: {
        roleName: 'shop-worker',
        assumeRolePolicyDocument:
          '{"Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      },
    }),
    event(`${hour}:30:01`, 'iam:PutRolePolicy', pipeline, {
      requestParameters: {
        roleName: 'shop-worker',
        policyDocument: '{"Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":"*"}]}',
      },
    }),
    event(`${hour}:30:02`, 'ec2:AuthorizeSecurityGroupIngress', throughCloudFormation, {
      sourceIPAddress: 'cloudformation.amazonaws.com',
      requestParameters: {
        groupId: 'sg-1',
        ipPermissions: {
          items: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }],
        },
      },
    }),
    event(`${hour}:30:03`, 'lambda:UpdateFunctionCode20150331v2', pipeline),
    event(`${hour}:30:04`, 's3:PutBucketPolicy', pipeline, { requestParameters: { bucketName: 'shop-pictures' } }),
    event(`${hour}:30:05`, 'logs:DeleteLogGroup', pipeline, { requestParameters: { logGroupName: '/aws/lambda/old' } }),
  ]),
  // People: two mistyped passwords, a look around, one who changes their own key and an instance by hand.
  signIn('08:00:00', 'Failure'),
  signIn('08:00:20', 'Failure'),
  signIn('08:00:40', 'Success'),
  ...Array.from({ length: 80 }, (_, index) =>
    event(`09:0${index % 10}:${two(index % 60)}`, `ec2:Describe${index}`, alice),
  ),
  ...Array.from({ length: 6 }, (_, index) =>
    event(`09:1${index}:00`, 'iam:GetUser', alice, { errorCode: 'AccessDenied' }),
  ),
  event('10:00:00', 'iam:CreateAccessKey', user, { requestParameters: { userName: 'bob' }, awsRegion: 'us-east-1' }),
  event('11:00:00', 'ec2:StopInstances', alice),
  event('11:05:00', 'ec2:StartInstances', alice),
  event('11:10:00', 'cloudtrail:UpdateTrail', alice, { errorCode: 'AccessDenied' }),
];
