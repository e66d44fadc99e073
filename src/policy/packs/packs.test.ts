import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../../model/errors.js';
import { formatDiagnostics } from '../format-diagnostics.js';
import { loadPolicies, type LoadedPolicies } from '../load.js';

const viewSchema: unknown = JSON.parse(readFileSync(new URL('../../../schema/view.v1.json', import.meta.url), 'utf8'));

interface Loaded extends LoadedPolicies {
  readonly folder: string;
}

/** Loads packs of a folder with these files; the policies `a`, `b` and `c` are shipped, and so is the pack `base`. */
function load(texts: Readonly<Record<string, string>>, packs: readonly string[] = [], folders = ['']): Loaded {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-packs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries({ ...shipped, ...texts })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const loaded = loadPolicies({
    builtin: join(folder, 'shipped'),
    folders: folders.map((it) => join(folder, 'mine', it)),
    packs: packs.map((it) => it.replace('FOLDER', folder)),
    workingFolder: folder,
    functions: [],
    viewSchema,
    withoutTests: true,
  });
  return { ...loaded, folder };
}

const policy = (id: string, severity: string, rest = ''): string => `version: 1
id: ${id}
title: Title of ${id}
severity: ${severity}
description: D
rationale: R
remediation: { text: T, cli: aws fix }
target: trail
assert:
  - { id: x, expr: trail.isLogging, message: no }
${rest}`;

const pack = (id: string, rest: string): string => `version: 1
id: ${id}
title: P
${rest}`;

const parameters = `params:
  days: { type: integer, default: 365, minimum: 1, maximum: 3650 }
  accounts: { type: list, items: { type: string, pattern: '^[0-9]{12}$' }, default: [] }
`;

const shipped: Readonly<Record<string, string>> = {
  'shipped/a/policy.yaml': policy('a', 'low', `${parameters}controls: { pci: ["1", "2"], nist: [AU-11] }\n`).replace(
    'message: no',
    'message: "${params.days} ${params.accounts}"',
  ),
  'shipped/b/policy.yaml': policy('b', 'high', 'controls: { pci: ["2"] }\n'),
  'shipped/c/policy.yaml': policy('c', 'medium'),
  'shipped/packs/base.yaml': pack('base', 'policies: [a, b]\n'),
  'mine/own.yaml': policy('own', 'medium'),
};

/** What is wrong, without the folder's name. */
function told({ diagnostics, sources, folder }: Loaded): string {
  return formatDiagnostics(diagnostics, (file) => sources.get(file)).replaceAll(`${folder}/`, '');
}

const ids = ({ policies }: Loaded): readonly string[] => policies.map((it) => it.id);

describe('extends', () => {
  test.each([
    ['a pack by its id', 'extends: [base]', ['a', 'b', 'own']],
    ['a shipped pack', 'extends: ["builtin:base"]', ['a', 'b', 'own']],
    ['a folder, relative to the pack', 'extends: [../../more]', ['d', 'own']],
    ["a pack's own file", 'extends: [../../alone.yaml]', ['c', 'own']],
    ['an installed npm package', 'extends: ["npm:@acme/policies"]', ['e', 'own']],
    ['a pack of an installed npm package', 'extends: ["npm:@acme/policies/strict"]', ['b', 'e', 'own']],
    ['several, and policies of its own', 'extends: [base, ../../more]\npolicies: [c, a]', ['a', 'b', 'c', 'd', 'own']],
  ])('%s', (_, text, expected) => {
    const loaded = load(
      {
        'mine/packs/p.yaml': pack('p', `${text}\n`),
        'more/d.yaml': policy('d', 'low'),
        'alone.yaml': pack('anything', 'policies: [c]\n'),
        'node_modules/@acme/policies/package.json': '{}',
        'node_modules/@acme/policies/policies/e/policy.yaml': policy('e', 'low'),
        'node_modules/@acme/policies/policies/packs/strict.yaml': pack('strict', 'policies: [e, b]\n'),
      },
      ['p'],
    );
    expect(told(loaded)).toBe('');
    expect(ids(loaded)).toEqual(expected);
  });

  test('a chosen pack may be a file, whatever its name; its id names it', () => {
    const loaded = load({ 'x/acme.yaml': pack('strict', 'policies: [c]\n') }, ['FOLDER/x/acme.yaml'], []);
    expect([ids(loaded), loaded.chosen]).toEqual([['c'], ['strict']]);
  });

  test('all that leads nowhere is told, each at its entry', () => {
    const loaded = load({
      'mine/packs/p.yaml': pack(
        'p',
        `extends:
  - bse
  - builtin:p
  - ./nowhere
  - ./nowhere.yaml
  - npm:@acme/none
  - npm:../../etc
  - https://example.com/pack.yaml
  - base
  - base
`,
      ),
    });
    expect(told(loaded)).toBe(`mine/packs/p.yaml:5:5: error[unknown-pack]: there is no pack 'bse'
    5 |   - bse
      |     ^^^
      = help: did you mean 'base'?
mine/packs/p.yaml:6:5: error[unknown-pack]: no pack 'p' is shipped
    6 |   - builtin:p
      |     ^^^^^^^^^
      = help: packs: base
mine/packs/p.yaml:7:5: error[unreadable]: there is no folder mine/packs/nowhere
    7 |   - ./nowhere
      |     ^^^^^^^^^
      = help: a path is relative to the file that names it; a pack of its own ends in .yaml
mine/packs/p.yaml:8:5: error[unreadable]: there is no pack at mine/packs/nowhere.yaml: the file cannot be read: it does not exist
    8 |   - ./nowhere.yaml
      |     ^^^^^^^^^^^^^^
mine/packs/p.yaml:9:5: error[unknown-package]: the npm package '@acme/none' is not installed here or in a folder above
    9 |   - npm:@acme/none
      |     ^^^^^^^^^^^^^^
      = help: npm install --save-dev @acme/none
mine/packs/p.yaml:10:5: error[wrong-reference]: 'npm:../../etc' names no npm package
   10 |   - npm:../../etc
      |     ^^^^^^^^^^^^^
      = help: write npm:<package> or npm:@scope/<package>, and /<pack> behind it for one of its packs
mine/packs/p.yaml:11:5: error[wrong-reference]: 'https://example.com/pack.yaml' is an address, and packs are never fetched over the network
   11 |   - https://example.com/pack.yaml
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = help: install the pack as an npm package and write npm:<package>, or keep a copy and write ./folder
mine/packs/p.yaml:13:5: error[duplicate-id]: the pack extends 'base' twice
   13 |   - base
      |     ^^^^
`);
  });

  test.each([
    ['itself', { p: 'p' }, "the pack 'p' extends itself"],
    ['itself by its file', { p: './p.yaml' }, "the pack 'p' extends itself"],
    ['a circle', { p: 'q', q: 'r', r: 'p' }, 'these packs extend each other: p → q → r → p'],
  ])('a pack that extends %s is an error that names the chain', (_, chain, message) => {
    const files = Object.entries(chain).map(([id, next]) => [
      `mine/packs/${id}.yaml`,
      pack(id, `extends: [${next}]\n`),
    ]);
    const { diagnostics } = load(Object.fromEntries(files), ['p']);
    expect(diagnostics.map((it) => [it.code, it.line, it.message])).toEqual([['cycle', 4, message]]);
  });

  /** Packs `p0` to the last, each of which extends the next. */
  const chainOf = (length: number): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Array.from({ length }, (_, index) => {
        const rest = index === length - 1 ? 'policies: [a]' : `extends: [p${index + 1}]`;
        return [`mine/packs/p${index}.yaml`, pack(`p${index}`, `${rest}\n`)];
      }),
    );

  test('200 packs, each on the next, and 600 are too many', () => {
    const loaded = load(chainOf(200), ['p0'], ['']);
    expect([told(loaded), ids(loaded)]).toEqual(['', ['a', 'own']]);
    const { diagnostics } = load(chainOf(600), ['p0'], ['']);
    expect(diagnostics.map((it) => it.code)).toEqual(['too-deep']);
  });
});

test('links that go round, and names that no file can have, lead nowhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-loop-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync('loop', join(folder, 'loop'));
  symlinkSync('loop.yaml', join(folder, 'loop.yaml'));
  const entries = [`${folder}/loop`, `${folder}/loop.yaml`, '"./a\\0b"', '"./a\\0b.yaml"', `./${'x'.repeat(280)}`];
  const { diagnostics } = load({ 'mine/packs/p.yaml': pack('p', `extends: [${entries.join(', ')}]\n`) });
  expect(diagnostics.map((it) => it.code)).toEqual(entries.map(() => 'unreadable'));
});

test('2,000 policies in a pack that 100 packs build on are read in seconds', () => {
  const names = Array.from({ length: 2000 }, (_, index) => `many-${index}`);
  const texts = names.map((name) => [`many/${name}.yaml`, policy(name, 'low')] as const);
  const packs = Array.from({ length: 100 }, (_, index) => {
    const extended = index === 0 ? '../../many' : `p${index - 1}`;
    return [
      `mine/packs/p${index}.yaml`,
      pack(`p${index}`, `extends: [${extended}]\nselect: { targets: [trail] }\n`),
    ] as const;
  });
  const loaded = load(Object.fromEntries([...texts, ...packs]), ['p99'], ['']);
  expect(loaded.diagnostics).toEqual([]);
  expect(loaded.policies).toHaveLength(2001);
});

describe('override', () => {
  test('sets severity, of assertions too, title, remediation and parameters, and says where', () => {
    const { policies, all, folder } = load(
      {
        'mine/packs/p.yaml': pack(
          'p',
          `extends: [base]
override:
  a:
    severity: critical
    title: Ours
    remediation: { text: Ask us. }
    params: { days: 400, accounts: ["012345678901"] }
`,
        ),
      },
      ['p'],
    );
    const [a] = policies;
    expect(a?.document).toMatchObject({
      severity: 'critical',
      title: 'Ours',
      remediation: { text: 'Ask us.', cli: 'aws fix' },
      params: { days: { default: 400, maximum: 3650 } },
    });
    expect(a?.assertions.map((it) => it.severity)).toEqual(['critical']);
    expect(a?.params.get('days')).toBe(400);
    const place = (line: number) => ({ place: { file: join(folder, 'mine/packs/p.yaml'), line } });
    expect(a?.settings).toMatchObject({ severity: place(7), title: place(8), remediation: place(9) });
    expect(a?.settings?.params.get('days')).toMatchObject(place(10));
    // The policy itself stays as its file has it: its tests are about that.
    expect(all[0]).toMatchObject({ document: { severity: 'low', params: { days: { default: 365 } } } });
  });

  test('all that is wrong is told at once, each at its place', () => {
    const loaded = load({
      'mine/packs/p.yaml': pack(
        'p',
        `extends: [base]
override:
  aa: { severity: low }
  a:
    params: { days: 0, dais: 3, accounts: [012345678901] }
  b:
    enabled: false
    params: { days: 1 }
  c: { severity: low }
  own: { reason: because }
`,
      ),
    });
    expect(told(loaded)).toBe(`mine/packs/p.yaml:6:3: error[unknown-policy]: there is no policy 'aa'
    6 |   aa: { severity: low }
      |   ^^
      = help: did you mean 'a'?
mine/packs/p.yaml:8:21: error[parameter]: 0 is below the minimum, 1
    8 |     params: { days: 0, dais: 3, accounts: [012345678901] }
      |                     ^
mine/packs/p.yaml:8:24: error[unknown-parameter]: the policy 'a' has no parameter 'dais'
    8 |     params: { days: 0, dais: 3, accounts: [012345678901] }
      |                        ^^^^
      = help: did you mean 'days'?
mine/packs/p.yaml:8:44: error[wrong-type]: this must be a text, not 12345678901
    8 |     params: { days: 0, dais: 3, accounts: [012345678901] }
      |                                            ^^^^^^^^^^^^
      = help: account ids are texts of 12 digits, and a number loses its zeros: quote it: "012345678901"
mine/packs/p.yaml:10:14: error[missing-key]: a policy is disabled with a reason: 'reason' is missing
   10 |     enabled: false
      |              ^^^^^
      = help: write reason: why this need not be checked, beside 'enabled: false'
mine/packs/p.yaml:11:15: error[unknown-parameter]: the policy 'b' has no parameter 'days'
   11 |     params: { days: 1 }
      |               ^^^^
      = help: it has no parameters at all
mine/packs/p.yaml:12:3: error[not-in-pack]: the policy 'c' is not in the pack 'p', so that this has no effect
   12 |   c: { severity: low }
      |   ^
      = help: add it to 'policies', or extend a pack that holds it
mine/packs/p.yaml:13:3: error[not-in-pack]: the policy 'own' is not in the pack 'p', so that this has no effect
   13 |   own: { reason: because }
      |   ^^^
      = help: add it to 'policies', or extend a pack that holds it
mine/packs/p.yaml:13:10: error[unknown-key]: 'reason' says why a policy is disabled, and this one is not
   13 |   own: { reason: because }
      |          ^^^^^^
      = help: write enabled: false, or remove the reason
`);
  });

  test('never changes what a policy asks, and says what to do instead', () => {
    const loaded = load({
      'mine/packs/p.yaml': pack(
        'p',
        `extends: [base]
override:
  a: { expr: "true", sevrity: low }
bindings:
  - tags: { stage: true }
    ous: [""]
    override: { a: { id: z, title: T } }
`,
      ),
    });
    expect(told(loaded))
      .toBe(`mine/packs/p.yaml:6:8: error[not-overridable]: a pack cannot change 'expr' of a policy: 'a' must mean the same to everyone
    6 |   a: { expr: "true", sevrity: low }
      |        ^^^^
      = help: copy the policy under an id of your own, and disable this one with enabled: false and a reason
mine/packs/p.yaml:6:22: error[unknown-key]: unknown key 'sevrity'
    6 |   a: { expr: "true", sevrity: low }
      |                      ^^^^^^^
      = help: did you mean 'severity'?
mine/packs/p.yaml:8:20: error[wrong-type]: 'bindings[0].tags.stage' must be a text or a list, not true
    8 |   - tags: { stage: true }
      |                    ^^^^
      = help: quote it: "true"
mine/packs/p.yaml:9:11: error[empty]: 'bindings[0].ous[0]' must not be empty
    9 |     ous: [""]
      |           ^^
mine/packs/p.yaml:10:22: error[not-overridable]: a pack cannot change 'id' of a policy: 'a' must mean the same to everyone
   10 |     override: { a: { id: z, title: T } }
      |                      ^^
      = help: copy the policy under an id of your own, and disable this one with enabled: false and a reason
mine/packs/p.yaml:10:29: error[not-overridable]: 'title' is the same for the whole organization
   10 |     override: { a: { id: z, title: T } }
      |                             ^^^^^
      = help: set it in the pack's own 'override'
`);
  });
});

describe('of two values', () => {
  const strict = pack('strict', 'extends: [base]\noverride:\n  a: { severity: critical, params: { days: 400 } }\n');
  const lax = pack('lax', 'extends: [base]\noverride:\n  a: { severity: informational }\n');

  test("the extending pack's is in force", () => {
    const over = pack('over', 'extends: [strict]\noverride:\n  a: { severity: medium }\n');
    const loaded = load({ 'mine/packs/strict.yaml': strict, 'mine/packs/over.yaml': over }, ['over']);
    expect(told(loaded)).toBe('');
    expect(loaded.policies[0]?.document).toMatchObject({ severity: 'medium', params: { days: { default: 400 } } });
  });

  test.each([
    [['strict', 'lax'], 'informational', 'strict.yaml:6 and in mine/packs/lax.yaml:6'],
    [['lax', 'strict'], 'critical', 'lax.yaml:6 and in mine/packs/strict.yaml:6'],
  ])("the later chosen pack's is in force, with a warning: %j", (packs, severity, where) => {
    const loaded = load({ 'mine/packs/strict.yaml': strict, 'mine/packs/lax.yaml': lax }, packs);
    expect(told(loaded)).toContain("warning[conflict]: severity of 'a' is set twice, in mine/packs/");
    expect(told(loaded)).toContain(where);
    expect(loaded.diagnostics).toHaveLength(1);
    expect(loaded.policies[0]?.document).toMatchObject({ severity, params: { days: { default: 400 } } });
  });

  test("the later entry's of extends is in force, with a warning there", () => {
    const both = pack('both', 'extends: [strict, lax]\n');
    const loaded = load(
      { 'mine/packs/strict.yaml': strict, 'mine/packs/lax.yaml': lax, 'mine/packs/both.yaml': both },
      ['both'],
    );
    expect(loaded.diagnostics.map((it) => [it.code, it.severity, it.line, it.column])).toEqual([
      ['conflict', 'warning', 4, 19],
    ]);
    expect(loaded.policies[0]?.document.severity).toBe('informational');
  });
});

describe('select', () => {
  const selecting = (select: string) =>
    load(
      {
        'shipped/packs/all.yaml': pack(
          'all',
          `policies: [a, b, c]\noverride: { c: { severity: critical } }\n${select}`,
        ),
      },
      ['all'],
      [],
    );

  test.each([
    ['severity: ">=high"', ['b', 'c']],
    ['severity: low', ['a']],
    ['controls: [pci]', ['a', 'b']],
    ['controls: ["pci:1"]', ['a']],
    ['controls: ["pci:1", "nist:AU-11", "pci:2"]', ['a', 'b']],
    ['severity: ">=medium", controls: [pci]', ['b']],
    ['targets: [trail]', ['a', 'b', 'c']],
  ])('{ %s }', (select, expected) => {
    const loaded = selecting(`select: { ${select} }\n`);
    expect([told(loaded), ids(loaded)]).toEqual(['', expected]);
  });

  test.each([
    ['severity: ">=hihg"', "6:21 'select.severity' cannot be '>=hihg' (did you mean '>=high'?)"],
    ['controls: [pcii]', "6:22 no policy is for the framework 'pcii' (did you mean 'pci'?)"],
    ['controls: ["nist:AU-12"]', "6:22 no policy is for the control 'AU-12' of nist (did you mean 'nist:AU-11'?)"],
    [
      'targets: [log-bucket]',
      "6:1 'select' leaves none of the 3 policies of 'all' (a pack without policies would pass always)",
    ],
    ['targets: [trial]', "6:21 'select.targets[0]' cannot be 'trial' (did you mean 'trail'?)"],
  ])('{ %s } is an error', (select, message) => {
    const { diagnostics } = selecting(`select: { ${select} }\n`);
    expect(
      `${diagnostics[0]?.line}:${diagnostics[0]?.column} ${diagnostics[0]?.message} (${diagnostics[0]?.help})`,
    ).toBe(message);
  });
});

test.each([
  ['no', 'false'],
  ['Yes', 'true'],
])("'%s' is a text in YAML, and %s is to be written", (written, meant) => {
  const { diagnostics } = load({
    'mine/packs/p.yaml': pack('p', `extends: [base]\noverride:\n  a: { enabled: ${written} }\n`),
  });
  expect(diagnostics.map((it) => `${it.line}:${it.column} ${it.message} (${it.help ?? '-'})`)).toEqual([
    `6:17 'override.a.enabled' must be true or false, not '${written}' (write ${meant})`,
  ]);
});

test('a binding that sets nothing says what it could set', () => {
  const { diagnostics } = load({
    'mine/packs/p.yaml': pack('p', 'extends: [base]\nbindings:\n  - { ous: [Sandbox], override: { a: {} } }\n'),
  });
  expect(diagnostics.map((it) => `${it.message} (${it.help ?? '-'})`)).toEqual([
    "'bindings[0].override.a' must not be empty (keys: enabled, params, reason, severity)",
  ]);
});

test('a pack that names nothing, and a binding that is for nobody, are errors', () => {
  const loaded = load({
    'mine/packs/p.yaml': pack('p', 'description: D\n'),
    'mine/packs/q.yaml': pack(
      'q',
      'policies: [a]\nbindings:\n  - override: { a: { severity: low }, c: { severity: low } }\n',
    ),
  });
  expect(loaded.diagnostics.map((it) => `${it.line}:${it.column} ${it.code} ${it.message}`)).toEqual([
    "2:1 empty-pack the pack 'p' names no policies",
    '6:5 missing-key the binding does not say where it applies',
    "6:39 not-in-pack the policy 'c' is not in the pack 'q', so that this has no effect",
  ]);
});

test('what a broken policy or pack leaves open is not told a second time', () => {
  const loaded = load({
    'mine/broken.yaml': policy('broken', 'lo'),
    'mine/packs/gone.yaml': 'version: 2\n',
    'mine/packs/p.yaml': pack(
      'p',
      'extends: [gone]\npolicies: [broken]\noverride: { broken: { params: { x: 1 } }, c: { severity: low } }\n',
    ),
  });
  expect(loaded.diagnostics.filter((it) => it.file.endsWith('p.yaml') && !it.file.endsWith('gone.yaml'))).toEqual([]);
});

test('what a shipped pack sets is named by the pack, wherever it is installed', () => {
  const { policies } = load(
    { 'shipped/packs/x.yaml': pack('x', 'policies: [b]\noverride: { b: { enabled: false, reason: R } }\n') },
    ['x'],
    [],
  );
  expect(policies.map((it) => it.disabled)).toEqual([{ reason: 'R', place: { file: 'builtin:x', line: 5 } }]);
});

test('a disabled policy is marked with its reason, and a chosen pack that is not there is the user’s error', () => {
  const texts = {
    'mine/packs/p.yaml': pack('p', 'extends: [base]\noverride:\n  b: { enabled: false, reason: "ADR-17" }\n'),
  };
  const { policies, folder } = load(texts, ['p']);
  expect(policies.map((it) => [it.id, it.disabled])).toEqual([
    ['a', undefined],
    ['b', { reason: 'ADR-17', place: { file: join(folder, 'mine/packs/p.yaml'), line: 6 } }],
    ['own', undefined],
  ]);
  expect(() => load(texts, ['FOLDER/none.yaml'])).toThrow(UsageError);
  expect(() => load(texts, ['git+ssh://x'])).toThrow(/never fetched over the network/);
});
