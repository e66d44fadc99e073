import { expect, test } from 'vitest';
import { allowsAdministration } from './index.js';

const account = '111122223333';
const verdict = (...statements: readonly unknown[]): string =>
  allowsAdministration(JSON.stringify({ Version: '2012-10-17', Statement: statements }), account).verdict;
const allow = (more: object): object => ({ Effect: 'Allow', Resource: '*', ...more });
const deny = (more: object): object => ({ Effect: 'Deny', Resource: '*', ...more });

test.each([
  ['everything', [allow({ Action: '*' })]],
  ['everything, twice over', [allow({ Action: ['s3:GetObject', '**'] })]],
  ['every action of every service', [allow({ Action: ['*:*'] })]],
  ['all of IAM', [allow({ Action: 'IAM:*' })]],
  ['all of IAM, in other words', [allow({ Action: 'iam:?*' })]],
  ['all of IAM, on all that IAM has', [allow({ Action: 'iam:*', Resource: 'arn:aws:iam::*:*' })]],
  ['all of IAM on every role', [allow({ Action: 'iam:*', Resource: [`arn:aws:iam::${account}:role/*`] })]],
  [
    'all of IAM but on one role',
    [allow({ Action: 'iam:*', Resource: undefined, NotResource: 'arn:aws:iam::*:role/a' })],
  ],
  ['all but some actions', [allow({ NotAction: ['organizations:*', 'iam:DeleteUser'] })]],
  ['everything with MFA', [allow({ Action: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })]],
  ['everything, less some of it', [allow({ Action: '*' }), deny({ Action: 'organizations:*' })]],
  [
    'everything, unless a condition holds',
    [allow({ Action: '*' }), deny({ Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
  ],
])('%s: an administrator', (_, statements) => {
  expect(verdict(...statements)).toBe('yes');
});

test.each([
  ['nothing', []],
  ['everything, on one bucket', [allow({ Action: '*', Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::a/*'] })]],
  ['IAM for oneself', [allow({ Action: 'iam:*', Resource: `arn:aws:iam::*:user/\${aws:username}` })]],
  ['IAM for those with a path', [allow({ Action: 'iam:*', Resource: 'arn:aws:iam::*:role/team/*' })]],
  ['to read IAM', [allow({ Action: ['iam:Get*', 'iam:List*'] })]],
  ['all but IAM', [allow({ NotAction: ['organizations:*', 'iam:*', 'account:*'] })]],
  ['everything, less all of it', [allow({ Action: '*' }), deny({ Action: '*' })]],
  ['everything, less IAM but to read it', [allow({ Action: '*' }), deny({ NotAction: ['iam:Get*', 's3:*'] })]],
  ['another service', [allow({ Action: 's3:*' })]],
  ['a denial', [deny({ NotAction: 's3:GetObject' })]],
  ['IAM of another account', [allow({ Action: 'iam:*', Resource: 'arn:aws:iam::444455556666:*' })]],
])('%s: no administrator', (_, statements) => {
  expect(verdict(...statements)).toBe('no');
});

test.each(['', 'HIDDEN_DUE_TO_SECURITY_REASONS', '{"Statement":[{"Effect":"Allow"', '[]'])(
  '%j is not known',
  (text) => {
    expect(allowsAdministration(text, account).verdict).toBe('unknown');
  },
);

test('escapes hide nothing', () => {
  const text = (action: string): string =>
    `{"Statement":[{"Effect":"Allow","\\u0041ction":"${action}","Resource":"*"}]}`;
  expect(allowsAdministration(text('iam\\u003A*'), account).verdict).toBe('yes');
  expect(allowsAdministration(text('s3:Get\\u004fbject'), account).verdict).toBe('no');
});

test('of another partition', () => {
  const resource = 'arn:aws-cn:iam::*:*';
  expect(verdict(allow({ Action: 'iam:*', Resource: resource }))).toBe('yes');
});
