import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import type { Evaluation, Results } from '../../src/model/results.js';
import { collectFrom, type CollectFromOptions } from './collect-from.js';
import type { World } from './fake-aws/index.js';

const { policies: core } = loadPolicies({ packs: ['core'] });

const run = { startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:09.000Z', version: '0.0.0-test' };

/** Evaluates all core policies, or those named. */
export function evaluateInventory(inventory: Inventory, ids?: readonly string[]): Results {
  return evaluate(inventory, ids === undefined ? core : core.filter((it) => ids.includes(it.id)), run);
}

/** Reads a world through the real SDK and evaluates the core policies on it. */
export async function scanWorld(world: World, options: CollectFromOptions = {}) {
  const { inventory, aws } = await collectFrom(world, options);
  return { inventory, aws, results: evaluateInventory(inventory) };
}

/** Evaluations of what was found; the others say that there may be more of its kind. */
export function onFound(evaluations: readonly Evaluation[]): readonly Evaluation[] {
  const named = new Set(['account', 'organization', 'config-recorder']);
  return evaluations.filter(({ target }) => target.arn !== undefined || named.has(target.type));
}

/** `policy target outcome` of what does not comply and is no consequence of another finding; sorted. */
export function findings({ evaluations }: Results): string[] {
  return evaluations
    .filter((it) => it.outcome === 'NON_COMPLIANT' && it.causedBy === undefined)
    .map((it) => `${it.policyId} ${nameOf(it)}`)
    .toSorted();
}

/** The same of what is not known. */
export function notKnown({ evaluations }: Results): string[] {
  return evaluations
    .filter((it) => it.outcome === 'INSUFFICIENT_DATA')
    .map((it) => `${it.policyId} ${nameOf(it)}`)
    .toSorted();
}

export function outcomeOf({ evaluations }: Results, policyId: string, target: string): string | undefined {
  return evaluations.find((it) => it.policyId === policyId && nameOf(it) === target)?.outcome;
}

/** What people call a target in these tests: a trail or bucket by its name, all else by its id. */
function nameOf({ target }: Evaluation): string {
  return target.type === 'trail' || target.type === 'log-bucket' ? (target.name ?? target.id) : target.id;
}
