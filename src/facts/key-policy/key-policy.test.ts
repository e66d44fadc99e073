import { describe, expect, test } from 'vitest';
import { aDeny, aDocumentOf, anAllow, type Statement } from '../../../test/support/iam-builders.js';
import { absent, aKey, keyArn, known, MANAGEMENT, MEMBER, unknown } from '../../../test/support/inventory-builders.js';
import type { Key, KeyGrant } from '../../model/inventory.js';
import { type DocumentSetting, noControls } from '../document-reach/index.js';
import { doubt, sure } from '../three-valued.js';
import { administering, canUseKey, decrypting, encrypting, keyReach, type KeyUse } from './index.js';

const organizationId = 'o-example123';
const trailArn = `arn:aws:cloudtrail:eu-central-1:${MANAGEMENT}:trail/main`;
const stranger = '999988887777';
const cloudTrail = { Service: 'cloudtrail.amazonaws.com' };

function setting(it: Partial<DocumentSetting> = {}): DocumentSetting {
  return {
    partition: 'aws',
    organizationId,
    accountIds: [MANAGEMENT, MEMBER],
    resourceControls: noControls,
    note: ({ reason, call }) => `${reason}: ${call}`,
    ...it,
  };
}

function keyWith(statements: readonly Statement[], it: Partial<Key> = {}): Key {
  const policy = known(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  return { ...aKey({ policy }), ...it };
}

function who(key: Key, use: KeyUse = encrypting, it: Partial<DocumentSetting> = {}) {
  const { members, doubtful, rest } = keyReach(key, use, [trailArn], setting(it));
  return {
    members: [...new Set(members.map((access) => access.class))],
    doubtful: doubtful.map(({ value, gaps }) => ({ [value.class]: gaps })),
    rest: rest?.gaps,
  };
}

const root = anAllow({ Principal: { AWS: `arn:aws:iam::${MANAGEMENT}:root` }, Action: 'kms:*', Resource: '*' });
const encrypts = (it: Statement = {}): Statement =>
  anAllow({ Principal: cloudTrail, Action: 'kms:GenerateDataKey*', Resource: '*', ...it });
const ofTrail = { StringEquals: { 'aws:SourceArn': trailArn } };

describe('who encrypts', () => {
  test.each<[string, Statement, string[]]>([
    ['the account that owns it', root, ['owner-account']],
    ['its trail', encrypts({ Condition: ofTrail }), ['own-trails']],
    [
      'its trail, by the encryption context',
      encrypts({
        Condition: {
          StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${MANAGEMENT}:trail/*` },
        },
      }),
      ['own-trails'],
    ],
    ['any trail', encrypts(), ['own-trails', 'other-trails']],
    [
      'a trail of a stranger',
      encrypts({ Condition: { StringEquals: { 'aws:SourceAccount': stranger } } }),
      ['other-trails'],
    ],
    ['another service', encrypts({ Principal: { Service: 'logs.eu-central-1.amazonaws.com' } }), ['aws-services']],
    ['a member', encrypts({ Principal: { AWS: MEMBER } }), ['organization']],
    ['a stranger', encrypts({ Principal: { AWS: stranger } }), ['external-accounts']],
    [
      'everyone of the account, through a service',
      encrypts({ Principal: '*', Condition: { StringEquals: { 'kms:CallerAccount': MANAGEMENT } } }),
      ['owner-account'],
    ],
    ['one who may only look', encrypts({ Principal: { AWS: stranger }, Action: 'kms:DescribeKey' }), []],
  ])('%s', (_, statement, members) => {
    expect(who(keyWith([statement]))).toEqual({ members, doubtful: [], rest: undefined });
  });

  test('an account to which no statement hands the key over has no part in it', () => {
    expect(who(keyWith([]))).toEqual({ members: [], doubtful: [], rest: undefined });
  });
});

test.each<[string, KeyUse, boolean]>([
  ['kms:Decrypt', decrypting, true],
  ['kms:Decrypt', encrypting, false],
  ['kms:ScheduleKeyDeletion', administering, true],
  ['kms:CreateGrant', administering, true],
  ['kms:DescribeKey', administering, false],
])('%s', (Action, use, is) => {
  const key = keyWith([anAllow({ Principal: { AWS: stranger }, Action, Resource: '*' })]);
  expect(who(key, use).members.includes('external-accounts')).toBe(is);
});

describe('grants', () => {
  const grant = (grantee: string, operations: string[] = ['Decrypt']): KeyGrant => ({
    id: 'g1',
    grantee,
    operations,
    isConstrained: false,
  });

  test.each<[string, KeyGrant, string[]]>([
    ['a role of the owner', grant(`arn:aws:iam::${MANAGEMENT}:role/reader`), ['owner-account']],
    ['a role of a member', grant(`arn:aws:iam::${MEMBER}:role/reader`), ['organization']],
    ['a role of a stranger', grant(`arn:aws:iam::${stranger}:role/reader`), ['external-accounts']],
    ['a service', grant('dynamodb.eu-central-1.amazonaws.com'), ['aws-services']],
    ['another operation', grant(`arn:aws:iam::${stranger}:role/reader`, ['DescribeKey']), []],
  ])('%s', (_, it, members) => {
    expect(who(keyWith([], { grants: known([it]) }), decrypting).members).toEqual(members);
  });

  test('that were not read leave it open', () => {
    expect(who(keyWith([], { grants: unknown('g') })).rest).toEqual(['g']);
    const { grants: _, ...older } = keyWith([]);
    expect(who(older).rest).toEqual(['not-collected: kms:ListGrants']);
    expect(who(keyWith([], { grants: absent })).rest).toBeUndefined();
  });

  test('of accounts that may be ours are doubtful', () => {
    const grants = known([grant(`arn:aws:iam::${stranger}:role/reader`)]);
    const found = who(keyWith([], { grants }), decrypting, { accountsOpen: doubt(['a']) });
    expect(found.doubtful).toEqual([{ 'external-accounts': ['a'] }]);
  });
});

describe('whoever is of no account of the organization', () => {
  const outside = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId } };
  const deny = (Condition: object, more: Statement = {}): Statement =>
    aDeny({ Action: 'kms:*', Resource: '*', Condition, ...more });
  const opened = anAllow({ Principal: { AWS: stranger }, Action: 'kms:Decrypt', Resource: '*' });

  test.each<[string, Statement[], string[]]>([
    ['is kept out by a Deny outside of it', [opened, deny(outside)], []],
    [
      'is kept out by a Deny outside of its paths',
      [opened, deny({ 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': `${organizationId}/*` } })],
      [],
    ],
    [
      'is not kept out by a Deny of another organization',
      [opened, deny({ StringEquals: { 'aws:PrincipalOrgID': organizationId } })],
      ['external-accounts'],
    ],
  ])('%s', (_, statements, members) => {
    expect(who(keyWith(statements), decrypting)).toMatchObject({ members, doubtful: [] });
  });

  test('may be of another one that the policy asks for', () => {
    const key = keyWith([deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-another123' } }), opened]);
    expect(who(key, decrypting).doubtful).toEqual([{ 'external-accounts': ['unsupported: kms:GetKeyPolicy'] }]);
  });

  test('may be of it while accounts are not listed', () => {
    const found = who(keyWith([opened, deny(outside)]), decrypting, { accountsOpen: doubt(['a']) });
    expect(found.doubtful).toEqual([{ 'external-accounts': ['a', 'unsupported: kms:GetKeyPolicy'] }]);
  });

  test.each<[string, string, Statement, string[]]>([
    ['has no use of a grant under such a resource control policy', stranger, deny(outside), []],
    ['has where it is for other keys', stranger, deny(outside, { Resource: keyArn('other') }), ['external-accounts']],
    ['has where it denies something else', stranger, deny(outside, { Action: 'kms:Encrypt' }), ['external-accounts']],
    ['others have', MEMBER, deny(outside), ['organization']],
  ])('%s', (_, accountId, statement, members) => {
    const grants = known([
      { id: 'g1', grantee: `arn:aws:iam::${accountId}:role/reader`, operations: ['Decrypt'], isConstrained: false },
    ]);
    const policies = [{ name: 'p-1', document: aDocumentOf('resource-control', [statement]) }];
    const found = who(keyWith([], { grants }), decrypting, { resourceControls: { policies } });
    expect(found).toMatchObject({ members, doubtful: [] });
  });
});

describe('what is not known', () => {
  test.each<[string, Partial<Key>, string[]]>([
    ['the policy was refused', { policy: unknown('p') }, ['p']],
    ['it is no JSON', { policy: known('{') }, ['unsupported: kms:GetKeyPolicy']],
  ])('%s', (_, it, rest) => {
    expect(who(keyWith([root], it)).rest).toEqual(rest);
  });

  test('resource control policies that were not read may keep out whom the policy lets in', () => {
    const resourceControls = { policies: [], open: doubt(['r']) };
    const found = who(keyWith([encrypts({ Principal: { AWS: stranger } })]), encrypting, { resourceControls });
    expect(found.doubtful).toEqual([{ 'external-accounts': ['r'] }]);
  });
});

describe('whether CloudTrail may use it', () => {
  test.each<[string, Key, ReturnType<typeof canUseKey>]>([
    ['for its trail', keyWith([encrypts({ Condition: ofTrail })]), sure(true)],
    [
      'for another',
      keyWith([encrypts({ Condition: { StringEquals: { 'aws:SourceArn': `${trailArn}2` } } })]),
      sure(false),
    ],
    ['not at all', keyWith([root]), sure(false)],
    ['there is no such key', keyWith([root], { metadata: absent }), sure(false)],
    ['its policy was refused', keyWith([root], { policy: unknown('p') }), doubt(['p'])],
    ['its policy is no JSON', keyWith([root], { policy: known('{') }), doubt(['unsupported: kms:GetKeyPolicy'])],
  ])('%s', (_, key, expected) => {
    expect(canUseKey(key, trailArn, setting())).toEqual(expected);
  });

  test('resource control policies count, read or not', () => {
    const key = keyWith([encrypts()]);
    const open = { policies: [], open: doubt(['r']) };
    expect(canUseKey(key, trailArn, setting({ resourceControls: open }))).toEqual(doubt(['r']));
    const deny = aDeny({ Action: 'kms:*', Resource: keyArn() });
    const resourceControls = { policies: [{ name: 'p-1', document: aDocumentOf('resource-control', [deny]) }] };
    expect(canUseKey(key, trailArn, setting({ resourceControls }))).toEqual(sure(false));
  });
});
