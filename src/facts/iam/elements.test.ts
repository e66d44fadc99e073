import { expect, test } from 'vitest';
import { aDeny, aDocument, aDocumentOf, anAllow, type Statement } from '../../../test/support/iam-builders.js';
import {
  anonymous,
  evaluateIam,
  onePrincipal,
  outsider,
  principalsOfAccount,
  principalsOfAnyAccount,
  principalsOfOrganization,
  type Requester,
  service,
} from './index.js';

const [mine, other] = ['111122223333', '444455556666'];
const role = `arn:aws:iam::${mine}:role/path/Admin`;
const user = `arn:aws:iam::${mine}:user/alice`;
const session = `arn:aws:sts::${mine}:assumed-role/Admin/me`;
const cloudTrail = service('cloudtrail.amazonaws.com', { accountId: mine });

interface Question {
  readonly requester?: Requester;
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
}

function ask(statements: readonly Statement[], question: Question = {}) {
  return evaluateIam(aDocument(...statements), {
    requester: anonymous(),
    actions: ['s3:GetObject'],
    resources: ['arn:aws:s3:::logs/a'],
    ...question,
  });
}

test.each<[elements: Statement, actions: readonly string[], expected: string]>([
  [{ Action: 's3:GetObject' }, ['s3:GetObject'], 'always'],
  [{ Action: ['s3:GetObject'] }, ['s3:GetObject'], 'always'],
  [{ Action: 'S3:getobject' }, ['s3:GetObject'], 'always'],
  [{ Action: 's3:Get*' }, ['s3:GetObject'], 'always'],
  [{ Action: 's3:Get?bject' }, ['s3:GetObject'], 'always'],
  [{ Action: 's3:*' }, ['s3:*'], 'always'],
  [{ Action: '*' }, ['s3:GetObject'], 'always'],
  [{ Action: '*:*' }, ['s3:GetObject'], 'always'],
  [{ Action: 's3:GetObjec' }, ['s3:GetObject'], 'never'],
  [{ Action: 's3:Get*' }, ['s3:*'], 'when'],
  [{ Action: 's3:Get*' }, ['s3:GetObject', 's3:PutObject'], 'when'],
  [{ Action: 's3:Put*' }, ['s3:Get*'], 'never'],
  [{ Action: undefined, NotAction: 's3:Put*' }, ['s3:GetObject'], 'always'],
  [{ Action: undefined, NotAction: 's3:Put*' }, ['s3:PutObject'], 'never'],
  [{ Action: undefined, NotAction: ['iam:*', 's3:Put*'] }, ['s3:Get*'], 'always'],
])('%j for %j: %s', (elements, actions, expected) => {
  expect(ask([anAllow(elements)], { actions }).allowed.answer).toBe(expected);
});

test.each<[elements: Statement, resource: string, expected: string]>([
  [{ Resource: '*' }, 'arn:aws:s3:::logs/a', 'always'],
  [{ Resource: 'arn:aws:s3:::logs/*' }, 'arn:aws:s3:::logs/a/b:c', 'always'],
  [{ Resource: 'arn:aws:s3:::logs/*' }, 'arn:aws:s3:::logs', 'never'],
  [{ Resource: 'arn:aws:s3:::logs*' }, 'arn:aws:s3:::logs', 'always'],
  [{ Resource: ['arn:aws:s3:::x', 'arn:*:s3:::logs/?'] }, 'arn:aws:s3:::logs/a', 'always'],
  [{ Resource: 'arn:aws:s3:::LOGS/*' }, 'arn:aws:s3:::logs/a', 'never'],
  [{ Resource: 'arn:aws:s3:::logs/AWSLogs/*' }, 'arn:aws:s3:::logs/*', 'when'],
  [{ Resource: 'arn:aws:s3:::logs/*' }, 'arn:aws:s3:::logs/AWSLogs/*', 'always'],
  [{ Resource: undefined, NotResource: 'arn:aws:s3:::logs/AWSLogs/*' }, 'arn:aws:s3:::logs/AWSLogs/*', 'never'],
  [{ Resource: undefined, NotResource: 'arn:aws:s3:::logs/AWSLogs/*' }, 'arn:aws:s3:::logs/x', 'always'],
  // An asterisk at the end of a part reaches over colons, says the page on Resource.
  [{ Resource: 'arn:aws:s3:*' }, 'arn:aws:s3:::logs/a', 'always'],
  [{ Resource: 'arn:*' }, 'arn:aws:s3:::logs/a', 'always'],
  [{ Resource: 'arn:aws:s3:*:logs/*' }, 'arn:aws:s3:::logs/a', 'always'],
  [{ Resource: undefined, NotResource: 'arn:aws:s3:*' }, 'arn:aws:s3:::logs/a', 'never'],
  [{ Resource: 'arn:aws:s3:*logs/a' }, 'arn:aws:s3:::logs/a', 'unknown'],
  [{ Resource: 'arn:aws:s3:::logs/${aws:userid}/*' }, 'arn:aws:s3:::logs/anonymous/a', 'always'],
  [{ Resource: 'arn:aws:s3:::logs/${aws:username}/*' }, 'arn:aws:s3:::logs/a', 'never'],
  [{ Resource: undefined, NotResource: 'arn:aws:s3:::logs/${aws:username}/*' }, 'arn:aws:s3:::logs/a', 'unknown'],
  [{ Resource: 'arn:aws:s3:::logs/${aws:UserAgent}/*' }, 'arn:aws:s3:::logs/a', 'unknown'],
])('%j for %s: %s', (elements, resource, expected) => {
  expect(ask([anAllow(elements)], { resources: [resource] }).allowed.answer).toBe(expected);
});

const everyAccount = principalsOfAnyAccount();
const ours = principalsOfAccount(mine, { organizationId: 'o-aaaaaaaaaa' });

test.each<[principal: unknown, requester: Requester, expected: string]>([
  ['*', anonymous(), 'always'],
  [{ AWS: '*' }, anonymous(), 'always'],
  [{ AWS: ['*'] }, everyAccount, 'always'],
  ['*', cloudTrail, 'always'],
  [{ AWS: mine }, ours, 'always'],
  [{ AWS: `arn:aws:iam::${mine}:root` }, ours, 'always'],
  [{ AWS: mine }, principalsOfAccount(other), 'never'],
  [{ AWS: mine }, anonymous(), 'never'],
  [{ AWS: mine }, everyAccount, 'never'],
  [{ AWS: mine }, cloudTrail, 'never'],
  [{ AWS: role }, ours, 'when'],
  [{ AWS: role }, onePrincipal(role), 'always'],
  [{ AWS: user }, onePrincipal(role), 'never'],
  [{ AWS: session }, ours, 'when'],
  [{ AWS: session }, onePrincipal(role), 'when'],
  [{ AWS: session }, onePrincipal(user), 'never'],
  [{ AWS: role }, principalsOfAccount(other), 'never'],
  [{ AWS: 'AROAEXAMPLEEXAMPLE12' }, ours, 'never'],
  [{ Service: 'cloudtrail.amazonaws.com' }, cloudTrail, 'always'],
  [{ Service: ['config.amazonaws.com', 'CloudTrail.amazonaws.com'] }, cloudTrail, 'always'],
  [{ Service: 'config.amazonaws.com' }, cloudTrail, 'never'],
  [{ Service: 'cloudtrail.amazonaws.com' }, outsider(), 'never'],
  [{ CanonicalUser: 'a'.repeat(64) }, ours, 'unknown'],
  [{ CanonicalUser: 'a'.repeat(64) }, everyAccount, 'never'],
  [{ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' }, ours, 'never'],
  [{ Federated: `arn:aws:iam::${other}:saml-provider/x` }, ours, 'never'],
  [{ Federated: 'cognito-identity.amazonaws.com' }, ours, 'unknown'],
  [{ Federated: 'cognito-identity.amazonaws.com' }, anonymous(), 'never'],
])('Principal %j for $name: %s', (Principal, requester, expected) => {
  expect(ask([anAllow({ Principal })], { requester }).allowed.answer).toBe(expected);
});

test.each<[effect: 'Allow' | 'Deny', principal: unknown, requester: Requester, expected: string]>([
  ['Allow', { AWS: role }, anonymous(), 'always'],
  ['Allow', { AWS: role }, principalsOfAccount(other), 'always'],
  ['Allow', { AWS: user }, onePrincipal(user), 'never'],
  ['Allow', { AWS: role }, onePrincipal(role), 'unknown'],
  ['Allow', { AWS: mine }, onePrincipal(user), 'unknown'],
  ['Deny', { AWS: [mine, user] }, onePrincipal(user), 'never'],
  ['Deny', { AWS: [mine, user] }, principalsOfAccount(other), 'always'],
  ['Deny', { AWS: [mine, user] }, anonymous(), 'always'],
  ['Deny', { AWS: [mine, user] }, cloudTrail, 'always'],
  ['Deny', { AWS: user }, onePrincipal(user), 'unknown'],
  ['Deny', { AWS: [mine, role] }, onePrincipal(role), 'unknown'],
  ['Deny', { Service: 'cloudtrail.amazonaws.com' }, cloudTrail, 'never'],
  ['Deny', { Service: 'cloudtrail.amazonaws.com' }, anonymous(), 'always'],
])('%s with NotPrincipal %j: %s', (Effect, NotPrincipal, requester, expected) => {
  const { allowed, denied } = ask([anAllow({ Effect, Principal: undefined, NotPrincipal })], { requester });
  expect((Effect === 'Allow' ? allowed : denied).answer).toBe(expected);
});

test('a Deny wins over an Allow, under its condition only', () => {
  const deny = aDeny({ Sid: 'NotFromHere', Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } });
  expect(ask([anAllow(), aDeny()])).toMatchObject({
    allowed: { answer: 'never', statements: ['statement 2'] },
    denied: { answer: 'always', statements: ['statement 2'] },
  });
  expect(ask([anAllow({ Sid: 'Read' }), deny])).toMatchObject({
    allowed: {
      answer: 'when',
      statements: ['Read', 'NotFromHere'],
      conditions: ['not (aws:SourceIp NotIpAddress 203.0.113.0/24)'],
      holdsFor: { context: { 'aws:SourceIp': '203.0.113.0' } },
    },
    denied: { answer: 'when', conditions: ['aws:SourceIp NotIpAddress 203.0.113.0/24'] },
  });
});

test('conditions that exclude each other are never met together', () => {
  const here = { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };
  const elsewhere = { Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } };
  expect(ask([anAllow(here), aDeny(here)]).allowed.answer).toBe('never');
  expect(ask([anAllow(here), aDeny(elsewhere)]).allowed.answer).toBe('when');
  expect(ask([anAllow(here), anAllow(elsewhere)]).allowed.answer).toBe('always');
});

test('a request through a VPC endpoint has no public address', () => {
  const both = { StringEquals: { 'aws:SourceVpce': 'vpce-1' }, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  expect(ask([anAllow({ Condition: both })]).allowed.answer).toBe('never');
});

test('an unreadable Deny leaves open what an Allow grants, and a sure Deny closes it', () => {
  const unreadable = aDeny({ Condition: { Sometimes: { 'aws:SourceVpc': 'vpc-1' } } });
  expect(ask([anAllow(), unreadable]).allowed).toMatchObject({
    answer: 'unknown',
    because: ['statement 2: has a condition operator that IAM does not know: Sometimes'],
  });
  expect(ask([anAllow(), unreadable, aDeny()]).allowed.answer).toBe('never');
  expect(ask([unreadable]).allowed.answer).toBe('never');
  expect(ask([anAllow(), { ...unreadable, Action: 's3:PutObject' }]).allowed.answer).toBe('always');
});

test('what AWS says of a principal follows from who it is', () => {
  const byOrganization = anAllow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa' } } });
  const answers = [
    ours,
    principalsOfOrganization('o-aaaaaaaaaa'),
    principalsOfOrganization('o-bbbbbbbbbb'),
    principalsOfAccount(mine, { organizationId: null }),
    principalsOfAccount(other),
    everyAccount,
    anonymous(),
    cloudTrail,
  ].map((requester) => ask([byOrganization], { requester }).allowed.answer);
  expect(answers).toEqual(['always', 'always', 'never', 'never', 'unknown', 'never', 'never', 'never']);

  const exceptAdmin = aDeny({ Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*Admin' } } });
  expect(ask([exceptAdmin], { requester: ours }).denied).toMatchObject({
    answer: 'when',
    conditions: ['aws:PrincipalArn ArnNotLike arn:aws:iam::*:role/*Admin'],
  });
  expect(ask([exceptAdmin], { requester: onePrincipal(role) }).denied.answer).toBe('never');
  const users = anAllow({ Condition: { StringEquals: { 'aws:PrincipalType': 'User' } } });
  expect(ask([users], { requester: onePrincipal(user) }).allowed.answer).toBe('always');
  expect(ask([users, aDeny({ Principal: { AWS: user } })], { requester: onePrincipal(role) }).allowed.answer).toBe(
    'never',
  );
});

test('documents without principals speak of whom they are attached to', () => {
  const statement = aDeny({ Principal: undefined, Action: 'cloudtrail:*', Resource: '*' });
  const question = {
    requester: ours,
    actions: ['cloudtrail:StopLogging'],
    resources: ['arn:aws:cloudtrail:*:*:trail/*'],
  };
  for (const kind of ['service-control', 'identity'] as const) {
    expect(evaluateIam(aDocumentOf(kind, [statement]), question).denied.answer).toBe('always');
    expect(evaluateIam(aDocumentOf(kind, [{ ...statement, Principal: '*' }]), question).denied.answer).toBe('unknown');
  }
  expect(evaluateIam(aDocumentOf('resource', [statement]), question).denied.answer).toBe('unknown');
  expect(evaluateIam(aDocumentOf('resource-control', [{ ...statement, Principal: '*' }]), question).denied.answer).toBe(
    'always',
  );
});

test('conditions on many keys are decided', () => {
  const keys = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`x:key${index}`, 'a']));
  const allow = anAllow({ Condition: { StringEquals: keys } });
  const contrary = aDeny({ Condition: { StringNotEquals: { 'x:key0': 'b' } } });
  expect(ask([allow]).allowed.answer).toBe('when');
  expect(ask([allow, contrary]).allowed.answer).toBe('never');
});

test('where there are too many requests to look at, what was seen still counts', () => {
  const pairs = Array.from({ length: 20 }, (_, index) =>
    anAllow({ Condition: { StringEquals: { [`x:a${index}`]: 'a', [`x:b${index}`]: 'b' } } }),
  );
  const impossible = { StringEquals: { 'aws:SourceVpce': 'vpce-1' }, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  expect(ask(pairs).allowed.answer).toBe('when');
  expect(ask([...pairs, aDeny({ Condition: { Null: { 'x:a0': ['true', 'false'] } } })]).allowed.answer).toBe('never');
  const denyOdd = pairs.map((it) => ({ ...it, Effect: 'Deny' }));
  expect(ask([anAllow({ Condition: impossible }), ...denyOdd]).allowed.answer).toBe('never');
  const unreadable = pairs.map(({ Condition }) => anAllow({ Condition: Object.assign({ Frobnicate: {} }, Condition) }));
  const { answer, because } = ask(unreadable).allowed;
  expect({ answer, because: because.at(-1) }).toEqual({
    answer: 'unknown',
    because: 'The document tells more requests apart than can be tried.',
  });
});
