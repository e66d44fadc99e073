import { expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import type { World } from '../support/fake-aws/index.js';
import { aWellKeptOrganization } from '../support/kept-organization.js';
import { anOwnTrail, dev, joined, logArchive, management, prod } from '../support/worlds.js';

const { policies } = loadPolicies({ packs: ['baseline'] });
const calls = neededCalls(policies, readPackageJson('schema/view.v1.json'));
const run = { startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:09.000Z', version: '0.0.0-test' };

async function judge(world: World, options: CollectFromOptions = {}) {
  const { inventory, callsIn } = await collectFrom(world, { calls, ...options });
  const { evaluations } = evaluate(inventory, policies, run);
  const with_ = (outcome: string) => [
    ...new Set(evaluations.filter((it) => it.outcome === outcome).map((it) => it.policyId)),
  ];
  const calledIn = (id: string) => Object.values(callsIn(id)).reduce((sum, count) => sum + count, 0);
  return { fails: with_('NON_COMPLIANT'), open: with_('INSUFFICIENT_DATA'), calledIn, callsIn, evaluations };
}

test('an organization can hold the whole pack: what is left is of low severity', async () => {
  const { fails, open, evaluations } = await judge(aWellKeptOrganization());
  expect(open).toEqual([]);
  expect(fails).toEqual(['log-bucket-logs-access']);
  expect(evaluations.find((it) => it.policyId === fails[0])?.severity).toBe('low');
});

test('what it costs in calls: three in a member that sees the organization trail, at most 40 with a trail of its own', async () => {
  const { calledIn, callsIn } = await judge(joined(aWellKeptOrganization(), anOwnTrail(prod)));
  expect(callsIn(dev)).toEqual({ 'sts:AssumeRole': 1, 'cloudtrail:ListTrails': 1, 'cloudtrail:GetTrailStatus': 1 });
  expect(calledIn(prod)).toBeLessThanOrEqual(40);
  expect(calledIn(logArchive)).toBeLessThanOrEqual(40);
  // The management account is also asked for the organization, for its trail's role, for what filters and mutes its
  // alarms, and for event data stores in each of 17 Regions.
  expect(calledIn(management)).toBeLessThanOrEqual(29 + 17);
});

const own = anOwnTrail(prod);
const alone = { caller: { accountId: prod }, scope: { accounts: [prod] } };

test('an account in no organization is asked for no service control policies', async () => {
  const { accounts, ...world } = joined(aWellKeptOrganization(), own);
  const mine = <T extends { readonly accountId: string }>(all: readonly T[]): readonly T[] =>
    all.filter((it) => it.accountId === prod);
  const { fails, open } = await judge(
    {
      ...world,
      organization: null,
      accounts: accounts.flatMap((it) => (it.id === prod ? [{ ...it, parent: null }] : [])),
      trails: mine(world.trails),
      buckets: mine(world.buckets),
      keys: mine(world.keys),
      logGroups: mine(world.logGroups),
      alarms: [],
      topics: [],
      eventRules: [],
    },
    alone,
  );
  expect(open).toEqual([]);
  expect(fails).toContain('only-named-principals-can-delete-logs');
});

test('of a member that is read by itself, what only its organization tells is open', async () => {
  const { open } = await judge(joined(aWellKeptOrganization(), own), alone);
  expect(open).toEqual(
    expect.arrayContaining(['few-principals-can-stop-cloudtrail', 'only-named-principals-can-delete-logs']),
  );
});
