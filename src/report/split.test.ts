import { describe, expect, test } from 'vitest';
import { hostileOrganization, organizationWithFindings } from '../../test/golden/scenarios.js';
import {
  aResults,
  anAccountTarget,
  anEvaluation,
  anEvidence,
  aTarget,
  aWaiverState,
} from '../../test/support/results-builders.js';
import { summarize } from '../evaluate/index.js';
import type { Results } from '../model/results.js';
import { schemaCheck } from '../json-schema.js';
import { splitResults, type SplitBy } from './split.js';

const valid = schemaCheck('schema/results.v1.json');
const [own, member] = ['111111111111', '222222222222'];

function parts(results: Results, by: SplitBy = 'account') {
  return [...splitResults(results, by, summarize)];
}

test.each([
  ['findings', organizationWithFindings],
  ['hostile names', hostileOrganization],
])('of %s, every evaluation is in the part of its account, and each part is results', (_name, make) => {
  const results = make();
  const all = parts(results);
  expect(new Set(all.map((it) => it.name.toLowerCase())).size).toBe(all.length);
  for (const { name, results: part } of all) {
    expect(name).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/);
    expect(valid(part)).toBe(true);
  }
  const told = new Set(all.flatMap((it) => it.results.evaluations.map((one) => one.fingerprint)));
  expect(told).toEqual(new Set(results.evaluations.map((it) => it.fingerprint)));
});

test('a part holds the cause elsewhere of what fails in it, and nothing else of others', () => {
  const cause = anEvaluation({ outcome: 'NON_COMPLIANT', target: aTarget({ accountId: own }) });
  const other = anEvaluation({ policyId: 'other', target: aTarget({ accountId: own, id: 'trail/x' }) });
  const effect = anEvaluation({
    policyId: 'effect',
    outcome: 'NON_COMPLIANT',
    target: anAccountTarget(member, 'payments'),
    causedBy: cause.fingerprint,
    evidence: [anEvidence({ accountId: member }).id],
  });
  const results = aResults({
    evaluations: [cause, other, effect],
    evidence: [anEvidence({ accountId: own }), anEvidence({ accountId: member })],
    waivers: [aWaiverState()],
  });
  const part = parts(results).find((it) => it.name === member)?.results;
  expect(part?.evaluations.map((it) => it.fingerprint)).toEqual([effect.fingerprint, cause.fingerprint]);
  expect(part?.summary.findings).toBe(1);
  expect(part?.evidence.map((it) => it.accountId)).toEqual([member]);
  expect(part?.waivers).toEqual([]);
});

describe('by OU', () => {
  const results: Results = {
    ...aResults({
      evaluations: [own, member, '333333333333', '444444444444'].map((id) =>
        anEvaluation({ target: anAccountTarget(id, '') }),
      ),
    }),
    accounts: [
      { id: own, name: 'a', path: ['Root', 'Workloads'] },
      { id: member, name: 'b', path: ['Root', 'Workloads'] },
      { id: '333333333333', name: 'c', path: ['Root', '../up'] },
      { id: '444444444444', name: 'd' },
    ],
  };

  test('accounts of one OU share a part; names lead nowhere else', () => {
    const all = parts(results, 'ou');
    expect(all.map((it) => it.results.evaluations.length)).toEqual([1, 2, 1]);
    expect(all.map((it) => it.name)).toEqual([
      expect.stringMatching(/^Root-___up-[0-9a-f]{8}$/),
      'Root-Workloads',
      'not-known',
    ]);
  });

  test('accounts and their places are those of the part', () => {
    const part = parts(results, 'ou').find((it) => it.name === 'Root-Workloads')?.results;
    expect(part?.accounts?.map((it) => it.id)).toEqual([own, member]);
  });
});
