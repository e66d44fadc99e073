import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ABSENT, Unknown, isViewObject, type Value } from '../../expression/values.js';
import { loadPolicies, type LoadedPolicies } from '../load.js';
import type { PolicyFile } from '../read-files.js';
import { formatTestRun } from './format-test-run.js';
import { runTests, type TestResult } from './run-tests.js';

const viewSchema: unknown = JSON.parse(readFileSync(new URL('../../../schema/view.v1.json', import.meta.url), 'utf8'));

const accountPolicy = `version: 1
id: a
title: T
severity: low
description: D
rationale: R
remediation: { text: T }
target: account
when: account.state == 'ACTIVE'
params:
  days: { type: integer, default: 30, minimum: 1 }
  since: { type: duration, default: 24h }
assert:
  - { id: logged, expr: "account.trails.exists(t, t.isLogging)", message: "\${account.name} has \${account.trails.map(t, t.arn)}" }
  - { id: s3, expr: "size(account.coverage.data['AWS::S3::Object'].writeLosses) == 0", message: lost }
  - { id: old, expr: "params.days >= 30 && now - account.joinedTimestamp > params.since", message: young }
`;

const fixture = `
    now: "2026-11-21T00:00:00Z"
    account:
      name: prod
      state: ACTIVE
      joinedTimestamp: "2026-01-01T00:00:00Z"
      trails: [{ arn: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/main", isLogging: true }]
      coverage: { data: { "AWS::S3::Object": { writeLosses: [] } } }
`;

function load(tests: string, policy = accountPolicy): LoadedPolicies {
  const files: readonly PolicyFile[] = [
    { kind: 'policy', file: 'policy.yaml', text: policy, name: 'a', stem: 'a' },
    { kind: 'tests', file: 'tests.yaml', text: tests, name: 'a', stem: 'a' },
  ];
  return loadPolicies({
    builtin: 'none',
    folders: [],
    packs: [],
    functions: [],
    viewSchema,
    readFiles: () => ({ files, diagnostics: [] }),
  });
}

const withTests = (tests: string): LoadedPolicies => load(`version: 1\nfixtures:\n  good:${fixture}tests:\n${tests}`);

const told = ({ diagnostics, sources }: LoadedPolicies): readonly string[] =>
  diagnostics.map((it) => {
    const line = sources.get(it.file)?.split('\n')[it.line - 1];
    return `${line?.slice(it.column - 1, (it.endColumn ?? 1) - 1) ?? ''} | ${it.message} (${it.help ?? '-'})`;
  });

/** The one test with these changes. */
function run(rest: string): TestResult | undefined {
  const loaded = withTests(`  - { name: t, from: good, ${rest} }\n`);
  expect(told(loaded)).toEqual([]);
  return runTests(loaded).policies[0]?.tests[0];
}

test.each([
  ['as it is', 'expect: COMPLIANT'],
  ['a field', 'set: { account.state: SUSPENDED }, expect: NOT_APPLICABLE'],
  ['a field of a member', 'set: { "account.trails[0].isLogging": false }, expect: { NON_COMPLIANT: [logged] }'],
  ['a list', 'set: { account.trails: [] }, expect: { NON_COMPLIANT: [logged] }'],
  [
    'an entry of a map',
    `set: { "account.coverage.data['AWS::S3::Object'].writeLosses": [{ summary: x }] }, expect: { NON_COMPLIANT: [s3] }`,
  ],
  ['a parameter', 'params: { days: 29 }, expect: { NON_COMPLIANT: [old] }'],
  ['a duration', 'params: { since: 9000h }, expect: { NON_COMPLIANT: [old] }'],
  [
    'what could not be read',
    'set: { account.trails: { $unread: "cloudtrail:ListTrails" } }, expect: INSUFFICIENT_DATA',
  ],
  [
    'an object that could not be read',
    'set: { account.coverage: { $unread: "sts:AssumeRole" } }, expect: INSUFFICIENT_DATA',
  ],
  [
    '`when` could not be read',
    'set: { account.state: { $unread: "organizations:ListAccounts" } }, expect: INSUFFICIENT_DATA',
  ],
  ['the rest of a list', 'set: { account.trails: [{ $unread: "cloudtrail:ListTrails" }] }, expect: INSUFFICIENT_DATA'],
  [
    'a doubtful member',
    'set: { account.trails: [{ $unread: "cloudtrail:GetTrailStatus", value: { isLogging: true, arn: "arn:aws:cloudtrail:a:1:trail/x" } }] }, expect: INSUFFICIENT_DATA',
  ],
  [
    'a doubtful member that would not help',
    'set: { account.trails: [{ $unread: "cloudtrail:GetTrailStatus", value: { isLogging: false, arn: "arn:aws:cloudtrail:a:1:trail/x" } }] }, expect: { NON_COMPLIANT: [logged] }',
  ],
  [
    'two failures, in any order',
    'params: { days: 29 }, set: { account.trails: [] }, expect: { NON_COMPLIANT: [old, logged] }',
  ],
])('a change is seen by the policy: %s', (_, rest) => {
  expect(run(rest)).toMatchObject({ passed: true });
});

test.each([
  ['too few', 'expect: { NON_COMPLIANT: [logged] }', 'NON_COMPLIANT [logged, old]'],
  ['others', 'expect: { NON_COMPLIANT: [logged, s3] }', 'NON_COMPLIANT [logged, old]'],
  ['an outcome', 'expect: COMPLIANT', 'NON_COMPLIANT [logged, old]'],
  ['unknown', 'expect: INSUFFICIENT_DATA', 'NON_COMPLIANT [logged, old]'],
])('what is expected must come exactly: %s', (_, rest, actual) => {
  expect(run(`params: { days: 29 }, set: { account.trails: [] }, ${rest}`)).toMatchObject({ passed: false, actual });
});

test.each([
  ['a field of the target', 'unset: [], set: { account.trails: [{ isLogging: false }] }', 'account.trails[0].arn'],
  ['a field of an object on the way', 'set: { account.coverage: {} }', 'account.coverage.data'],
  ['an entry of a total map', 'set: { account.coverage.data: {} }', 'account.coverage.data["AWS::S3::Object"]'],
])('reading what the fixture does not write fails the test, whatever is expected: %s', (_, change, path) => {
  for (const expected of ['COMPLIANT', 'INSUFFICIENT_DATA', '{ NON_COMPLIANT: [logged] }']) {
    expect(run(`${change}, expect: ${expected}`)).toMatchObject({
      passed: false,
      actual: 'an incomplete fixture',
      details: [`'${path}' is read, and the fixture does not write it`],
    });
  }
});

test.each([
  [
    'a fixture',
    '{ name: t, from: god, expect: COMPLIANT }',
    ["god | there is no fixture 'god' (did you mean 'good'?)"],
  ],
  [
    'an outcome',
    '{ name: t, from: good, expect: COMPLIENT }',
    ["COMPLIENT | 'tests[0].expect' cannot be 'COMPLIENT' (did you mean 'COMPLIANT'?)"],
  ],
  [
    'an outcome without assertions',
    '{ name: t, from: good, expect: NON_COMPLIANT }',
    [
      "NON_COMPLIANT | 'tests[0].expect' cannot be 'NON_COMPLIANT' (write { NON_COMPLIANT: [ids of the assertions that fail] })",
    ],
  ],
  [
    'an assertion',
    '{ name: t, from: good, expect: { NON_COMPLIANT: [loged] } }',
    ["loged | the policy has no assertion 'loged' (did you mean 'logged'?)"],
  ],
  [
    'an assertion twice',
    '{ name: t, from: good, expect: { NON_COMPLIANT: [s3, s3] } }',
    ["s3 | 's3' occurs twice here (-)"],
  ],
  [
    'a parameter',
    '{ name: t, from: good, params: { day: 1 }, expect: COMPLIANT }',
    ["day | the policy has no parameter 'day' (did you mean 'days'?)"],
  ],
  [
    'a parameter out of bounds',
    '{ name: t, from: good, params: { days: 0 }, expect: COMPLIANT }',
    ['0 | 0 is below the minimum, 1 (-)'],
  ],
  [
    'a name',
    '{ name: t, from: good, set: { acount.state: ACTIVE }, expect: COMPLIANT }',
    ["acount | there is no 'acount' in the scope of this policy (did you mean 'account'?)"],
  ],
  [
    'a field on the way',
    '{ name: t, from: good, set: { account.trials: [] }, expect: COMPLIANT }',
    ["trials | Account has no field 'trials' (did you mean 'trails'?)"],
  ],
  [
    'a field in quotes',
    '{ name: t, from: good, set: { "account.trails[0].isLoging": true }, expect: COMPLIANT }',
    ["isLoging | Trail has no field 'isLoging' (did you mean 'isLogging'?)"],
  ],
  [
    'a field of a value',
    '{ name: t, from: good, set: { account.trails: [{ isLoging: true }] }, expect: COMPLIANT }',
    ["isLoging | Trail has no field 'isLoging' (did you mean 'isLogging'?)"],
  ],
  [
    'a type',
    '{ name: t, from: good, set: { "account.trails[0].isLogging": "yes" }, expect: COMPLIANT }',
    [`"yes" | this must be true or false, not 'yes' (-)`],
  ],
  [
    'an account id',
    '{ name: t, from: good, set: { account.id: 012345678901 }, expect: COMPLIANT }',
    [
      '012345678901 | this must be a text, not 12345678901 (account ids are texts of 12 digits, and a number loses its zeros: quote it: "012345678901")',
    ],
  ],
  [
    'an enum',
    '{ name: t, from: good, set: { account.state: active }, expect: COMPLIANT }',
    [
      "active | 'active' is not one of PENDING_ACTIVATION | ACTIVE | SUSPENDED | PENDING_CLOSURE | CLOSED (did you mean 'ACTIVE'?)",
    ],
  ],
  [
    'a time',
    '{ name: t, from: good, set: { account.joinedTimestamp: yesterday }, expect: COMPLIANT }',
    [`yesterday | this must be a time, not 'yesterday' (write it like "2026-11-21T00:00:00Z")`],
  ],
  [
    'an ARN',
    '{ name: t, from: good, set: { account.arn: prod }, expect: COMPLIANT }',
    [`prod | this must be an ARN, not 'prod' (write it like "arn:aws:s3:::logs")`],
  ],
  [
    'a list that is never empty',
    '{ name: t, from: good, set: { account.regions: [] }, expect: COMPLIANT }',
    ['[] | AWS never gives an empty list here (-)'],
  ],
  [
    'a member',
    '{ name: t, from: good, set: { "account.trails[1].isLogging": true }, expect: COMPLIANT }',
    ["account.trails[1].isLogging | 'account.trails[1].isLogging' names member 1 of a list of 1 in the fixture (-)"],
  ],
  [
    'no path',
    '{ name: t, from: good, set: { account..state: ACTIVE }, expect: COMPLIANT }',
    [
      `..state | 'account..state' is not a path (write it like account.trails[0].isLogging, or account.coverage.data["AWS::S3::Object"].read)`,
    ],
  ],
  [
    'a list without an index',
    '{ name: t, from: good, set: { account.trails.isLogging: true }, expect: COMPLIANT }',
    ['isLogging | a list has no fields (name a member: [0].isLogging)'],
  ],
  [
    'a required field',
    '{ name: t, from: good, unset: [account.trails], expect: COMPLIANT }',
    [`account.trails | 'account.trails' is always there (set it to another value, or to { $unread: "service:Call" })`],
  ],
  [
    'what is not written',
    '{ name: t, from: good, unset: [account.arn], expect: COMPLIANT }',
    ["account.arn | 'account.arn' is not written in the fixture, so there is nothing to unset (-)"],
  ],
  [
    'a member taken out',
    '{ name: t, from: good, unset: ["account.trails[0]"], expect: COMPLIANT }',
    ['account.trails[0] | a member cannot be taken out of a list (set the list to what it shall hold)'],
  ],
  [
    'a call',
    '{ name: t, from: good, set: { account.state: { $unread: yes } }, expect: COMPLIANT }',
    [`yes | 'yes' is not an API call (write the call that was refused: { $unread: "s3:GetBucketVersioning" })`],
  ],
  [
    'a marker',
    '{ name: t, from: good, set: { account.state: { $unred: "a:B" } }, expect: COMPLIANT }',
    [`$unred | unknown key '$unred' (write { $unread: "service:Call" } for what could not be read)`],
  ],
  [
    'a value beside $unread',
    '{ name: t, from: good, set: { account.state: { $unread: "a:B", value: ACTIVE } }, expect: COMPLIANT }',
    ["value | only a list's member can have a value beside $unread: it may or may not be in the list (-)"],
  ],
  [
    'a way through what is not read',
    '{ name: t, from: good, set: { account.coverage: { $unread: "a:B" }, account.coverage.insights: [] }, expect: COMPLIANT }',
    [
      "account.coverage.insights | 'account.coverage.insights' leads through what could not be read (a:B): set that as a whole (-)",
    ],
  ],
])('what a test names must exist, and is told at its place: %s', (_, text, expected) => {
  expect(told(withTests(`  - ${text}\n`))).toEqual(expected);
});

test('two tests of one name, and a fixture without use', () => {
  const loaded = load(
    `version: 1\nfixtures:\n  good:${fixture}  spare:${fixture}tests:\n${'  - { name: t, from: good, expect: COMPLIANT }\n'.repeat(2)}`,
  );
  expect(told(loaded)).toEqual([
    "spare | no test uses the fixture 'spare' (start a test from it, or remove it)",
    "t | an earlier test has the name 't', too (-)",
  ]);
  expect(loaded.diagnostics.map((it) => it.severity)).toEqual(['warning', 'error']);
});

test('a fixture names what is in scope, and the target', () => {
  const text =
    'version: 1\nfixtures:\n  good: { now: "2026-11-21T00:00:00Z", bucket: { name: a } }\ntests:\n  - { name: t, from: good, expect: COMPLIANT }\n';
  expect(told(load(text))).toEqual([
    "good | the fixture 'good' has no 'account', which the policy checks (-)",
    "bucket | there is no 'bucket' in the scope of a policy on account (names in scope: organization, account)",
  ]);
});

test('tests of a policy with an error are checked, and not run', () => {
  const loaded = load(
    `version: 1\nfixtures:\n  good:${fixture}tests:\n  - { name: t, from: god, expect: COMPLIANT }\n`,
    accountPolicy.replace('t.isLogging', 't.isLoging'),
  );
  expect(loaded.diagnostics.map((it) => [it.file, it.code])).toEqual([
    ['policy.yaml', 'unknown-field'],
    ['tests.yaml', 'unknown-fixture'],
  ]);
  expect(runTests(loaded)).toEqual({ policies: [], passed: 0, failed: 0, missing: 0 });
});

test('functions get the objects of fixtures', () => {
  const seen: Value[] = [];
  const files: readonly PolicyFile[] = [
    {
      kind: 'policy',
      file: 'policy.yaml',
      text: accountPolicy
        .replace(/assert:[^]*/, 'assert:\n  - { id: x, expr: probe(account), message: no }\n')
        .replace(/params:[^]*?assert/, 'assert'),
      name: 'a',
      stem: 'a',
    },
    {
      kind: 'tests',
      file: 'tests.yaml',
      text: `version: 1\nfixtures:\n  good:${fixture}tests:\n  - { name: t, from: good, expect: COMPLIANT }\n`,
      name: 'a',
      stem: 'a',
    },
  ];
  const loaded = loadPolicies({
    builtin: 'none',
    folders: [],
    packs: [],
    viewSchema,
    readFiles: () => ({ files, diagnostics: [] }),
    functions: [
      {
        name: 'probe',
        params: ['Account'],
        returns: 'bool',
        meaning: 'a probe',
        reads: [],
        apply: ([account = ABSENT]) => {
          if (typeof account === 'object' && isViewObject(account)) seen.push(account.get('name'), account.get('arn'));
          return seen.length > 0 ? true : new Unknown([]);
        },
      },
    ],
  });
  expect(runTests(loaded)).toMatchObject({ passed: 1, failed: 0 });
  expect(seen).toEqual(['prod', ABSENT]);
});

const three = `  - { name: good, from: good, expect: COMPLIANT }
  - { name: stopped, from: good, set: { "account.trails[0].isLogging": false }, expect: COMPLIANT }
  - { name: "un\\e[2Jread", from: good, set: { account.trails: { $unread: "sts:AssumeRole" } }, expect: COMPLIANT }
`;

test('the run is told with what was expected, what came and why', () => {
  expect(formatTestRun(runTests(withTests(three)))).toBe(`FAIL  a (2 of 3 fail)
  FAIL  stopped
        tests.yaml:13
        expected COMPLIANT
        but got  NON_COMPLIANT [logged]
          logged fails: prod has arn:aws:cloudtrail:eu-central-1:111122223333:trail/main
            account.trails[arn:aws:cloudtrail:eu-central-1:111122223333:trail/main].isLogging: false
  FAIL  un\\u001b[2Jread
        tests.yaml:14
        expected COMPLIANT
        but got  INSUFFICIENT_DATA
          logged is unknown: prod has (could not be read)
            account.trails: (could not be read)
          could not be read: sts:AssumeRole

1 test passed, 2 failed
`);
});

test('a run without failures is short, with each test on demand', () => {
  const loaded = withTests('  - { name: good, from: good, expect: COMPLIANT }\n');
  expect(formatTestRun(runTests(loaded))).toBe('pass  a (1 test)\n\n1 test passed, 0 failed\n');
  expect(formatTestRun(runTests(loaded), { verbose: true })).toBe(
    'pass  a (1 test)\n  pass  good\n\n1 test passed, 0 failed\n',
  );
});

test('a policy without tests is told', () => {
  const loaded = withTests('  - { name: good, from: good, expect: COMPLIANT }\n');
  const text = formatTestRun(runTests({ ...loaded, tests: new Map() }));
  expect(text).toBe('no tests  a\n\n0 tests passed, 0 failed, 1 policy without tests\n');
});
