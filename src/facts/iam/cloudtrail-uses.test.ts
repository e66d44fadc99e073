import { expect, test } from 'vitest';
import { aDeny, aDocument, anAllow, type Statement } from '../../../test/support/iam-builders.js';
import {
  canCloudTrailCheckBucket,
  canCloudTrailNotify,
  canCloudTrailUseKey,
  canCloudTrailWrite,
  hasConfusedDeputy,
} from './index.js';

const account = '111122223333';
const organizationId = 'o-aaaaaaaaaa';
const arn = `arn:aws:cloudtrail:eu-west-1:${account}:trail/main`;
const bucketArn = 'arn:aws:s3:::logs';
const key = 'arn:aws:kms:eu-west-1:111122223333:key/k';
const trail = { arn, organizationId };
const cloudTrail = { Service: 'cloudtrail.amazonaws.com' };

function aWrite(elements: Statement = {}): Statement {
  const condition = { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': arn };
  return anAllow({
    Principal: cloudTrail,
    Action: 's3:PutObject',
    Resource: `${bucketArn}/AWSLogs/${account}/*`,
    Condition: { StringEquals: condition },
    ...elements,
  });
}

const own = { bucketArn, folders: [account] };

test('what many buckets deny keeps nobody from delivering: old TLS, and keys that the writer sends along', () => {
  for (const condition of [
    { NumericLessThan: { 's3:TlsVersion': '1.2' } },
    { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } },
  ]) {
    const document = aDocument(aWrite(), aDeny({ Action: 's3:*', Resource: '*', Condition: condition }));
    expect(canCloudTrailWrite(document, trail, own).verdict).toBe('yes');
  }
});

test.each<[elements: Statement, expected: string]>([
  [{}, 'yes'],
  [{ Resource: '*' }, 'yes'],
  [{ Condition: {} }, 'yes'],
  [{ Condition: { StringEquals: { 'aws:SourceAccount': account } } }, 'yes'],
  [{ Condition: { StringEquals: { 'aws:SourceOrgID': organizationId } } }, 'yes'],
  [{ Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${account}:trail/*` } } }, 'yes'],
  [{ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, 'yes'],
  [{ Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } }, 'yes'],
  [{ Principal: '*' }, 'yes'],
  // The console once wrote the trail's Region wrong, or the trail was made anew under another name.
  [{ Condition: { StringEquals: { 'aws:SourceArn': `${arn}2` } } }, 'no'],
  [{ Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } }, 'no'],
  [{ Condition: { StringEquals: { 'aws:SourceOrgID': 'o-bbbbbbbbbb' } } }, 'no'],
  [{ Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } } }, 'no'],
  [{ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }, 'no'],
  [{ Condition: { StringEquals: { 's3:x-amz-acl': 'private' } } }, 'no'],
  [{ Resource: `${bucketArn}/AWSLogs/444455556666/*` }, 'no'],
  [{ Resource: `${bucketArn}/prefix/AWSLogs/${account}/*` }, 'no'],
  [{ Resource: `${bucketArn}/AWSLogs/${account}/CloudTrail/*` }, 'no'],
  [{ Principal: { Service: 'config.amazonaws.com' } }, 'no'],
  [{ Action: 's3:GetObject' }, 'no'],
  // What CloudTrail sends is not documented.
  [{ Condition: { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } } }, 'unknown'],
  [{ Condition: { StringEquals: { 's3:x-amz-storage-class': 'STANDARD' } } }, 'unknown'],
  [{ Condition: { StringLike: { 'aws:UserAgent': '*' } } }, 'unknown'],
  [{ Condition: { NumericGreaterThanEquals: { 's3:TlsVersion': '1.2' } } }, 'yes'],
  [{ Condition: { NumericGreaterThan: { 's3:TlsVersion': '1.2' } } }, 'unknown'],
  [{ Condition: { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'true' } } }, 'yes'],
])('CloudTrail with %j may write: %s', (elements, expected) => {
  expect(canCloudTrailWrite(aDocument(aWrite(elements)), trail, own).verdict).toBe(expected);
});

test.each<[elements: Statement, expected: string]>([
  [{ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, 'yes'],
  [{ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': organizationId } } }, 'no'],
  [
    {
      Condition: {
        StringNotEquals: { 'aws:PrincipalOrgID': organizationId },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    },
    'yes',
  ],
  [{ Condition: { StringNotEquals: { 'aws:SourceOrgID': organizationId } } }, 'yes'],
  [{ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }, 'no'],
  [{ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }, 'no'],
  [{ Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } } }, 'unknown'],
  [{ Condition: { Null: { 's3:x-amz-server-side-encryption': 'true' } } }, 'unknown'],
])('where everyone is denied with %j CloudTrail may write: %s', (elements, expected) => {
  const deny = aDeny({ Action: 's3:*', Resource: '*', ...elements });
  expect(canCloudTrailWrite(aDocument(aWrite(), deny), trail, own).verdict).toBe(expected);
});

test('an organization trail writes below the organization, for whichever member or for each that is named', () => {
  const whole = aWrite({ Resource: `${bucketArn}/p/AWSLogs/${organizationId}/*` });
  const some = aWrite({
    Resource: ['1', '2'].map((it) => `${bucketArn}/p/AWSLogs/${organizationId}/${it.repeat(12)}/*`),
  });
  const anyMember = { bucketArn, prefix: 'p', folders: [organizationId] };
  const members = (...ids: string[]) => ({
    bucketArn,
    prefix: 'p',
    folders: ids.map((it) => `${organizationId}/${it.repeat(12)}`),
  });
  expect(canCloudTrailWrite(aDocument(whole), trail, anyMember).verdict).toBe('yes');
  expect(canCloudTrailWrite(aDocument(some), trail, anyMember).verdict).toBe('no');
  expect(canCloudTrailWrite(aDocument(some), trail, members('1', '2')).verdict).toBe('yes');
  expect(canCloudTrailWrite(aDocument(some), trail, members('1', '2', '3'))).toMatchObject({
    verdict: 'no',
    example: { resource: `${bucketArn}/p/AWSLogs/${organizationId}/333333333333/CloudTrail/example` },
  });
});

test('CloudTrail may check the bucket', () => {
  const check = anAllow({ Principal: cloudTrail, Action: 's3:GetBucketAcl', Resource: bucketArn });
  expect(canCloudTrailCheckBucket(aDocument(check), trail, bucketArn).verdict).toBe('yes');
  expect(canCloudTrailCheckBucket(aDocument(aWrite()), trail, bucketArn).verdict).toBe('no');
});

const context = 'kms:EncryptionContext:aws:cloudtrail:arn';

test.each<[elements: Statement, use: string, deputy: string]>([
  [{}, 'yes', 'yes'],
  [{ Condition: { StringEquals: { 'aws:SourceArn': arn } } }, 'yes', 'no'],
  [{ Condition: { StringLike: { [context]: `arn:aws:cloudtrail:*:${account}:trail/*` } } }, 'yes', 'no'],
  [{ Condition: { StringLike: { [context]: 'arn:aws:cloudtrail:*:*:trail/*' } } }, 'yes', 'yes'],
  [{ Condition: { StringEquals: { [context]: 'arn:aws:cloudtrail:eu-west-1:444455556666:trail/x' } } }, 'no', 'yes'],
  [{ Action: 'kms:GenerateDataKey' }, 'yes', 'yes'],
  [{ Action: 'kms:Encrypt' }, 'no', 'no'],
  [{ Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } }, 'unknown', 'unknown'],
  [{ Principal: { AWS: account } }, 'no', 'no'],
])('a key policy with %j: CloudTrail may encrypt %s, for others %s', (elements, use, deputy) => {
  const statement = anAllow({ Principal: cloudTrail, Action: 'kms:GenerateDataKey*', Resource: '*', ...elements });
  const document = aDocument(statement);
  const encrypt = { actions: ['kms:GenerateDataKey'], resources: [key] };
  expect(canCloudTrailUseKey(document, trail, key).verdict).toBe(use);
  expect(hasConfusedDeputy(document, encrypt, { accountIds: [account], organizationId }).verdict).toBe(deputy);
});

test('CloudTrail may publish to a topic', () => {
  const topic = 'arn:aws:sns:eu-west-1:111122223333:t';
  const publish = anAllow({ Principal: cloudTrail, Action: 'SNS:Publish', Resource: topic });
  expect(canCloudTrailNotify(aDocument(publish), trail, topic).verdict).toBe('yes');
  expect(canCloudTrailNotify(aDocument({ ...publish, Resource: `${topic}2` }), trail, topic).verdict).toBe('no');
});
