import type { TrailDescription, TrailStatus } from '../model/inventory.js';
import { required } from './malformed-answer.js';
import { defined, optionalText, optionalTime } from './text.js';

/** DescribeTrails' description of a trail, as far as it is used. */
export interface RawTrail {
  readonly TrailARN?: string | undefined;
  readonly S3BucketName?: string | undefined;
  readonly S3KeyPrefix?: string | undefined;
  readonly SnsTopicARN?: string | undefined;
  readonly IncludeGlobalServiceEvents?: boolean | undefined;
  readonly IsMultiRegionTrail?: boolean | undefined;
  readonly IsOrganizationTrail?: boolean | undefined;
  readonly LogFileValidationEnabled?: boolean | undefined;
  readonly KmsKeyId?: string | undefined;
  readonly CloudWatchLogsLogGroupArn?: string | undefined;
  readonly CloudWatchLogsRoleArn?: string | undefined;
  readonly HasInsightSelectors?: boolean | undefined;
  readonly RecursiveLogging?: boolean | undefined;
}

/** Throws MalformedAnswer when a member is missing that AWS always gives. */
export function normalizeTrail(raw: RawTrail): TrailDescription {
  return defined({
    s3BucketName: required(optionalText(raw.S3BucketName), 'S3BucketName'),
    s3KeyPrefix: optionalText(raw.S3KeyPrefix),
    snsTopicArn: optionalText(raw.SnsTopicARN),
    includeGlobalServiceEvents: required(raw.IncludeGlobalServiceEvents, 'IncludeGlobalServiceEvents'),
    isMultiRegionTrail: required(raw.IsMultiRegionTrail, 'IsMultiRegionTrail'),
    isOrganizationTrail: required(raw.IsOrganizationTrail, 'IsOrganizationTrail'),
    logFileValidationEnabled: required(raw.LogFileValidationEnabled, 'LogFileValidationEnabled'),
    kmsKeyId: optionalText(raw.KmsKeyId),
    cloudWatchLogsLogGroupArn: optionalText(raw.CloudWatchLogsLogGroupArn)?.replace(/:\*$/, ''),
    cloudWatchLogsRoleArn: optionalText(raw.CloudWatchLogsRoleArn),
    recursiveLogging: raw.RecursiveLogging,
  });
}

/** GetTrailStatus' answer, as far as it is used. */
export interface RawTrailStatus {
  readonly IsLogging?: boolean | undefined;
  readonly StartLoggingTime?: Date | undefined;
  readonly StopLoggingTime?: Date | undefined;
  readonly LatestDeliveryTime?: Date | undefined;
  readonly LatestDeliveryError?: string | undefined;
  readonly LatestDigestDeliveryTime?: Date | undefined;
  readonly LatestDigestDeliveryError?: string | undefined;
  readonly LatestCloudWatchLogsDeliveryTime?: Date | undefined;
  readonly LatestCloudWatchLogsDeliveryError?: string | undefined;
  readonly LatestNotificationTime?: Date | undefined;
  readonly LatestNotificationError?: string | undefined;
}

/** Throws MalformedAnswer when AWS does not say whether the trail logs. */
export function normalizeTrailStatus(raw: RawTrailStatus): TrailStatus {
  return defined({
    isLogging: required(raw.IsLogging, 'IsLogging'),
    startLoggingTime: optionalTime(raw.StartLoggingTime, 'StartLoggingTime'),
    stopLoggingTime: optionalTime(raw.StopLoggingTime, 'StopLoggingTime'),
    latestDeliveryTime: optionalTime(raw.LatestDeliveryTime, 'LatestDeliveryTime'),
    latestDeliveryError: optionalText(raw.LatestDeliveryError),
    latestDigestDeliveryTime: optionalTime(raw.LatestDigestDeliveryTime, 'LatestDigestDeliveryTime'),
    latestDigestDeliveryError: optionalText(raw.LatestDigestDeliveryError),
    latestCloudWatchLogsDeliveryTime: optionalTime(
      raw.LatestCloudWatchLogsDeliveryTime,
      'LatestCloudWatchLogsDeliveryTime',
    ),
    latestCloudWatchLogsDeliveryError: optionalText(raw.LatestCloudWatchLogsDeliveryError),
    latestNotificationTime: optionalTime(raw.LatestNotificationTime, 'LatestNotificationTime'),
    latestNotificationError: optionalText(raw.LatestNotificationError),
  });
}
