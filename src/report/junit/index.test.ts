import { expect, test } from 'vitest';
import { aPolicy, aResults, anAccountTarget, anEvaluation, aTarget } from '../../../test/support/results-builders.js';
import { junit } from './index.js';

test('a suite is a policy, a case a target, and each outcome is what CI systems know', () => {
  const waiver = { id: 'W-1', reason: 'It is known.', owner: 'security', expires: '2027-01-01' };
  const on = (name: string) => aTarget({ id: `trail/${name}`, name });
  const results = aResults({
    policies: [aPolicy({ id: 'unused' })],
    evaluations: [
      anEvaluation({ target: on('a') }),
      anEvaluation({ target: on('b'), outcome: 'NON_COMPLIANT', message: 'It is "off" & gone.' }),
      anEvaluation({ target: on('c'), outcome: 'NON_COMPLIANT', waiver }),
      anEvaluation({ target: on('d'), outcome: 'NOT_APPLICABLE', message: 'It is new.' }),
      anEvaluation({
        policyId: 'zz',
        target: anAccountTarget('222222222222', 'payments'),
        outcome: 'INSUFFICIENT_DATA',
        message: 'It could not be read.',
      }),
    ],
  });
  expect([...junit(results)].join('').split('\n')).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="trailproof" tests="5" failures="1" errors="1">',
    '  <testsuite name="trail-is-logging" tests="4" failures="1" errors="0" skipped="2" timestamp="2026-11-21T08:00:00">',
    '    <testcase classname="trail-is-logging" name="Trail a in account 111111111111, eu-central-1 [trail/a]"/>',
    '    <testcase classname="trail-is-logging" name="Trail b in account 111111111111, eu-central-1 [trail/b]">',
    '      <failure type="high" message="It is &quot;off&quot; &amp; gone.">It is "off" &amp; gone.</failure>',
    '    </testcase>',
    '    <testcase classname="trail-is-logging" name="Trail c in account 111111111111, eu-central-1 [trail/c]">',
    '      <skipped message="Waived by W-1 until 2027-01-01, owner security: It is known."/>',
    '    </testcase>',
    '    <testcase classname="trail-is-logging" name="Trail d in account 111111111111, eu-central-1 [trail/d]">',
    '      <skipped message="It is new."/>',
    '    </testcase>',
    '  </testsuite>',
    '  <testsuite name="unused" tests="0" failures="0" errors="0" skipped="0" timestamp="2026-11-21T08:00:00"/>',
    '  <testsuite name="zz" tests="1" failures="0" errors="1" skipped="0" timestamp="2026-11-21T08:00:00">',
    '    <testcase classname="zz" name="Account 222222222222 (payments) [222222222222]">',
    '      <error type="INSUFFICIENT_DATA" message="It could not be read."/>',
    '    </testcase>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ]);
});
