import { expect, test } from 'vitest';
import { isViewObject, Unknown, ViewList } from '../../src/expression/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { buildView } from '../../src/view/index.js';
import type { World } from '../support/fake-aws/index.js';
import { collectFrom } from '../support/collect-from.js';
import { anOrganizationWithADelegate, dev, management, prod, security } from '../support/worlds.js';

const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const trails = 'arn:aws:iam::aws:policy/AWSCloudTrail_FullAccess';
const calls = new Set([
  'sts:GetCallerIdentity',
  'sts:AssumeRole',
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'organizations:ListDelegatedAdministrators',
  'cloudtrail:ListTrails',
  'cloudtrail:DescribeTrails',
  'iam:ListEntitiesForPolicy',
  'iam:GetGroup',
]);

const world: World = {
  ...anOrganizationWithADelegate(),
  attachments: [
    { accountId: management, policyArn: admin, roles: ['Keeper'], groups: ['admins'], boundaryOf: ['Bounded'] },
    { accountId: management, policyArn: trails, groups: ['admins'] },
    { accountId: security, policyArn: trails, users: ['eve'] },
    { accountId: prod, policyArn: admin, roles: ['NotAsked'] },
  ],
  iamGroups: [{ accountId: management, name: 'admins', users: ['bob', 'ann'] }],
};

type Made = Readonly<Record<string, number>>;
const iamCallsIn = (made: Made): Made =>
  Object.fromEntries(Object.entries(made).filter(([call]) => call.startsWith('iam:')));

test('the management account and delegated administrators are asked, and a boundary gives nothing', async () => {
  const { inventory, callsIn } = await collectFrom(world, { calls });
  expect([management, security, prod, dev].map((id) => iamCallsIn(callsIn(id)))).toEqual([
    { 'iam:ListEntitiesForPolicy': 4, 'iam:GetGroup': 1 },
    { 'iam:ListEntitiesForPolicy': 4 },
    {},
    {},
  ]);
  const known = (value: unknown) => ({ state: 'known', value });
  const evidence = { 'iam:ListEntitiesForPolicy': expect.any(String) };
  const told = new Map(inventory.accounts.map((it) => [it.id, it.fullAccess]));
  const nobody = known({ roles: [], users: [], groups: [] });
  expect(told.get(management)).toEqual({
    policies: [
      { arn: 'arn:aws:iam::aws:policy/AWSCloudTrailFullAccess', entities: nobody, evidence },
      { arn: trails, entities: known({ roles: [], users: [], groups: ['admins'] }), evidence },
      { arn: admin, entities: known({ roles: ['Keeper'], users: [], groups: ['admins'] }), evidence },
      { arn: 'arn:aws:iam::aws:policy/PowerUserAccess', entities: nobody, evidence },
    ],
    groups: [{ name: 'admins', users: known(['ann', 'bob']), evidence: { 'iam:GetGroup': expect.any(String) } }],
  });
  expect(told.get(security)?.policies[1]?.entities).toEqual(known({ roles: [], users: ['eve'], groups: [] }));
  expect([told.get(prod), told.get(dev)]).toEqual([undefined, undefined]);
});

test('lists are read to their end', async () => {
  const pageSizes = { 'iam:ListEntitiesForPolicy': 1, 'iam:GetGroup': 1 };
  const whole = await collectFrom(world, { calls });
  const paged = await collectFrom(world, { calls, aws: { pageSizes } });
  const holders = ({ inventory }: typeof whole) =>
    inventory.accounts.map(({ fullAccess: it }) => [
      it?.policies.map((policy) => policy.entities),
      it?.groups[0]?.users,
    ]);
  expect(holders(paged)).toEqual(holders(whole));
});

test('what is refused leaves the holders open, in that account alone', async () => {
  const fault = { match: { service: 'iam', operation: 'GetGroup' }, kind: 'denied' } as const;
  const { inventory } = await collectFrom(world, { calls, aws: { faults: [fault] } });
  expect([management, security, prod, dev].map((id) => heldIn(inventory, id))).toEqual([
    ['role/Keeper', 'perhaps more'],
    ['user/eve'],
    'unknown',
    'unknown',
  ]);
});

/** The names of the holders as policies see them. */
function heldIn(inventory: Inventory, accountId: string): unknown {
  const account = buildView(inventory)
    .targets('account')
    .find(({ object }) => object.label === accountId);
  const value = account?.object.get('fullAccessHolders');
  if (!(value instanceof ViewList)) return value instanceof Unknown ? 'unknown' : value;
  const names = value.members.map((it) => (typeof it === 'object' && isViewObject(it) ? it.get('name') : it));
  return [...names, ...(value.isClosed ? [] : ['perhaps more'])];
}

test('nobody is asked where no policy asks', async () => {
  const { inventory, callsIn } = await collectFrom(world, {
    calls: new Set([...calls].filter((call) => !call.startsWith('iam:'))),
  });
  expect(inventory.accounts.some((it) => it.fullAccess !== undefined)).toBe(false);
  expect(iamCallsIn(callsIn(management))).toEqual({});
});

test('an account that is out of scope is not asked', async () => {
  const { callsIn } = await collectFrom(world, { calls, scope: { accounts: [prod] } });
  expect([management, security].map((id) => iamCallsIn(callsIn(id)))).toEqual([{}, {}]);
});
