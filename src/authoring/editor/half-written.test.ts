import { readFileSync } from 'node:fs';
import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { viewSchema } from '../../../test/support/view-objects.js';
import { viewFunctions } from '../../view/index.js';
import { complete, describeAt, expressionAt } from './index.js';

const language = { view: viewSchema, functions: viewFunctions };
const text = readFileSync(
  new URL('../../../policies/account-records-management-events/policy.yaml', import.meta.url),
  'utf8',
).replace('\ntarget: account\n', '\n');
// What decides of the rest stands first, so that each beginning of the text is a policy that is being written.
const policy = `target: account\n${text}`;

test('a policy that ends anywhere is completed and described without an error', () => {
  let completed = 0;
  assert(
    property(integer({ min: 0, max: policy.length }), (end) => {
      const found = expressionAt(policy.slice(0, end), end, language);
      if (found === undefined) return;
      const { items, start } = complete(found.source.slice(0, found.at), found.environment);
      expect(start).toBeLessThanOrEqual(found.at);
      describeAt(found.source, found.at, found.environment);
      completed += items.length;
    }),
    { numRuns: 500 },
  );
  expect(completed).toBeGreaterThan(100);
});

test('a place of an expression is found again in the file', () => {
  const at = policy.indexOf('account.', policy.indexOf('assert:'));
  const found = expressionAt(policy, at, language);
  const described = found && describeAt(found.source, found.at, found.environment);
  const range = found && described && found.toFile(described);
  expect(range && policy.slice(range.start, range.end)).toBe('account');
});

test.each([
  ['an expression in the wrong place', 'target: account\nassert:\n  expr: account.'],
  ['parameters that are none', 'target: account\nparams: [a]\nwhen: account.'],
  ['a parameter without a type', 'target: account\nparams: { a: { items: } }\nwhen: account.'],
  ['a list of values that is none', 'target: account\nparams: { a: { type: string, enum: x } }\nwhen: account.'],
  ['an alias for a value', 'target: &t account\nwhen: *t'],
  ['an unknown target', 'target: nothing\nwhen: account.'],
  ['no map', '- a'],
  ['nothing', ''],
])('what stands around the place may be wrong: %s', (_, source) => {
  const found = expressionAt(source, source.length, language);
  const labels = found && complete(found.source.slice(0, found.at), found.environment).items.map((it) => it.label);
  expect(labels === undefined || labels.includes('trails')).toBe(true);
});
