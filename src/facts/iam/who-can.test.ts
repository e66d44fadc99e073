import { describe, expect, test } from 'vitest';
import { aDeny, aDocument, anAllow, type Statement } from '../../../test/support/iam-builders.js';
import { deniesToAllBut, type Place, whoCan } from './index.js';

const owner = '111111111111';
const trail = `arn:aws:cloudtrail:eu-central-1:${owner}:trail/main`;
const organizationId = 'o-example123';
const place: Place = {
  ownerAccountId: owner,
  partition: 'aws',
  trails: [trail],
  accountIds: [owner, '222222222222'],
  organizationId,
};
const use = { actions: ['s3:PutObject'], resources: ['arn:aws:s3:::logs/AWSLogs/*'] };

/** The classes that surely can, for some request at all. */
function who(...statements: readonly Statement[]): readonly string[] {
  const all = whoCan(aDocument(...statements), place, use).filter(({ allowed }) => allowed.holdsFor !== undefined);
  return [...new Set(all.map((it) => it.class))];
}

function put(Condition: object, Principal: unknown = '*'): Statement {
  return anAllow({ Principal, Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/*', Condition });
}

const anyone = ['owner-account', 'organization', 'any-account'];
const everyone = ['own-trails', 'other-trails', ...anyone, 'anonymous'];

describe('a condition that looks narrow, and lets in more', () => {
  test.each<[what: string, condition: object, classes: readonly string[]]>([
    [
      'IfExists: who has no organization has no such key',
      { StringEqualsIfExists: { 'aws:PrincipalOrgID': organizationId } },
      everyone,
    ],
    [
      'ForAllValues holds where the key is missing',
      { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': organizationId } },
      everyone,
    ],
    [
      'Null holds where it is missing',
      { Null: { 'aws:PrincipalOrgID': 'true' } },
      ['own-trails', 'other-trails', 'any-account', 'anonymous'],
    ],
    ['a pattern of organizations', { StringLike: { 'aws:PrincipalOrgID': 'o-ex*' } }, anyone],
    [
      'a pattern of accounts',
      { StringLike: { 'aws:PrincipalAccount': '11*' } },
      ['owner-account', 'organization', 'external-accounts', 'any-account'],
    ],
    [
      'a pattern of accounts in an ARN',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::11*:role/x' } },
      ['owner-account', 'external-accounts'],
    ],
    ['any session of a role', { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }, anyone],
    ['any user', { StringEquals: { 'aws:PrincipalType': 'User' } }, anyone],
    ['any root user', { StringEquals: { 'aws:PrincipalType': 'Account' } }, anyone],
    ['any VPC', { StringLike: { 'aws:SourceVpc': 'vpc-*' } }, [...anyone, 'anonymous']],
    [
      'both halves of all addresses',
      { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } },
      [...anyone, 'anonymous'],
    ],
    [
      'services, whichever',
      { Bool: { 'aws:PrincipalIsAWSService': 'true' } },
      ['own-trails', 'other-trails', 'aws-services'],
    ],
    [
      'services for our organization',
      { StringEquals: { 'aws:SourceOrgID': organizationId } },
      ['own-trails', 'aws-services'],
    ],
    [
      'a service by its name',
      { StringEquals: { 'aws:PrincipalServiceName': 'config.amazonaws.com' } },
      ['aws-services'],
    ],
    ['services by a pattern', { StringLike: { 'aws:PrincipalServiceName': 'd*.amazonaws.com' } }, ['aws-services']],
    [
      'CloudTrail by its name',
      { StringEquals: { 'aws:PrincipalServiceName': 'cloudtrail.amazonaws.com' } },
      ['own-trails', 'other-trails'],
    ],
  ])('%s', (_, condition, classes) => {
    expect(who(put(condition))).toEqual(classes);
  });

  test.each<[what: string, condition: object]>([
    [
      'a pattern of accounts in a trail’s ARN',
      { StringLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:111*:trail/*' } },
    ],
    ['a pattern of accounts', { StringLike: { 'aws:SourceAccount': '?11111111111' } }],
    ['a trail of that name', { StringLike: { 'aws:SourceArn': 'arn:*:trail/main' } }],
    ['all accounts but one', { StringNotEquals: { 'aws:SourceAccount': '333333333333' } }],
    [
      'a variable that follows the account',
      { StringEquals: { 'aws:SourceArn': 'arn:aws:cloudtrail:eu-central-1:${aws:SourceAccount}:trail/main' } },
    ],
    ['that there is a trail', { Null: { 'aws:SourceArn': 'false' } }],
    ['an organization by a pattern', { StringLike: { 'aws:SourceOrgID': 'o-*' } }],
  ])('CloudTrail: %s', (_, condition) => {
    expect(who(put(condition, { Service: 'cloudtrail.amazonaws.com' }))).toEqual(['own-trails', 'other-trails']);
  });
});

describe('a denial that spares more than it seems to name', () => {
  const scope = (condition: object): string =>
    deniesToAllBut(aDocument(aDeny({ Action: 's3:*', Resource: '*', Condition: condition })), place, use).scope;

  test.each(['AssumedRole', 'User', 'Account'])('principals of the type %s', (type) => {
    expect(scope({ StringNotEquals: { 'aws:PrincipalType': type } })).toBe('partly');
  });

  test.each([
    ['role/Admin', 'except-named'],
    ['role/breakglass-*', 'except-named'],
    ['root', 'except-named'],
    ['role/*', 'partly'],
    ['role/*-*', 'partly'],
    ['*role/*', 'partly'],
    ['r*', 'partly'],
    ['user/?*', 'partly'],
  ])('whoever is %s: %s', (resource, expected) => {
    expect(scope({ ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${owner}:${resource}` } })).toBe(expected);
    expect(scope({ ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::*:${resource}` } })).toBe(expected);
  });
});
