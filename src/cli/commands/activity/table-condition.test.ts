import { expect, test } from 'vitest';
import { PlacedPolicies } from '../../../evaluate/index.js';
import { loadPolicies } from '../../../index.js';
import { packsOf } from '../../../../test/support/packs.js';
import { athenaCondition } from './table-condition.js';

const { policies } = loadPolicies({ packs: ['activity'] });
const denials = policies.filter((it) => it.id === 'calls-are-not-refused-in-series');

test('names of events are texts, and what demands none is a condition', () => {
  const condition = athenaCondition(new PlacedPolicies(policies, undefined), undefined);
  expect(condition?.texts).toContain('StopLogging');
  expect(condition?.sql).toContain('errorcode');
  expect(condition?.sql).not.toContain('StopLogging');
  expect(condition?.sql.length).toBeLessThan(16_000);
});

test('where all policies demand texts, there is none', () => {
  const named = policies.filter((it) => it.id === 'trails-are-not-stopped');
  expect(athenaCondition(new PlacedPolicies(named, undefined), undefined)).toBeUndefined();
});

test('what is set for an account counts beside what is set for others', () => {
  const bound = packsOf(`extends: [builtin:activity]
bindings:
  - accounts: ['111122223333']
    override:
      calls-are-not-refused-in-series: { params: { allowedPrincipals: ['arn:aws:iam::111122223333:role/probe'] } }
`).filter(({ id }) => id === denials[0]?.id);
  const plain = athenaCondition(new PlacedPolicies(denials, undefined), undefined)?.sql ?? '';
  const both = athenaCondition(new PlacedPolicies(bound, undefined), undefined)?.sql ?? '';
  expect(both).toContain(plain);
  expect(both.length).toBeGreaterThan(plain.length);
});

test('what is allowed makes familiar, so that it is asked for, too', () => {
  const allowing = packsOf(`extends: [builtin:familiar]
override:
  regions-are-familiar: { params: { allowedPrincipals: ['arn:aws:iam::111122223333:role/pipeline'] } }
`).filter(({ id }) => id === 'regions-are-familiar');
  const sql = athenaCondition(new PlacedPolicies(allowing, undefined), undefined)?.sql ?? '';
  expect(sql).toContain('errorcode');
  expect(sql).not.toContain('pipeline');
});
