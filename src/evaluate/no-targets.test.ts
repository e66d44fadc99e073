import { expect, test } from 'vitest';
import { aGap, anAccount, anInventory, MANAGEMENT, unknown } from '../../test/support/inventory-builders.js';
import { loadPolicies } from '../index.js';
import type { CompiledPolicy } from '../policy/index.js';
import { evaluate } from './index.js';

const run = { startedAt: '2026-11-21T00:00:00Z', finishedAt: '2026-11-21T00:00:00Z', version: '0' };

const asksForOne = (policy: CompiledPolicy): CompiledPolicy => ({
  ...policy,
  document: { ...policy.document, 'on-no-targets': 'NON_COMPLIANT' },
});

const usual = loadPolicies({ packs: ['core'] }).policies.filter((it) => it.id === 'trail-is-logging');
const presence = usual.map(asksForOne);

const empty = anInventory({ accounts: [anAccount({ id: MANAGEMENT })], trails: [], buckets: [], keys: [] });

test('where presence is the point, no target at all fails', () => {
  expect(evaluate(empty, presence, run).evaluations).toMatchObject([
    { policyId: 'trail-is-logging', outcome: 'NON_COMPLIANT', target: { type: 'organization', region: 'global' } },
  ]);
});

test('what could not be read may hide a target: then it is not known', () => {
  const hidden = {
    ...empty,
    accounts: [anAccount({ id: MANAGEMENT, ownTrails: unknown('g') })],
    gaps: [aGap({ id: 'g' })],
  };
  expect(evaluate(hidden, presence, run).evaluations).toMatchObject([{ outcome: 'INSUFFICIENT_DATA', gaps: ['g'] }]);
});

test('else no target is no evaluation, and is visible as such', () => {
  const results = evaluate(empty, usual, run);
  expect(results.evaluations).toEqual([]);
  expect(results.policies).toMatchObject([{ id: 'trail-is-logging', targets: 0 }]);
});
