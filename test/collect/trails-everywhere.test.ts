import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../src/model/inventory.js';
import { loadPolicies } from '../../src/index.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom } from '../support/collect-from.js';
import type { World } from '../support/fake-aws/index.js';
import { evaluateInventory } from '../support/scan-world.js';
import { anOrganizationWithATrail, anOwnTrail, dev, joined, management } from '../support/worlds.js';

const id = 'trail-delivers-without-error';
const regions = ['ap-south-1', 'eu-central-1', 'us-east-1'];
const { policies } = loadPolicies({ packs: ['baseline'] });
const ownCalls = neededCalls(
  policies.filter((it) => it.id === id),
  readPackageJson('schema/view.v1.json'),
);

/** An organization whose trail cannot deliver what it records in one Region. */
function worldWith(error: string | undefined): World {
  const world = { ...anOrganizationWithATrail(), regions };
  const trails = world.trails.map((trail) => ({
    ...trail,
    inRegions: error === undefined ? {} : { 'ap-south-1': { ...trail.status, LatestDeliveryError: error } },
  }));
  return { ...world, trails };
}

function verdict(inventory: Inventory) {
  const found = evaluateInventory(inventory, [id]).evaluations.find(({ target }) => target.accountId === management);
  return { outcome: found?.outcome, asserts: found?.reasons.map((it) => it.assert), message: found?.message };
}

test('a plain run asks in the home Region alone', async () => {
  const { inventory, callsIn } = await collectFrom(worldWith('AccessDenied'));
  expect(callsIn(management)).toMatchObject({ 'cloudtrail:GetTrailStatus': 1 });
  expect(inventory.trails[0]).not.toHaveProperty('regionalStatuses');
  expect(verdict(inventory).outcome).toBe('COMPLIANT');
});

describe('with --deep, each enabled Region of a multi-Region trail is asked', () => {
  test.each([
    ['and of a run for this policy alone', ownCalls],
    ['and of one for all', undefined],
  ])('the Region that fails is named %s', async (_, calls) => {
    const { inventory, callsIn } = await collectFrom(worldWith('AccessDenied'), { deep: true, calls });
    expect(callsIn(management)).toMatchObject({ 'cloudtrail:GetTrailStatus': 3 });
    expect(verdict(inventory)).toMatchObject({
      outcome: 'NON_COMPLIANT',
      asserts: ['regions'],
      message: expect.stringContaining('ap-south-1'),
    });
  });

  test('nothing fails', async () => {
    const { inventory } = await collectFrom(worldWith(undefined), { deep: true });
    expect(inventory.trails[0]?.regionalStatuses?.map(({ region }) => region)).toEqual(['ap-south-1', 'eu-central-1']);
    expect(verdict(inventory).outcome).toBe('COMPLIANT');
  });

  test('a Region that refuses leaves it open', async () => {
    const faults = [
      { match: { operation: 'GetTrailStatus', accountId: management, region: 'ap-south-1' }, kind: 'denied' },
    ] as const;
    const { inventory } = await collectFrom(worldWith(undefined), { deep: true, aws: { faults } });
    expect(verdict(inventory).outcome).toBe('INSUFFICIENT_DATA');
  });

  test('a trail of one Region is asked there alone, and members of the organization no more than before', async () => {
    const world = { ...joined(worldWith(undefined), anOwnTrail(dev, { IsMultiRegionTrail: false })), regions };
    const { callsIn } = await collectFrom(world, { deep: true });
    expect(callsIn(dev)).toMatchObject({ 'cloudtrail:GetTrailStatus': 2 });
  });
});
