import { describe, expect, test } from 'vitest';
import {
  aBucket,
  aTrail,
  anAccount,
  anInventory,
  anOrganization,
  known,
  MANAGEMENT,
  MEMBER,
  unknown,
} from '../../test/support/inventory-builders.js';
import type { ViewObject } from '../expression/index.js';
import { at, targetOf } from '../../test/support/view-values.js';
import type { Bucket, ControlPolicy, Inventory, Organization } from '../model/inventory.js';
import { buildView } from './index.js';

const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const all = ['r-root', 'ou-prod', MANAGEMENT, MEMBER];
const keeper = 'arn:aws:iam::*:role/Keeper';

function control(id: string, statement: object, targets: readonly string[]): ControlPolicy {
  const content = known(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  return { id, name: id, content, targets: known([...targets]) };
}

const full = control('full', everything, all);
const stop = { Sid: 'Keep', Effect: 'Deny', Action: 'cloudtrail:StopLogging', Resource: '*' };
const sparing = { ...stop, Condition: { ArnNotLike: { 'aws:PrincipalArn': keeper } } };

function view(organization: Partial<Organization>, bucket: Partial<Bucket> = {}) {
  return buildView(
    anInventory({
      organization: anOrganization({ policyTypes: known(['SERVICE_CONTROL_POLICY']), ...organization }),
      buckets: [aBucket(bucket)],
    }),
  );
}

/** A field of a denial, or why nothing is known of it. */
function fieldOf(object: ViewObject, path: string, field: string): unknown {
  const whole = at(object, path);
  return typeof whole === 'object' ? whole : at(object, `${path}.${field}`);
}

function denialIn(accountId: string, organization: Partial<Organization>, field = 'scope') {
  const account = view(organization)
    .targets('account')
    .find((it) => it.accountId === accountId);
  if (account === undefined) throw new Error('no such account');
  return fieldOf(account.object, 'scpDenials.cloudtrail:StopLogging', field);
}

describe('service control policies on the path of a member', () => {
  test.each<[string, readonly ControlPolicy[], string]>([
    ['allow everything', [full], 'no-one'],
    ['deny it at the root', [full, control('guard', stop, ['r-root'])], 'everyone'],
    ['deny it at its OU', [full, control('guard', stop, ['ou-prod'])], 'everyone'],
    ['deny it in the account itself', [full, control('guard', stop, [MEMBER])], 'everyone'],
    ['deny it elsewhere', [full, control('guard', stop, ['ou-test', MANAGEMENT])], 'no-one'],
    ['deny it to all but one role', [full, control('guard', sparing, ['r-root'])], 'except-named'],
    [
      'deny it for some trails',
      [full, control('guard', { ...stop, Resource: 'arn:*:*:*:*:trail/x' }, ['r-root'])],
      'partly',
    ],
    [
      'do not allow it at one level',
      [control('full', everything, ['r-root', MEMBER]), control('s3', { ...everything, Action: 's3:*' }, ['ou-prod'])],
      'everyone',
    ],
  ])('%s', (_, policies, scope) => {
    expect(denialIn(MEMBER, { serviceControlPolicies: known(policies) })).toBe(scope);
  });

  test('tell whom they spare, and by which statement', () => {
    const serviceControlPolicies = known([full, control('guard', sparing, ['r-root'])]);
    expect(denialIn(MEMBER, { serviceControlPolicies }, 'exceptPrincipals')).toEqual([keeper]);
    expect(denialIn(MEMBER, { serviceControlPolicies }, 'why')).toContain('guard: Keep');
  });

  test('do not bind the management account', () => {
    const serviceControlPolicies = known([full, control('guard', stop, all)]);
    expect(denialIn(MANAGEMENT, { serviceControlPolicies })).toBe('no-one');
  });

  test('are none where the type is switched off', () => {
    expect(denialIn(MEMBER, { policyTypes: known([]), serviceControlPolicies: known([]) })).toBe('no-one');
  });
});

describe('an action on trails is denied where it is on those that the account can change', () => {
  const mine = `arn:aws:cloudtrail:eu-central-1:${MEMBER}:trail/mine`;
  const theirs = `arn:aws:cloudtrail:eu-central-1:${MANAGEMENT}:trail/main`;

  test.each<[string, string | readonly string[], readonly string[], readonly string[], string]>([
    ['all trails', 'arn:aws:cloudtrail:*:*:trail/*', [], [], 'everyone'],
    ['all that CloudTrail has', 'arn:*:cloudtrail:*', [], [], 'everyone'],
    ['all trails of whoever asks', 'arn:aws:cloudtrail:*:${aws:PrincipalAccount}:trail/*', [], [], 'everyone'],
    ['trails of one Region', 'arn:aws:cloudtrail:eu-west-1:*:trail/*', [], [], 'partly'],
    ['trails of a name', 'arn:aws:cloudtrail:*:*:trail/mi*', [mine], [], 'everyone'],
    ['trails of another name', 'arn:aws:cloudtrail:*:*:trail/aws-controltower-*', [mine], [], 'no-one'],
    ['one of two trails', mine, [mine, `${mine}2`], [], 'partly'],
    ['stores', 'arn:aws:cloudtrail:*:*:eventdatastore/*', [mine], [], 'no-one'],
    ["an administrator's trails, not the organization's", mine, [mine], [MEMBER], 'partly'],
    ["the organization's trails", theirs, [], [MEMBER], 'everyone'],
    ['both', [mine, theirs], [mine], [MEMBER], 'everyone'],
    ['trails of whoever asks', 'arn:aws:cloudtrail:*:${aws:PrincipalAccount}:trail/*', [], [MEMBER], 'no-one'],
  ])('%s', (_, Resource, ownTrails, administrators, scope) => {
    const organization = anOrganization({
      policyTypes: known(['SERVICE_CONTROL_POLICY']),
      serviceControlPolicies: known([full, control('guard', { ...stop, Resource }, ['r-root'])]),
      delegatedAdministrators: known([...administrators]),
    });
    const inventory = anInventory({ organization, trails: [aTrail({ description: { isOrganizationTrail: true } })] });
    const accounts = inventory.accounts.map((it) =>
      it.id === MEMBER ? { ...it, ownTrails: known([...ownTrails]) } : it,
    );
    const account = buildView({ ...inventory, accounts })
      .targets('account')
      .find((it) => it.accountId === MEMBER);
    if (account === undefined) throw new Error('no such account');
    expect(fieldOf(account.object, 'scpDenials.cloudtrail:StopLogging', 'scope')).toBe(scope);
  });
});

describe('what could not be read of them leaves it open', () => {
  const guard = control('guard', stop, ['r-root']);

  test.each<[string, Partial<Organization>, unknown]>([
    ['no one asked for them', {}, { unknown: [expect.any(String)] }],
    ['the list was refused', { serviceControlPolicies: unknown('l') }, { unknown: ['l'] }],
    ['the types were refused', { policyTypes: unknown('t') }, { unknown: ['t'] }],
    [
      'a text was refused',
      { serviceControlPolicies: known([full, { ...guard, content: unknown('c') }]) },
      { unknown: ['c'] },
    ],
    [
      'targets were refused',
      { serviceControlPolicies: known([full, { ...guard, targets: unknown('a') }]) },
      { unknown: ['a'] },
    ],
    // What allows everything was refused: a level without it must not seem to deny.
    [
      'only a Deny of something else was read',
      {
        serviceControlPolicies: known([
          { ...full, content: unknown('c') },
          control('s3', { ...stop, Action: 's3:*' }, all),
        ]),
      },
      { unknown: ['c'] },
    ],
    // AWS lets no root, OU or account be without one.
    [
      'a list that is empty',
      { serviceControlPolicies: known([]) },
      { unknown: [expect.any(String), expect.any(String), expect.any(String)] },
    ],
  ])('%s', (_, organization, expected) => {
    expect(denialIn(MEMBER, organization)).toEqual(expected);
  });

  test('a Deny that was read denies it all the same', () => {
    const serviceControlPolicies = known([{ ...full, content: unknown('c') }, guard]);
    expect(denialIn(MEMBER, { serviceControlPolicies })).toBe('everyone');
  });
});

describe('to whom erasing logs is denied', () => {
  const actions = ['s3:DeleteObject*', 's3:PutLifecycleConfiguration', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];
  const keep = { Sid: 'Keep', Effect: 'Deny', Action: actions, Resource: '*' };
  const spare = { ...keep, Condition: { ArnNotLike: { 'aws:PrincipalArn': keeper } } };
  const inMember = { owner: known({ accountId: MEMBER, region: 'eu-central-1' }) };
  const policyOf = (statement: object): Bucket['policy'] =>
    known(JSON.stringify({ Version: '2012-10-17', Statement: { Principal: '*', ...statement } }));
  const denial = (policies: readonly ControlPolicy[], bucket: Partial<Bucket>, field = 'scope') =>
    fieldOf(
      targetOf(view({ serviceControlPolicies: known([full, ...policies]) }, bucket), 'log-bucket'),
      'deletionDenial',
      field,
    );
  const onBucket = { Resource: ['arn:aws:s3:::trail-logs', 'arn:aws:s3:::trail-logs/*'] };
  const stranger = { Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 's3:*', ...onBucket };

  test.each<[string, readonly ControlPolicy[], Partial<Bucket>, string]>([
    ['nothing denies it', [], inMember, 'no-one'],
    ['the bucket policy denies it', [], { ...inMember, policy: policyOf({ ...keep, ...onBucket }) }, 'everyone'],
    ['the bucket policy spares one', [], { ...inMember, policy: policyOf({ ...spare, ...onBucket }) }, 'except-named'],
    ['service control policies deny it', [control('g', keep, ['ou-prod'])], inMember, 'everyone'],
    ['service control policies spare one', [control('g', spare, ['ou-prod'])], inMember, 'except-named'],
    ['they do not bind the management account', [control('g', keep, all)], {}, 'no-one'],
    [
      'they do not bind a stranger whom the bucket lets in',
      [control('g', keep, ['ou-prod'])],
      { ...inMember, policy: policyOf(stranger) },
      'no-one',
    ],
    [
      'each denies a part of it',
      [control('g', { ...keep, Action: actions.slice(0, 2) }, ['ou-prod'])],
      { ...inMember, policy: policyOf({ ...keep, Action: actions.slice(2), ...onBucket }) },
      'everyone',
    ],
    ['one action is left open', [control('g', { ...keep, Action: actions.slice(1) }, ['ou-prod'])], inMember, 'no-one'],
  ])('%s', (_, policies, bucket, scope) => {
    expect(denial(policies, bucket)).toBe(scope);
  });

  test('who is spared is told', () => {
    expect(denial([control('g', spare, ['ou-prod'])], inMember, 'exceptPrincipals')).toEqual([keeper]);
  });

  test('an unread policy, owner or control policy leaves it open', () => {
    expect(denial([], { ...inMember, policy: unknown('p') })).toEqual({ unknown: ['p'] });
    expect(denial([], { owner: unknown('o'), policy: unknown('o') })).toEqual({ unknown: ['o'] });
    const hidden = { ...control('g', keep, ['ou-prod']), content: unknown('c') };
    expect(denial([hidden], inMember)).toEqual({ unknown: ['c'] });
    expect(denial([hidden], { ...inMember, policy: policyOf({ ...keep, ...onBucket }) })).toBe('everyone');
  });
});

test('resource control policies count for buckets of members alone', () => {
  const rcp = control(
    'tls',
    {
      Effect: 'Deny',
      Principal: '*',
      Action: '*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    all,
  );
  const organization = { policyTypes: known(['RESOURCE_CONTROL_POLICY']), resourceControlPolicies: known([rcp]) };
  const owner = known({ accountId: MEMBER, region: 'eu-central-1' });
  expect(at(targetOf(view(organization, { owner }), 'log-bucket'), 'requiresTls')).toBe(true);
  expect(at(targetOf(view(organization), 'log-bucket'), 'requiresTls')).toBe(false);
  const unread = { ...organization, resourceControlPolicies: unknown('r') };
  expect(at(targetOf(view(unread, { owner }), 'log-bucket'), 'requiresTls')).toEqual({ unknown: ['r'] });
});

test('a run for one account alone does not tell which of them bind it', () => {
  const inventory = anInventory({ organization: null, accounts: [anAccount({ id: MEMBER })] });
  const account = targetOf(buildView(inventory), 'account');
  expect(at(account, 'scpDenials.cloudtrail:StopLogging')).toEqual({ unknown: [expect.any(String)] });
});

describe('the bucket of an account that is read by itself', () => {
  const owner = known({ accountId: MEMBER, region: 'eu-central-1' });
  const bucketOf = (parts: Partial<Inventory>) => {
    const buckets = [aBucket({ owner })];
    const built = buildView(
      anInventory({ organization: null, accounts: [anAccount({ id: MEMBER })], buckets, ...parts }),
    );
    return targetOf(built, 'log-bucket');
  };

  test('may be kept by its organization', () => {
    expect(at(bucketOf({}), 'deletionDenial')).toEqual({ unknown: [expect.any(String)] });
    expect(at(bucketOf({}), 'requiresTls')).toEqual({ unknown: [expect.any(String)] });
  });

  test('is kept by its own policy alone, where AWS said that there is no organization', () => {
    expect(at(bucketOf({ standsAlone: true }), 'deletionDenial.scope')).toBe('no-one');
    expect(at(bucketOf({ standsAlone: true }), 'requiresTls')).toBe(false);
  });

  test('of what AWS Config does not record, the gap says so', () => {
    const inventory = anInventory({ organization: null, accounts: [anAccount({ id: MEMBER })], source: 'config' });
    const built = buildView(inventory);
    at(targetOf(built, 'account'), 'isMemberAccount');
    expect(built.gaps().map((it) => it.reason)).toEqual(['not-recorded-by-config']);
  });
});
