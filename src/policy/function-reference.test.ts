import { expect, test } from 'vitest';
import { builtIns } from '../expression/builtins.js';
import { bool, compile, type Environment, functionReference } from '../expression/index.js';
import { viewSchema } from '../../test/support/view-objects.js';
import { viewFunctions } from '../view/index.js';
import { activityEnvironment } from './activity-environment.js';
import { environmentOf } from './policy-environment.js';

const reference = functionReference(viewFunctions);

test.each(reference)('the example of $signature lints, and calls it', ({ name, example }) => {
  const { diagnostics } = compile(example.expr, environmentFor(example.target), bool);
  expect(diagnostics).toEqual([]);
  expect(example.expr).toMatch(new RegExp(`\\b${name}\\(`));
});

function environmentFor(name: string): Environment {
  if (name === 'event') return activityEnvironment({}, ['event'], viewFunctions);
  const target = viewSchema.targets.get(name);
  if (target === undefined) throw new Error(`There is no target ${name}.`);
  return environmentOf(target, {}, { view: viewSchema, functions: viewFunctions });
}

test('each function is in it, with the names of its parameters', () => {
  const names = new Set(reference.map((it) => it.name));
  expect(builtIns.map((it) => it.name).filter((name) => !names.has(name))).toEqual([]);
  for (const { params, names: given = [] } of viewFunctions) expect(given).toHaveLength(params.length);
  const described = reference.filter(({ meaning, signature }) => meaning.length < 10 || !signature.includes('('));
  expect(described).toEqual([]);
});
