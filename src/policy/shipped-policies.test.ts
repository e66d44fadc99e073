import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { viewFunctions } from '../view/index.js';
import { formatDiagnostics, formatTestRun, loadPolicies, runTests } from './index.js';

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
  expect(loaded.packs.map((pack) => pack.id)).toEqual(['baseline', 'core']);
  expect(loaded.all.map((policy) => policy.id)).toEqual(
    loaded.packs.find((pack) => pack.id === 'core')?.policies.toSorted(),
  );
  expect(loaded.policies.map((policy) => policy.id)).toEqual(loaded.packs[0]?.policies.toSorted());
});

test('all their tests pass', () => {
  const run = runTests(loaded);
  expect(formatTestRun(run).split('\n')).not.toContainEqual(expect.stringContaining('FAIL'));
  expect({ failed: run.failed, missing: run.missing }).toEqual({ failed: 0, missing: 0 });
  expect(run.passed).toBeGreaterThanOrEqual(120);
});

test('each of their assertions is seen to hold and to fail, and each policy to lack data', () => {
  for (const policy of loaded.all) {
    const expected = (loaded.tests.get(policy.id)?.tests ?? []).map((it) => it.expected);
    const outcomes = new Set(expected.map((it) => it.outcome));
    const failing = new Set(expected.flatMap((it) => (it.outcome === 'NON_COMPLIANT' ? it.failing : [])));
    expect([policy.id, ...failing].toSorted()).toEqual([policy.id, ...policy.assertions.map((it) => it.id)].toSorted());
    expect([policy.id, outcomes.has('COMPLIANT'), outcomes.has('INSUFFICIENT_DATA')]).toEqual([policy.id, true, true]);
    expect([policy.id, outcomes.has('NOT_APPLICABLE')]).toEqual([policy.id, policy.when !== undefined]);
  }
});

test('only policies on the organization speak of it', () => {
  expect(loaded.all.filter((it) => it.usesOrganization).map((it) => it.target)).toEqual(['organization']);
});
