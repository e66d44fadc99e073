import { assert, boolean, constantFrom, property, record, subarray } from 'fast-check';
import { expect, test } from 'vitest';
import { iam } from './index.js';
import { isPublicByText } from './public-policy.js';

const logs = 'arn:aws:s3:::logs';

function statement(parts: object): object {
  return { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${logs}/*`, ...parts };
}

function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

const cloudTrail = statement({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' });
const tlsOnly = statement({
  Effect: 'Deny',
  Action: 's3:*',
  Resource: [logs, `${logs}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

test.each([
  ['CloudTrail', policyOf(cloudTrail)],
  ['a Deny for everyone', policyOf(cloudTrail, tlsOnly)],
  ['another account', policyOf(statement({ Principal: { AWS: 'arn:aws:iam::444455556666:root' } }))],
  ['a user by a canonical id', policyOf(statement({ Principal: { CanonicalUser: 'c'.repeat(64) } }))],
  ['nobody', policyOf()],
  [
    'everyone of an organization',
    policyOf(statement({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa' } } })),
  ],
  ['everyone through a VPC', policyOf(statement({ Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }))],
  ['everyone from an office', policyOf(statement({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }))],
  ['everyone, taken back by a Deny', policyOf(statement({}), statement({ Effect: 'Deny' }))],
  [
    'access points of an account, which are judged by themselves',
    policyOf(statement({ Condition: { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } } })),
  ],
])('not public: %s', (_, text) => {
  expect(isPublicByText(text)).toBe(false);
});

test.each([
  ['everyone', policyOf(statement({}))],
  ['everyone, as AWS', policyOf(statement({ Principal: { AWS: '*' } }))],
  ['everyone among others', policyOf(statement({ Principal: { AWS: ['arn:aws:iam::444455556666:root', '*'] } }))],
  ['everyone may write', policyOf(cloudTrail, statement({ Action: 's3:PutObject' }))],
  ['over TLS only', policyOf(statement({}), tlsOnly)],
  ['an empty condition', policyOf(statement({ Condition: {} }))],
  ['everyone from half the world', policyOf(statement({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }))],
  ['all but one', policyOf(statement({ Principal: undefined, NotPrincipal: { AWS: '444455556666' } }))],
  [
    'everyone whose key is absent',
    policyOf(statement({ Condition: { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } } })),
  ],
  ['beside a statement that nobody understands', policyOf(statement({}), { Effect: 'Allow', Principal: '*', What: 1 })],
])('public: %s', (_, text) => {
  expect(isPublicByText(text)).toBe(true);
});

test.each([
  ['an unknown element', policyOf(cloudTrail, { Effect: 'Allow', Principal: { AWS: '1' }, What: 1 })],
  ['an effect of no known name', policyOf(statement({ Effect: 'allow' }))],
  ['no JSON', 'nothing'],
  ['a list', '[]'],
])('not decided by the text: %s', (_, text) => {
  expect(isPublicByText(text)).toBeUndefined();
});

test('what the text decides is what S3 would say of it', () => {
  const principals = constantFrom<object>(
    { Principal: '*' },
    { Principal: { AWS: '444455556666' } },
    { Principal: { Service: 'config.amazonaws.com' } },
    { Principal: undefined, NotPrincipal: { AWS: '444455556666' } },
  );
  const one = record({ principal: principals, isDeny: boolean(), isBound: boolean() });
  const pool = Array.from({ length: 4 }, (_, index) => index);
  assert(
    property(record({ first: one, second: one, third: one }), subarray(pool), (its, kept) => {
      const all = Object.values(its).map(({ principal, isDeny, isBound }) =>
        statement({
          ...principal,
          Effect: isDeny ? 'Deny' : 'Allow',
          ...(isBound ? { Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } } : {}),
        }),
      );
      const text = policyOf(...[...all, tlsOnly].filter((_, index) => kept.includes(index)));
      const byText = isPublicByText(text);
      const { verdict } = iam.isPublic(iam.parseIamDocument(text, 'resource'));
      const asS3Would = byText === undefined ? verdict : byText ? 'yes' : 'no';
      expect(verdict).toBe(asS3Would);
    }),
  );
});
