import { expect, test } from 'vitest';
import { aDeny, aDocument, anAllow, type Statement } from '../../../test/support/iam-builders.js';
import { deniesToAllBut, type Place } from './index.js';

const ownerAccountId = '111122223333';
const place: Place = { ownerAccountId, accountIds: [ownerAccountId], organizationId: 'o-aaaaaaaaaa', trails: [] };
const role = `arn:aws:iam::${ownerAccountId}:role/LogAdmin`;
const use = {
  actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  resources: ['arn:aws:s3:::logs/AWSLogs/*'],
};

function denial(...statements: readonly Statement[]) {
  return deniesToAllBut(aDocument(...statements), place, use);
}

function aDeletionDeny(elements: Statement = {}): Statement {
  return aDeny({ Sid: 'Keep', Action: 's3:Delete*', ...elements });
}

test('deletion is denied to everyone, or to all but whom the policy names', () => {
  expect(denial(aDeletionDeny())).toMatchObject({ scope: 'everyone', statements: ['Keep'] });
  const spared = { Condition: { StringNotEquals: { 'aws:PrincipalArn': role } } };
  expect(denial(aDeletionDeny(spared))).toMatchObject({ scope: 'except-named', exceptPrincipals: [role] });
  const root = { Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ownerAccountId}:root` } } };
  expect(denial(aDeletionDeny(root))).toMatchObject({ exceptPrincipals: [`arn:aws:iam::${ownerAccountId}:root`] });
});

test('a policy may name them by their unique ids', () => {
  const but = (...ids: string[]) => aDeletionDeny({ Condition: { StringNotLike: { 'aws:userId': ids } } });
  const ids = ['111122223333', 'AIDAEXAMPLE', 'AROAEXAMPLE:*'];
  expect(denial(but(...ids))).toMatchObject({ scope: 'except-named', exceptPrincipals: ids });
  const both = { StringNotLike: { 'aws:userId': ids }, ArnNotLike: { 'aws:PrincipalArn': role } };
  expect(denial(aDeletionDeny({ Condition: both }))).toMatchObject({ exceptPrincipals: [...ids, role] });
  // Whoever is spared by both Denies is named by each of them.
  const byArn = aDeletionDeny({ Condition: { StringNotLike: { 'aws:PrincipalArn': role } } });
  expect(denial(but('AROAEXAMPLE:*'), byArn)).toMatchObject({ exceptPrincipals: ['AROAEXAMPLE:*', role] });
  for (const anyone of ['*', '*:admin', 'AROA*', 'AIDA*']) expect(denial(but(anyone)).scope).not.toBe('except-named');
  expect(denial(aDeletionDeny({ Condition: { StringLike: { 'aws:userId': ids } } })).scope).toBe('partly');
});

test('not all of it is not it', () => {
  expect(denial(aDeletionDeny({ Action: 's3:DeleteObject' })).scope).toBe('partly');
  expect(denial(aDeletionDeny({ Resource: 'arn:aws:s3:::logs/other/*' })).scope).toBe('nobody');
  expect(denial(aDeletionDeny({ Principal: { AWS: '444455556666' } })).scope).toBe('nobody');
  expect(denial(aDeletionDeny({ Principal: { AWS: ownerAccountId } })).scope).toBe('everyone');
  expect(denial().scope).toBe('nobody');
});

test('another account that may delete undoes it', () => {
  const deny = aDeletionDeny({ Principal: { AWS: ownerAccountId } });
  const allow = anAllow({ Sid: 'Partner', Principal: { AWS: '444455556666' }, Action: 's3:*' });
  expect(denial(deny, allow)).toMatchObject({ scope: 'partly', statements: ['Partner'] });
  expect(denial(aDeletionDeny(), allow).scope).toBe('everyone');
  const unreadable = { ...allow, Condition: { Frobnicate: {} } };
  expect(denial(deny, unreadable).scope).toBe('unknown');
});
