import { describe, expect, test } from 'vitest';
import { attestationsAt, loadAttestations } from './attestations.js';

function load(...texts: readonly string[]) {
  const files = new Map(texts.map((text, index) => [`a${index}.yaml`, text]));
  const read = loadAttestations({ files: [...files.keys()], readFile: (file) => ({ text: files.get(file) ?? '' }) });
  return { ...read, codes: read.diagnostics.map((it) => `${it.code} ${it.file}:${it.line}`) };
}

const one = (parts = ''): string => `version: 1
attestations:
  - id: SIEM-1
    controls:
      cis-3.0: ['4.3', '4.5']
    statement: The SIEM notifies the on-call team.
    owner: soc@example.com
    expires: 2027-01-31
${parts}`;

test('a file of attestations', () => {
  const { attestations, codes } = load(one());
  expect(codes).toEqual([]);
  expect(attestations).toMatchObject([{ entry: { id: 'SIEM-1', expires: '2027-01-31' }, file: 'a0.yaml', line: 3 }]);
});

describe('what is wrong is told with its place', () => {
  test.each([
    ['an unknown control', one().replace("'4.3'", "'4.33'"), 'unknown-control a0.yaml:5'],
    ['an unknown framework', one().replace('cis-3.0', 'cis-3.1'), 'unknown-framework a0.yaml:5'],
    ['no owner', one().replace('    owner: soc@example.com\n', ''), 'missing-key a0.yaml:3'],
    ['no day', one().replace('2027-01-31', '2027-02-31'), 'wrong-form a0.yaml:8'],
    ['an empty file', '', 'empty-file a0.yaml:1'],
  ])('%s', (_, text, expected) => {
    expect(load(text).codes).toEqual([expected]);
  });

  test('an id that occurs twice, in one file or in two', () => {
    const again = one().slice(one().indexOf('  - id'));
    expect(load(one(again)).codes).toEqual(['duplicate-id a0.yaml:9']);
    expect(load(one(), one()).codes).toEqual(['duplicate-id a1.yaml:3']);
  });
});

test('an attestation holds through its last day', () => {
  const { attestations } = load(one());
  expect(attestationsAt(attestations, '2027-01-31T23:59:59.000Z')).toEqual([
    {
      id: 'SIEM-1',
      controls: [
        { framework: 'cis-3.0', id: '4.3' },
        { framework: 'cis-3.0', id: '4.5' },
      ],
      statement: 'The SIEM notifies the on-call team.',
      owner: 'soc@example.com',
      expires: '2027-01-31',
      isExpired: false,
    },
  ]);
  expect(attestationsAt(attestations, '2027-02-01T00:00:00.000Z')).toMatchObject([{ isExpired: true }]);
});
