import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadPolicies, type LoadedPolicies } from '../load.js';
import { mutatePolicy } from './mutate-policy.js';
import { runTests } from './run-tests.js';
import { junitTests, tapTests } from './test-reports.js';

const viewSchema: unknown = JSON.parse(readFileSync(new URL('../../../schema/view.v1.json', import.meta.url), 'utf8'));

const policy = `version: 1
id: a
title: T
severity: low
description: D
rationale: R
remediation: { text: T }
target: log-bucket
when: bucket.versioning == 'Enabled'
params:
  minDays: { type: integer, default: 30 }
assert:
  - id: retained
    expr: |
      has(bucket.retention.days) &&
        bucket.retention.days >= params.minDays
    message: m
  - { id: free, expr: "!bucket.requesterPays", message: m }
`;

function load(tests: string, text = policy): LoadedPolicies {
  return loadPolicies({
    builtin: 'none',
    folders: [],
    packs: [],
    functions: [],
    viewSchema,
    readFiles: () => ({
      files: [
        { kind: 'policy', file: 'policy.yaml', text, name: 'a', stem: 'a' },
        {
          kind: 'tests',
          file: 'tests.yaml',
          text: `version: 1\nfixtures:\n${fixture}tests:\n${tests}`,
          name: 'a',
          stem: 'a',
        },
      ],
      diagnostics: [],
    }),
  });
}

const fixture = `  good:
    now: "2026-11-21T00:00:00Z"
    bucket: { name: b, versioning: Enabled, retention: { days: 31 }, requesterPays: false }
`;

const some = `  - { name: good, from: good, expect: COMPLIANT }
  - { name: short, from: good, set: { bucket.retention.days: 5 }, expect: { NON_COMPLIANT: [retained] } }
`;

const all = `${some}  - { name: boundary, from: good, set: { bucket.retention.days: 30 }, expect: COMPLIANT }
  - { name: for ever, from: good, unset: [bucket.retention.days], expect: { NON_COMPLIANT: [retained] } }
  - { name: paid, from: good, set: { bucket.requesterPays: true }, expect: { NON_COMPLIANT: [free] } }
  - { name: unversioned, from: good, set: { bucket.versioning: Suspended }, expect: NOT_APPLICABLE }
  - { name: unread, from: good, set: { bucket.requesterPays: { $unread: "s3:GetBucketRequestPayment" } }, expect: INSUFFICIENT_DATA }
`;

describe('what tests leave out', () => {
  test('is named', () => {
    const [result] = runTests(load(some)).policies;
    expect(result?.uncovered).toEqual([
      "no test in which 'free' fails",
      "no test in which 'when' does not hold",
      'no test in which what decides could not be read',
    ]);
  });

  test('is nothing when each assertion and when were seen both ways', () => {
    expect(runTests(load(all)).policies[0]?.uncovered).toEqual([]);
  });
});

describe('mutants', () => {
  const mutate = (tests: string) => {
    const loaded = load(tests);
    const [first] = loaded.all;
    if (first === undefined) throw new Error('no policy');
    return mutatePolicy(first, loaded);
  };

  test('that no test notices are listed with their place', () => {
    const { mutants, survivors } = mutate(some);
    expect(mutants).toBe(7);
    expect(survivors.map((it) => `${it.file}:${it.line} ${it.part}: ${it.change}`)).toEqual([
      'policy.yaml:15 retained: has(bucket.retention.days) && bucket.retention.days >= params.minDays → !has(bucket.retention.days) || bucket.retention.days >= params.minDays',
      'policy.yaml:16 retained: bucket.retention.days >= params.minDays → bucket.retention.days > params.minDays',
    ]);
  });

  test('of when leave the assertions well typed', () => {
    const guarded = policy
      .replace("bucket.versioning == 'Enabled'", 'has(bucket.retention.days)')
      .replace('has(bucket.retention.days) &&\n', '');
    const [first] = load(some, guarded).all;
    if (first === undefined) throw new Error('no policy');
    const { survivors } = mutatePolicy({ ...first, assertions: first.assertions }, load('[]', guarded));
    // Without the guard of when, or with its opposite, the assertion would read what may be absent.
    expect(survivors.map((it) => it.part)).toEqual(['retained', 'retained', 'free']);
  });

  test('are all noticed by tests that stand at the boundaries', () => {
    expect(mutate(all).survivors).toEqual([]);
    expect(mutate(all).mutants).toBe(mutate(some).mutants);
  });
});

describe('reports for machines', () => {
  const failing = `${some}  - { name: "bad # <&> \\"x\\"", from: good, expect: NOT_APPLICABLE }\n`;

  test('JUnit', () => {
    expect(junitTests(runTests(load(failing)))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="trailproof policies" tests="3" failures="1">
  <testsuite name="a" tests="3" failures="1">
    <testcase classname="a" name="good" file="tests.yaml" line="7"/>
    <testcase classname="a" name="short" file="tests.yaml" line="8"/>
    <testcase classname="a" name="bad # &lt;&amp;&gt; &quot;x&quot;" file="tests.yaml" line="9">
      <failure message="expected NOT_APPLICABLE, but got COMPLIANT">expected NOT_APPLICABLE, but got COMPLIANT</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  test('TAP', () => {
    expect(tapTests(runTests(load(failing)))).toBe(`TAP version 14
1..3
ok 1 - a: good
ok 2 - a: short
not ok 3 - a: bad \\# <&> "x"
  ---
  file: "tests.yaml:9"
  expected: "NOT_APPLICABLE"
  actual: "COMPLIANT"
  ...
`);
  });
});
