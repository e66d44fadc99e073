import { expect, test } from 'vitest';
import { aDeny, aDocument, anAllow, type Statement } from '../../../test/support/iam-builders.js';
import { deniesPlainHttp } from './index.js';

const bucket = 'arn:aws:s3:::logs';
const plain = { Bool: { 'aws:SecureTransport': 'false' } };

function aTlsStatement(elements: Statement = {}): Statement {
  return aDeny({ Action: 's3:*', Resource: [bucket, `${bucket}/*`], Condition: plain, ...elements });
}

test.each<[elements: Statement, expected: string]>([
  [{}, 'yes'],
  [{ Principal: { AWS: '*' } }, 'yes'],
  [{ Action: '*' }, 'yes'],
  [{ Resource: '*' }, 'yes'],
  [{ Resource: `${bucket}*` }, 'yes'],
  [{ Condition: { Bool: { 'aws:SecureTransport': false } } }, 'yes'],
  [{ Condition: { BoolIfExists: { 'AWS:SecureTransport': 'false' } } }, 'yes'],
  [{ Condition: { StringEquals: { 'aws:SecureTransport': 'false' } } }, 'yes'],
  [{ Condition: { StringNotEquals: { 'aws:SecureTransport': 'true' } } }, 'yes'],
  [{ Condition: { Bool: { 'aws:SecureTransport': ['true', 'false'] } } }, 'yes'],
  [{ Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }, 'yes'],
  [{ Condition: { NumericLessThan: { 's3:TlsVersion': ['1.2', '1.3'] } } }, 'yes'],
  [{ Condition: {} }, 'yes'],
  // not all of it
  [{ Resource: `${bucket}/*` }, 'no'],
  [{ Resource: bucket }, 'no'],
  [{ Resource: [bucket, `${bucket}/AWSLogs/*`] }, 'no'],
  [{ Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] }, 'no'],
  [{ Action: 's3:GetObject' }, 'no'],
  [{ Action: ['s3:Get*', 's3:Put*', 's3:List*', 's3:Delete*'] }, 'no'],
  [{ Action: undefined, NotAction: 's3:GetObject' }, 'no'],
  // not everyone
  [{ Principal: { AWS: '111122223333' } }, 'no'],
  [{ Principal: { Service: 'cloudtrail.amazonaws.com' } }, 'no'],
  [{ Principal: undefined, NotPrincipal: { Service: 'config.amazonaws.com' } }, 'no'],
  [{ Principal: undefined, NotPrincipal: { AWS: '111122223333' } }, 'no'],
  [{ Condition: { ...plain, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/Legacy' } } }, 'no'],
  [{ Condition: { Bool: { 'aws:SecureTransport': 'false', 'aws:PrincipalIsAWSService': 'false' } } }, 'no'],
  [{ Condition: { ...plain, StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } }, 'no'],
  [{ Condition: { ...plain, StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }, 'no'],
  [{ Condition: { ...plain, StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }, 'no'],
  [{ Condition: { ...plain, StringNotLike: { 'aws:PrincipalOrgID': 'o-*' } } }, 'no'],
  [{ Condition: { ...plain, 'ForAllValues:StringNotEquals': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-1/' } } }, 'no'],
  [{ Condition: { ...plain, StringNotEquals: { 'aws:PrincipalServiceName': 'cloudtrail.amazonaws.com' } } }, 'no'],
  [{ Condition: { ...plain, StringNotLike: { 'aws:PrincipalServiceName': 'cloudtrail*' } } }, 'no'],
  [{ Condition: { ...plain, StringNotEquals: { 'aws:PrincipalServiceName': 'a.example.com' } } }, 'yes'],
  // not plain HTTP
  [{ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, 'no'],
  [{ Condition: { ...plain, NumericGreaterThan: { 's3:TlsVersion': '1.1' } } }, 'no'],
  [{ Condition: { Null: { 'aws:SecureTransport': 'true' } } }, 'no'],
  // not known
  [{ Condition: { NumericEquals: { 's3:TlsVersion': '0' } } }, 'unknown'],
  [{ Condition: { Boolean: { 'aws:SecureTransport': 'false' } } }, 'unknown'],
])('a Deny with %j: %s', (elements, expected) => {
  expect(deniesPlainHttp(aDocument(aTlsStatement(elements)), bucket).verdict).toBe(expected);
});

test('several statements may deny it together', () => {
  const onBucket = aTlsStatement({ Sid: 'Bucket', Resource: bucket });
  const onObjects = aTlsStatement({ Sid: 'Objects', Resource: `${bucket}/*` });
  expect(deniesPlainHttp(aDocument(onBucket, onObjects), bucket)).toMatchObject({
    verdict: 'yes',
    statements: ['Bucket', 'Objects'],
  });
});

test('actions that are used on something else need not be denied', () => {
  const onBucket = aTlsStatement({
    Action: undefined,
    NotAction: ['s3:ListAllMyBuckets', 's3:*Object'],
    Resource: bucket,
  });
  const onObjects = aTlsStatement({ Action: undefined, NotAction: 's3:*Bucket', Resource: `${bucket}/*` });
  expect(deniesPlainHttp(aDocument(onBucket, onObjects), bucket).verdict).toBe('unknown');
  const exactly = [
    aTlsStatement({ Action: undefined, NotAction: ['s3:ListAllMyBuckets', 's3:GetObject'], Resource: bucket }),
    aTlsStatement({ Action: undefined, NotAction: ['s3:ListBucket', 's3:CreateBucket'], Resource: `${bucket}/*` }),
  ];
  expect(deniesPlainHttp(aDocument(...exactly), bucket).verdict).toBe('yes');
});

test('that nothing allows plain HTTP denies it to nobody', () => {
  const overTls = anAllow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } });
  expect(deniesPlainHttp(aDocument(overTls), bucket)).toMatchObject({
    verdict: 'no',
    example: { principal: 'anonymous', action: 's3:GetObject', resource: `${bucket}/example` },
  });
});

test('a request that gets through is shown', () => {
  expect(deniesPlainHttp(aDocument(aTlsStatement({ Action: 's3:GetObject' })), bucket)).toMatchObject({
    verdict: 'no',
    statements: ['statement 1'],
    example: { action: 's3:PutObject', context: { 'aws:SecureTransport': 'false' } },
  });
});
