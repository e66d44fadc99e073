import { expect, test } from 'vitest';
import { collectFrom } from '../support/collect-from.js';
import type { World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, management, prod } from '../support/worlds.js';

const arn = `arn:aws:iam::${management}:role/cloudtrail-logs`;
const managed = `arn:aws:iam::${management}:policy/streams`;
const limits = `arn:aws:iam::${management}:policy/limits`;
const calls = new Set([
  'sts:GetCallerIdentity',
  'sts:AssumeRole',
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'cloudtrail:ListTrails',
  'cloudtrail:DescribeTrails',
  'iam:GetRole',
  'iam:ListRolePolicies',
  'iam:GetRolePolicy',
  'iam:ListAttachedRolePolicies',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
]);

/** Texts that a URL would not hold as they are. */
function aDocument(sid: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: sid, Effect: 'Allow', Action: 'logs:*', Resource: '*' }],
  });
}

function worldWith(parts: Partial<World> = {}): World {
  return anOrganizationWithATrail({
    iamRoles: [
      {
        accountId: management,
        arn,
        trustPolicy: aDocument('100% of ä + b'),
        inlinePolicies: { one: aDocument('one'), two: aDocument('two') },
        attachedPolicies: [managed],
        boundary: limits,
      },
    ],
    managedPolicies: { [managed]: aDocument('managed'), [limits]: aDocument('limits') },
    ...parts,
  });
}

const iamCallsIn = (made: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(made).filter(([call]) => call.startsWith('iam:')));

test('the role of a trail is read once, with all its policies, in the account that owns it', async () => {
  const { inventory, callsIn } = await collectFrom(worldWith(), { calls });
  expect(iamCallsIn(callsIn(management))).toEqual({
    'iam:GetRole': 1,
    'iam:ListRolePolicies': 1,
    'iam:GetRolePolicy': 2,
    'iam:ListAttachedRolePolicies': 1,
    'iam:GetPolicy': 2,
    'iam:GetPolicyVersion': 2,
  });
  expect([prod, dev].map((id) => iamCallsIn(callsIn(id)))).toEqual([{}, {}]);
  const known = (value: unknown) => ({ state: 'known', value });
  expect(inventory.roles).toEqual([
    {
      arn,
      name: 'cloudtrail-logs',
      accountId: management,
      details: known({ trustPolicy: aDocument('100% of ä + b'), permissionsBoundaryArn: limits }),
      inlinePolicies: known([
        { name: 'one', document: known(aDocument('one')) },
        { name: 'two', document: known(aDocument('two')) },
      ]),
      attachedPolicies: known([{ name: managed, document: known(aDocument('managed')) }]),
      permissionsBoundary: { name: limits, document: known(aDocument('limits')) },
      evidence: expect.objectContaining({ 'iam:GetRole': expect.any(String) }),
    },
  ]);
});

test('a role that is gone is absent, and a policy that is gone allows nothing', async () => {
  const gone = await collectFrom(worldWith({ iamRoles: [{ accountId: management, arn, isGone: true }] }), { calls });
  const absent = { state: 'absent' };
  expect(gone.inventory.roles).toMatchObject([{ details: absent, inlinePolicies: absent, attachedPolicies: absent }]);
  expect(iamCallsIn(gone.callsIn(management))).toEqual({ 'iam:GetRole': 1 });
  const without = await collectFrom(worldWith({ managedPolicies: {} }), { calls });
  expect(without.inventory.roles).toMatchObject([
    { attachedPolicies: { state: 'known', value: [{ name: managed, document: absent }] } },
  ]);
});

test('nobody asks for roles where no policy does', async () => {
  const { inventory, callsIn } = await collectFrom(worldWith(), {
    calls: new Set([...calls].filter((call) => !call.startsWith('iam:'))),
  });
  expect(inventory).not.toHaveProperty('roles');
  expect(iamCallsIn(callsIn(management))).toEqual({});
});
