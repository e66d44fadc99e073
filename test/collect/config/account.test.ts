import { expect, test } from 'vitest';
import { aRecorder } from '../../support/config-items.js';
import { readConfig, recordedWorld } from '../../support/config-world.js';
import { evaluateInventory, onFound } from '../../support/scan-world.js';
import { anOwnTrail, management } from '../../support/worlds.js';
import { anAccount, aWorld } from '../../support/fake-aws/index.js';

const world = aWorld({
  organization: null,
  accounts: [anAccount({ id: management, name: 'alone', parent: null })],
  ...anOwnTrail(management),
});

const recorders = [aRecorder({ accountId: management })];

test("without an aggregator the account's own recorder is read, in each Region that has one", async () => {
  const { inventory, aws } = await readConfig(await recordedWorld(world, { recorders }), { aggregator: undefined });
  expect(inventory.organization).toBeNull();
  expect(inventory.accounts).toMatchObject([{ id: management, ownTrails: { value: [inventory.trails[0]?.arn] } }]);
  expect(inventory.buckets).toMatchObject([{ owner: { value: { accountId: management, region: 'us-east-1' } } }]);
  const counts = aws.countBy('operation');
  expect(counts['config:SelectResourceConfig']).toBe(5);
  expect(counts['config:DescribeConfigurationRecorderStatus']).toBe(1);
  const { evaluations } = evaluateInventory(inventory, ['trail-validates-log-files', 'account-has-multi-region-trail']);
  expect(evaluations.map((it) => [it.policyId, it.outcome])).toEqual([
    ['account-has-multi-region-trail', 'INSUFFICIENT_DATA'],
    ['trail-validates-log-files', 'COMPLIANT'],
  ]);
});

test('what a recorder wrote before it failed is not taken for the present', async () => {
  const failing = [
    aRecorder({ accountId: management, status: { lastStatus: 'Failure', lastErrorCode: 'AccessDenied' } }),
  ];
  const { inventory } = await readConfig(await recordedWorld(world, { recorders: failing }), { aggregator: undefined });
  const { evaluations } = evaluateInventory(inventory, ['trail-validates-log-files']);
  expect(onFound(evaluations).map((it) => it.outcome)).toEqual(['INSUFFICIENT_DATA']);
  expect(inventory.gaps.map((it) => it.message).join('\n')).toContain('failed when it recorded last (AccessDenied)');
});

test('an account without a recorder is told so', async () => {
  const recorded = await recordedWorld(world, { recorders: [] });
  await expect(readConfig(recorded, { aggregator: undefined })).rejects.toThrow(
    `Account ${management} has no AWS Config recorder in`,
  );
});

test('recorders that may not be read are no missing recorders', async () => {
  const recorded = await recordedWorld(world, { recorders });
  const fake = { faults: [{ match: { operation: 'DescribeConfigurationRecorders' }, kind: 'denied' }] } as const;
  await expect(readConfig(recorded, { aggregator: undefined, fake })).rejects.toThrow(
    `The AWS Config recorders of account ${management} could not be read`,
  );
});

test('without an aggregator there is nothing to choose from', async () => {
  const scope = { accounts: ['444455556666'], excludedAccounts: [], organizationalUnits: [] };
  const recorded = await recordedWorld(world, { recorders });
  await expect(readConfig(recorded, { aggregator: undefined, scope })).rejects.toThrow('reads account');
});
