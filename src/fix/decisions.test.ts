import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aBucketTarget, aResults, anEvaluation } from '../../test/support/results-builders.js';
import { findingsOfEachKind, noOrganizationTrail } from '../../test/support/fix-findings.js';
import { evaluate } from '../evaluate/index.js';
import { loadPolicies } from '../index.js';
import type { Bucket } from '../model/inventory.js';
import { absent } from '../model/known.js';
import { loadInventory } from '../storage/index.js';
import { decisions } from './decisions.js';
import { planFixes } from './plan.js';

const sample = await loadInventory('src/sample/inventory.json');
const packs = readdirSync('policies/packs').map((it) => it.replace(/\.yaml$/, ''));
const { policies } = loadPolicies({ packs });
const state = policies.filter((it) => it.activity === undefined);
const at = sample.capturedAt;
const ofSample = evaluate(sample, state, { startedAt: at, finishedAt: at, version: '0' });

const plans = [
  ...[findingsOfEachKind(sample), noOrganizationTrail(sample)].map((it) => planFixes(it.results, it.inventory)),
  planFixes(ofSample, sample),
];
const withSteps = new Set(plans.flatMap(({ steps }) => steps.flatMap((it) => it.fixes.map(({ policy }) => policy.id))));

test('each policy has a step, or says why there is none', () => {
  const neither = state.map((it) => it.id).filter((id) => !withSteps.has(id) && !Object.hasOwn(decisions, id));
  expect(neither).toEqual([
    // They share the steps of log-bucket-retains-logs and log-group-retains-logs.
    'log-bucket-keeps-logs-at-hand',
    'log-group-keeps-events',
    // It has a recipe for another version of the AWS CLI.
    'trail-does-not-record-its-own-deliveries',
  ]);
});

test('each decision is one of a policy that is shipped', () => {
  const ids = new Set(state.map((it) => it.id));
  expect(Object.keys(decisions).filter((id) => !ids.has(id))).toEqual([]);
});

test('a bucket whose versions no rule erases resists deletion when it is versioned; else it is a decision', () => {
  const first = sample.buckets.find((it) => it.lifecycleRules.state === 'known' && it.owner.state === 'known');
  if (first?.owner.state !== 'known') throw new Error('The sample lacks such a bucket.');
  const { accountId, region } = first.owner.value;
  const target = { ...aBucketTarget(first.name, accountId), region };
  const evaluation = anEvaluation({ policyId: 'log-bucket-resists-deletion', outcome: 'NON_COMPLIANT', target });
  const planWith = (changes: Partial<Bucket>) => {
    const buckets = sample.buckets.map((it) => (it === first ? { ...it, ...changes } : it));
    return planFixes(aResults({ evaluations: [evaluation] }), { ...sample, buckets });
  };
  const { steps } = planWith({ lifecycleRules: absent });
  expect(steps.map((it) => it.commands.map(({ words }) => words.slice(0, 2)))).toEqual([
    [['s3api', 'put-bucket-versioning']],
  ]);
  const why = decisions['log-bucket-resists-deletion'];
  expect(planWith({})).toMatchObject({ steps: [], byHand: [{ why }] });
});
