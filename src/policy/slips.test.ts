import { expect, test } from 'vitest';
import { loadPolicies } from '../index.js';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** `code at line: message` of what is wrong with one policy file, but for its missing tests. */
function wrongIn(text: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-half-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'it'));
  writeFileSync(join(folder, 'it', 'policy.yaml'), text);
  const { diagnostics } = loadPolicies({ packs: ['baseline'], folders: [folder] });
  return diagnostics
    .filter(({ code }) => code !== 'no-tests')
    .map(({ code, line, message, help }) => `${code} ${line}: ${message}${help === undefined ? '' : ` = ${help}`}`);
}

const envelope = [
  'version: 1',
  'id: it',
  'title: It',
  'description: It.',
  'rationale: It.',
  'severity: low',
  'target: trail',
  'remediation: { text: It. }',
].join('\n');

const asserting = (expr: string, message = 'No.'): string =>
  `${envelope}\nassert:\n  - id: a\n    expr: ${JSON.stringify(expr)}\n    message: ${JSON.stringify(message)}\n`;

test('mistakes of the envelope do not hide mistakes of the expressions', () => {
  const found = wrongIn(
    'version: 1\nid: it\ntarget: trail\nassert:\n  - id: v\n    expr: trail.logFileValidation\n    message: no ${trail.nme}\n',
  );
  expect(found.filter((it) => it.startsWith('missing-key'))).toHaveLength(5);
  expect(found.filter((it) => !it.startsWith('missing-key'))).toEqual([
    "unknown-field 6: Trail has no field 'logFileValidation' = did you mean 'logFileValidationEnabled'?",
    "unknown-field 7: Trail has no field 'nme' = did you mean 'name'?",
  ]);
});

test.each([
  ["has(organization.accounts['x'])", "'key' in object.map"],
  ["trail.name === 'x'", "write '==' instead"],
  ["trail.name !== 'x'", "write '!=' instead"],
  ['not trail.isLogging', "write '!' instead"],
  ['trail.isLogging and true', 'write && instead'],
  ["organization.accounts.contains('x')", "write 'x' in list"],
  ['organization.accounts.length > 3', 'ask size(…)'],
  ['trail.name.length > 3', 'ask size(…)'],
  ['trail.is_logging', "did you mean 'isLogging'?"],
  ['trail.log_file_validation', "did you mean 'logFileValidationEnabled'?"],
  ['trail.isLogging || !trail.isLogging', 'this holds whatever the target is'],
  ['!trail.isLogging && trail.isLogging', 'this holds for no target'],
  ['trail.isLogging == True', 'write true instead'],
  ["covers(account, 'Data', 's3', 'PutObject')", "write it as in the record: 's3.amazonaws.com'"],
  ["covers(account, 'Data', 's3.amazonaws.com', 's3:PutObject')", "write it as in the record: 'PutObject'"],
])('%s is told at its place', (expr, help) => {
  const found = wrongIn(asserting(expr));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^\S+ 11: /);
  expect(found[0]).toContain(help);
});

test('a message in the form of a template of another kind', () => {
  expect(wrongIn(asserting('trail.isLogging', 'No {{ trail.name }}.'))).toEqual([
    "syntax 12: '{{' has no meaning in a message = write ${trail.name}",
  ]);
});

test('assertions written as a map', () => {
  expect(wrongIn(`${envelope}\nassert:\n  id: a\n  expr: trail.isLogging\n  message: No.\n`)).toEqual([
    expect.stringContaining('put each assertion behind a hyphen'),
  ]);
});

test('a pack in a folder of policies', () => {
  expect(wrongIn('version: 1\nid: it\ntitle: It\npolicies: [trail-is-logging]\n')).toEqual([
    expect.stringMatching(/^not-a-policy 4: this is a pack, not a policy = put it elsewhere, and choose it: --pack /),
  ]);
});
