import { expect, test } from 'vitest';
import { aDocumentOf, type Statement } from '../../../test/support/iam-builders.js';
import { type ControlPolicy, deniesForMember, parseIamDocument } from './index.js';

const accountId = '222233334444';
const member = { accountId, organizationId: 'o-aaaaaaaaaa', organizationPath: 'o-aaaaaaaaaa/r-ab12/ou-1/' };
const stop = 'cloudtrail:StopLogging';
const full: ControlPolicy = aControl('FullAWSAccess', { Effect: 'Allow', Action: '*', Resource: '*' });

function aControl(name: string, ...statements: readonly Statement[]): ControlPolicy {
  return { name, document: aDocumentOf('service-control', statements) };
}

function aDenyOf(elements: Statement = {}): Statement {
  return {
    Sid: 'Guard',
    Effect: 'Deny',
    Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
    Resource: '*',
    ...elements,
  };
}

function denial(elements: Statement, action = stop, resources?: readonly string[]) {
  const path = [[full], [full, aControl('guard', aDenyOf(elements))], [full]];
  return deniesForMember(path, member, action, resources);
}

function sparing(...arns: readonly string[]): Statement {
  return { Condition: { ArnNotLike: { 'aws:PrincipalArn': arns } } };
}

test('a Deny on the way denies it to everyone, the root user too', () => {
  expect(denial({})).toMatchObject({ scope: 'everyone', statements: ['guard: Guard'] });
  expect(denial({ Action: '*' }).scope).toBe('everyone');
  expect(denial({ Action: 'CloudTrail:stop*' }).scope).toBe('everyone');
  expect(denial({ Action: undefined, NotAction: ['iam:*', 's3:*'] }).scope).toBe('everyone');
  expect(denial({}, 'cloudtrail:UpdateTrail').scope).toBe('nobody');
  expect(denial({ Action: undefined, NotAction: ['cloudtrail:*'] }).scope).toBe('nobody');
});

test('principals that are spared are named', () => {
  const admin = 'arn:aws:iam::*:role/AWSControlTowerExecution';
  const other = `arn:aws:iam::${accountId}:role/x`;
  expect(denial(sparing(admin))).toMatchObject({ scope: 'except-named', exceptPrincipals: [admin] });
  expect(denial({ Condition: { StringNotLike: { 'aws:PrincipalARN': [other, admin] } } })).toMatchObject({
    scope: 'except-named',
    exceptPrincipals: [admin, other],
  });
  expect(denial(sparing(admin, 'arn:aws:iam::999988887777:role/x'))).toMatchObject({ exceptPrincipals: [admin] });
  expect(denial(sparing('arn:aws:iam::*:role/aws-service-role/*')).scope).toBe('everyone');
});

test('a pattern of all roles names nobody', () => {
  for (const arn of ['arn:aws:iam::*:*', 'arn:aws:iam::*:role/*', `arn:aws:iam::${accountId}:user/?*`]) {
    expect(denial(sparing(arn))).toMatchObject({ scope: 'partly', exceptPrincipals: [arn] });
  }
  expect(denial({ Condition: { StringNotLike: { 'aws:PrincipalArn': '*' } } }).scope).toBe('nobody');
});

test('two Denies that spare different principals spare nobody', () => {
  const [a, b] = ['arn:aws:iam::*:role/a', 'arn:aws:iam::*:role/b'];
  const path = [
    [full, aControl('one', aDenyOf(sparing(a)))],
    [full, aControl('two', aDenyOf(sparing(b)))],
  ];
  expect(deniesForMember(path, member, stop).scope).toBe('everyone');
  const both = [[full, aControl('one', aDenyOf(sparing(a, b)), aDenyOf(sparing(b)))]];
  expect(deniesForMember(both, member, stop)).toMatchObject({ scope: 'except-named', exceptPrincipals: [b] });
});

test('a Deny for some principals, under other conditions or for some trails is partial', () => {
  const developers = { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/dev-*' } };
  expect(denial({ Condition: developers })).toMatchObject({ scope: 'partly', exceptPrincipals: [] });
  const tagged = { StringNotEquals: { 'aws:PrincipalTag/team': 'security' } };
  expect(denial({ Condition: tagged })).toMatchObject({
    scope: 'partly',
    conditions: ['aws:PrincipalTag/team StringNotEquals security'],
  });
  const both = { ...tagged, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a' } };
  expect(denial({ Condition: both }).scope).toBe('partly');
  const trails = { Resource: 'arn:aws:cloudtrail:*:*:trail/main' };
  const [main, other] = ['main', 'other'].map((it) => `arn:aws:cloudtrail:eu-west-1:${accountId}:trail/${it}`);
  expect(denial(trails).scope).toBe('partly');
  expect(denial(trails, stop, [main ?? '']).scope).toBe('everyone');
  expect(denial(trails, stop, [other ?? '']).scope).toBe('nobody');
});

test('conditions that are known of the account are decided', () => {
  const ofMember = { StringEquals: { 'aws:PrincipalAccount': accountId } };
  expect(denial({ Condition: ofMember }).scope).toBe('everyone');
  expect(denial({ Condition: { StringNotEquals: ofMember.StringEquals } }).scope).toBe('nobody');
  const ofOu = { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-aaaaaaaaaa/r-ab12/ou-1/*' } };
  expect(denial({ Condition: ofOu }).scope).toBe('everyone');
  expect(denial({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa' } } }).scope).toBe('everyone');
});

test('what nothing allows at some level is denied', () => {
  const some = aControl('some', { Effect: 'Allow', Action: ['s3:*', 'ec2:*'], Resource: '*' });
  expect(deniesForMember([[full], [some], [full]], member, stop)).toMatchObject({
    scope: 'everyone',
    statements: ['nothing at level 2 allows it'],
  });
  expect(deniesForMember([[full], [some], [full]], member, 's3:PutBucketPolicy').scope).toBe('nobody');
  expect(deniesForMember([[full], []], member, stop).scope).toBe('everyone');
  expect(deniesForMember([[full], [some, full]], member, stop).scope).toBe('nobody');
  const security = { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/security' } };
  const forSecurity = aControl('security', { Effect: 'Allow', Action: '*', Resource: '*', Condition: security });
  expect(deniesForMember([[full], [forSecurity]], member, stop)).toMatchObject({
    scope: 'except-named',
    exceptPrincipals: ['arn:aws:iam::*:role/security'],
  });
});

test('what cannot be read is unknown, unless another policy decides', () => {
  const broken = { name: 'broken', document: parseIamDocument('{', 'service-control') };
  const guard = aControl('guard', aDenyOf());
  expect(deniesForMember([[full, broken]], member, stop)).toMatchObject({
    scope: 'unknown',
    because: [expect.stringContaining('broken')],
  });
  expect(
    deniesForMember(
      [
        [full, broken],
        [full, guard],
      ],
      member,
      stop,
    ).scope,
  ).toBe('everyone');
  expect(denial({ Condition: { Frobnicate: { 'aws:PrincipalArn': 'x' } } }).scope).toBe('unknown');
});

test('the management account is bound by none', () => {
  const path = [[full, aControl('guard', aDenyOf())]];
  expect(deniesForMember(path, { ...member, isManagementAccount: true }, stop)).toMatchObject({
    scope: 'nobody',
    because: ['Service control policies do not bind the management account.'],
  });
});

test('Control Tower protects its own trail from all but its own role', () => {
  const controlTower = {
    Sid: 'GRCLOUDTRAILENABLED',
    Effect: 'Deny',
    Action: [
      'cloudtrail:DeleteTrail',
      'cloudtrail:PutEventSelectors',
      'cloudtrail:StopLogging',
      'cloudtrail:UpdateTrail',
    ],
    Resource: ['arn:aws:cloudtrail:*:*:trail/aws-controltower-*'],
    Condition: { ArnNotLike: { 'aws:PrincipalARN': 'arn:aws:iam::*:role/AWSControlTowerExecution' } },
  };
  const path = [[full], [full, aControl('aws-guardrails', controlTower)]];
  const trail = `arn:aws:cloudtrail:eu-west-1:${accountId}:trail/aws-controltower-BaselineCloudTrail`;
  expect(deniesForMember(path, member, stop, [trail])).toMatchObject({
    scope: 'except-named',
    exceptPrincipals: ['arn:aws:iam::*:role/AWSControlTowerExecution'],
    statements: ['aws-guardrails: GRCLOUDTRAILENABLED'],
  });
  expect(deniesForMember(path, member, 'cloudtrail:PutInsightSelectors', [trail]).scope).toBe('nobody');
  expect(deniesForMember(path, member, stop).scope).toBe('partly');
});
