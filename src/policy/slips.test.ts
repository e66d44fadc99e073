import { expect, test } from 'vitest';
import { loadPolicies } from '../index.js';
import type { Diagnostic } from './diagnostic.js';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `code at line: message` of what is wrong with one policy file, but for its missing tests. */
function wrongIn(text: string): readonly string[] {
  return wrongInEach([text])[0] ?? [];
}

/** The same of each of several files, which are loaded at once. */
function wrongInEach(texts: readonly string[]): readonly (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-half-'));
  try {
    const files = texts.map((text, index) => {
      const id = index === 0 ? 'it' : `it-${index}`;
      mkdirSync(join(folder, id));
      const file = join(folder, id, 'policy.yaml');
      writeFileSync(file, text.replace('id: it\n', `id: ${id}\n`));
      return file;
    });
    const { diagnostics } = loadPolicies({ packs: ['baseline'], folders: [folder] });
    return files.map((file) => toldOf(diagnostics.filter((it) => it.file === file)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function toldOf(diagnostics: readonly Diagnostic[]): readonly string[] {
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

const slips: readonly (readonly [string, string])[] = [
  ["has(trail.tags['owner'])", "ask for its key: 'owner' in trail.tagKeys"],
  ["'owner' in trail.tags", "'owner' in trail.tagKeys"],
  ["trail.tags.contains('owner')", "write 'owner' in trail.tagKeys"],
  ["trail.tags.exists(k, k == 'owner')", 'write trail.tagKeys.exists(k, …)'],
  ["trail.tags['owner'] != null", "write 'owner' in trail.tagKeys"],
  ["trail.tags.owner == 'x'", "trail.tags['owner']"],
  ['trail.tags.length > 0', 'write size(trail.tagKeys)'],
  ['size(trail.tags) > 0', 'write size(trail.tagKeys)'],
  ["has(account.scpDenials['cloudtrail:StopLogging'])", 'a map gives a value for each key'],
  ['trail.kmsKeyId != null', 'write has(trail.kmsKeyId)'],
  ['trail.kmsKeyId == None || trail.isLogging', 'write !has(trail.kmsKeyId)'],
  ['undefined', 'ask has(object.field)'],
  ['defined(trail.kmsKeyId)', 'write has(trail.kmsKeyId)'],
  ['!isNull(trail.kmsKeyId)', 'write !has(trail.kmsKeyId)'],
  ["trail['isLogging']", 'write trail.isLogging'],
  ['trail?.isLogging', 'object.?field.orValue(…)'],
  ['trail.is-logging', "did you mean 'isLogging'?"],
  ["trail.name =~ 'x'", "write text.matches('…')"],
  ["trail.name matches 'x'", "write text.matches('…')"],
  ["trail.name LIKE 'x%'", 'text.startsWith'],
  ["trail.name <> 'x'", "write '!=' instead"],
  ["trail.name not in ['x']", 'write !(x in list)'],
  ['trail.isLogging => trail.isMultiRegionTrail', '!a || b'],
  ['trail.isLogging implies trail.isMultiRegionTrail', '!a || b'],
  ["trail.tagKeys.exists(t => t == 'x')", 'list.exists(x, …)'],
  ["trail.tagKeys.any(t, t == 'x')", 'write list.exists(x, …)'],
  ["trail.tagKeys.exists(t, t == 'y') && trail.tagKeys.every(t, t == 'x')", 'write list.all(x, …)'],
  ['if trail.isLogging then true else false', 'write c ? a : b'],
  ['trail.isLogging; trail.isMultiRegionTrail', 'two assertions'],
  ['trail.isLogging, trail.isMultiRegionTrail', 'two assertions'],
  ["fresh(trail.delivery.logs, '24h')", "write duration('24h')"],
  ["fresh(trail.delivery.logs, '1d')", "write '24h'"],
  ['bucket.isPublic', 'write target: log-bucket'],
  ['true', 'this holds whatever the target is'],
  ['trail.isLogging || true', 'this holds whatever the target is'],
  ['trail.isLogging && true', 'true changes nothing here'],
  ["trail.name == 'x' || trail.isLogging || trail.name != 'x'", 'this holds whatever the target is'],
  ['size(trail.tagKeys) >= 0', 'this holds whatever the target is'],
  ['trail.name != trail.name', 'this holds for no target'],
  ["trail.name === 'x'", "write '==' instead"],
  ["trail.name !== 'x'", "write '!=' instead"],
  ['not trail.isLogging', "write '!' instead"],
  ['trail.isLogging and true', 'write && instead'],
  ["trail.tagKeys.contains('x')", "write 'x' in trail.tagKeys"],
  ['organization.accounts.length > 3', 'ask size(…)'],
  ['trail.name.length > 3', 'ask size(…)'],
  ['trail.is_logging', "did you mean 'isLogging'?"],
  ['trail.log_file_validation', "did you mean 'logFileValidationEnabled'?"],
  ['trail.isLogging || !trail.isLogging', 'this holds whatever the target is'],
  ['!trail.isLogging && trail.isLogging', 'this holds for no target'],
  ['trail.isLogging == True', 'write true instead'],
  ["covers(account, 'Data', 's3', 'PutObject')", "write it as in the record: 's3.amazonaws.com'"],
  ["covers(account, 'Data', 's3.amazonaws.com', 's3:PutObject')", "write it as in the record: 'PutObject'"],
  ["covers(account, 'data', 's3.amazonaws.com', 'PutObject')", "did you mean 'Data'?"],
  ["covers(account, 'Management', 'kmss.amazonaws.com', 'Decrypt')", "did you mean 'kms.amazonaws.com'?"],
  ["covers(account, 'Management', 'kms.amazonaws.com', 'Decryptt')", "did you mean 'Decrypt'?"],
  ["account.coverage.data['AWS::S3::Objct'].read == 'full'", "did you mean 'AWS::S3::Object'?"],
  ["account.coverage.data['AWS::S3::Bucket'].read == 'full'", 'not a known resource type of data events'],
];

const toldOfSlips = wrongInEach(slips.map(([expr]) => asserting(expr)));

test.each(slips.map(([expr, help], index) => [expr, help, toldOfSlips[index] ?? []] as const))(
  '%s is told at its place',
  (_, help, found) => {
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^\S+ 11: /);
    expect(found[0]).toContain(help);
  },
);

test('a message in the form of a template of another kind', () => {
  expect(wrongIn(asserting('trail.isLogging', 'No {{ trail.name }}.'))).toEqual([
    "syntax 12: '{{' has no meaning in a message = write ${trail.name}",
  ]);
});

test.each([
  ['No {trail.name}.', "'{trail.name}' has no meaning in a message: it is shown as it stands = write ${trail.name}"],
  ['No $trail.name.', "'$trail.name' has no meaning in a message: it is shown as it stands = write ${trail.name}"],
])('a message that shows a placeholder as it stands: %s', (message, told) => {
  expect(wrongIn(asserting('trail.isLogging', message))).toEqual([`syntax 12: ${told}`]);
  expect(wrongIn(asserting('trail.isLogging', 'Costs {x}, $5 and {a b}.'))).toEqual([]);
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
