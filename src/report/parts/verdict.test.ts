import { describe, expect, test } from 'vitest';
import { aResults, aTarget, anEvaluation, type ResultsParts } from '../../../test/support/results-builders.js';
import { causesOf } from './findings.js';
import { verdictOf } from './verdict.js';

const unknownElsewhere = anEvaluation({ policyId: 'kms-key-rotates', outcome: 'INSUFFICIENT_DATA' });
const waiver = { id: 'W-1', reason: 'It is known.', owner: 'me', expires: '2027-01-01' };
const unreadable = [{ id: '222222222222', name: 'x', reason: 'AssumeRole was denied' }];

describe('the verdict', () => {
  test.each<readonly [string, ResultsParts, string, string]>([
    ['all holds', { evaluations: [anEvaluation()] }, 'COMPLIANT', 'Every policy holds wherever it applies.'],
    [
      'one waived',
      { evaluations: [anEvaluation({ outcome: 'NON_COMPLIANT', waiver })] },
      'COMPLIANT',
      'Every policy holds wherever it applies. 1 evaluation accepted by waivers.',
    ],
    [
      'a finding',
      { evaluations: [anEvaluation({ outcome: 'NON_COMPLIANT' })] },
      'NON_COMPLIANT',
      '1 finding touches 1 account.',
    ],
    [
      'a finding, and one not known',
      { evaluations: [anEvaluation({ outcome: 'NON_COMPLIANT' }), unknownElsewhere] },
      'NON_COMPLIANT',
      '1 finding touches 1 account. Not complete: 1 evaluation not known.',
    ],
    [
      'one not known',
      { evaluations: [anEvaluation(), unknownElsewhere] },
      'INSUFFICIENT_DATA',
      'No findings, but not complete: 1 evaluation not known.',
    ],
    [
      'an account not readable',
      { evaluations: [anEvaluation()], accounts: { evaluated: 1, unreadable } },
      'INSUFFICIENT_DATA',
      'No findings, but not complete: 1 account not readable.',
    ],
    [
      'stopped',
      { evaluations: [anEvaluation()], run: { interrupted: true } },
      'INSUFFICIENT_DATA',
      'No findings, but not complete: the run was stopped before it was done.',
    ],
    [
      'nothing known',
      { evaluations: [unknownElsewhere] },
      'INSUFFICIENT_DATA',
      'Nothing could be evaluated: 1 evaluation not known.',
    ],
    ['nothing evaluated', {}, 'INSUFFICIENT_DATA', 'Nothing could be evaluated.'],
    [
      'nothing applicable',
      { evaluations: [anEvaluation({ outcome: 'NOT_APPLICABLE' })] },
      'NOT_APPLICABLE',
      'No policy applied to anything.',
    ],
    [
      'an owner not known',
      { evaluations: [anEvaluation({ outcome: 'NON_COMPLIANT', target: aTarget({ accountId: 'unknown' }) })] },
      'NON_COMPLIANT',
      '1 finding touches 0 accounts.',
    ],
  ])('%s', (_name, parts, outcome, text) => {
    const results = aResults(parts);
    expect(verdictOf(results, causesOf(results))).toEqual({ outcome, text });
  });
});
