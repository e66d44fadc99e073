import type { S3Location } from '../s3/location.js';
import { athenaOperations } from './operations/athena.js';
import { cloudtrailOperations } from './operations/cloudtrail.js';
import { insightsOperations } from './operations/insights.js';
import { lakeOperations } from './operations/lake.js';
import { actionsOfFiles, type IamPolicy } from './permissions.js';

/** What AWS calls the buckets that it makes for results: its own managed policy for Athena allows the same. */
const usualResults: S3Location = { bucket: 'aws-athena-query-results-*', prefix: '' };

/**
 * The least that asking a table of log files needs: a set of its own, as it starts queries, which read through Athena and
 * write their results. In buckets Athena alone may read and write; log files are listed, and a result is read, directly.
 *
 * @param logs where the log files are; undefined: any bucket
 * @param results where the workgroup keeps results
 */
export function athenaPolicy(partition: string, logs?: S3Location, results = usualResults): IamPolicy {
  const arnOf = ({ bucket, prefix }: S3Location): string =>
    `arn:${partition}:s3:::${bucket}/${prefix === '' ? '' : `${prefix.replace(/\/$/, '')}/`}*`;
  const bucketOf = ({ bucket }: S3Location): string => `arn:${partition}:s3:::${bucket}`;
  const files = logs ?? { bucket: '*', prefix: '' };
  const throughAthena = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
  const actions = Object.values(athenaOperations).flatMap(({ action }) => action ?? []);
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'TrailproofAsksAthena', Effect: 'Allow', Action: actions.toSorted(), Resource: '*' },
      {
        Sid: 'TrailproofReadsTables',
        Effect: 'Allow',
        Action: ['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable'],
        Resource: '*',
      },
      {
        Sid: 'TrailproofListsLogFiles',
        Effect: 'Allow',
        Action: actionsOfFiles('s3:ListObjectsV2'),
        Resource: bucketOf(files),
      },
      {
        Sid: 'TrailproofReadsResults',
        Effect: 'Allow',
        Action: actionsOfFiles('s3:GetObject'),
        Resource: arnOf(results),
      },
      {
        Sid: 'AthenaReadsLogFiles',
        Effect: 'Allow',
        Action: ['s3:GetBucketLocation', 's3:GetObject', 's3:ListBucket'],
        Resource: [bucketOf(files), arnOf(files)],
        Condition: throughAthena,
      },
      {
        Sid: 'AthenaWritesResults',
        Effect: 'Allow',
        Action: [
          's3:AbortMultipartUpload',
          's3:GetBucketLocation',
          's3:ListBucket',
          's3:ListBucketMultipartUploads',
          's3:ListMultipartUploadParts',
          's3:PutObject',
        ],
        Resource: [bucketOf(results), arnOf(results)],
        Condition: throughAthena,
      },
      {
        Sid: 'TrailproofDecryptsLogFiles',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
        Condition: { StringLike: { 'kms:ViaService': 's3.*' } },
      },
    ],
  };
}

/**
 * The least that asking an event data store needs: a set of its own, as it starts queries. Where the store is encrypted with
 * a key of one's own, queries need it, too:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 *
 * @param store its ARN; undefined: any store
 */
export function lakePolicy(partition: string, store = `arn:${partition}:cloudtrail:*:*:eventdatastore/*`): IamPolicy {
  const asked = [cloudtrailOperations['cloudtrail:GetEventDataStore'], ...Object.values(lakeOperations)];
  const [, , , region = '*', account = '*'] = store.split(':');
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TrailproofAsksLake',
        Effect: 'Allow',
        Action: asked.flatMap(({ action }) => action ?? []).toSorted(),
        Resource: store,
      },
      {
        Sid: 'LakeDecryptsEvents',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: `arn:${partition}:kms:${region}:${account}:key/*`,
      },
    ],
  };
}

/**
 * The least that asking a log group needs: a set of its own, as it starts queries. What writes to the group is read, too.
 *
 * @param group its ARN; undefined: any group
 */
export function insightsPolicy(partition: string, group = `arn:${partition}:logs:*:*:log-group:*`): IamPolicy {
  const ofTrails = ['cloudtrail:DescribeTrails', 'cloudtrail:GetEventSelectors', 'cloudtrail:GetTrailStatus'] as const;
  const { 'logs:StartQuery': start, ...others } = insightsOperations;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TrailproofAsksInsights',
        Effect: 'Allow',
        Action: start.action === undefined ? [] : [start.action],
        Resource: group.endsWith(':*') ? group : [group, `${group}:*`],
      },
      // These are allowed for all of them, or not at all.
      {
        Sid: 'TrailproofReadsResults',
        Effect: 'Allow',
        Action: [...Object.values(others).flatMap(({ action }) => action ?? []), 'logs:DescribeLogGroups'].toSorted(),
        Resource: '*',
      },
      {
        Sid: 'TrailproofReadsTrails',
        Effect: 'Allow',
        Action: ofTrails.flatMap((it) => cloudtrailOperations[it].action ?? []),
        Resource: '*',
      },
    ],
  };
}
