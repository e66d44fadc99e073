import { expect, test } from 'vitest';
import type { PrincipalRights } from '../../model/inventory.js';
import { known } from '../../model/known.js';
import { type ControlPolicy, parseIamDocument } from '../iam/index.js';
import { trailAdministrators, type TrailPlace } from './index.js';

const management = '111111111111';
const delegated = '222222222222';
const trail = `arn:aws:cloudtrail:eu-central-1:${management}:trail/organization`;
const all = ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'];

type Statement = Readonly<Record<string, unknown>>;

const allow = (Action: unknown, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const deny = (Action: unknown, more: Statement = {}): Statement => ({ Effect: 'Deny', Action, Resource: '*', ...more });

function textOf(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function scp(...statements: readonly Statement[]): ControlPolicy {
  return { name: 'guard', document: parseIamDocument(textOf(statements), 'service-control') };
}

interface Case {
  readonly statements: readonly Statement[];
  readonly principal?: Partial<PrincipalRights>;
  readonly boundary?: readonly Statement[];
  readonly place?: Partial<TrailPlace>;
}

const place: TrailPlace = {
  partition: 'aws',
  managementAccountId: management,
  organizationId: 'o-exampleorg',
  controls: { levels: [], gaps: [] },
  trails: { members: [trail], doubtful: [] },
};

function found({ statements, principal = {}, boundary, place: parts = {} }: Case) {
  const own = { name: 'own', document: textOf(statements) };
  const limit = boundary === undefined ? [] : [{ name: 'limit', document: textOf(boundary) }];
  const role: PrincipalRights = {
    arn: `arn:aws:iam::${management}:role/ops/Operator`,
    id: 'AROAEXAMPLE',
    policies: ['own'],
    tags: {},
    ...(boundary === undefined ? {} : { boundary: 'limit' }),
    ...principal,
  };
  const rights = known({ documents: [own, ...limit], principals: [role] });
  const because: string[] = [];
  const list = trailAdministrators({ rights, evidence: {} }, { ...place, ...parts }, (_, reasons) => {
    because.push(...reasons);
    return 'undecided';
  });
  return { ...list, because };
}

/** What it can do; with a mark where that is not certain. */
function abilities(it: Case): readonly string[] {
  const { members, doubtful } = found(it);
  const short = (action: string): string => action.replace('cloudtrail:', '');
  return [...members, ...doubtful.map(({ value }) => value)].flatMap(({ actions }) =>
    actions.members.map(short).concat(actions.doubtful.map(({ value }) => `${short(value)}?`)),
  );
}

const perhaps = all.map((it) => `${it}?`);
const user = { arn: `arn:aws:iam::${management}:user/ann`, id: 'AIDAEXAMPLE' };
const toTeam = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'trails' } } };
const regionIs = (region: string) => ({ Condition: { StringEquals: { 'aws:RequestedRegion': region } } });

test.each<readonly [string, Case, readonly string[]]>([
  ['a policy of AWS', { statements: [allow('*')] }, all],
  ['one action by a pattern', { statements: [allow('cloudtrail:?topLogging')] }, ['StopLogging']],
  [
    'all but some',
    { statements: [{ Effect: 'Allow', NotAction: 'cloudtrail:Delete*', Resource: '*' }] },
    ['StopLogging', 'UpdateTrail', 'PutEventSelectors'],
  ],
  ['the trail by name', { statements: [allow('cloudtrail:Stop*', { Resource: trail })] }, ['StopLogging']],
  ['another trail', { statements: [allow('cloudtrail:*', { Resource: trail.replace('organization', 'test') })] }, []],
  ['all but the trail', { statements: [{ Effect: 'Allow', Action: '*', NotResource: trail }] }, []],
  ['what is denied again', { statements: [allow('*'), deny('cloudtrail:*')] }, []],
  [
    'what is denied without a second factor',
    {
      statements: [allow('*'), deny('*', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })],
    },
    all,
  ],
  ['a permissions boundary that allows something else', { statements: [allow('*')], boundary: [allow('s3:*')] }, []],
  [
    'a permissions boundary that allows one',
    {
      statements: [allow('*')],
      boundary: [allow(['s3:*', 'cloudtrail:UpdateTrail'])],
    },
    ['UpdateTrail'],
  ],
  [
    'a permissions boundary that denies one',
    {
      statements: [allow('*')],
      boundary: [allow('*'), deny('cloudtrail:StopLogging')],
    },
    ['DeleteTrail', 'UpdateTrail', 'PutEventSelectors'],
  ],
  ['a Region in which the trail is not', { statements: [allow('*', regionIs('us-east-1'))] }, []],
  ['the Region of the trail', { statements: [allow('*', regionIs('eu-central-1'))] }, all],
  [
    'the account of the trail',
    {
      statements: [allow('*', { Condition: { StringEquals: { 'aws:ResourceAccount': management } } })],
    },
    all,
  ],
  [
    'a tag of the trail',
    {
      statements: [allow('*', { Condition: { StringEquals: { 'aws:ResourceTag/open': 'yes' } } })],
    },
    perhaps,
  ],
  [
    'a tag that the user has',
    { statements: [allow('*', toTeam)], principal: { ...user, tags: { team: 'trails' } } },
    all,
  ],
  ['a tag that the user does not have', { statements: [allow('*', toTeam)], principal: user }, []],
  ['a tag that the role has', { statements: [allow('*', toTeam)], principal: { tags: { team: 'trails' } } }, all],
  ['a tag that a session may have', { statements: [allow('*', toTeam)] }, perhaps],
  [
    'the name of the user',
    {
      statements: [allow('*', { Condition: { StringEquals: { 'aws:username': 'ann' } } })],
      principal: user,
    },
    all,
  ],
  [
    'the name of another user',
    {
      statements: [allow('*', { Condition: { StringEquals: { 'aws:username': 'bob' } } })],
      principal: user,
    },
    [],
  ],
  [
    'sessions of the role',
    {
      statements: [allow('*', { Condition: { StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } } })],
    },
    all,
  ],
  ['a policy that AWS did not tell of', { statements: [], principal: { policies: ['gone'] } }, perhaps],
  [
    'one that was not told, beside one that denies',
    {
      statements: [deny('cloudtrail:*')],
      principal: { policies: ['gone', 'own'] },
    },
    [],
  ],
  ['a statement that cannot be understood', { statements: [allow('*', { Effect: 'allow' })] }, perhaps],
])('%s', (_, it, expected) => {
  expect(abilities(it)).toEqual(expected);
});

const arn = `arn:aws:iam::${delegated}:role/Operator`;
const everything = scp(allow('*'));
const guard = scp(
  deny('cloudtrail:StopLogging', {
    Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Keeper' } },
  }),
);
const withControls = (levels: TrailPlace['controls']['levels'], gaps: readonly string[] = []) => ({
  controls: { levels, gaps },
});
const rest = ['DeleteTrail', 'UpdateTrail', 'PutEventSelectors'];

test.each<readonly [string, Case, readonly string[]]>([
  [
    'what a service control policy denies',
    { statements: [allow('*')], principal: { arn }, place: withControls([[everything, guard]]) },
    rest,
  ],
  [
    'whom it spares',
    {
      statements: [allow('*')],
      principal: { arn: arn.replace('Operator', 'Keeper') },
      place: withControls([[everything, guard]]),
    },
    all,
  ],
  [
    'a level that allows nothing of it',
    {
      statements: [allow('*')],
      principal: { arn },
      place: withControls([[everything], [scp(allow('s3:*'))]]),
    },
    [],
  ],
  [
    'a role of a service, which none binds',
    {
      statements: [allow('*')],
      principal: { arn: `arn:aws:iam::${delegated}:role/aws-service-role/x.amazonaws.com/Operator` },
      place: withControls([[everything, guard]]),
    },
    all,
  ],
  [
    'policies of which some were not read',
    {
      statements: [allow('*')],
      principal: { arn },
      place: withControls([[guard]], ['unread']),
    },
    rest.map((it) => `${it}?`),
  ],
])('in a delegated administrator: %s', (_, it, expected) => {
  expect(abilities(it)).toEqual(expected);
});

test('rights on any trail count where none is known, and are doubtful where others may be there', () => {
  const statements = [allow('cloudtrail:StopLogging', { Resource: trail.replace('organization', 'test') })];
  const none = { trails: { members: [], doubtful: [] } };
  const open = { trails: { ...place.trails, rest: { state: 'unknown', gaps: ['list'] } as const } };
  const unsure = { trails: { members: [], doubtful: [{ value: trail, gaps: ['trail'] }] } };
  expect(abilities({ statements, place: none })).toEqual(['StopLogging']);
  expect(abilities({ statements, place: open })).toEqual(['StopLogging?']);
  expect(abilities({ statements: [allow('*')], place: open })).toEqual(all);
  expect(abilities({ statements, place: unsure })).toEqual([]);
  expect(abilities({ statements: [allow('*')], place: unsure })).toEqual(perhaps);
});

test('a principal is told with its kind and the policies that speak of trails', () => {
  const sso = 'role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Admin_0123456789abcdef';
  const kinds = ['user/a/b', 'role/x', 'role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX', sso].map((path) => {
    const [member] = found({
      statements: [allow('*')],
      principal: { arn: `arn:aws:iam::${management}:${path}` },
    }).members;
    return [member?.name, member?.kind];
  });
  expect(kinds).toEqual([
    ['user/b', 'user'],
    ['role/x', 'role'],
    ['role/AWSServiceRoleForX', 'service-linked-role'],
    ['role/AWSReservedSSO_Admin_0123456789abcdef', 'permission-set-role'],
  ]);
  expect(found({ statements: [allow('*')] }).members[0]?.policies).toEqual(['own']);
  expect(
    found({ statements: [], principal: { policies: ['arn:aws:iam::aws:policy/job-function/X'] } }).because,
  ).toEqual(expect.arrayContaining([expect.stringContaining('is missing from the inventory')]));
});
