import type * as account from '@aws-sdk/client-account';
import type * as athena from '@aws-sdk/client-athena';
import type * as cloudfront from '@aws-sdk/client-cloudfront';
import type * as cloudtrail from '@aws-sdk/client-cloudtrail';
import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type * as config from '@aws-sdk/client-config-service';
import type * as ec2 from '@aws-sdk/client-ec2';
import type * as elb from '@aws-sdk/client-elastic-load-balancing';
import type * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as eventbridge from '@aws-sdk/client-eventbridge';
import type * as iam from '@aws-sdk/client-iam';
import type * as kms from '@aws-sdk/client-kms';
import type * as organizations from '@aws-sdk/client-organizations';
import type * as s3 from '@aws-sdk/client-s3';
import type * as s3control from '@aws-sdk/client-s3-control';
import type * as securityhub from '@aws-sdk/client-securityhub';
import type * as sns from '@aws-sdk/client-sns';
import type * as sts from '@aws-sdk/client-sts';
import { localS3ControlEndpoint, usesPathStyle } from '../endpoints.js';
import { once, type Quota, type Service } from '../service.js';

export const accountService: Service<typeof account, account.AccountClient> = {
  id: 'account',
  protocol: 'json',
  load: once(() => import('@aws-sdk/client-account')),
  make: (module, config) => new module.AccountClient(config),
};
export const athenaService: Service<typeof athena, athena.AthenaClient> = {
  id: 'athena',
  protocol: 'json',
  load: once(() => import('@aws-sdk/client-athena')),
  make: (module, config) => new module.AthenaClient(config),
};
export const cloudfrontService: Service<typeof cloudfront, cloudfront.CloudFrontClient> = {
  id: 'cloudfront',
  protocol: 'rest-xml',
  load: once(() => import('@aws-sdk/client-cloudfront')),
  make: (module, config) => new module.CloudFrontClient(config),
};
export const cloudtrailService: Service<typeof cloudtrail, cloudtrail.CloudTrailClient> = {
  id: 'cloudtrail',
  protocol: 'json',
  load: once(() => import('@aws-sdk/client-cloudtrail')),
  make: (module, config) => new module.CloudTrailClient(config),
};
export const cloudwatchService: Service<typeof cloudwatch, cloudwatch.CloudWatchClient> = {
  id: 'cloudwatch',
  protocol: 'json',
  load: once(() => import('@aws-sdk/client-cloudwatch')),
  make: (module, config) => new module.CloudWatchClient(config),
};
export const configService: Service<typeof config, config.ConfigServiceClient> = {
  id: 'config',
  protocol: 'json',
  load: once(() => import('@aws-sdk/client-config-service')),
  make: (module, config) => new module.ConfigServiceClient(config),
};
export const ec2Service: Service<typeof ec2, ec2.EC2Client> = {
  id: 'ec2',
  protocol: 'ec2-query',
  load: once(() => import('@aws-sdk/client-ec2')),
  make: (module, config) => new module.EC2Client(config),
};
export const elbService: Service<typeof elb, elb.ElasticLoadBalancingClient> = {
  id: 'elb',
  protocol: 'query',
  load: once(() => import('@aws-sdk/client-elastic-load-balancing')),
  make: (module, config) => new module.ElasticLoadBalancingClient(config),
};
export const elbv2Service: Service<typeof elbv2, elbv2.ElasticLoadBalancingV2Client> = {
  id: 'elbv2',
  protocol: 'query',
  load: once(() => import('@aws-sdk/client-elastic-load-balancing-v2')),
  make: (module, config) => new module.ElasticLoadBalancingV2Client(config),
};
export const eventbridgeService: Service<typeof eventbridge, eventbridge.EventBridgeClient> = {
  id: 'events',
  protocol: 'json',
  load: once(() => import('@aws-sdk/client-eventbridge')),
  make: (module, config) => new module.EventBridgeClient(config),
};
export const iamService: Service<typeof iam, iam.IAMClient> = {
  id: 'iam',
  protocol: 'query',
  load: once(() => import('@aws-sdk/client-iam')),
  make: (module, config) => new module.IAMClient(config),
};
export const logsService: Service<typeof logs, logs.CloudWatchLogsClient> = {
  id: 'logs',
  protocol: 'json',
  load: once(() => import('@aws-sdk/client-cloudwatch-logs')),
  make: (module, config) => new module.CloudWatchLogsClient(config),
};
export const kmsService: Service<typeof kms, kms.KMSClient> = {
  id: 'kms',
  protocol: 'json',
  load: once(() => import('@aws-sdk/client-kms')),
  make: (module, config) => new module.KMSClient(config),
};
export const organizationsService: Service<typeof organizations, organizations.OrganizationsClient> = {
  id: 'organizations',
  protocol: 'json',
  load: once(() => import('@aws-sdk/client-organizations')),
  make: (module, config) => new module.OrganizationsClient(config),
};
export const s3Service: Service<typeof s3, s3.S3Client> = {
  id: 's3',
  protocol: 'rest-xml',
  load: once(() => import('@aws-sdk/client-s3')),
  make: (module, config) =>
    new module.S3Client({
      ...config,
      followRegionRedirects: true,
      forcePathStyle: usesPathStyle(),
      // Whoever reads an object checks what is in it; a checksum of a part of it would say nothing.
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
};
export const s3controlService: Service<typeof s3control, s3control.S3ControlClient> = {
  id: 's3control',
  protocol: 'rest-xml',
  load: once(() => import('@aws-sdk/client-s3-control')),
  make: (module, config) => new module.S3ControlClient({ ...config, ...localS3ControlEndpoint() }),
};
export const securityhubService: Service<typeof securityhub, securityhub.SecurityHubClient> = {
  id: 'securityhub',
  protocol: 'json',
  load: once(() => import('@aws-sdk/client-securityhub')),
  make: (module, config) => new module.SecurityHubClient(config),
};
export const snsService: Service<typeof sns, sns.SNSClient> = {
  id: 'sns',
  protocol: 'query',
  load: once(() => import('@aws-sdk/client-sns')),
  make: (module, config) => new module.SNSClient(config),
};
export const stsService: Service<typeof sts, sts.STSClient> = {
  id: 'sts',
  protocol: 'query',
  load: once(() => import('@aws-sdk/client-sts')),
  make: (module, config) => new module.STSClient(config),
};

/**
 * A rate just under the quota that AWS publishes, in calls a second for each account and Region.
 * Sources: CloudTrail quotas (10 for Get, Describe and List), Organizations quotas (throttle limits), CloudWatch
 * Logs quotas (DescribeLogGroups 10, formerly 5; DescribeMetricFilters 5), CloudWatch quotas (DescribeAlarms 9). The others publish far higher limits, or none.
 */
export const quota = (family: string, rate: number, burst: number): Quota => ({
  family,
  rate: rate * 0.95,
  burst: Math.max(1, burst - 1),
});
