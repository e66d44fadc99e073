import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { viewFunctions } from '../view/index.js';
import { formatDiagnostics, formatTestRun, loadPolicies, mutatePolicy, runTests } from './index.js';

const schema: unknown = JSON.parse(readFileSync(new URL('../../schema/view.v1.json', import.meta.url), 'utf8'));
const builtin = new URL('../../policies', import.meta.url).pathname;

const loaded = loadPolicies({
  builtin,
  folders: [],
  packs: ['baseline'],
  functions: viewFunctions,
  viewSchema: schema,
});

test('all shipped policies, packs and tests load without a word', () => {
  expect(formatDiagnostics(loaded.diagnostics, (file) => loaded.sources.get(file))).toBe('');
  const ours = ['alarms', 'baseline', 'config', 'core', 'log-files', 'protection', 'regulated'];
  expect(loaded.packs.map((pack) => pack.id)).toEqual(expect.arrayContaining(ours));
  expect(loaded.all.map((policy) => policy.id)).toEqual(
    [...new Set(loaded.packs.flatMap((pack) => pack.policies))].toSorted(),
  );
});

test('all their tests pass', () => {
  const run = runTests(loaded);
  expect(formatTestRun(run).split('\n')).not.toContainEqual(expect.stringContaining('FAIL'));
  expect({ failed: run.failed, missing: run.missing }).toEqual({ failed: 0, missing: 0 });
  expect(run.passed).toBeGreaterThanOrEqual(120);
});

test('each of their assertions is seen to hold and to fail, and each policy to lack data', () => {
  const uncovered = runTests(loaded).policies.filter((it) => it.uncovered.length > 0);
  expect(uncovered).toEqual([]);
});

test('no expression of theirs can be got slightly wrong without a test that notices', () => {
  const runs = loaded.all.map((policy) => mutatePolicy(policy, loaded));
  expect(runs.flatMap((it) => it.survivors)).toEqual([]);
  expect(runs.reduce((sum, it) => sum + it.mutants, 0)).toBeGreaterThan(125);
});

test('a policy that speaks of the organization has no targets without one, so few do', () => {
  expect(loaded.all.filter((it) => it.usesOrganization).map((it) => it.id)).toEqual([
    'delegated-administrators-are-expected',
    'log-bucket-is-in-log-archive',
    'organization-trail-covers-every-account',
    'organization-trail-is-not-severed',
  ]);
});
