import { expect, test } from 'vitest';
import { aDeny, aDocument, anAllow } from '../../../test/support/iam-builders.js';
import {
  canCloudTrailCheckBucket,
  canCloudTrailWrite,
  deniesPlainHttp,
  hasConfusedDeputy,
  isPublic,
  type Place,
  trustsOnlyCloudTrail,
} from './index.js';

const [management, archive, organizationId] = ['111122223333', '222233334444', 'o-aaaaaaaaaa'];
const bucketArn = `arn:aws:s3:::aws-controltower-logs-${archive}-eu-west-1`;
const arn = `arn:aws:cloudtrail:eu-west-1:${management}:trail/aws-controltower-BaselineCloudTrail`;
const trail = { arn, organizationId };
const ours = { accountIds: [management, archive], organizationId };
const place: Place = { ...ours, ownerAccountId: archive, trails: [arn] };
const objects = [`${bucketArn}/${organizationId}/AWSLogs/${organizationId}/*`];
const services = { Service: ['cloudtrail.amazonaws.com', 'config.amazonaws.com'] };

/** As Control Tower's landing zone 3 writes it: one statement lets CloudTrail and AWS Config deliver. */
const controlTower = aDocument(
  aDeny({
    Sid: 'AllowSSLRequestsOnly',
    Action: 's3:*',
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }),
  anAllow({ Sid: 'AWSBucketPermissionsCheck', Principal: services, Action: 's3:GetBucketAcl', Resource: bucketArn }),
  anAllow({ Sid: 'AWSConfigBucketExistenceCheck', Principal: services, Action: 's3:ListBucket', Resource: bucketArn }),
  anAllow({
    Sid: 'AWSBucketDelivery',
    Principal: services,
    Action: 's3:PutObject',
    Resource: `${bucketArn}/${organizationId}/AWSLogs/*/*`,
    Condition: { StringEquals: { 'aws:SourceOrgID': organizationId } },
  }),
);

test('the log bucket of a stock landing zone is private, wants TLS and serves the whole organization', () => {
  expect(isPublic(controlTower).verdict).toBe('no');
  expect(deniesPlainHttp(controlTower, bucketArn).verdict).toBe('yes');
  expect(canCloudTrailCheckBucket(controlTower, trail, bucketArn).verdict).toBe('yes');
  const delivery = { bucketArn, prefix: organizationId, folders: [organizationId] };
  expect(canCloudTrailWrite(controlTower, trail, delivery).verdict).toBe('yes');
});

test('it is bound to the organization, and shared with AWS Config', () => {
  expect(hasConfusedDeputy(controlTower, { actions: ['s3:PutObject'], resources: objects }, ours).verdict).toBe('no');
  expect(trustsOnlyCloudTrail(controlTower, objects, place).others.map((it) => it.principal)).toEqual([
    'config.amazonaws.com',
  ]);
  expect(trustsOnlyCloudTrail(controlTower, objects, place, ['config.amazonaws.com']).verdict).toBe('yes');
});
