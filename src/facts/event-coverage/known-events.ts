import type { EventClass } from './event-class.js';

/** An event as a CloudTrail record names it. */
export interface KnownEvent {
  readonly eventSource: string;
  readonly eventName: string;
  readonly readOnly: boolean;
  /** The record's `eventType`: a call of an API, unless it says otherwise. */
  readonly eventType: string;
}

/**
 * Types of management and data events, the usual one first: AwsVpceEvent is of network activity alone.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const eventTypes: readonly string[] = ['AwsApiCall', 'AwsServiceEvent', 'AwsConsoleSignIn', 'AwsConsoleAction'];

const event = (eventSource: string, eventName: string, readOnly: boolean, eventType = 'AwsApiCall'): KnownEvent => ({
  eventSource: `${eventSource}.amazonaws.com`,
  eventName,
  readOnly,
  eventType,
});

/** Management events that are well known: those that matter most come first, as they make the best examples. */
const management: readonly KnownEvent[] = [
  event('ec2', 'AuthorizeSecurityGroupIngress', false),
  event('ec2', 'DescribeInstances', true),
  event('iam', 'CreateAccessKey', false),
  event('iam', 'ListUsers', true),
  event('kms', 'ScheduleKeyDeletion', false),
  event('kms', 'DisableKey', false),
  event('kms', 'CreateKey', false),
  event('kms', 'Decrypt', true),
  event('kms', 'GenerateDataKey', true),
  event('kms', 'Encrypt', true),
  event('kms', 'DescribeKey', true),
  event('rdsdata', 'ExecuteStatement', false),
  event('rdsdata', 'BatchExecuteStatement', false),
  event('rdsdata', 'BeginTransaction', false),
  event('s3', 'PutBucketPolicy', false),
  event('s3', 'DeleteBucketPolicy', false),
  event('s3', 'CreateBucket', false),
  event('s3', 'ListBuckets', true),
  event('s3', 'GetBucketPolicy', true),
  event('cloudtrail', 'StopLogging', false),
  event('cloudtrail', 'DeleteTrail', false),
  event('cloudtrail', 'UpdateTrail', false),
  event('cloudtrail', 'PutEventSelectors', false),
  event('cloudtrail', 'DescribeTrails', true),
  event('cloudtrail', 'GetTrailStatus', true),
  event('iam', 'CreateUser', false),
  event('iam', 'DeleteUser', false),
  event('iam', 'AttachRolePolicy', false),
  event('iam', 'PutUserPolicy', false),
  event('iam', 'GetRole', true),
  event('sts', 'AssumeRole', true),
  event('sts', 'GetCallerIdentity', true),
  event('signin', 'ConsoleLogin', false, 'AwsConsoleSignIn'),
  // Source: https://docs.aws.amazon.com/kms/latest/developerguide/ct-rotatekey.html
  event('kms', 'RotateKey', false, 'AwsServiceEvent'),
  event('organizations', 'LeaveOrganization', false),
  event('organizations', 'ListAccounts', true),
  event('route53', 'ChangeResourceRecordSets', false),
  event('cloudfront', 'UpdateDistribution', false),
  event('config', 'StopConfigurationRecorder', false),
  event('config', 'DescribeConfigurationRecorders', true),
  event('ec2', 'RunInstances', false),
  event('ec2', 'TerminateInstances', false),
  event('ec2', 'DescribeSecurityGroups', true),
  event('lambda', 'CreateFunction20150331', false),
  event('logs', 'DeleteLogGroup', false),
  event('rds', 'DeleteDBInstance', false),
  event('rds', 'DescribeDBInstances', true),
  event('secretsmanager', 'GetSecretValue', true),
  event('ssm', 'GetParameter', true),
];

const dataByType: Readonly<Record<string, readonly KnownEvent[]>> = {
  'AWS::S3::Object': [
    event('s3', 'PutObject', false),
    event('s3', 'DeleteObject', false),
    event('s3', 'DeleteObjects', false),
    event('s3', 'CopyObject', false),
    event('s3', 'PutObjectAcl', false),
    event('s3', 'CompleteMultipartUpload', false),
    event('s3', 'CreateMultipartUpload', false),
    event('s3', 'AbortMultipartUpload', false),
    event('s3', 'UploadPart', false),
    event('s3', 'RestoreObject', false),
    event('s3', 'PutObjectTagging', false),
    event('s3', 'DeleteObjectTagging', false),
    event('s3', 'PutObjectRetention', false),
    event('s3', 'PutObjectLegalHold', false),
    event('s3', 'GetObject', true),
    event('s3', 'HeadObject', true),
    event('s3', 'ListObjects', true),
    event('s3', 'GetObjectAcl', true),
    event('s3', 'GetObjectTagging', true),
    event('s3', 'GetObjectAttributes', true),
    event('s3', 'GetObjectRetention', true),
    event('s3', 'GetObjectLegalHold', true),
  ],
  'AWS::Lambda::Function': [event('lambda', 'Invoke', false)],
  'AWS::DynamoDB::Table': [
    event('dynamodb', 'PutItem', false),
    event('dynamodb', 'DeleteItem', false),
    event('dynamodb', 'UpdateItem', false),
    event('dynamodb', 'GetItem', true),
    event('dynamodb', 'Query', true),
    event('dynamodb', 'Scan', true),
  ],
  'AWS::SNS::Topic': [event('sns', 'Publish', false)],
  'AWS::SQS::Queue': [event('sqs', 'SendMessage', false), event('sqs', 'ReceiveMessage', true)],
};

/** Events of a class, the best example first; empty where none is known. */
export function knownEventsOf(eventClass: EventClass): readonly KnownEvent[] {
  switch (eventClass.category) {
    case 'Management':
      return management.filter((it) => it.readOnly === eventClass.readOnly);
    case 'Data':
      return (dataByType[eventClass.resourceType] ?? []).filter((it) => it.readOnly === eventClass.readOnly);
    case 'NetworkActivity':
      return [...management, ...Object.values(dataByType).flat()]
        .filter((it) => it.eventSource === eventClass.eventSource)
        .toSorted((a, b) => Number(isOfData(b)) - Number(isOfData(a)));
  }
}

function isOfData(it: KnownEvent): boolean {
  return Object.values(dataByType).some((events) => events.includes(it));
}

/** Whether an event only reads; undefined for one that is not known. */
export function readOnlyOf(eventSource: string, eventName: string): boolean | undefined {
  const all = [...management, ...Object.values(dataByType).flat()];
  return all.find((it) => it.eventSource === eventSource && it.eventName === eventName)?.readOnly;
}

/** Resource types whose data events a service records; empty where none is known. */
export function resourceTypesOf(eventSource: string): readonly string[] {
  return Object.entries(dataByType).flatMap(([type, events]) =>
    events.some((it) => it.eventSource === eventSource) ? [type] : [],
  );
}

/** The event sources that a resource type's data events have; empty where they are not known. */
export function sourcesOfType(resourceType: string): readonly string[] {
  return [...new Set((dataByType[resourceType] ?? []).map((it) => it.eventSource))];
}

/** The event source that a resource type's data events have: `AWS::S3::Object` → `s3.amazonaws.com`. */
export function eventSourceOf(resourceType: string): string {
  const [known] = dataByType[resourceType] ?? [];
  return known?.eventSource ?? `${(resourceType.split('::')[1] ?? 'aws').toLowerCase()}.amazonaws.com`;
}
