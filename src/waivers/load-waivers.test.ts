import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadPolicies } from '../index.js';
import { formatDiagnostics } from '../policy/format-diagnostics.js';
import { loadWaivers } from './index.js';

const { all: policies } = loadPolicies({ packs: ['core'] });

const good = `version: 1
waivers:
  - id: W-2026-014
    policy: log-bucket-is-versioned
    accounts: ["012345678901"]
    resources: [legacy-logs, "arn:aws:s3:::old-*"]
    reason: The bucket predates versioning.
    owner: cloud-security@example.com
    approvedBy: risk-board@example.com
    created: 2026-10-01
    expires: 2027-03-31
`;

function load(text: string, maxWaiverDays?: number) {
  return loadWaivers({
    files: ['w.yaml'],
    policies,
    readFile: () => ({ text }),
    ...(maxWaiverDays === undefined ? {} : { maxWaiverDays }),
  });
}

/** The diagnostics as a terminal shows them. */
function printed(text: string, maxWaiverDays?: number): string {
  const { diagnostics } = load(text, maxWaiverDays);
  return formatDiagnostics(diagnostics, () => text);
}

test('a good file gives its waivers, with their places', () => {
  const { waivers, diagnostics } = load(good);
  expect(diagnostics).toEqual([]);
  expect(waivers).toMatchObject([
    {
      id: 'W-2026-014',
      policies: ['log-bucket-is-versioned'],
      accounts: ['012345678901'],
      resources: ['legacy-logs', 'arn:aws:s3:::old-*'],
      created: '2026-10-01',
      expires: '2027-03-31',
      file: 'w.yaml',
      line: 3,
    },
  ]);
  expect(waivers[0]?.remark(['resources', 1], { code: 'x', message: 'x' })).toMatchObject({ line: 6, column: 30 });
});

test('a list of no waivers is one', () => {
  expect(load('version: 1\nwaivers: []\n')).toMatchObject({ waivers: [], diagnostics: [] });
});

describe('a mistake is told once, at its place, with what to write', () => {
  const replaced = (from: string, to: string) => good.replace(from, to);

  test.each<[string, string, string]>([
    [
      'an account id that lost its quotes and its zero',
      replaced('"012345678901"', '012345678901'),
      `w.yaml:5:16: error[wrong-type]: 'waivers[0].accounts[0]' must be a text, not 12345678901
    5 |     accounts: [012345678901]
      |                ^^^^^^^^^^^^
      = help: account ids are texts of 12 digits, and a number loses its zeros: quote it: "012345678901"
`,
    ],
    [
      'an account id that lost its zero before it was quoted',
      replaced('"012345678901"', '"12345678901"'),
      `w.yaml:5:16: error[wrong-form]: 'waivers[0].accounts[0]' is not an account id: '12345678901'
    5 |     accounts: ["12345678901"]
      |                ^^^^^^^^^^^^^
      = help: an account id is a text of 12 digits; a leading zero may be lost: "012345678901"
`,
    ],
    [
      'a key that is misspelt',
      replaced('approvedBy', 'aprovedBy'),
      `w.yaml:9:5: error[unknown-key]: unknown key 'aprovedBy'
    9 |     aprovedBy: risk-board@example.com
      |     ^^^^^^^^^
      = help: did you mean 'approvedBy'?
`,
    ],
    [
      'a waiver without an end',
      replaced('    expires: 2027-03-31\n', ''),
      `w.yaml:3:5: error[missing-key]: 'expires' is missing in 'waivers[0]'
    3 |   - id: W-2026-014
      |     ^^^^^^^^^^^^^^
      = help: expires: the last day on which it holds, until 24:00 UTC
`,
    ],
    [
      'a day that does not exist',
      replaced('2027-03-31', '2027-02-29'),
      `w.yaml:11:14: error[wrong-form]: 'waivers[0].expires' is not a day: '2027-02-29'
   11 |     expires: 2027-02-29
      |              ^^^^^^^^^^
      = help: write it like 2026-11-21
`,
    ],
    [
      'a reason that is none',
      replaced('The bucket predates versioning.', 'todo'),
      `w.yaml:7:13: error[too-short]: 'waivers[0].reason' must have at least 10 characters
    7 |     reason: todo
      |             ^^^^
`,
    ],
    [
      'a reason of blanks',
      replaced('The bucket predates versioning.', `"${' '.repeat(12)}"`),
      `w.yaml:7:13: error[too-short]: 'reason' must have at least 10 characters
    7 |     reason: "            "
      |             ^^^^^^^^^^^^^^
      = help: say why it is accepted, for someone who reads it in a year
`,
    ],
    [
      'an owner who approves alone',
      replaced('risk-board@example.com', 'Cloud-Security@example.com '),
      `w.yaml:9:17: error[self-approved]: the owner cannot approve their own waiver
    9 |     approvedBy: Cloud-Security@example.com 
      |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^
      = help: name who accepted the risk, someone other than owner
`.replace('example.com \n', 'example.com\n'),
    ],
    [
      'a policy that does not exist',
      replaced('log-bucket-is-versioned', 'log-bucket-is-versionned'),
      `w.yaml:4:13: error[unknown-policy]: there is no policy 'log-bucket-is-versionned'
    4 |     policy: log-bucket-is-versionned
      |             ^^^^^^^^^^^^^^^^^^^^^^^^
      = help: did you mean 'log-bucket-is-versioned'?
`,
    ],
    [
      'one of several policies that does not exist',
      replaced('policy: log-bucket-is-versioned', 'policy: [trail-is-logging, trail-is-loging]'),
      `w.yaml:4:32: error[unknown-policy]: there is no policy 'trail-is-loging'
    4 |     policy: [trail-is-logging, trail-is-loging]
      |                                ^^^^^^^^^^^^^^^
      = help: did you mean 'trail-is-logging'?
`,
    ],
    [
      'a pattern over policies',
      replaced('log-bucket-is-versioned', '"log-bucket-*"'),
      `w.yaml:4:13: error[wrong-form]: 'waivers[0].policy' cannot be 'log-bucket-*': ids are written out, without '*'
    4 |     policy: "log-bucket-*"
      |             ^^^^^^^^^^^^^^
      = help: name each in a list
`,
    ],
    [
      'an assertion that the policy does not have',
      replaced('    accounts:', '    assert: [versions]\n    accounts:'),
      `w.yaml:5:14: error[unknown-assertion]: the policy log-bucket-is-versioned has no assertion 'versions'
    5 |     assert: [versions]
      |              ^^^^^^^^
      = help: did you mean 'versioned'?
`,
    ],
    [
      'an OU without its name',
      replaced('    accounts:', '    ous: [5]\n    accounts:'),
      `w.yaml:5:11: error[wrong-type]: 'waivers[0].ous[0]' must be a text, not 5
    5 |     ous: [5]
      |           ^
      = help: quote it: "5"
`,
    ],
    [
      'a scope that is empty, which would be none',
      replaced('["012345678901"]', '[]'),
      `w.yaml:5:15: error[empty]: 'waivers[0].accounts' must not be empty
    5 |     accounts: []
      |               ^^
      = help: name at least one
`,
    ],
    [
      'an end before the beginning',
      replaced('2027-03-31', '2026-09-30'),
      `w.yaml:11:14: error[wrong-days]: it ends on 2026-09-30, before it begins on 2026-10-01
   11 |     expires: 2026-09-30
      |              ^^^^^^^^^^
`,
    ],
    [
      'more than a year',
      replaced('2027-03-31', '2027-10-02'),
      `w.yaml:11:14: error[too-long]: a waiver lasts at most 365 days, and this one 366
   11 |     expires: 2027-10-02
      |              ^^^^^^^^^^
      = help: write 2027-10-01 or earlier, and have it approved again then
`,
    ],
  ])('%s', (_what, text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  test('an id that is there already, also in another file', () => {
    const { diagnostics } = loadWaivers({ files: ['a.yaml', 'b.yaml'], policies, readFile: () => ({ text: good }) });
    expect(diagnostics).toMatchObject([
      { file: 'b.yaml', line: 3, code: 'duplicate-id', message: expect.stringContaining('at a.yaml:3') as string },
    ]);
  });

  test('all of them at once, over all files', () => {
    const files = new Map([
      ['a.yaml', good.replace('owner:', 'ownr:').replace('2027-03-31', 'soon')],
      ['b.yaml', good.replace('log-bucket-is-versioned', 'nothing').replace('2026-10-01', '2020-10-01')],
    ]);
    const { diagnostics } = loadWaivers({
      files: [...files.keys()],
      policies,
      readFile: (file) => ({ text: files.get(file) ?? '' }),
    });
    expect(diagnostics.map((it) => `${it.file} ${it.code}`)).toEqual([
      'a.yaml unknown-key',
      'a.yaml wrong-form',
      'b.yaml unknown-policy',
      'b.yaml too-long',
    ]);
  });
});

test('the longest time is a setting', () => {
  expect(load(good, 181).diagnostics).toEqual([]);
  expect(load(good, 180).diagnostics).toMatchObject([{ code: 'too-long' }]);
});

describe('files', () => {
  const folder = (): string => {
    const path = mkdtempSync(join(tmpdir(), 'trailproof-waivers-'));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    return path;
  };

  test('that are not there, no files, not UTF-8, empty or endless are told of', () => {
    const root = folder();
    const write = (name: string, content: string | Uint8Array) => writeFileSync(join(root, name), content);
    write('empty.yaml', '# nothing yet\n');
    write('latin.yaml', Uint8Array.of(0x72, 0xe9));
    write('large.yaml', 'x'.repeat(1024 * 1024 + 1));
    symlinkSync(join(root, 'loop.yaml'), join(root, 'loop.yaml'));
    const names = ['missing.yaml', '.', 'empty.yaml', 'latin.yaml', 'large.yaml', 'loop.yaml'];
    const { diagnostics } = loadWaivers({ files: names.map((name) => join(root, name)), policies });
    expect(new Map(diagnostics.map((it) => [it.file.slice(root.length + 1), it.code]))).toEqual(
      new Map([
        ['', 'unreadable'],
        ['missing.yaml', 'unreadable'],
        ['empty.yaml', 'empty-file'],
        ['latin.yaml', 'not-utf-8'],
        ['large.yaml', 'too-large'],
        ['loop.yaml', 'unreadable'],
      ]),
    );
  });

  test('named twice are read once', () => {
    const file = join(folder(), 'w.yaml');
    writeFileSync(file, good);
    const { waivers, diagnostics } = loadWaivers({ files: [file, file], policies });
    expect({ count: waivers.length, diagnostics }).toEqual({ count: 1, diagnostics: [] });
  });
});

test('whatever is cut out of a good file or put in, it is read or told of, and never throws', () => {
  const edits = fc.record({
    at: fc.nat(good.length),
    length: fc.nat(20),
    text: fc.string({ unit: fc.constantFrom('*', '&', '-', ':', '\n', ' ', '"', '0', 'x', '[', '{', '\u0000') }),
  });
  fc.assert(
    fc.property(edits, ({ at, length, text }) => {
      const edited = good.slice(0, at) + text + good.slice(at + length);
      const { waivers, diagnostics } = load(edited);
      const isEmptyList = /waivers:\s*\[\s*\]/.test(edited);
      expect(waivers.length > 0 || diagnostics.length > 0 || isEmptyList).toBe(true);
      expect(diagnostics.filter((it) => it.line < 1 || it.column < 1)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
