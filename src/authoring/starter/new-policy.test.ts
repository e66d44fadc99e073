import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { viewFunctions } from '../../view/index.js';
import { readViewSchema } from '../../expression/index.js';
import { formatFile } from '../formatting/format-file.js';
import { loadPolicies } from '../../policy/load.js';
import type { PolicyFile } from '../../policy/read-files.js';
import { runTests } from '../../policy/testing/run-tests.js';
import { newPolicy, starterTargets } from './new-policy.js';
import type { Target } from './starters.js';

const viewSchema: unknown = JSON.parse(readFileSync(new URL('../../../schema/view.v1.json', import.meta.url), 'utf8'));

function started(target: Target, id = 'my-own'): { readonly policy: string; readonly tests: string } {
  const files = newPolicy({ id, target, schemas: '../' });
  if (files === undefined) throw new Error(`no starter for ${target}`);
  return files;
}

test('every target of the View has a starting point', () => {
  expect(starterTargets.toSorted()).toEqual([...readViewSchema(viewSchema).targets.keys()].toSorted());
});

test.each(starterTargets)('a new policy on %s lints, is formatted, and its tests show all that can happen', (name) => {
  const target = name as Target;
  const { policy, tests } = started(target);
  const file = { name: 'my-own', stem: 'my-own' } as const;
  const files: readonly PolicyFile[] = [
    { ...file, kind: 'policy', file: 'policy.yaml', text: policy },
    { ...file, kind: 'tests', file: 'tests.yaml', text: tests },
  ];
  const loaded = loadPolicies({
    builtin: 'none',
    folders: ['own'],
    packs: [],
    functions: viewFunctions,
    viewSchema,
    readFiles: (folder) => ({ files: folder === 'own' ? files : [], diagnostics: [] }),
  });
  expect(loaded.diagnostics).toEqual([]);
  const run = runTests(loaded);
  expect(run.policies.flatMap((it) => it.tests.map(({ passed, actual }) => [passed, actual]))).toEqual([
    [true, 'COMPLIANT'],
    [true, expect.stringMatching(/^NON_COMPLIANT \[.+\]$/)],
    [true, 'INSUFFICIENT_DATA'],
  ]);
  expect(formatFile('policy', 'policy.yaml', policy)).toMatchObject({ isChanged: false });
  expect(formatFile('tests', 'tests.yaml', tests)).toMatchObject({ isChanged: false });
});

test.each(['true', '123', 'null', '1e3', '0x1f'])('the id %s stays a text', (id) => {
  expect(started('trail', id).policy).toContain(`\nid: "${id}"\n`);
});
