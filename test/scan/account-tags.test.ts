import { expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import { packsOf } from '../support/packs.js';
import { anOrganizationWithATrail, anOwnTrail, dev, joined, prod } from '../support/worlds.js';

const policies = packsOf(`policies: [trail-is-logging]
bindings:
  - { tags: { stage: [test, dev] }, override: { trail-is-logging: { severity: informational } } }
`);
const calls = neededCalls(policies, readPackageJson('schema/view.v1.json'));

/** Two members with a trail each, of which dev is tagged. */
const world = joined(
  anOrganizationWithATrail({ devAccount: { tags: { stage: 'dev', team: 'erp' } } }),
  anOwnTrail(dev),
  anOwnTrail(prod),
);

const tagCall = 'organizations:ListTagsForResource';

async function severities(options: CollectFromOptions): Promise<Record<string, string>> {
  const { inventory } = await collectFrom(world, options);
  const run = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  const { evaluations } = evaluate(inventory, policies, run);
  return Object.fromEntries(evaluations.map((it) => [it.target.accountId, `${it.outcome} ${it.severity}`]));
}

test('tags are read where a binding names them, one call an account, and decide which values are in force', async () => {
  const { inventory } = await collectFrom(world, { calls, accountTags: true });
  const asked = inventory.evidence.filter((it) => it.call === tagCall).map((it) => it.resource);
  expect(new Set(asked)).toEqual(new Set(inventory.accounts.map((it) => it.id)));
  expect(asked).toHaveLength(inventory.accounts.length);
  expect(inventory.accounts.find((it) => it.id === dev)?.tags).toEqual({
    state: 'known',
    value: { stage: 'dev', team: 'erp' },
  });
  const told = await severities({ calls, accountTags: true });
  expect(told[dev]).toContain('informational');
  expect(told[prod]).not.toContain('informational');
});

test('nobody asks for tags otherwise, also in a run that reads everything', async () => {
  const { inventory } = await collectFrom(world);
  expect(inventory.apiCalls.byOperation[tagCall]).toBeUndefined();
  expect(inventory.accounts.map((it) => it.tags)).toEqual(inventory.accounts.map(() => undefined));
  const told = await severities({});
  expect(new Set(Object.values(told).map((it) => it.split(' ')[0]))).toEqual(new Set(['INSUFFICIENT_DATA']));
});

test('tags that are refused leave open what they evaluatePolicy, and say so', async () => {
  const faults = [{ match: { operation: 'ListTagsForResource' }, kind: 'denied' as const }];
  const options = { calls, accountTags: true, aws: { faults } };
  const told = await severities(options);
  expect([told[dev], told[prod]].map((it) => it?.split(' ')[0])).toEqual(['INSUFFICIENT_DATA', 'INSUFFICIENT_DATA']);
  const { inventory } = await collectFrom(world, options);
  const gap = inventory.gaps.find((it) => it.resource === dev);
  expect(gap).toMatchObject({ call: tagCall, reason: 'access-denied' });
});

test('a member that is read alone is in an OU and has tags that it cannot tell', async () => {
  const { inventory } = await collectFrom(world, {
    caller: { accountId: dev },
    scope: { accounts: [dev] },
    accountTags: true,
  });
  expect(inventory.organization).toBeNull();
  expect(inventory.accounts[0]?.parents.state).toBe('unknown');
  const run = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  const own = evaluate(inventory, policies, run).evaluations.find((it) => it.target.accountId === dev);
  expect(own?.outcome).toBe('INSUFFICIENT_DATA');
});
