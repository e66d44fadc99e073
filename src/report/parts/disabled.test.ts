import { expect, test } from 'vitest';
import { hostileTexts } from '../../../test/golden/scenarios.js';
import { aDisabledPolicy, aResults } from '../../../test/support/results-builders.js';
import { markdown } from '../markdown/index.js';
import { text } from '../text/index.js';

const results = {
  ...aResults({}),
  disabled: [
    aDisabledPolicy(),
    aDisabledPolicy({ policyId: 'kms-key-rotates', line: 3, scope: { ous: ['ou-ab12-34cd56ef'], accounts: [] } }),
  ],
};

test('what packs took out is in the text report, with where and why', () => {
  expect([...text(results)].join('')).toContain(`Disabled by packs  these were not evaluated
  kms-key-rotates
    in ou-ab12-34cd56ef, 1 target: AWS managed keys are accepted, ADR-17 (acme.yaml:3)
  trail-encrypts-with-kms
    everywhere, 1 target: AWS managed keys are accepted, ADR-17 (acme.yaml:9)
`);
});

test('and in the Markdown report', () => {
  expect([...markdown(results)].join('')).toContain(
    '| `trail-encrypts-with-kms` | everywhere, 1 target | AWS managed keys are accepted, ADR-17 | `acme.yaml:9` |',
  );
});

test('a report without any says nothing of it', () => {
  expect([...text(aResults({}))].join('')).not.toContain('Disabled');
  expect([...markdown(aResults({}))].join('')).not.toContain('Disabled');
});

test.each(hostileTexts)('a hostile reason and file name stay text: %j', (hostile) => {
  const disabled = [aDisabledPolicy({ reason: hostile, file: hostile, policyId: hostile })];
  const shown = [...text({ ...aResults({}), disabled })].join('');
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  const before = [...markdown(aResults({}))].join('').split('\n').length;
  // A heading, a table of three lines and two blank ones: the text adds no line of its own.
  expect([...markdown({ ...aResults({}), disabled })].join('').split('\n').length - before).toBe(6);
});
