import { describe, expect, test } from 'vitest';
import { aDeny, aDocumentOf, anAllow, type Statement } from '../../../test/support/iam-builders.js';
import { absent, aBucket, known, MANAGEMENT, MEMBER, unknown } from '../../../test/support/inventory-builders.js';
import type { Bucket } from '../../model/inventory.js';
import { noControls } from '../document-reach/index.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import {
  type BucketUse,
  bucketReach,
  changing,
  changingAcls,
  type BucketSetting,
  erasing,
  type Members,
  reading,
  refusedPath,
  requiresTls,
  writing,
} from './index.js';

const organizationId = 'o-example123';
const trailArn = `arn:aws:cloudtrail:eu-central-1:${MANAGEMENT}:trail/main`;
const bucketArn = 'arn:aws:s3:::trail-logs';
const stranger = '999988887777';
const organizationTrail = { arn: trailArn, accountId: MANAGEMENT, s3KeyPrefix: undefined, isOrganizationTrail: true };
const accountTrail = { ...organizationTrail, isOrganizationTrail: false };
const cloudTrail = { Service: 'cloudtrail.amazonaws.com' };

function setting(it: Partial<BucketSetting> = {}): BucketSetting {
  return {
    partition: 'aws',
    organizationId,
    accountIds: [MANAGEMENT, MEMBER],
    trails: [organizationTrail],
    resourceControls: noControls,
    note: ({ reason }, about) => `${reason}: ${about}`,
    ...it,
  };
}

function bucketWith(statements: readonly Statement[], it: Partial<Bucket> = {}): Bucket {
  const policy = known(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  return aBucket({ policy, owner: known({ accountId: MEMBER, region: 'eu-central-1' }), ...it });
}

interface Asked {
  readonly use?: BucketUse;
  readonly cutsOff?: Tri<boolean>;
  readonly ignorePublicAcls?: Tri<boolean>;
  readonly setting?: Partial<BucketSetting>;
}

function who(bucket: Bucket, asked: Asked = {}) {
  const { use = writing, cutsOff = sure(false), ignorePublicAcls = sure(true) } = asked;
  const list = bucketReach(bucket, use, cutsOff, ignorePublicAcls, setting(asked.setting));
  const name = (it: { class: string; isGranted: boolean }): string => (it.isGranted ? it.class : `${it.class}?`);
  return {
    members: [...new Set(list.members.map(name))],
    doubtful: list.doubtful.map(({ value, gaps }) => ({ [name(value)]: gaps })),
    rest: list.rest?.gaps,
  };
}

/** Its own principals may write by an identity policy, whatever the bucket policy says. */
const byIdentity = 'owner-account?';

const logs = `${bucketArn}/AWSLogs/${organizationId}/*`;
const writes = (it: Statement = {}): Statement =>
  anAllow({ Principal: cloudTrail, Action: 's3:PutObject', Resource: logs, ...it });
const ofTrail = { StringEquals: { 'aws:SourceArn': trailArn } };
const ofOrganization = { StringEquals: { 'aws:SourceOrgID': organizationId } };

describe('who writes among the logs', () => {
  test.each<[string, Statement, string[]]>([
    ['the trail by its ARN', writes({ Condition: ofTrail }), ['own-trails', byIdentity]],
    ['trails of the organization', writes({ Condition: ofOrganization }), ['own-trails', byIdentity]],
    [
      'trails of the account',
      writes({ Condition: { StringEquals: { 'aws:SourceAccount': MANAGEMENT } } }),
      ['own-trails', byIdentity],
    ],
    [
      'any trail: no key names one',
      writes({ Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } } }),
      ['own-trails', 'other-trails', byIdentity],
    ],
    [
      'trails of a stranger',
      writes({ Condition: { StringEquals: { 'aws:SourceAccount': stranger } } }),
      ['other-trails', byIdentity],
    ],
    [
      'a trail of any account, by a wildcard',
      writes({ Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:*:trail/main' } } }),
      ['own-trails', 'other-trails', byIdentity],
    ],
    [
      'any but one account',
      writes({ Condition: { StringNotEquals: { 'aws:SourceAccount': stranger } } }),
      ['own-trails', 'other-trails', byIdentity],
    ],
    [
      'trails, wherever the key is there',
      writes({ Condition: { StringEqualsIfExists: { 'aws:SourceOrgID': organizationId } } }),
      ['own-trails', 'other-trails', byIdentity],
    ],
    [
      'a service beside CloudTrail',
      writes({ Principal: { Service: 'config.amazonaws.com' } }),
      ['aws-services', byIdentity],
    ],
    [
      'a service in a folder of its own',
      writes({ Principal: { Service: 'config.amazonaws.com' }, Resource: `${bucketArn}/AWSLogs/*/Config/*` }),
      [byIdentity],
    ],
    [
      'a service in every folder of an account',
      writes({ Principal: { Service: 'config.amazonaws.com' }, Resource: `${bucketArn}/AWSLogs/*/*` }),
      ['aws-services', byIdentity],
    ],
    [
      'a service under another prefix',
      writes({ Principal: { Service: 'delivery.logs.amazonaws.com' }, Resource: `${bucketArn}/elb/*` }),
      [byIdentity],
    ],
    [
      'a role of the owner',
      writes({ Principal: { AWS: `arn:aws:iam::${MEMBER}:role/ops` } }),
      ['owner-account', byIdentity],
    ],
    ['another account of ours', writes({ Principal: { AWS: MANAGEMENT } }), [byIdentity, 'organization']],
    ['a stranger', writes({ Principal: { AWS: stranger } }), [byIdentity, 'external-accounts']],
    [
      'a stranger, in one account of ours',
      writes({ Principal: { AWS: stranger }, Resource: `${bucketArn}/AWSLogs/${organizationId}/${MEMBER}/*` }),
      [byIdentity, 'external-accounts'],
    ],
    [
      'a stranger, with s3:Put*',
      writes({ Principal: { AWS: stranger }, Action: 's3:Put*' }),
      [byIdentity, 'external-accounts'],
    ],
    ['a stranger who may read', writes({ Principal: { AWS: stranger }, Action: 's3:GetObject' }), [byIdentity]],
    [
      'the organization',
      writes({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } } }),
      ['owner-account', byIdentity, 'organization'],
    ],
  ])('%s', (_, statement, members) => {
    const found = who(bucketWith([statement]));
    expect({ ...found, members: found.members.toSorted() }).toEqual({
      members: members.filter((it) => it !== byIdentity || !found.members.includes('owner-account')).toSorted(),
      doubtful: [],
      rest: undefined,
    });
  });

  test('everyone is each class', () => {
    expect(who(bucketWith([writes({ Principal: '*' })])).members).toEqual([
      'own-trails',
      'other-trails',
      'owner-account',
      'organization',
      'any-account',
      'anonymous',
    ]);
  });

  test('a Deny of all but the organization closes it', () => {
    const others = {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId },
      Bool: { 'aws:PrincipalIsAWSService': 'false' },
    };
    const bucket = bucketWith([
      writes({ Principal: { AWS: stranger } }),
      aDeny({ Action: 's3:*', Condition: others, Resource: `${bucketArn}/*` }),
    ]);
    expect(who(bucket).members).toEqual([byIdentity]);
  });

  test('RestrictPublicBuckets keeps out whoever is not of the account, and no service', () => {
    const bucket = bucketWith([writes({ Condition: ofTrail }), writes({ Principal: { AWS: stranger } })]);
    expect(who(bucket, { cutsOff: sure(true) }).members).toEqual(['own-trails', byIdentity]);
    expect(who(bucket, { cutsOff: doubt(['b']) }).doubtful).toEqual([{ 'external-accounts': ['b'] }]);
  });
});

describe('what is not known', () => {
  const open = writes({ Principal: { AWS: stranger } });

  test.each<[string, Partial<Bucket>, string[]]>([
    ['the policy was refused', { policy: unknown('p') }, ['p']],
    ['the owner is not known', { owner: unknown('o'), policy: unknown('o') }, ['o']],
    ['it is no JSON', { policy: known('{') }, ['unsupported: write']],
  ])('%s', (_, it, rest) => {
    expect(who(bucketWith([open], it))).toEqual({ members: [], doubtful: [], rest });
  });

  test('no policy lets nobody in', () => {
    expect(who(bucketWith([], { policy: absent })).members).toEqual([byIdentity]);
  });

  test('a condition that IAM does not know is not guessed', () => {
    const odd = writes({ Principal: { AWS: stranger }, Condition: { Frobnicate: { 'aws:SourceVpc': 'v' } } });
    expect(who(bucketWith([odd])).doubtful).toEqual([
      { 'external-accounts': [`unsupported: write external-accounts account ${stranger}`] },
    ]);
  });

  test('trails that could not be described may deliver elsewhere in the bucket', () => {
    expect(who(bucketWith([]), { setting: { trailsOpen: doubt(['t']) } }).rest).toEqual(['t']);
    expect(who(bucketWith([]), { use: changing, setting: { trailsOpen: doubt(['t']) } }).rest).toBeUndefined();
  });

  test('resource control policies that were not read may keep out whom the policy lets in', () => {
    const resourceControls = { policies: [], open: doubt(['r']) };
    expect(who(bucketWith([open]), { setting: { resourceControls } }).doubtful).toEqual(
      [{ 'external-accounts': ['r'] }, { [byIdentity]: ['r'] }].toReversed(),
    );
  });

  test('accounts that were not listed may be ours', () => {
    const found = who(bucketWith([open]), { setting: { accountsOpen: doubt(['a']) } });
    expect(found).toMatchObject({ members: [byIdentity], doubtful: [{ 'external-accounts': ['a'] }] });
  });

  test('a run for one account alone does not know whether the organization that is named is its own', () => {
    const found = who(bucketWith([writes({ Condition: ofOrganization })]), {
      setting: { organizationId: undefined, accountIds: [MEMBER] },
    });
    expect(found.members).toEqual([byIdentity]);
    expect(found.doubtful.flatMap((it) => Object.keys(it))).toContain('other-trails');
  });
});

describe('resource control policies', () => {
  const rcp = (statement: Statement) => ({
    policies: [{ name: 'p-1', document: aDocumentOf('resource-control', [statement]) }],
  });

  test('keep out trails of others', () => {
    const resourceControls = rcp(
      aDeny({
        Action: 's3:*',
        Resource: '*',
        Condition: {
          StringNotEqualsIfExists: { 'aws:SourceOrgID': organizationId },
          Bool: { 'aws:PrincipalIsAWSService': 'true' },
        },
      }),
    );
    expect(who(bucketWith([writes()]), { setting: { resourceControls } }).members).toEqual(['own-trails', byIdentity]);
  });

  test('deny plain HTTP', () => {
    const resourceControls = rcp(
      aDeny({ Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
    for (const policy of [absent, unknown('p'), known('{')]) {
      expect(requiresTls(bucketWith([], { policy }), setting({ resourceControls }))).toEqual(sure(true));
    }
  });

  test('may keep CloudTrail out', () => {
    const resourceControls = rcp(
      aDeny({
        Action: 's3:*',
        Resource: '*',
        Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId } },
      }),
    );
    const refused = refusedPath(bucketWith([writes()]), organizationTrail, members, setting({ resourceControls }));
    expect(refused).toMatchObject({ state: 'known', value: expect.stringContaining('/AWSLogs/') });
  });
});

describe('an ACL', () => {
  const owner = { grantee: 'c1', granteeType: 'CanonicalUser', permission: 'FULL_CONTROL' };
  const other = { ...owner, grantee: 'c2', permission: 'WRITE' };
  const group = {
    grantee: 'http://acs.amazonaws.com/groups/global/AllUsers',
    granteeType: 'Group',
    permission: 'WRITE',
  };
  const delivery = { ...group, grantee: 'http://acs.amazonaws.com/groups/s3/LogDelivery' };
  const withAcl = (acl: Bucket['acl'], it: Partial<Bucket> = {}) =>
    bucketWith([], { acl, objectOwnership: known('ObjectWriter'), ...it });

  test.each<[string, Bucket['acl'], string[]]>([
    ['its owner alone', known([owner]), []],
    ['its owner, who is told', known([{ ...owner, isOwner: true }]), []],
    [
      'another user',
      known([
        { ...owner, isOwner: true },
        { ...other, isOwner: false },
      ]),
      ['otherwise-named'],
    ],
    [
      'one who may read it',
      known([
        { ...owner, isOwner: true },
        { ...other, isOwner: false, permission: 'READ' },
      ]),
      [],
    ],
    ['everyone', known([owner, group]), ['anonymous']],
    ["S3's own logs", known([owner, delivery]), []],
  ])('%s', (_, acl, members) => {
    const found = who(withAcl(acl), { ignorePublicAcls: sure(false) });
    expect(found).toEqual({ members: [byIdentity, ...members], doubtful: [], rest: undefined });
  });

  test('works only while nothing switches it off', () => {
    const open = known([owner, group]);
    expect(who(withAcl(open)).members).toEqual([byIdentity]);
    const enforced = withAcl(open, { objectOwnership: known('BucketOwnerEnforced') });
    expect(who(enforced, { ignorePublicAcls: sure(false) }).members).toEqual([byIdentity]);
    const unread = withAcl(open, { objectOwnership: unknown('w') });
    expect(who(unread, { ignorePublicAcls: sure(false) }).doubtful).toEqual([{ anonymous: ['w'] }]);
  });

  test('that was refused, or of an owner who was not told, leaves it open', () => {
    expect(who(withAcl(unknown('l'))).rest).toEqual(['l']);
    expect(who(withAcl(known([owner, other]))).doubtful).toHaveLength(2);
  });
});

describe('who reads, erases and lays open', () => {
  const grant = (Action: string, Resource = `${bucketArn}/*`) =>
    bucketWith([anAllow({ Principal: { AWS: stranger }, Action, Resource })]);

  test.each<[string, Bucket, BucketUse, boolean]>([
    ['reads', grant('s3:GetObject'), reading, true],
    ['reads versions', grant('s3:GetObjectVersion'), reading, true],
    ['lists', grant('s3:ListBucket', bucketArn), reading, false],
    ['erases versions', grant('s3:DeleteObjectVersion'), erasing(true), true],
    ['hides a version behind a marker', grant('s3:DeleteObject'), erasing(true), false],
    ['deletes where no versions are kept', grant('s3:DeleteObject'), erasing(false), true],
    ['overwrites where no versions are kept', grant('s3:PutObject'), erasing(false), true],
    ['changes the policy', grant('s3:PutBucketPolicy', bucketArn), changing, true],
    ['sets lifecycle rules', grant('s3:PutLifecycleConfiguration', bucketArn), changing, true],
    ['reads the policy', grant('s3:GetBucketPolicy', bucketArn), changing, false],
    ['lays logs open by their ACL', grant('s3:PutObjectAcl'), changingAcls, true],
    ['lays versions open by their ACL', grant('s3:PutObjectVersionAcl'), changingAcls, true],
    [
      'changes the ACL of other objects',
      grant('s3:PutObjectAcl', `${bucketArn}/athena-results/*`),
      changingAcls,
      false,
    ],
    ['puts logs', grant('s3:PutObject'), changingAcls, false],
  ])('%s', (_, bucket, use, is) => {
    expect(who(bucket, { use }).members.includes('external-accounts')).toBe(is);
  });

  test('the owner is denied it by a Deny', () => {
    const bucket = bucketWith([aDeny({ Action: 's3:DeleteObjectVersion', Resource: `${bucketArn}/*` })]);
    expect(who(bucket, { use: erasing(true) }).members).toEqual([]);
  });
});

const members: Members = { accountIds: [MANAGEMENT, MEMBER] };

describe('the paths that CloudTrail may write', () => {
  const path = (...parts: string[]) => [bucketArn, ...parts].join('/');
  const forTrail = (Resource: string | string[], it: Statement = {}) =>
    bucketWith([writes({ Resource, Condition: ofTrail, ...it })]);

  test.each<[string, Bucket, typeof organizationTrail, string | undefined]>([
    ['the whole organization', forTrail(logs), organizationTrail, undefined],
    ['everything', forTrail(path('*')), organizationTrail, undefined],
    [
      'each account by its id',
      forTrail([MANAGEMENT, MEMBER].map((id) => path('AWSLogs', organizationId, id, '*'))),
      organizationTrail,
      undefined,
    ],
    [
      'one account of two',
      forTrail(path('AWSLogs', organizationId, MANAGEMENT, '*')),
      organizationTrail,
      path('AWSLogs', organizationId, MEMBER, 'CloudTrail'),
    ],
    [
      'the management account as an account trail writes it',
      forTrail(path('AWSLogs', MANAGEMENT, '*')),
      organizationTrail,
      path('AWSLogs', organizationId, MANAGEMENT, 'CloudTrail'),
    ],
    ['an account trail', forTrail(path('AWSLogs', MANAGEMENT, '*')), accountTrail, undefined],
    [
      'log files and no digests',
      forTrail(path('AWSLogs', MANAGEMENT, 'CloudTrail', '*')),
      accountTrail,
      path('AWSLogs', MANAGEMENT, 'CloudTrail-Digest'),
    ],
    [
      'another prefix',
      forTrail(path('old', 'AWSLogs', MANAGEMENT, '*')),
      accountTrail,
      path('AWSLogs', MANAGEMENT, 'CloudTrail'),
    ],
    [
      'another trail',
      forTrail(logs, { Condition: { StringEquals: { 'aws:SourceArn': `${trailArn}-2` } } }),
      organizationTrail,
      path('AWSLogs', organizationId),
    ],
    ['no policy', bucketWith([], { policy: absent }), organizationTrail, path('AWSLogs', organizationId)],
  ])('%s', (_, bucket, trail, refused) => {
    const found = refusedPath(bucket, trail, members, setting());
    const told = found.state === 'known' ? found.value : 'unknown';
    expect(told?.slice(0, refused?.length)).toBe(refused);
  });

  test('an unread policy, account list or resource control policy leaves it open', () => {
    const each = forTrail([MANAGEMENT, MEMBER].map((id) => path('AWSLogs', organizationId, id, '*')));
    expect(refusedPath(bucketWith([], { policy: unknown('p') }), organizationTrail, members, setting())).toEqual(
      doubt(['p']),
    );
    expect(refusedPath(each, organizationTrail, { ...members, open: doubt(['a']) }, setting()).state).toBe('unknown');
    const resourceControls = { policies: [], open: doubt(['r']) };
    expect(refusedPath(each, organizationTrail, members, setting({ resourceControls }))).toEqual(doubt(['r']));
    expect(refusedPath(each, organizationTrail, members, setting({ organizationId: undefined })).state).toBe('unknown');
  });
});

describe('plain HTTP', () => {
  const denies = (it: Statement) =>
    bucketWith([aDeny({ Action: 's3:*', Resource: [bucketArn, `${bucketArn}/*`], ...it })]);
  const plain = { Bool: { 'aws:SecureTransport': 'false' } };

  test.each<[string, Bucket, boolean]>([
    ['denied to everyone', denies({ Condition: plain }), true],
    ['denied with everything else', denies({}), true],
    ['denied on the bucket alone', denies({ Condition: plain, Resource: bucketArn }), false],
    ['denied on objects alone', denies({ Condition: plain, Resource: `${bucketArn}/*` }), false],
    ['denied to one account', denies({ Condition: plain, Principal: { AWS: MEMBER } }), false],
    ['denied for reads alone', denies({ Condition: plain, Action: 's3:Get*' }), false],
    ['denied over TLS', denies({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }), false],
    ['nothing said', bucketWith([writes()]), false],
    ['no policy', bucketWith([], { policy: absent }), false],
  ])('%s', (_, bucket, is) => {
    expect(requiresTls(bucket, setting())).toEqual(sure(is));
  });

  test('is open where it could not be read', () => {
    expect(requiresTls(bucketWith([], { policy: unknown('p') }), setting())).toEqual(doubt(['p']));
    expect(requiresTls(bucketWith([], { policy: known('{') }), setting())).toEqual(doubt(['unsupported: tls']));
    const resourceControls = { policies: [], open: doubt(['r']) };
    expect(requiresTls(bucketWith([]), setting({ resourceControls }))).toEqual(doubt(['r']));
    expect(requiresTls(denies({ Condition: plain }), setting({ resourceControls }))).toEqual(sure(true));
  });
});
