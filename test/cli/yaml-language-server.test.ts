import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startYamlEditor, type YamlEditor } from './yaml-language-server.js';

let editor: YamlEditor;
beforeAll(async () => {
  editor = await startYamlEditor();
});
afterAll(() => editor.end());

const policy = `version: 1
id: my-policy
title: T
severity: low
description: D
rationale: R
remediation: { text: T }
target: trail
assert:
  - { id: x, expr: trail.isLogging, message: no }
`;

const waiver = `version: 1
waivers:
  - id: W-1
    policy: trail-is-logging
    reason: It is deleted in March.
    owner: a
    approvedBy: b
    created: 2026-10-01
    expires: 2026-12-31
`;

const tests = `version: 1
fixtures: { good: { now: '2026-11-21T00:00:00Z' } }
tests:
  - name: x
    from: good
`;

describe('completion', () => {
  test.each([
    ['policy', `${policy}|>`, ['when', 'params', 'on-no-targets', 'controls', 'references']],
    ['policy', policy.replace('low', '|>'), ['critical', 'high', 'medium', 'low', 'informational']],
    ['policy', policy.replace('target: trail', 'target: |>'), ['organization', 'log-bucket', 'kms-key']],
    ['policy', `${policy}params:\n  minDays:\n    |>`, ['type', 'default', 'description', 'minimum', 'enum']],
    ['tests', `${tests}    expect: |>`, ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'INSUFFICIENT_DATA']],
    ['tests', `${tests}    |>`, ['set', 'unset', 'params', 'expect']],
    ['pack', 'version: 1\nid: a\ntitle: b\n|>', ['extends', 'policies', 'override', 'bindings', 'select']],
    ['pack', 'version: 1\nid: a\ntitle: b\noverride:\n  p:\n    |>', ['severity', 'params', 'enabled', 'reason']],
    ['pack', 'version: 1\nid: a\ntitle: b\nselect:\n  severity: |>', ['">=medium"', 'high']],
    ['config', 'version: 1\n|>', ['packs', 'failOn', 'logArchiveAccount', 'excludeAccounts']],
    ['config', 'version: 1\nformat: [|>]', ['text', 'sarif', 'html']],
    ['waivers', `${waiver}    |>`, ['assert', 'accounts', 'ous', 'resources', 'ticket', 'compensatingControl']],
  ])('in a file of %s at %j', async (kind, marked, labels) => {
    const shown = await editor.show(kind, marked);
    expect([...shown.completions.keys()]).toEqual(expect.arrayContaining(labels));
  });

  test('writes what must be there, and says what it is', async () => {
    const start = await editor.show('policy', 'version: 1\n|>');
    expect(start.completions.get('assert')).toEqual({
      insert: 'assert:\n  - id: $1\n    expr: $2\n    message: $3',
      says: 'all of these must hold',
    });
    const outcome = await editor.show('tests', `${tests}    expect: |>`);
    expect(outcome.completions.get('NON_COMPLIANT')?.insert).toBe('\n  NON_COMPLIANT:\n    - ');
  });
});

describe('hover', () => {
  test.each([
    ['policy', policy.replace('severity', 'seve|>rity'), 'how bad a finding is'],
    ['policy', policy.replace('text', 'te|>xt'), 'what to do, in words'],
    ['tests', tests.replace('from', 'fr|>om'), 'the fixture that it starts from'],
    ['pack', 'version: 1\nid: a\ntitle: b\next|>ends: [core]', 'what it builds on'],
    ['config', 'version: 1\nfail|>On: high', 'the lowest severity that fails a scan'],
    ['waivers', waiver.replace('expires', 'exp|>ires'), 'the last day on which it holds'],
  ])('in a file of %s at %j', async (kind, marked, text) => {
    const shown = await editor.show(kind, marked);
    expect(shown.hover).toContain(text);
  });
});

describe('mistakes', () => {
  test.each([
    ['policy', policy, []],
    ['policy', `${policy}titel: x`, ['11:1 Property titel is not allowed.']],
    ['policy', policy.replace('my-policy', 'MyPolicy'), ['2:5 An id is in kebab-case: ']],
    ['policy', policy.replace('low', 'hgh'), ['4:11 Value is not accepted. Valid values: "critical", "high", ']],
    ['policy', policy.replace('title: T', 'title: 5'), ['3:8 Incorrect type. Expected "string".']],
    ['tests', `${tests}    expect: COMPLIANT`, []],
    ['tests', `${tests}    expect: COMPLAINT`, ['6:13 Value is not accepted. Valid values: "COMPLIANT", ']],
    [
      'tests',
      `${tests}    expect: { NON_COMPLIAN: [x] }`,
      ['6:5 Missing property "NON_COMPLIANT".', '6:15 Property NON_COMPLIAN is not allowed.'],
    ],
    ['pack', 'version: 1\nid: a\ntitle: b\noverrides: {}', ['4:1 Property overrides is not allowed.']],
    ['config', 'version: 1\nfailon: low', ['2:1 Property failon is not allowed.']],
    ['config', 'version: 1\naccounts: ["1"]', ['2:12 An account id is a text of 12 digits, in quotes: ']],
    ['waivers', waiver, []],
    ['waivers', `${waiver}    accounts: [012345678901]`, ['10:16 Incorrect type. Expected "string".']],
    ['waivers', waiver.replace('12-31', '12-32'), ['9:14 String is not a RFC3339 date.']],
  ])('in a file of %s are marked at their places: %j', async (kind, marked, beginnings) => {
    const { mistakes } = await editor.show(kind, `${marked}\n|>`);
    expect(mistakes).toEqual(beginnings.map((it) => expect.stringContaining(it) as string));
  });
});

interface Node {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly $defs?: Readonly<Record<string, Node>>;
}

test.each(['policy', 'tests', 'pack', 'config', 'waivers'])('each key of a file of %s is described', (kind) => {
  const schema = JSON.parse(readFileSync(`schema/${kind}.v1.json`, 'utf8')) as Node;
  const owners = [schema, ...Object.values(schema.$defs ?? {})];
  const silent = owners.flatMap(({ properties = {} }) =>
    Object.entries(properties)
      .filter(
        ([, it]) => (it.description ?? schema.$defs?.[it.$ref?.split('/').at(-1) ?? '']?.description) === undefined,
      )
      .map(([name]) => name),
  );
  expect(silent).toEqual([]);
});
