import { describe, expect, test } from 'vitest';
import { trustsOutside } from './index.js';

const own = '111122223333';
const vendor = '444455556666';
const inside = { accountIds: [own], organizationIds: ['o-ouroursour'] };

type Data = Readonly<Record<string, unknown>>;

function verdict(...statements: readonly Data[]): string {
  const whole = statements.map((it) => Object.assign({ Action: 'sts:AssumeRole' }, it));
  const document = { Version: '2012-10-17', Statement: whole };
  return trustsOutside(JSON.stringify(document), inside).verdict;
}

const allow = (Principal: unknown, Condition?: Data): Data => ({
  Effect: 'Allow',
  Principal,
  ...(Condition && { Condition }),
});
const deny = (Principal: unknown, Condition?: Data): Data => ({ ...allow(Principal, Condition), Effect: 'Deny' });
const root = (accountId: string): string => `arn:aws:iam::${accountId}:root`;
const ours = { StringEquals: { 'aws:PrincipalOrgID': 'o-ouroursour' } };
const notOurs = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ouroursour' } };

describe('it lets somebody from outside in', () => {
  test.each<[what: string, statements: readonly Data[]]>([
    ['another account', [allow({ AWS: root(vendor) })]],
    ['another account by its id', [allow({ AWS: [root(own), vendor] })]],
    ['a session of another account', [allow({ AWS: `arn:aws:sts::${vendor}:assumed-role/a/b` })]],
    ['an account of another partition', [allow({ AWS: `arn:aws-cn:iam::${vendor}:role/a` })]],
    [
      'another account that gives an external ID',
      [allow({ AWS: vendor }, { StringEquals: { 'sts:ExternalId': 'secret' } })],
    ],
    ['everyone', [allow('*')]],
    ['everyone with credentials', [allow({ AWS: '*' })]],
    ['everyone beside a service', [allow({ Service: 'ec2.amazonaws.com', AWS: ['*'] })]],
    ['everyone but one', [{ Effect: 'Allow', NotPrincipal: { AWS: root(own) } }]],
    ['everyone from some address', [allow('*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })]],
    [
      'everyone of another organization',
      [allow('*', { StringEquals: { 'aws:PrincipalOrgID': ['o-ouroursour', 'o-theirstheirs'] } })],
    ],
    ['everyone but of our organization', [allow('*', notOurs)]],
    ['everyone of an account', [allow('*', { StringEquals: { 'aws:PrincipalAccount': vendor } })]],
    ['everyone with a role of that name', [allow('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a' } })]],
    [
      'whoever an identity provider of another account knows',
      [
        {
          ...allow({ Federated: `arn:aws:iam::${vendor}:saml-provider/okta` }),
          Action: 'sts:AssumeRoleWithSAML',
        },
      ],
    ],
    ['what AWS does not take', [allow({ AWS: 'arn:aws:iam::*:root' })]],
    [
      'another account, and a Deny of something else',
      [allow({ AWS: vendor }), { ...deny('*'), Action: 'sts:TagSession' }],
    ],
    ['another account, and a Deny of a third', [allow({ AWS: vendor }), deny({ AWS: root('777788889999') })]],
    ['everyone, and a Deny to some', [allow('*'), deny('*', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } })]],
  ])('%s', (_, statements) => {
    expect(verdict(...statements)).toBe('yes');
  });
});

describe('it does not', () => {
  test.each<[what: string, statements: readonly Data[]]>([
    ['nothing', []],
    ['its own account', [allow({ AWS: [root(own), own, `arn:aws:iam::${own}:role/ci`] })]],
    ['services', [allow({ Service: ['ec2.amazonaws.com', 'config.amazonaws.com'] })]],
    [
      'a service for another account: numbers are no principals',
      [allow({ Service: 'config.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': vendor } })],
    ],
    ['an identity provider of its own', [allow({ Federated: `arn:aws:iam::${own}:saml-provider/okta` })]],
    ['an identity provider of nobody', [allow({ Federated: 'cognito-identity.amazonaws.com' })]],
    ['everyone of our organization', [allow('*', ours)]],
    ['another account as long as it is of our organization', [allow({ AWS: vendor }, ours)]],
    [
      'a part of our organization',
      [allow('*', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-ouroursour/r-ab12/*' } })],
    ],
    ['everyone of its own account', [allow('*', { StringEquals: { 'aws:PrincipalAccount': own } })]],
    ['a Deny to everyone', [deny('*'), allow({ Service: 'ec2.amazonaws.com' })]],
    ['a Deny to another account', [deny({ AWS: root(vendor) }), allow({ AWS: root(own) })]],
    ['a Deny to all but one', [{ Effect: 'Deny', NotPrincipal: { AWS: root(own) } }, allow({ AWS: own })]],
    ['a Deny that undoes the Allow', [allow({ AWS: vendor }), deny('*')]],
    ['everyone, and a Deny to all but our organization', [allow({ AWS: '*' }), deny({ AWS: '*' }, notOurs)]],
    ['another account that may only tag', [{ ...allow({ AWS: vendor }), Action: 'sts:TagSession' }]],
    ['who was deleted', [allow({ AWS: 'AROAEXAMPLEEXAMPLEEXA' })]],
  ])('%s', (_, statements) => {
    expect(verdict(...statements)).toBe('no');
  });
});

test.each(['', '{"Statement":', '[]', '{"Statement":[{"Effect":"Allow","Effect":"Deny"}]}'])(
  'what is no trust policy leaves it open: %s',
  (text) => {
    expect(trustsOutside(text, inside).verdict).toBe('unknown');
  },
);
