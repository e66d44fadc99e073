import { describe, expect, test } from 'vitest';
import { aDeny, aDocument, aDocumentOf, anAllow, type Statement } from '../../../test/support/iam-builders.js';
import {
  canCloudTrailUseKey,
  canCloudTrailWrite,
  deniesForMember,
  deniesPlainHttp,
  deniesToAllBut,
  whoCan,
} from './index.js';

const ownerAccountId = '222233334444';
const organizationId = 'o-aaaaaaaaaa';
const place = { ownerAccountId, accountIds: [ownerAccountId], organizationId, trails: [] };
const bucketArn = 'arn:aws:s3:::logs';
const deletion = { actions: ['s3:DeleteObject'], resources: [`${bucketArn}/*`] };
const trail = { arn: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/org' };

/** Conditions on whose the resource is that hold for all requests, and others that hold for none. */
const held: readonly Statement[] = [
  { Condition: { StringEquals: { 'aws:ResourceAccount': ownerAccountId } } },
  { Condition: { StringEquals: { 's3:ResourceAccount': ['999988887777', ownerAccountId] } } },
  { Condition: { StringNotEquals: { 'AWS:ResourceAccount': '999988887777' } } },
];
const notHeld: readonly Statement[] = [
  { Condition: { StringEquals: { 'aws:ResourceAccount': '999988887777' } } },
  { Condition: { StringNotEqualsIfExists: { 's3:ResourceAccount': ownerAccountId } } },
  { Condition: { Null: { 'aws:ResourceAccount': 'true' } } },
];
const ofOrganization = { Condition: { StringEquals: { 'aws:ResourceOrgID': organizationId } } };

describe('whose a resource is', () => {
  const denial = (it: Statement, where = place) =>
    deniesToAllBut(aDocument(aDeny({ Action: 's3:*', ...it })), where, deletion).scope;

  test('decides what its own documents deny', () => {
    expect(held.map((it) => denial(it))).toEqual(held.map(() => 'everyone'));
    expect(notHeld.map((it) => denial(it))).toEqual(notHeld.map(() => 'nobody'));
    expect(denial(ofOrganization)).toBe('everyone');
    expect(denial(ofOrganization, { ...place, accountIds: [] })).toBe('partly');
  });

  test('decides what service control policies deny, where it is known', () => {
    const resource = { ownerAccountId, accountIds: [ownerAccountId] };
    const denied = (it: Statement, more: object = { resource }) => {
      const statement = { Effect: 'Deny', Action: '*', Resource: '*', ...it };
      const document = aDocumentOf('service-control', [{ Effect: 'Allow', Action: '*', Resource: '*' }, statement]);
      const member = { accountId: ownerAccountId, organizationId, ...more };
      return deniesForMember([[{ name: 'guard', document }]], member, 's3:DeleteObject').scope;
    };
    expect([...held, ofOrganization].map((it) => denied(it))).toEqual([...held, ofOrganization].map(() => 'everyone'));
    expect(notHeld.map((it) => denied(it))).toEqual(notHeld.map(() => 'nobody'));
    expect(denied(ofOrganization, {})).toBe('partly');
  });

  test('decides whether CloudTrail gets in, and whether plain HTTP does', () => {
    const service = { Principal: { Service: 'cloudtrail.amazonaws.com' } };
    const writes = (it: Statement, more: object = { ownerAccountId }) =>
      canCloudTrailWrite(aDocument(anAllow({ ...service, Action: 's3:PutObject', ...it })), trail, {
        bucketArn,
        folders: [organizationId],
        ...more,
      }).verdict;
    expect(held.map((it) => writes(it))).toEqual(held.map(() => 'yes'));
    expect(notHeld.map((it) => writes(it))).toEqual(notHeld.map(() => 'no'));
    expect(writes(held[0] ?? {}, {})).toBe('unknown');

    const keyArn = `arn:aws:kms:eu-central-1:${ownerAccountId}:key/1`;
    const allow = anAllow({ ...service, Action: 'kms:GenerateDataKey*', Resource: '*', ...held[0] });
    expect(canCloudTrailUseKey(aDocumentOf('key', [allow]), trail, keyArn).verdict).toBe('yes');

    const tls = (account: string): Statement => ({
      Action: 's3:*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringEquals: { 'aws:ResourceAccount': account } },
    });
    const refuses = (account: string) => deniesPlainHttp(aDocument(aDeny(tls(account))), bucketArn, ownerAccountId);
    expect([refuses(ownerAccountId).verdict, refuses('999988887777').verdict]).toEqual(['yes', 'no']);
  });

  test('decides who else does', () => {
    const letIn = (it: Statement) =>
      whoCan(aDocument(anAllow({ Principal: '*', Action: 's3:*', ...it })), place, deletion)
        .filter(({ allowed }) => allowed.answer !== 'never')
        .map((one) => one.class);
    expect(notHeld.map((it) => letIn(it))).toEqual(notHeld.map(() => []));
    expect(letIn(held[0] ?? {})).toEqual(letIn({}));
  });
});
