import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import { anOrganization, type World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, anOwnTrail, joined, management, prod } from '../support/worlds.js';

const schema = readPackageJson('schema/view.v1.json');
const { policies } = loadPolicies({ packs: ['protection'] });
const id = 'few-principals-can-stop-cloudtrail';
const only = policies.filter((it) => it.id === id);
const controlCalls = [
  'organizations:ListPolicies',
  'organizations:DescribePolicy',
  'organizations:ListTargetsForPolicy',
];

const guard = {
  id: 'p-guard123',
  name: 'guard',
  type: 'SERVICE_CONTROL_POLICY' as const,
  content: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Keep', Effect: 'Deny', Action: 'cloudtrail:*', Resource: '*' }],
  }),
  targets: [prod],
};

/** Prod has a trail of its own, which its administrators could stop. */
function worldWith(controlPolicies: readonly (typeof guard)[]): World {
  const world = joined(anOrganizationWithATrail(), anOwnTrail(prod));
  const organization = world.organization ?? anOrganization();
  return { ...world, organization: { ...organization, controlPolicies } };
}

async function outcomeOf(world: World, options: CollectFromOptions = {}) {
  const calls = neededCalls(only, schema);
  const { inventory, callsIn } = await collectFrom(world, { calls, ...options });
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  const { evaluations } = evaluate(inventory, only, times);
  return { inventory, callsIn, outcome: evaluations.find((it) => it.target.id === prod)?.outcome };
}

describe('service and resource control policies', () => {
  test('are read once, in the management account: two calls each', async () => {
    const { inventory, callsIn, outcome } = await outcomeOf(worldWith([guard]));
    expect(outcome).toBe('COMPLIANT');
    expect(callsIn(management)).toMatchObject({
      'organizations:ListPolicies': 1,
      'organizations:DescribePolicy': 2,
      'organizations:ListTargetsForPolicy': 2,
    });
    expect(inventory.organization?.serviceControlPolicies).toMatchObject({
      state: 'known',
      value: [{ id: 'p-FullAWSAccess' }, { id: 'p-guard123', targets: { state: 'known', value: [prod] } }],
    });
    expect(inventory.organization?.resourceControlPolicies, 'they are switched off').toEqual({
      state: 'known',
      value: [],
    });
  });

  test('that deny nothing of CloudTrail leave the trail to its administrators', async () => {
    expect((await outcomeOf(worldWith([]))).outcome).toBe('NON_COMPLIANT');
  });

  test.each(controlCalls)('are open where %s is refused', async (action) => {
    const world = worldWith([guard]);
    const accounts = world.accounts.map((it) =>
      it.id === management
        ? { ...it, denials: [...it.denials, { action, effect: 'no-identity-policy' as const }] }
        : it,
    );
    expect((await outcomeOf({ ...world, accounts })).outcome).toBe('INSUFFICIENT_DATA');
  });

  test('are not asked for where no policy needs them', async () => {
    const { policies: core } = loadPolicies({ packs: ['core'] });
    const { inventory, callsIn } = await collectFrom(worldWith([guard]), { calls: neededCalls(core, schema) });
    expect(Object.keys(callsIn(management)).filter((it) => controlCalls.includes(it))).toEqual([]);
    expect(inventory.organization).not.toHaveProperty('serviceControlPolicies');
  });
});
