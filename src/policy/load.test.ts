import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { UsageError } from '../model/errors.js';
import { formatDiagnostics } from './format-diagnostics.js';
import { loadPolicies, type LoadedPolicies, type LoadOptions } from './load.js';

const viewSchema: unknown = JSON.parse(readFileSync(new URL('../../schema/view.v1.json', import.meta.url), 'utf8'));

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with these files. */
function aFolder(texts: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'policies-'));
  made.push(folder);
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function load(texts: Readonly<Record<string, string>>, options: Partial<LoadOptions> = {}): LoadedPolicies {
  const folders = [aFolder(texts)];
  return loadPolicies({
    builtin: aFolder(),
    folders,
    packs: [],
    functions: [],
    viewSchema,
    withoutTests: true,
    ...options,
  });
}

/** What is wrong, with file names as the user's folder has them. */
function told({ diagnostics, sources }: LoadedPolicies): string {
  const shown = formatDiagnostics(diagnostics, (file) => sources.get(file));
  return made.reduce((text, folder) => text.replaceAll(`${folder}/`, ''), shown);
}

const head = (id: string): string => `version: 1
id: ${id}
title: T
severity: low
description: D
rationale: R
remediation: { text: T }
`;

/** A policy on trails, its lines from the eighth on. */
const aPolicy = (rest: string, id = 'a'): string => `${head(id)}${rest}`;
const logging = `target: trail
assert:
  - { id: x, expr: trail.isLogging, message: no }
`;

test.each([
  [
    'plain',
    'target: trail\nassert:\n  - id: x\n    expr: trail.isLoging\n    message: no\n',
    `a.yaml:11:17: error[unknown-field]: Trail has no field 'isLoging'
   11 |     expr: trail.isLoging
      |                 ^^^^^^^^
      = help: did you mean 'isLogging'?
`,
  ],
  [
    'literal, in the third line',
    'target: trail\nassert:\n  - id: x\n    message: no\n    expr: |\n      trail.isLogging\n        && trail.isLoging\n',
    `a.yaml:14:18: error[unknown-field]: Trail has no field 'isLoging'
   14 |         && trail.isLoging
      |                  ^^^^^^^^
      = help: did you mean 'isLogging'?
`,
  ],
  [
    'folded',
    'target: trail\nassert:\n  - id: x\n    message: no\n    expr: >-\n      trail.isLogging\n\n      && trail.isLoging\n',
    `a.yaml:15:16: error[unknown-field]: Trail has no field 'isLoging'
   15 |       && trail.isLoging
      |                ^^^^^^^^
      = help: did you mean 'isLogging'?
`,
  ],
  [
    'single quotes',
    "target: trail\nassert:\n  - { id: x, message: no, expr: 'trail.name == ''b'' && trail.isLoging' }\n",
    `a.yaml:10:63: error[unknown-field]: Trail has no field 'isLoging'
   10 |   - { id: x, message: no, expr: 'trail.name == ''b'' && trail.isLoging' }
      |                                                               ^^^^^^^^
      = help: did you mean 'isLogging'?
`,
  ],
  [
    'double quotes',
    'target: trail\nassert:\n  - { id: x, message: no, expr: "trail.name == \\"b\\" && trail.isLoging" }\n',
    `a.yaml:10:63: error[unknown-field]: Trail has no field 'isLoging'
   10 |   - { id: x, message: no, expr: "trail.name == \\"b\\" && trail.isLoging" }
      |                                                               ^^^^^^^^
      = help: did you mean 'isLogging'?
`,
  ],
  [
    'in when',
    `when: trail.isLoging\n${logging}`,
    `a.yaml:8:13: error[unknown-field]: Trail has no field 'isLoging'
    8 | when: trail.isLoging
      |             ^^^^^^^^
      = help: did you mean 'isLogging'?
`,
  ],
  [
    'in a folded message',
    'target: trail\nassert:\n  - id: x\n    expr: trail.isLogging\n    message: >-\n      Trail ${trail.arn}\n      is ${trail.nam}\n',
    `a.yaml:14:18: error[unknown-field]: Trail has no field 'nam'
   14 |       is \${trail.nam}
      |                  ^^^
      = help: did you mean 'name'?
`,
  ],
])('an error in an expression is told at its place in the file: %s', (_, rest, expected) => {
  expect(told(load({ 'a.yaml': aPolicy(rest) }))).toBe(expected);
});

/** What an only diagnostic marks in its file. */
function marked({ diagnostics, sources }: LoadedPolicies): string {
  expect(diagnostics).toHaveLength(1);
  const [it] = diagnostics;
  const line = sources.get(it?.file ?? '')?.split('\n')[(it?.line ?? 0) - 1];
  return line?.slice((it?.column ?? 1) - 1, (it?.endColumn ?? 1) - 1) ?? '';
}

test.each([
  ["trail.kmsKeyId.startsWith('arn')", 'optional-field', 'kmsKeyId'],
  ['params.days > 1 && 1 >= params.day', 'unknown-field', 'day'],
  ['trail.isLogging && bucket.isPublic', 'unknown-name', 'bucket'],
  ['trail.name', 'types', 'trail.name'],
  ['trail.isLogging == 1', 'types', 'trail.isLogging == 1'],
  ["trail.name == 'a' &&", 'syntax', ''],
])('what is wrong in an expression is marked: %s', (expr, code, expected) => {
  const params = 'params: { days: { type: integer, default: 1 } }\n';
  const loaded = load({
    'a.yaml': aPolicy(`${params}target: trail\nassert:\n  - id: x\n    message: no\n    expr: ${expr}\n`),
  });
  expect(marked(loaded)).toBe(expected);
  expect(loaded.diagnostics.map((it) => [it.line, it.code])).toEqual([[13, code]]);
});

test.each([
  [
    'a key that is misspelt and thereby missing',
    `targt: trail\nassert:\n  - { id: x, expr: trail.isLogging, message: no }\n`,
    ["8:1 unknown-key: unknown key 'targt' (did you mean 'target'?)"],
  ],
  [
    'in a list',
    `target: trail\nassert:\n  - { id: x, exp: trail.isLogging, mesage: no }\n`,
    [
      "10:14 unknown-key: unknown key 'exp' (did you mean 'expr'?)",
      "10:36 unknown-key: unknown key 'mesage' (did you mean 'message'?)",
    ],
  ],
  [
    'a key that is missing',
    'target: trail\n',
    ["1:1 missing-key: 'assert' is missing (assert: all of these must hold)"],
  ],
  [
    'a key too many',
    `${logging}owner: me\n`,
    [
      "11:1 unknown-key: unknown key 'owner' (known keys: activity, assert, controls, description, id, incident, message, on-no-targets, params, rationale, references, remediation, …)",
    ],
  ],
  [
    'a key that stands twice',
    `${logging}severity: high\n`,
    ["11:1 duplicate-key: the key 'severity' occurs here a second time (only one would count: remove the other)"],
  ],
  [
    'a text in the place of a list',
    `${logging}references: on\n`,
    ["11:13 wrong-type: 'references' must be a list, not 'on' (write a list: [on])"],
  ],
  [
    'a comma in braces',
    `${logging}params: { n: { type: integer, default: 1, description: one, two } }\n`,
    ["11:61 unknown-key: unknown key 'two' (inside { … } a comma ends a value: quote the value before it)"],
  ],
  [
    'a value that is not allowed',
    `target: trial\nassert:\n  - { id: x, expr: trail.isLogging, message: no }\n`,
    ["8:9 unknown-value: 'target' cannot be 'trial' (did you mean 'trail'?)"],
  ],
  [
    'no list',
    `target: trail\nassert: { id: x }\n`,
    [
      "9:9 wrong-type: 'assert' must be a list, not a map of keys and values (put each assertion behind a hyphen: - id: …, then expr: and message: below its id)",
    ],
  ],
  ['an empty list', `target: trail\nassert: []\n`, ["9:9 empty: 'assert' must not be empty (name at least one)"]],
  [
    'no value',
    `when:\n${logging}`,
    ["8:6 wrong-type: 'when' must be a text, not empty (write a value after the colon, or remove the key)"],
  ],
  [
    'an id that is not kebab-case',
    `target: trail\nassert:\n  - { id: isLogging, expr: trail.isLogging, message: no }\n`,
    ["10:11 wrong-form: 'assert[0].id' is not in kebab-case: 'isLogging' (write 'is-logging')"],
  ],
  [
    'a key that is not',
    `${logging}controls: { CIS_3: [a] }\n`,
    ["11:13 wrong-form: the key 'CIS_3' is not of the form ^[a-z0-9]+([.-][a-z0-9]+)*$ (-)"],
  ],
  [
    'an address',
    `${logging}references: [here]\n`,
    ["11:14 wrong-form: 'references[0]' is not an address: 'here' (write it like https://…)"],
  ],
  [
    'two assertions with one id',
    `target: trail\nassert:\n  - { id: x, expr: trail.isLogging, message: no }\n  - { id: x, expr: trail.isLogging, message: no }\n`,
    ["11:11 duplicate-id: an earlier assertion has the id 'x', too (-)"],
  ],
  [
    '__proto__',
    `${logging}__proto__: { isAdmin: true }\n`,
    [
      "11:1 unknown-key: unknown key '__proto__' (known keys: activity, assert, controls, description, id, incident, message, on-no-targets, params, rationale, references, remediation, …)",
    ],
  ],
])('one mistake in the envelope is one message: %s', (_, rest, expected) => {
  const { diagnostics } = load({ 'a.yaml': aPolicy(rest) });
  expect(diagnostics.map((it) => `${it.line}:${it.column} ${it.code}: ${it.message} (${it.help ?? '-'})`)).toEqual(
    expected,
  );
});

test.each([
  ['{ type: duration, default: 7d }', '7d', "'7d' is not a duration (write '168h')"],
  ['{ type: duration, default: 24 }', '24', 'this must be a duration, not 24 (write 24h, 24m or 24s)'],
  ['{ type: integer, default: 1.5 }', '1.5', 'this must be a whole number, not 1.5 (-)'],
  ['{ type: integer, default: 1, minimum: 90 }', '1', '1 is below the minimum, 90 (-)'],
  ['{ type: integer, default: 9, maximum: 5 }', '9', '9 is above the maximum, 5 (-)'],
  ['{ type: integer, default: 1, minimum: 9, maximum: 5 }', '9', 'minimum is above maximum (-)'],
  ['{ type: string, default: al, enum: [any, all] }', 'al', "'al' is not allowed (did you mean 'all'?)"],
  [
    '{ type: string, default: x, minimum: 1 }',
    '1',
    "'minimum' has no meaning for a parameter of type string (it is for integer)",
  ],
  ['{ type: string, default: x, pattern: "(" }', '"("', 'not a regular expression: missing closing ): `(` (-)'],
  ['{ type: string, default: x, pattern: "^y$" }', 'x', "'x' does not match '^y$' (-)"],
  [
    '{ type: list, default: [] }',
    '{ type: list, default: [] }',
    "a list parameter must say what it holds: 'items' is missing (items: { type: string })",
  ],
  [
    '{ type: list, items: { type: string }, default: [a, 012345678901] }',
    '012345678901',
    'this must be a text, not 12345678901 (account ids are texts of 12 digits, and a number loses its zeros: quote it: "012345678901")',
  ],
  ['{ type: list, items: { type: string }, minItems: 1, default: [] }', '[]', 'the list must hold at least 1 (-)'],
  ['{ type: boolean, default: yes }', 'yes', "this must be true or false, not 'yes' (-)"],
])('a parameter is held against its own declaration: %s', (declaration, range, expected) => {
  const loaded = load({ 'a.yaml': aPolicy(`params:\n  p: ${declaration}\n${logging}`) });
  expect(marked(loaded)).toBe(range);
  expect(loaded.diagnostics.map((it) => `${it.message} (${it.help ?? '-'})`)).toEqual([expected]);
});

test('a parameter that nothing reads is warned of, at its name', () => {
  const loaded = load({
    'a.yaml': aPolicy(
      "params:\n  p: { type: integer, default: 1 }\n  q: { type: string, default: a }\n  r: { type: integer, default: 1 }\ntarget: trail\nwhen: params.p > 0\nassert:\n  - { id: x, expr: trail.isLogging, message: 'no ${params.q}' }\n",
    ),
  });
  expect(marked(loaded)).toBe('r');
  expect(loaded.diagnostics.map((it) => `${it.severity} ${it.code}: ${it.message} (${it.help ?? '-'})`)).toEqual([
    "warning unused: no expression reads the parameter 'r': setting it changes nothing (read params.r in an expression, or remove it)",
  ]);
  expect(loaded.policies).toHaveLength(1);
});

test('a comment that cuts an expression off is the one error; after a whole one it is a warning', () => {
  const cut = load({
    'a.yaml': aPolicy("target: trail\nassert:\n  - id: x\n    expr: trail.name == 'a # b'\n    message: no\n"),
  });
  expect(cut.diagnostics.map((it) => [it.line, it.column, it.severity, it.code])).toEqual([
    [11, 28, 'error', 'yaml-comment'],
  ]);
  const whole = load({
    'a.yaml': aPolicy('target: trail\nassert:\n  - id: x\n    expr: trail.isLogging # so be it\n    message: no\n'),
  });
  expect(whole.diagnostics.map((it) => [it.line, it.column, it.severity, it.code])).toEqual([
    [11, 27, 'warning', 'yaml-comment'],
  ]);
  expect(whole.policies.map((it) => it.id)).toEqual(['a']);
});

test('tests of a policy that cannot be read, and a policy whose tests cannot, are told of once', () => {
  const tests = 'version: 1\nfixtures: { a: { now: "2026-11-21T00:00:00Z", trail: { isLogging: true } } }\n';
  const loaded = loadPolicies({
    builtin: 'none',
    folders: [],
    packs: [],
    functions: [],
    viewSchema,
    readFiles: () => ({
      files: [
        {
          kind: 'tests',
          file: 'a/tests.yaml',
          name: 'a',
          stem: 'a',
          text: `${tests}tests: [{ name: t, from: a, expect: COMPLIANT }]\n`,
        },
        { kind: 'policy', file: 'b/policy.yaml', name: 'b', stem: 'b', text: aPolicy(logging, 'b') },
      ],
      diagnostics: [],
      unread: [
        { kind: 'policy', file: 'a/policy.yaml', name: 'a', stem: 'a' },
        { kind: 'tests', file: 'b/tests.yaml', name: 'b', stem: 'b' },
      ],
    }),
  });
  expect(loaded.diagnostics).toEqual([]);
});

test('all errors of all files are told at once, and no policy with an error is given out', () => {
  const loaded = load({
    'a.yaml': aPolicy('target: trail\nassert:\n  - { id: x, expr: trail.isLoging, message: "${trail.nam}" }\n'),
    'b/policy.yaml': aPolicy(logging, 'c'),
    'd/policy.yaml': aPolicy(`severty: low\n${logging}`, 'd'),
    'e/policy.yaml': aPolicy('target: trail\nassert:\n  - { id: x, expr: !has(x), message: no }\n', 'e'),
    'f.yaml': '',
    'packs/p.yaml': 'version: 1\nid: p\ntitle: P\npolicies: [d, e, g, c]\n',
  });
  expect(loaded.diagnostics.map((it) => `${it.file.slice((made[1] ?? '').length + 1)} ${it.line} ${it.code}`)).toEqual([
    'a.yaml 10 unknown-field',
    'a.yaml 10 unknown-field',
    'b/policy.yaml 2 wrong-name',
    'd/policy.yaml 8 unknown-key',
    'e/policy.yaml 10 yaml-tag',
    'f.yaml 1 empty-file',
    'packs/p.yaml 4 unknown-policy',
  ]);
  expect(loaded.all.map((it) => it.id)).toEqual(['c']);
});

test('a policy or pack that is there twice is an error that names both files', () => {
  const builtin = aFolder({
    'a/policy.yaml': aPolicy(logging),
    'packs/p.yaml': 'version: 1\nid: p\ntitle: P\npolicies: [a]\n',
  });
  const loaded = load(
    { 'a/policy.yaml': aPolicy(logging), 'packs/p.yaml': 'version: 1\nid: p\ntitle: P\npolicies: [a]\n' },
    { builtin },
  );
  expect(loaded.diagnostics.map((it) => [it.file, it.line, it.message])).toEqual([
    [join(made[1] ?? '', 'a/policy.yaml'), 2, `there is a policy with the id 'a' already, in ${builtin}/a/policy.yaml`],
    [join(made[1] ?? '', 'packs/p.yaml'), 2, `there is a pack with the id 'p' already, in ${builtin}/packs/p.yaml`],
  ]);
});

test('a pack that names an unknown policy, or one twice, is told so', () => {
  const loaded = load({
    'a.yaml': aPolicy(logging),
    'packs/p.yaml': 'version: 1\nid: p\ntitle: P\npolicies: [a, b, a]\n',
  });
  expect(loaded.diagnostics.map((it) => `${it.line}:${it.column} ${it.message} (${it.help ?? '-'})`)).toEqual([
    "4:15 there is no policy 'b' (did you mean 'a'?)",
    "4:18 the pack names 'a' twice (-)",
  ]);
});

const shipped = {
  'a/policy.yaml': aPolicy(logging),
  'b/policy.yaml': aPolicy(logging, 'b'),
  'packs/p.yaml': 'version: 1\nid: p\ntitle: Pack\ndescription: D\npolicies: [a]\n',
};

test('the policies are those of the chosen packs, and all of the user', () => {
  const builtin = aFolder(shipped);
  const loaded = load(
    { 'c.yaml': aPolicy(logging, 'c'), 'packs/q.yaml': 'version: 1\nid: q\ntitle: Q\npolicies: [b, c]\n' },
    { builtin, packs: ['p'] },
  );
  expect(loaded.policies.map((it) => [it.id, it.isBuiltin, it.line])).toEqual([
    ['a', true, 2],
    ['c', false, 2],
  ]);
  expect(loaded.all.map((it) => it.id)).toEqual(['a', 'b', 'c']);
  expect(loaded.packs.map((it) => [it.id, it.title, it.policies])).toEqual([
    ['p', 'Pack', ['a']],
    ['q', 'Q', ['b', 'c']],
  ]);
});

test('of the shipped files those that are asked for are checked, a policy with its tests; others are there as they are', () => {
  const wrong = aPolicy(logging.replace('isLogging', 'isLoging'), 'b');
  const builtin = aFolder({ ...shipped, 'b/policy.yaml': wrong, 'b/tests.yaml': 'version: 1\n' });
  const codes = (...names: readonly string[]): readonly string[] => {
    const files = new Set(names.map((name) => join(builtin, name)));
    const { diagnostics } = load(
      {},
      {
        builtin,
        folders: [],
        withoutTests: false,
        checked: (file) => files.has(file),
      },
    );
    return diagnostics.map(({ file, code }) => `${file.slice(builtin.length + 1)} ${code}`);
  };
  expect(codes()).toEqual([]);
  expect(codes('a/policy.yaml')).toEqual(['a/policy.yaml no-tests']);
  const ofB = ['b/policy.yaml unknown-field', 'b/tests.yaml missing-key', 'b/tests.yaml missing-key'];
  expect(codes('b/policy.yaml')).toEqual(ofB);
  expect(codes('b/tests.yaml')).toEqual(ofB);
  // A policy of one's own has the id of a shipped one that was not asked for.
  const twice = load({ 'b.yaml': aPolicy(logging, 'b') }, { builtin, withoutTests: false, checked: () => false });
  expect(twice.diagnostics.map(({ code }) => code)).toContain('duplicate-id');
});

test("a pack that does not exist is the user's error, with a suggestion", () => {
  const builtin = aFolder(shipped);
  expect(() => load({}, { builtin, packs: ['pp'] })).toThrow(
    new UsageError("there is no pack 'pp'", "did you mean 'p'?"),
  );
  // Where its file is broken, that is told instead.
  const broken = load({ 'packs/pp.yaml': 'version: 1\n' }, { builtin, packs: ['pp'] });
  expect(broken.diagnostics.map((it) => it.code)).toEqual(['missing-key', 'missing-key']);
});

test('what `when` proves needs no guard in assertions and messages', () => {
  const loaded = load({
    'a.yaml': aPolicy(
      'target: trail\nwhen: has(trail.kmsKeyId)\nassert:\n  - { id: x, expr: trail.kmsKeyId != "a", message: "${trail.kmsKeyId}" }\n',
    ),
  });
  expect(told(loaded)).toBe('');
});

test('a policy that names the organization, if only in a message, is known to', () => {
  const loaded = load({
    'a.yaml': aPolicy('target: trail\nassert:\n  - { id: x, expr: trail.isLogging, message: "${organization.id}" }\n'),
    'b.yaml': aPolicy(logging, 'b'),
    'c.yaml': aPolicy(`when: organization.id != ''\n${logging}`, 'c'),
  });
  expect(loaded.policies.map((it) => [it.id, it.usesOrganization])).toEqual([
    ['a', true],
    ['b', false],
    ['c', true],
  ]);
});

test('a policy of the user without tests is a warning', () => {
  const loaded = load({ 'a.yaml': aPolicy(logging) }, { withoutTests: false });
  expect(loaded.diagnostics.map((it) => `${it.severity} ${it.message}`)).toEqual([
    "warning the policy 'a' has no tests",
  ]);
  expect(loaded.policies.map((it) => it.id)).toEqual(['a']);
});

test("a folder of the user that adds nothing is a warning, and the product's own is none", () => {
  expect(told(load({}))).toContain('warning[no-policy]: the folder holds no policy and no pack, so it adds nothing');
  expect(load({}).diagnostics).toHaveLength(1);
});
