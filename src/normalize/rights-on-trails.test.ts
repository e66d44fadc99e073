import { expect, test } from 'vitest';
import { MalformedAnswer } from './malformed-answer.js';
import { normalizeAuthorizationDetails, type RawAuthorizationDetails } from './authorization-details.js';
import { rightsOnTrails } from './rights-on-trails.js';
import { speaksOfTrails } from './speaks-of-trails.js';

const account = '111111111111';
const documentOf = (...statements: readonly object[]): string => JSON.stringify({ Statement: statements });
const spoken = (statement: object): string => speaksOfTrails(documentOf(statement));

test.each([
  ['allows', { Effect: 'Allow', Action: '*' }],
  ['allows', { Effect: 'Allow', Action: ['s3:*', 'CloudTrail:stop*'] }],
  ['allows', { Effect: 'Allow', Action: 'c*:*Trail' }],
  ['allows', { Effect: 'Allow', Action: 'cloudtrail:?pdateTrail' }],
  ['allows', { Effect: 'Allow', NotAction: 'iam:*' }],
  ['allows', { Effect: 'Allow', Action: 7 }],
  ['allows', { Effect: 'Allow' }],
  ['allows', { Effect: 'Maybe', Action: '*' }],
  ['denies', { Effect: 'Deny', Action: 'cloudtrail:*' }],
  ['denies', { Effect: 'Deny', NotAction: 's3:*' }],
  ['nothing', { Effect: 'Allow', Action: ['cloudtrail:Get*', 'cloudtrail:ListTrails', 's3:*', 'cloudtrail'] }],
  ['nothing', { Effect: 'Allow', Action: [] }],
])('a statement %s: %j', (expected, statement) => {
  expect(spoken(statement)).toBe(expected);
});

test('a pattern of many asterisks is compared in a moment', () => {
  expect(spoken({ Effect: 'Allow', Action: '*a'.repeat(3000) })).toBe('nothing');
});

const stops = documentOf({ Effect: 'Allow', Action: 'cloudtrail:*' });
const role = (RoleName: string, parts: object) => ({
  RoleName,
  RoleId: `AROA${RoleName}`,
  Arn: `arn:aws:iam::${account}:role/${RoleName}`,
  RolePolicyList: [],
  AttachedManagedPolicies: [],
  ...parts,
});
const page = (parts: RawAuthorizationDetails): RawAuthorizationDetails => ({
  UserDetailList: [],
  RoleDetailList: [],
  GroupDetailList: [],
  Policies: [],
  ...parts,
});

test('a group that is named and not told of may allow anything', () => {
  const UserDetailList = [
    {
      UserName: 'ann',
      UserId: 'AIDAann',
      Arn: `arn:aws:iam::${account}:user/ann`,
      GroupList: ['gone'],
      AttachedManagedPolicies: [],
    },
  ];
  expect(rightsOnTrails(normalizeAuthorizationDetails(page({ UserDetailList })))).toEqual({
    documents: [{ name: 'group/gone' }],
    principals: [{ arn: `arn:aws:iam::${account}:user/ann`, id: 'AIDAann', policies: ['group/gone'], tags: {} }],
  });
});

test('a permissions boundary that says nothing of trails allows none', () => {
  const name = `arn:aws:iam::${account}:policy/limit`;
  const limited = { PermissionsBoundary: { PermissionsBoundaryArn: name }, Tags: [{ Key: 'team', Value: 'a' }] };
  const RolePolicyList = [{ PolicyName: 'stop', PolicyDocument: encodeURIComponent(stops) }];
  const raw = (Document: string): RawAuthorizationDetails =>
    page({
      RoleDetailList: [role('R', { ...limited, RolePolicyList })],
      Policies: [{ Arn: name, PolicyVersionList: [{ Document, IsDefaultVersion: true }] }],
    });
  const read = (document: string) => rightsOnTrails(normalizeAuthorizationDetails(raw(document)));
  expect(read(documentOf({ Effect: 'Allow', Action: 's3:*' })).principals).toEqual([]);
  expect(read(stops).principals).toMatchObject([{ boundary: name, policies: ['role/R: stop'], tags: { team: 'a' } }]);
});

test.each([
  ['lists', {}],
  ['policies of a role', page({ RoleDetailList: [role('R', { AttachedManagedPolicies: undefined })] })],
  ['a document', page({ RoleDetailList: [role('R', { RolePolicyList: [{ PolicyName: 'x' }] })] })],
  ['a version in force', page({ Policies: [{ Arn: 'a', PolicyVersionList: [{ Document: stops }] }] })],
])('an answer that lacks %s is malformed', (_, raw) => {
  expect(() => normalizeAuthorizationDetails(raw)).toThrow(MalformedAnswer);
});
