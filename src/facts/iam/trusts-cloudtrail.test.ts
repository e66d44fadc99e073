import { expect, test } from 'vitest';
import { aDeny, aDocument, anAllow, type Statement } from '../../../test/support/iam-builders.js';
import { hasConfusedDeputy, type Place, trustsOnlyCloudTrail } from './index.js';

const [mine, member, stranger] = ['111122223333', '222233334444', '999988887777'];
const organizationId = 'o-aaaaaaaaaa';
const trail = `arn:aws:cloudtrail:eu-west-1:${mine}:trail/main`;
const objects = 'arn:aws:s3:::logs/AWSLogs/*';
const use = { actions: ['s3:PutObject'], resources: [objects] };
const ours = { accountIds: [mine, member], organizationId };
const place: Place = { ...ours, ownerAccountId: mine, trails: [trail] };

function aDelivery(condition: Statement = {}, elements: Statement = {}): Statement {
  const acl = { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } };
  return anAllow({
    Sid: 'Write',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: objects,
    Condition: { ...acl, ...condition },
    ...elements,
  });
}

test.each<[condition: Statement, expected: string]>([
  [{}, 'yes'],
  [{ ArnEquals: { 'aws:SourceArn': trail } }, 'no'],
  [{ StringLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${mine}:trail/*` } }, 'no'],
  [{ ArnLike: { 'aws:SourceArn': [trail, `arn:aws:cloudtrail:*:${member}:trail/*`] } }, 'no'],
  [{ StringEqualsIgnoreCase: { 'aws:SourceAccount': mine } }, 'no'],
  [{ StringEqualsIfExists: { 'aws:SourceAccount': [mine, member] } }, 'no'],
  [{ 'ForAnyValue:StringEquals': { 'aws:SourceAccount': mine } }, 'no'],
  [{ StringNotEqualsIgnoreCase: { 'aws:SourceOrgID': organizationId } }, 'yes'],
  [{ StringLike: { 'aws:SourceOrgID': organizationId } }, 'no'],
  [{ 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': `${organizationId}/*` } }, 'no'],
  [{ StringEqualsIfExists: { 'aws:SourceOrgID': organizationId } }, 'yes'],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:*:trail/*' } }, 'yes'],
  [{ ArnLike: { 'aws:SourceArn': [trail, `arn:aws:cloudtrail:*:${stranger}:trail/*`] } }, 'yes'],
  [{ StringLike: { 'aws:SourceAccount': '9*' } }, 'yes'],
  [{ StringLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:11112222????:trail/*' } }, 'yes'],
  [{ StringEqualsIgnoreCase: { 'aws:SourceAccount': stranger } }, 'yes'],
  [{ StringLike: { 'aws:SourceOrgID': 'o-*' } }, 'yes'],
  [{ StringLike: { 'aws:SourceOrgID': 'o-bbbbbbbbbb' } }, 'yes'],
  [{ StringNotLike: { 'aws:SourceAccount': stranger } }, 'yes'],
  // A trail of 222233334444 has no ARN in 999988887777.
  [
    {
      ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${stranger}:trail/*` },
      StringLike: { 'aws:SourceAccount': '888877776666' },
    },
    'no',
  ],
  [{ StringEqualsIgnoreCase: { 's3:x-amz-acl': 'private' } }, 'no'],
])('CloudTrail under %j: for others %s', (condition, expected) => {
  expect(hasConfusedDeputy(aDocument(aDelivery(condition)), use, ours).verdict).toBe(expected);
});

test('a Deny binds it as well as a condition', () => {
  const deny = aDeny({
    Action: '*',
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:SourceOrgID': organizationId } },
  });
  expect(hasConfusedDeputy(aDocument(aDelivery(), deny), use, ours).verdict).toBe('no');
});

test('who else may write among the logs is listed', () => {
  const others = (...statements: readonly Statement[]): readonly string[] =>
    trustsOnlyCloudTrail(aDocument(...statements), [objects], place).others.map((it) => `${it.class} ${it.principal}`);
  const scoped = aDelivery({ ArnEquals: { 'aws:SourceArn': trail } });
  const put = { Action: 's3:Put*', Resource: '*' };

  expect(trustsOnlyCloudTrail(aDocument(scoped), [objects], place)).toEqual({ verdict: 'yes', others: [] });
  expect(trustsOnlyCloudTrail(aDocument(aDelivery()), [objects], place).verdict).toBe('no');
  expect(others(aDelivery())).toEqual(['other-trails cloudtrail.amazonaws.com for another account']);
  expect(others(scoped, anAllow({ ...put, Principal: { AWS: `arn:aws:iam::${mine}:role/Writer` } }))).toEqual([
    `owner-account account ${mine}`,
  ]);
  expect(others(scoped, anAllow({ ...put, Principal: { AWS: stranger } }))).toEqual([
    `external-accounts account ${stranger}`,
  ]);
  expect(others(scoped, anAllow({ ...put, Principal: { AWS: member } }))).toEqual([`organization account ${member}`]);
  expect(others(scoped, anAllow({ ...put, Principal: { CanonicalUser: 'b'.repeat(64) } }))).toEqual([
    `owner-account account ${mine}`,
    `otherwise-named ${'b'.repeat(64)}`,
  ]);
  const ofOrganization = { StringEquals: { 'aws:PrincipalOrgID': organizationId } };
  expect(others(scoped, anAllow({ ...put, Condition: ofOrganization }))).toEqual([
    `owner-account account ${mine}`,
    `organization organization ${organizationId}`,
  ]);
  expect(
    others(scoped, anAllow({ ...put, Principal: { AWS: stranger }, Resource: 'arn:aws:s3:::logs/other/*' })),
  ).toEqual([]);
  expect(others(scoped, anAllow({ ...put, Action: 's3:Get*' }))).toEqual([]);
});

test('other services may write where they are allowed by name', () => {
  const config = aDelivery({}, { Principal: { Service: 'config.amazonaws.com' } });
  const document = aDocument(aDelivery({ ArnEquals: { 'aws:SourceArn': trail } }), config);
  expect(trustsOnlyCloudTrail(document, [objects], place).verdict).toBe('no');
  expect(trustsOnlyCloudTrail(document, [objects], place, ['config.amazonaws.com'])).toEqual({
    verdict: 'yes',
    others: [],
  });
});

test('a document that cannot be read trusts nobody knows whom', () => {
  const document = aDocument(aDelivery({ Frobnicate: { 'aws:SourceArn': trail } }));
  expect(hasConfusedDeputy(document, use, ours).verdict).toBe('unknown');
  expect(trustsOnlyCloudTrail(document, [objects], place).verdict).toBe('unknown');
});
