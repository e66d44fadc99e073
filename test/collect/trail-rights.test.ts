import { expect, test } from 'vitest';
import { isViewObject, Unknown, type Value, ViewList, type ViewObject } from '../../src/expression/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { buildView } from '../../src/view/index.js';
import type { World } from '../support/fake-aws/index.js';
import { collectFrom } from '../support/collect-from.js';
import { anOrganizationWithADelegate, dev, management, prod, security } from '../support/worlds.js';

const ofAws = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const own = (name: string): string => `arn:aws:iam::${management}:policy/${name}`;
const role = (path: string, accountId = management): string => `arn:aws:iam::${accountId}:role/${path}`;
const calls = new Set([
  'sts:GetCallerIdentity',
  'sts:AssumeRole',
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListRoots',
  'organizations:ListPolicies',
  'organizations:DescribePolicy',
  'organizations:ListTargetsForPolicy',
  'cloudtrail:ListTrails',
  'cloudtrail:DescribeTrails',
  'iam:GetAccountAuthorizationDetails',
]);

function documentOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

const stops = documentOf({ Effect: 'Allow', Action: 'cloudtrail:Stop*', Resource: '*' });
const reads = documentOf({ Effect: 'Allow', Action: ['cloudtrail:Get*', 's3:*'], Resource: '*' });
const kept = documentOf({ Effect: 'Deny', NotAction: 's3:*', Resource: '*' });

const world: World = {
  ...anOrganizationWithADelegate(),
  iamRoles: [
    { accountId: management, arn: role('ops/Inline'), inlinePolicies: { stop: stops, read: reads } },
    { accountId: management, arn: role('Own'), attachedPolicies: [own('stop'), own('read')] },
    { accountId: management, arn: role('Reader'), attachedPolicies: [own('read'), ofAws('ReadOnlyAccess')] },
    { accountId: management, arn: role('Bounded'), attachedPolicies: [own('stop')], boundary: own('read') },
    {
      accountId: management,
      arn: role('Denied'),
      attachedPolicies: [ofAws('AdministratorAccess')],
      inlinePolicies: { kept },
    },
    { accountId: management, arn: role('Untold'), attachedPolicies: [ofAws('SomethingNew')] },
    { accountId: prod, arn: role('NotAsked', prod), inlinePolicies: { stop: stops } },
  ],
  managedPolicies: { [own('stop')]: stops, [own('read')]: reads },
  attachments: [
    { accountId: management, policyArn: ofAws('PowerUserAccess'), groups: ['admins'] },
    { accountId: security, policyArn: ofAws('AWSCloudTrail_FullAccess'), users: ['eve'] },
  ],
  iamGroups: [
    { accountId: management, name: 'admins', users: ['ann'] },
    { accountId: management, name: 'operators', users: ['bob'], inlinePolicies: { stop: stops } },
  ],
};

type Made = Readonly<Record<string, number>>;
const iamCallsIn = (made: Made): Made =>
  Object.fromEntries(Object.entries(made).filter(([call]) => call.startsWith('iam:')));

test('whoever can stop a trail is found, by whatever policy, in the management account and delegated administrators', async () => {
  const { inventory, callsIn } = await collectFrom(world, { calls });
  expect([management, security, prod, dev].map((id) => iamCallsIn(callsIn(id)))).toEqual([
    { 'iam:GetAccountAuthorizationDetails': 1 },
    { 'iam:GetAccountAuthorizationDetails': 1 },
    {},
    {},
  ]);
  expect(administratorsIn(inventory, management)).toEqual([
    'role/Own by stop',
    'role/Inline by role/Inline: stop',
    'user/ann by PowerUserAccess',
    'user/bob by group/operators: stop',
    'perhaps role/Untold',
  ]);
  expect(administratorsIn(inventory, security)).toEqual(['user/eve by AWSCloudTrail_FullAccess']);
  expect([prod, dev].map((id) => administratorsIn(inventory, id))).toEqual(['unknown', 'unknown']);
});

test('only what decides is kept of an account', async () => {
  const { inventory } = await collectFrom(world, { calls });
  const told = inventory.accounts.find(({ id }) => id === management)?.trailRights?.rights;
  const { documents = [], principals = [] } = told?.state === 'known' ? told.value : {};
  expect(documents.map(({ name }) => name)).toEqual([
    own('stop'),
    ofAws('AdministratorAccess'),
    ofAws('PowerUserAccess'),
    ofAws('SomethingNew'),
    'group/operators: stop',
    'role/Denied: kept',
    'role/Inline: stop',
  ]);
  expect(principals.map(({ arn }) => arn.slice(arn.lastIndexOf('/') + 1))).toEqual([
    'Denied',
    'Own',
    'Untold',
    'Inline',
    'ann',
    'bob',
  ]);
});

test('pages are read to their end, and policies that come after their holders count', async () => {
  const whole = await collectFrom(world, { calls });
  const paged = await collectFrom(world, { calls, aws: { pageSizes: { 'iam:GetAccountAuthorizationDetails': 1 } } });
  const rights = ({ inventory }: typeof whole) => inventory.accounts.map(({ trailRights: it }) => it?.rights);
  expect(rights(paged)).toEqual(rights(whole));
});

test.each(['denied', 'endless-pages', 'repeating-page-token'] as const)(
  'an answer with the fault %s leaves all open',
  async (kind) => {
    const fault = { match: { service: 'iam', operation: 'GetAccountAuthorizationDetails' }, kind } as const;
    const { inventory } = await collectFrom(world, { calls, aws: { faults: [fault] }, tuning: { maxPages: 2 } });
    expect(administratorsIn(inventory, management)).toEqual(['perhaps more']);
  },
);

test('nobody is asked where no policy asks, nor an account that is out of scope', async () => {
  const others = new Set([...calls].filter((call) => !call.startsWith('iam:')));
  const unasked = await collectFrom(world, { calls: others });
  expect(unasked.inventory.accounts.some((it) => it.trailRights !== undefined)).toBe(false);
  const scoped = await collectFrom(world, { calls, scope: { accounts: [prod] } });
  expect([management, security].map((id) => iamCallsIn(scoped.callsIn(id)))).toEqual([{}, {}]);
});

/** Who can change trails, as policies see them. */
function administratorsIn(inventory: Inventory, accountId: string): unknown {
  const account = buildView(inventory)
    .targets('account')
    .find(({ object }) => object.label === accountId);
  const value = account?.object.get('trailAdministrators');
  if (!(value instanceof ViewList)) return value instanceof Unknown ? 'unknown' : value;
  return [
    ...value.members.map((it) => `${textOf(it, 'name')} by ${listOf(it).join(', ')}`),
    ...value.doubtful.map((it) => `perhaps ${textOf(it.value, 'name')}`),
    ...(value.rest === undefined ? [] : ['perhaps more']),
  ];
}

function objectOf(it: Value): ViewObject {
  if (typeof it === 'object' && isViewObject(it)) return it;
  throw new Error('This is no object.');
}

function textOf(it: Value, field: string): string {
  const value = objectOf(it).get(field);
  if (typeof value === 'string') return value;
  throw new Error(`${field} is no text.`);
}

function listOf(it: Value): readonly unknown[] {
  const policies = objectOf(it).get('policies');
  return policies instanceof ViewList ? policies.members : [];
}
