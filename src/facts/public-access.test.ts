import { assert, boolean, constantFrom, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  absent,
  aBucket,
  allBlocked,
  known,
  nothingBlocked,
  unknown,
  MANAGEMENT,
} from '../../test/support/inventory-builders.js';
import type { AclGrant, Bucket, PublicAccessBlock } from '../model/inventory.js';
import type { Known } from '../model/known.js';
import { effectiveBlock, publicAccess } from './public-access.js';

const sure = <T>(value: T) => ({ state: 'known', value });
const doubt = (...gaps: string[]) => ({ state: 'unknown', gaps });

const everyoneReads: AclGrant = {
  grantee: 'http://acs.amazonaws.com/groups/global/AllUsers',
  granteeType: 'Group',
  permission: 'READ',
};
const publicPolicy = JSON.stringify({
  Statement: [
    { Sid: 'Trail', Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' },
    { Effect: 'Allow', Principal: { AWS: '*' }, Action: ['s3:GetObject', 's3:ListBucket'] },
    { Effect: 'Deny', Principal: '*', Action: 's3:*' },
  ],
});

/** A bucket that blocks nothing, has no policy and a private ACL. */
const bare: Partial<Bucket> = {
  publicAccessBlock: absent,
  policy: absent,
  policyStatus: absent,
  objectOwnership: known('ObjectWriter'),
};

function judge(bucket: Partial<Bucket>, account: Known<PublicAccessBlock> = absent) {
  const it = aBucket({ ...bare, ...bucket });
  return publicAccess(it, effectiveBlock(it, account), { unread: () => 'access-points', ofOthers: () => 'of-others' });
}

const closed = { members: [], doubtful: [] };

const delegating = JSON.stringify({
  Statement: {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: { StringEquals: { 's3:DataAccessPointAccount': MANAGEMENT } },
  },
});

test('a policy that leaves access to access points is as open as these, which were not read', () => {
  const delegated = { policy: known(delegating), policyStatus: known({ isPublic: false }) };
  expect(judge(delegated).isPublic).toEqual({ state: 'unknown', gaps: ['access-points'] });
  const blocked = known({
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  });
  expect(judge({ ...delegated, publicAccessBlock: blocked }).isPublic).toEqual(known(false));
  expect(judge(delegated, blocked).isPublic).toEqual(known(false));
});

test('access points decide where a policy leaves everyone to them, and nobody else', () => {
  const closedToAll = { policyStatus: known({ isPublic: false }) };
  const arn = `arn:aws:s3:eu-central-1:${MANAGEMENT}:accesspoint/open`;
  const open = {
    arn,
    networkOrigin: 'Internet',
    policyStatus: known({ isPublic: true }),
    restrictsPublic: known(false),
  };
  const through = (policy: string, parts: Partial<Bucket> = { accessPoints: known([open]) }) =>
    judge({ policy: known(policy), ...closedToAll, ...parts });
  expect(through(delegating)).toEqual({
    isPublic: known(true),
    grants: {
      members: [{ class: 'anonymous', principal: '*', statement: `the policy of access point ${arn}`, actions: [] }],
      doubtful: [],
    },
  });
  expect(through(delegating, { accessPoints: unknown('refused') }).isPublic).toEqual({
    state: 'unknown',
    gaps: ['refused'],
  });
  const half = { ...open, policyStatus: unknown('status') };
  expect(through(delegating, { accessPoints: known([half]) }).isPublic).toEqual({ state: 'unknown', gaps: ['status'] });
  const named = delegating.replace('"*"', `{"AWS":"arn:aws:iam::${MANAGEMENT}:role/reader"}`);
  expect(through(named, {}).isPublic).toEqual(known(false));
  const otherAccount = delegating.replace(MANAGEMENT, '999988887777');
  expect(through(otherAccount, { accessPoints: known([]) }).isPublic).toEqual({
    state: 'unknown',
    gaps: ['of-others'],
  });
  const anyAccount = delegating.replace('StringEquals', 'StringLike').replace(MANAGEMENT, '*');
  expect(through(anyAccount, { accessPoints: known([]) }).isPublic).toEqual({ state: 'unknown', gaps: ['of-others'] });
  const byArn = (pattern: string) =>
    delegating
      .replace('"StringEquals"', '"ArnLike"')
      .replace('s3:DataAccessPointAccount', 's3:DataAccessPointArn')
      .replace(`"${MANAGEMENT}"`, `"${pattern}"`);
  for (const [pattern, isPublic] of [
    [`arn:aws:s3:*:${MANAGEMENT}:accesspoint/*`, true],
    [`arn:aws:s3:*:${MANAGEMENT}:accesspoint/op?n`, true],
    [`arn:aws:s3:*:${MANAGEMENT}:accesspoint/closed-*`, false],
    [`arn:aws:s3:us-*:${MANAGEMENT}:accesspoint/*`, false],
  ] as const) {
    expect([pattern, through(byArn(pattern)).isPublic]).toEqual([pattern, known(isPublic)]);
  }
  const ofVpc = delegating
    .replace('s3:DataAccessPointAccount', 's3:AccessPointNetworkOrigin')
    .replace(MANAGEMENT, 'VPC');
  expect(through(ofVpc, {}).isPublic).toEqual(known(false));
});

describe('the effective Block Public Access', () => {
  test('a setting works when the bucket or its account has it on', () => {
    const bucket = aBucket({ publicAccessBlock: known({ ...nothingBlocked, ignorePublicAcls: true }) });
    expect(effectiveBlock(bucket, known({ ...nothingBlocked, restrictPublicBuckets: true }))).toEqual({
      blockPublicAcls: sure(false),
      ignorePublicAcls: sure(true),
      blockPublicPolicy: sure(false),
      restrictPublicBuckets: sure(true),
    });
  });

  test('what is on in the bucket needs no answer of the account', () => {
    const bucket = aBucket({ publicAccessBlock: known({ ...nothingBlocked, restrictPublicBuckets: true }) });
    expect(effectiveBlock(bucket, unknown('account'))).toMatchObject({
      ignorePublicAcls: doubt('account'),
      restrictPublicBuckets: sure(true),
    });
  });
});

describe('public access', () => {
  test('a bare bucket is not public', () => {
    expect(judge({})).toEqual({ isPublic: sure(false), grants: closed });
  });

  test('through a policy that S3 takes for public', () => {
    expect(judge({ policy: known(publicPolicy), policyStatus: known({ isPublic: true }) })).toEqual({
      isPublic: sure(true),
      grants: {
        members: [
          { class: 'anonymous', principal: '*', statement: 'statement 2', actions: ['s3:GetObject', 's3:ListBucket'] },
        ],
        doubtful: [],
      },
    });
  });

  test('a conditional grant is the reason where there is no other', () => {
    const conditional = {
      Sid: 'Anywhere',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
    };
    const policy = known(JSON.stringify({ Statement: conditional }));
    expect(judge({ policy, policyStatus: known({ isPublic: true }) }).grants.members).toMatchObject([
      { statement: 'Anywhere' },
    ]);
  });

  test.each(['not JSON', '[]', '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:root"}}]}'])(
    'a public policy in which no open statement is found is shown as a whole: %s',
    (text) => {
      expect(judge({ policy: known(text), policyStatus: known({ isPublic: true }) }).grants.members).toMatchObject([
        { statement: 'the bucket policy' },
      ]);
    },
  );

  test('a public policy is restricted by the account alone', () => {
    const account = known({ ...nothingBlocked, restrictPublicBuckets: true });
    expect(judge({ policy: known(publicPolicy), policyStatus: known({ isPublic: true }) }, account).isPublic).toEqual(
      sure(false),
    );
  });

  test('blocking new public policies leaves the one that is there', () => {
    const account = known({ ...nothingBlocked, blockPublicPolicy: true, blockPublicAcls: true });
    expect(judge({ policy: known(publicPolicy), policyStatus: known({ isPublic: true }) }, account).isPublic).toEqual(
      sure(true),
    );
    expect(judge({ acl: known([everyoneReads]) }, account).isPublic).toEqual(sure(true));
  });

  test("S3's verdict stands though the policy could not be read, but for the access points it may leave access to", () => {
    const unread = { policy: unknown('text'), policyStatus: known({ isPublic: false }) };
    expect(judge(unread).isPublic).toEqual(doubt('text'));
    expect(judge(unread, known({ ...nothingBlocked, restrictPublicBuckets: true })).isPublic).toEqual(sure(false));
    expect(judge({ policy: unknown('text'), policyStatus: known({ isPublic: true }) })).toEqual({
      isPublic: sure(true),
      grants: { ...closed, rest: doubt('text') },
    });
  });

  test('an unread verdict matters only where a policy may work', () => {
    const policy = { policy: known(publicPolicy), policyStatus: unknown('status') };
    expect(judge(policy)).toEqual({ isPublic: doubt('status'), grants: { ...closed, rest: doubt('status') } });
    expect(judge(policy, known({ ...nothingBlocked, restrictPublicBuckets: true })).isPublic).toEqual(sure(false));
    expect(judge({ policy: absent, policyStatus: unknown('status') }).isPublic).toEqual(sure(false));
  });

  test.each([
    ['AllUsers', 'anonymous'],
    ['AuthenticatedUsers', 'any-account'],
  ])('through a grant to %s', (group, reach) => {
    const grantee = `http://acs.amazonaws.com/groups/global/${group}`;
    expect(judge({ acl: known([{ ...everyoneReads, grantee }]) })).toEqual({
      isPublic: sure(true),
      grants: {
        members: [{ class: reach, principal: grantee, statement: `ACL: READ for ${group}`, actions: ['READ'] }],
        doubtful: [],
      },
    });
  });

  test.each(['http://acs.amazonaws.com/groups/s3/LogDelivery', 'c0ffee'])('%s is not the public', (grantee) => {
    expect(judge({ acl: known([{ ...everyoneReads, grantee }]) }).isPublic).toEqual(sure(false));
  });

  test.each([
    [
      'public ACLs are ignored by the bucket',
      { publicAccessBlock: known({ ...nothingBlocked, ignorePublicAcls: true }) },
    ],
    ['ACLs are off', { objectOwnership: known('BucketOwnerEnforced') }],
  ])('the ACL does not matter, read or not: %s', (_, off) => {
    expect(judge({ ...off, acl: known([everyoneReads]) }, unknown('a'))).toEqual({
      isPublic: sure(false),
      grants: closed,
    });
    expect(judge({ ...off, acl: unknown('acl') }, unknown('a')).isPublic).toEqual(sure(false));
  });

  test('no ownership controls are those of old: ACLs work', () => {
    expect(judge({ objectOwnership: absent, acl: known([everyoneReads]) }).isPublic).toEqual(sure(true));
  });

  test('a public grant of which it is not known whether it works', () => {
    const { isPublic, grants } = judge({ acl: known([everyoneReads]), objectOwnership: unknown('own') });
    expect(isPublic).toEqual(doubt('own'));
    expect(grants.doubtful).toMatchObject([{ value: { statement: 'ACL: READ for AllUsers' }, gaps: ['own'] }]);
    expect(judge({ acl: unknown('acl') })).toEqual({
      isPublic: doubt('acl'),
      grants: { ...closed, rest: doubt('acl') },
    });
  });

  test('one open way is enough, whatever else is unread', () => {
    expect(judge({ acl: known([everyoneReads]), policy: unknown('p'), policyStatus: unknown('p') }).isPublic).toEqual(
      sure(true),
    );
  });

  test('everything blocked, nothing else read', () => {
    const unread = {
      policy: unknown('p'),
      policyStatus: unknown('p'),
      acl: unknown('p'),
      objectOwnership: unknown('p'),
    };
    expect(judge({ ...unread, publicAccessBlock: known(allBlocked) }, unknown('p'))).toEqual({
      isPublic: sure(false),
      grants: closed,
    });
  });

  test('a known answer stays when what was unread is read (monotone)', () => {
    const block = record({
      blockPublicAcls: boolean(),
      ignorePublicAcls: boolean(),
      blockPublicPolicy: boolean(),
      restrictPublicBuckets: boolean(),
    });
    const whole = record({
      own: block,
      account: block,
      isPublic: boolean(),
      acl: constantFrom<AclGrant[]>([], [everyoneReads]),
      ownership: constantFrom('BucketOwnerEnforced', 'ObjectWriter'),
    });
    const hidden = record({
      own: boolean(),
      account: boolean(),
      isPublic: boolean(),
      acl: boolean(),
      ownership: boolean(),
    });
    const hide = <T>(it: T, isHidden: boolean): Known<T> => (isHidden ? unknown('hidden') : known(it));
    assert(
      property(whole, hidden, (it, not) => {
        const read = (h: typeof not) =>
          judge(
            {
              policy: known(publicPolicy),
              policyStatus: hide({ isPublic: it.isPublic }, h.isPublic),
              acl: hide(it.acl, h.acl),
              objectOwnership: hide(it.ownership, h.ownership),
              publicAccessBlock: hide(it.own, h.own),
            },
            hide(it.account, h.account),
          ).isPublic;
        const partly = read(not);
        const wholly = read({ own: false, account: false, isPublic: false, acl: false, ownership: false });
        expect(wholly.state).toBe('known');
        expect([wholly, doubt('hidden')]).toContainEqual(partly);
      }),
    );
  });
});
