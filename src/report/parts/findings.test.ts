import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  aResults,
  aTarget,
  anAccountTarget,
  anEvaluation,
  fingerprintOf,
} from '../../../test/support/results-builders.js';
import type { Evaluation } from '../../model/results.js';
import { causesOf, findingsOf } from './findings.js';

const waiver = { id: 'W-1', reason: 'It is known.', owner: 'me', expires: '2027-01-01' };

/** A NON_COMPLIANT evaluation of `trail-is-logging` on the account, and what it is caused by. */
function failing(account: number, cause?: number, more: Partial<Evaluation> = {}): Evaluation {
  return anEvaluation({
    outcome: 'NON_COMPLIANT',
    target: accountTarget(account),
    ...(cause === undefined ? {} : { causedBy: fingerprintOf('trail-is-logging', accountTarget(cause)) }),
    ...more,
  });
}

function accountTarget(account: number) {
  return anAccountTarget(`${100_000_000_000 + account}`, `account ${account}`);
}

function shownFindings(evaluations: readonly Evaluation[]) {
  return findingsOf(aResults({ evaluations })).map(({ evaluation, accounts, evaluations: count }) => ({
    on: evaluation.target.name,
    accounts: accounts.map((id) => Number(id) - 100_000_000_000),
    count,
  }));
}

describe('a finding', () => {
  test('is only what fails', () => {
    const compliant = anEvaluation({ outcome: 'COMPLIANT', target: accountTarget(1) });
    const unknown = anEvaluation({ outcome: 'INSUFFICIENT_DATA', target: accountTarget(2) });
    const inapplicable = anEvaluation({ outcome: 'NOT_APPLICABLE', target: accountTarget(3) });
    expect(shownFindings([compliant, unknown, inapplicable, failing(4)])).toEqual([
      { on: 'account 4', accounts: [4], count: 1 },
    ]);
  });

  test('touches the accounts of all that leads to it, over several steps', () => {
    expect(shownFindings([failing(3, 2), failing(2, 1), failing(1), failing(9)])).toEqual([
      { on: 'account 1', accounts: [1, 2, 3], count: 3 },
      { on: 'account 9', accounts: [9], count: 1 },
    ]);
  });

  test('names no account for an owner that is not known', () => {
    const evaluation = anEvaluation({ outcome: 'NON_COMPLIANT', target: aTarget({ accountId: 'unknown' }) });
    expect(findingsOf(aResults({ evaluations: [evaluation] }))[0]?.accounts).toEqual([]);
  });

  test('stands for itself when its cause is not among the results', () => {
    expect(shownFindings([failing(2, 1)])).toEqual([{ on: 'account 2', accounts: [2], count: 1 }]);
  });

  test('stands for itself when its cause does not fail', () => {
    const cause = anEvaluation({ outcome: 'INSUFFICIENT_DATA', target: accountTarget(1) });
    expect(shownFindings([cause, failing(2, 1)])).toEqual([{ on: 'account 2', accounts: [2], count: 1 }]);
  });

  test('is one for a circle of causes', () => {
    const circle = [failing(1, 2), failing(2, 3), failing(3, 1), failing(4, 1)];
    expect(shownFindings(circle).map(({ accounts, count }) => ({ accounts, count }))).toEqual([
      { accounts: [1, 2, 3, 4], count: 4 },
    ]);
  });

  test('needs its policy', () => {
    const results = { ...aResults({ evaluations: [failing(1)] }), policies: [] };
    expect(() => findingsOf(results)).toThrow('trail-is-logging');
  });
});

describe('a waiver', () => {
  test('takes an evaluation out', () => {
    const results = aResults({ evaluations: [failing(1, undefined, { waiver }), failing(2)] });
    const { findings, waived } = causesOf(results);
    expect(findings.map(({ evaluation }) => evaluation.target.name)).toEqual(['account 2']);
    expect(waived).toBe(1);
  });

  test('of a cause leaves a finding of what follows and is not accepted with it, as bad as the worst', () => {
    const evaluations = [
      failing(1, undefined, { waiver }),
      failing(2, 1, { severity: 'low' }),
      failing(3, 2, { severity: 'critical' }),
    ];
    const { findings, waived } = causesOf(aResults({ evaluations }));
    expect(findings.map((it) => [it.evaluation.target.name, it.evaluation.severity, it.evaluations])).toEqual([
      ['account 3', 'critical', 2],
    ]);
    expect(waived).toBe(1);
  });

  test('says which accepted evaluations it names itself, and which follow', () => {
    const via = { ...waiver, via: fingerprintOf('trail-is-logging', accountTarget(1)) };
    const { accepted } = causesOf(
      aResults({ evaluations: [failing(1, undefined, { waiver }), failing(2, 1, { waiver: via })] }),
    );
    expect(accepted.map((it) => [it.waiver.id, it.follows])).toEqual([
      ['W-1', false],
      ['W-1', true],
    ]);
  });

  test('of one account leaves its cause to the others', () => {
    expect(shownFindings([failing(1), failing(2, 1, { waiver }), failing(3, 1)])).toEqual([
      { on: 'account 1', accounts: [1, 3], count: 2 },
    ]);
  });
});

test('a finding is as bad as the worst that follows from it', () => {
  const evaluations = [failing(1, undefined, { severity: 'informational' }), failing(2, 1, { severity: 'high' })];
  const [finding] = findingsOf(aResults({ evaluations }));
  expect(finding?.evaluation).toMatchObject({ severity: 'high', target: { name: 'account 1' } });
});

test('the worst comes first, then policy, account and target', () => {
  const evaluations = [
    failing(2, undefined, { severity: 'low' }),
    failing(1, undefined, { severity: 'low' }),
    failing(3, undefined, { severity: 'low', policyId: 'a-policy' }),
    failing(4, undefined, { severity: 'critical' }),
    failing(5, undefined, { severity: 'informational' }),
  ];
  expect(shownFindings(evaluations).map(({ on }) => on)).toEqual([
    'account 4',
    'account 3',
    'account 1',
    'account 2',
    'account 5',
  ]);
});

test('whatever the causes, each failing evaluation is in one finding or waived', () => {
  const anyEvaluations = fc
    .array(fc.record({ cause: fc.option(fc.nat(11), { nil: undefined }), isWaived: fc.boolean() }), { maxLength: 10 })
    .map((all) => all.map(({ cause, isWaived }, index) => failing(index, cause, isWaived ? { waiver } : {})));
  fc.assert(
    fc.property(anyEvaluations, (evaluations) => {
      const { findings, waived } = causesOf(aResults({ evaluations }));
      expect(findings.reduce((sum, it) => sum + it.evaluations, waived)).toBe(evaluations.length);
      expect(findings.every(({ evaluation }) => evaluation.waiver === undefined)).toBe(true);
      expect(causesOf(aResults({ evaluations: evaluations.toReversed() }))).toMatchObject({ findings, waived });
    }),
  );
});
