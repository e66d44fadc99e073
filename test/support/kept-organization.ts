import { standardPatterns } from '../../src/facts/index.js';
import { aLogGroup, aMetricAlarm, aMetricFilter, anEventRule, aStatus, aTopic, type World } from './fake-aws/index.js';
import { anOrganizationWithATrail, archiveBucket, logArchive, type OrganizationParts } from './worlds.js';

const bucketArn = `arn:aws:s3:::${archiveBucket}`;
const everything = [bucketArn, `${bucketArn}/*`];

/** CloudTrail writes for the whole organization, and nobody but one role erases. */
const keeping = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'CloudTrailWrites',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `${bucketArn}/AWSLogs/*`,
      Condition: { StringEquals: { 'aws:SourceOrgID': 'o-exampleorg1' } },
    },
    {
      Sid: 'KeepLogs',
      Effect: 'Deny',
      Principal: '*',
      Action: [
        's3:DeleteObject',
        's3:DeleteObjectVersion',
        's3:PutLifecycleConfiguration',
        's3:PutBucketPolicy',
        's3:DeleteBucketPolicy',
      ],
      Resource: everything,
      Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${logArchive}:role/log-keeper` } },
    },
  ],
};

/** Alarms and rules of the owner's account may publish. */
function letsPublish(Resource: string): string {
  const Principal = { Service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'] };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sns:Publish', Resource }],
  });
}

/** A monitor is told of each log file. */
const notifications = {
  QueueConfigurations: [
    { Id: 'monitor', QueueArn: `arn:aws:sqs:us-east-1:${logArchive}:monitor`, Events: ['s3:ObjectCreated:*' as const] },
  ],
};

const security = aTopic({
  name: 'security',
  attributes: { Policy: letsPublish(aTopic({ name: 'security' }).arn) },
});
const watched = (['root-usage', 'organizations-changes', 'kms-key-deletion'] as const).map((subject) =>
  aMetricFilter(subject, standardPatterns[subject].at(-1)?.text ?? ''),
);
const trailChanges = {
  source: ['aws.cloudtrail'],
  detail: { eventName: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'] },
};

/**
 * The organization with a trail, kept as the pack `baseline` asks: nobody erases logs but who is named, a monitor gets
 * them, and someone is told of changes of trails, use of the root user, changes of the organization and deleted keys.
 */
export function aWellKeptOrganization({ trail, bucket, ...parts }: OrganizationParts = {}): World {
  return anOrganizationWithATrail({
    trail: { status: aStatus({ LatestCloudWatchLogsDeliveryTime: new Date() }), ...trail },
    bucket: { policy: JSON.stringify(keeping), notifications, ...bucket },
    logGroups: [aLogGroup({ metricFilters: watched })],
    alarms: watched.map((it) => aMetricAlarm(it.filterName ?? '', [security.arn])),
    topics: [security],
    eventRules: [anEventRule(trailChanges, [security.arn])],
    ...parts,
  });
}
