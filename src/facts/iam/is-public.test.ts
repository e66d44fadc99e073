import { expect, test } from 'vitest';
import { aDeny, aDocument, anAllow, type Statement } from '../../../test/support/iam-builders.js';
import { isPublic, keyIsPublic } from './index.js';

const own = '111122223333';

function publicWith(...statements: readonly Statement[]): string {
  return isPublic(aDocument(...statements)).verdict;
}

test.each<[condition: Statement, expected: string]>([
  // fixed values
  [{ StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } }, 'no'],
  [{ StringEquals: { 'AWS:sourcevpce': ['vpce-1', 'vpce-2'] } }, 'no'],
  [{ StringLike: { 'aws:SourceVpc': 'vpc-91237329' } }, 'no'],
  [{ StringEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa' } }, 'no'],
  [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-aaaaaaaaaa/r-ab12/*' } }, 'no'],
  [{ StringEquals: { 'aws:PrincipalAccount': own } }, 'no'],
  [{ StringEquals: { 'aws:SourceAccount': own } }, 'no'],
  [{ StringEquals: { 'aws:SourceOwner': own } }, 'no'],
  [{ StringEquals: { 'aws:SourceOrgID': 'o-aaaaaaaaaa' } }, 'no'],
  [{ ArnEquals: { 'aws:SourceArn': `arn:aws:cloudtrail:eu-west-1:${own}:trail/main` } }, 'no'],
  [{ ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${own}:trail/*` } }, 'no'],
  [{ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${own}:role/*` } }, 'no'],
  [{ ArnLike: { 'aws:SourceArn': `arn:aws:*:*:${own}:*` } }, 'no'],
  [{ StringLike: { 'aws:SourceArn': `arn:aws:sns:*:${own}:*` } }, 'no'],
  [{ StringLike: { 's3:DataAccessPointArn': `arn:aws:s3:*:${own}:accesspoint/*` } }, 'no'],
  [{ StringEquals: { 's3:DataAccessPointAccount': own } }, 'no'],
  [{ StringEquals: { 'aws:userid': 'AIDAEXAMPLE' } }, 'no'],
  [{ StringEquals: { 'aws:PrincipalServiceName': 'cloudtrail.amazonaws.com' } }, 'no'],
  // addresses
  [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'no'],
  [{ IpAddress: { 'aws:SourceIp': ['203.0.0.0/8', '2001:db8::/32'] } }, 'no'],
  [{ IpAddress: { 'aws:SourceIp': '203.0.0.0/7' } }, 'yes'],
  [{ IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }, 'yes'],
  [{ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } }, 'yes'],
  [{ IpAddress: { 'aws:SourceIp': '2000::/3' } }, 'yes'],
  [{ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '172.16.0.0/12'] } }, 'no'],
  [{ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'yes'],
  // wildcards that anyone can match
  [{ StringLike: { 'aws:SourceVpc': 'vpc-*' } }, 'yes'],
  [{ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, 'yes'],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:*:trail/*' } }, 'yes'],
  [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' } }, 'yes'],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }, 'yes'],
  // as text this matches arn:aws:lambda:eu-west-1:999988887777:function:111122223333:alias
  [{ StringLike: { 'aws:SourceArn': `arn:aws:*:*:${own}:*` } }, 'yes'],
  // not a limit
  [{ StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }, 'yes'],
  [{ StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }, 'yes'],
  [{ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-aaaaaaaaaa/r-ab12/' } }, 'yes'],
  [{ StringEquals: { 'aws:UserAgent': 'ours' } }, 'yes'],
  [{ StringEquals: { 'aws:Referer': 'https://example.com' } }, 'yes'],
  [{ StringEquals: { 'aws:username': 'alice' } }, 'yes'],
  [{ Bool: { 'aws:SecureTransport': 'true' } }, 'yes'],
  [{ Null: { 'aws:PrincipalOrgID': 'true' } }, 'yes'],
  [{ Null: { 'aws:PrincipalOrgID': 'false' } }, 'yes'],
  [{ DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }, 'yes'],
  // one limit is enough, of several values each must be one
  [{ StringEquals: { 'aws:SourceVpc': 'vpc-1' }, Bool: { 'aws:SecureTransport': 'true' } }, 'no'],
  [{ StringLike: { 'aws:SourceVpc': ['vpc-1', 'vpc-*'] } }, 'yes'],
  [{ StringLike: { 'aws:userid': 'AROAEXAMPLE12345678:*' } }, 'unknown'],
  [{ Frobnicate: { 'aws:SourceVpc': 'vpc-1' } }, 'unknown'],
  [{ StringEquals: { 'aws:SourceVpc': '${aws:userid}' } }, 'unknown'],
])('everyone under %j: public %s', (Condition, expected) => {
  expect(publicWith(anAllow({ Condition }))).toBe(expected);
});

test.each<[elements: Statement, expected: string]>([
  [{}, 'yes'],
  [{ Principal: { AWS: '*' } }, 'yes'],
  [{ Principal: { AWS: [own, '*'] } }, 'yes'],
  [{ Principal: undefined, NotPrincipal: { AWS: own } }, 'yes'],
  [{ Principal: { AWS: own } }, 'no'],
  [{ Principal: { Service: 'cloudtrail.amazonaws.com' } }, 'no'],
  [{ Principal: { CanonicalUser: 'a'.repeat(64) } }, 'no'],
  [{ Principal: { Federated: 'cognito-identity.amazonaws.com' } }, 'unknown'],
  [{ Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/incoming/*' }, 'yes'],
])('%j: public %s', (elements, expected) => {
  expect(publicWith(anAllow(elements))).toBe(expected);
});

test('one statement that opens it is enough, and is named', () => {
  const closed = anAllow({ Sid: 'Org', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa' } } });
  const open = anAllow({ Sid: 'Open', Resource: 'arn:aws:s3:::logs/public/*' });
  expect(isPublic(aDocument(closed, open))).toMatchObject({
    verdict: 'yes',
    statements: ['Open'],
    example: { principal: 'anyone', action: 's3:GetObject', resource: 'arn:aws:s3:::logs/public/' },
  });
  expect(publicWith()).toBe('no');
});

test('a Deny of all whom the policy does not name closes it', () => {
  const others = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa' } };
  expect(publicWith(anAllow(), aDeny({ Condition: others }))).toBe('no');
  expect(publicWith(anAllow(), aDeny({ Action: 's3:PutObject', Condition: others }))).toBe('yes');
  expect(publicWith(anAllow(), aDeny({ Condition: { StringNotEqualsIfExists: others.StringNotEquals } }))).toBe('no');
  expect(publicWith(anAllow(), aDeny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }))).toBe('yes');
});

test.each<[elements: Statement, expected: string]>([
  [{}, 'yes'],
  [{ Condition: { StringEquals: { 'kms:CallerAccount': own } } }, 'no'],
  [{ Condition: { StringEqualsIfExists: { 'kms:CallerAccount': own } } }, 'no'],
  [{ Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } }, 'yes'],
  [{ Condition: { StringEquals: { 'kms:CallerAccount': own, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } }, 'no'],
  [
    { Condition: { StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': 'arn:aws:cloudtrail:*:*:trail/*' } } },
    'yes',
  ],
  [{ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa' } } }, 'no'],
  [{ Principal: { AWS: `arn:aws:iam::${own}:root` } }, 'no'],
  [{ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 'kms:GenerateDataKey*' }, 'no'],
])('a key policy with %j: public %s', (elements, expected) => {
  expect(keyIsPublic(aDocument(anAllow({ Action: 'kms:*', Resource: '*', ...elements }))).verdict).toBe(expected);
});

test.each<[elements: Statement, expected: string]>([
  [{ Resource: 'arn:aws:kms:eu-west-1:111122223333:key/other' }, 'no'],
  [{ Resource: 'arn:aws:kms:eu-west-1:111122223333:alias/logs' }, 'no'],
  [{ Resource: undefined, NotResource: 'arn:aws:kms:eu-west-1:111122223333:key/logs' }, 'no'],
  [{ Resource: 'arn:aws:kms:eu-west-1:111122223333:key/logs' }, 'yes'],
  [{ Resource: 'arn:aws:kms:*:111122223333:key/*' }, 'yes'],
  [{ Resource: undefined, NotResource: 'arn:aws:kms:eu-west-1:111122223333:key/other' }, 'yes'],
])('a key policy that speaks of %j: public %s for its own key', (elements, expected) => {
  const document = aDocument(anAllow({ Action: 'kms:*', ...elements }));
  expect(keyIsPublic(document, 'arn:aws:kms:eu-west-1:111122223333:key/logs').verdict).toBe(expected);
});

test('a policy of more patterns than can be told apart is public all the same where one opens it', () => {
  const Resource = Array.from({ length: 200 }, (_, index) => `arn:aws:s3:::logs/*${index}/*${index}*/x`);
  expect(isPublic(aDocument(anAllow({ Resource })))).toMatchObject({ verdict: 'yes', statements: ['statement 1'] });
});
