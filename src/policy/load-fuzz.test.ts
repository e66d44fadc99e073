import { assert, constantFrom, integer, property, string, tuple } from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { viewFunctions } from '../view/index.js';
import { formatDiagnostics, hasErrors, loadPolicies, runTests } from './index.js';
import type { PolicyFile } from './read-files.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const viewSchema: unknown = JSON.parse(read('schema/view.v1.json'));
const id = 'organization-trail-covers-every-account';
const texts = { policy: read(`policies/${id}/policy.yaml`), tests: read(`policies/${id}/tests.yaml`) };

function loadTexts(policy: string, tests: string) {
  const files: readonly PolicyFile[] = [
    { kind: 'policy', file: 'policy.yaml', text: policy, name: id, stem: id },
    { kind: 'tests', file: 'tests.yaml', text: tests, name: id, stem: id },
  ];
  const readFiles = () => ({ files, diagnostics: [] });
  return loadPolicies({ builtin: 'none', folders: [], packs: [], functions: viewFunctions, viewSchema, readFiles });
}

const pieces = `: - [ ] { } ' " &a *a ! | > % @ ? , \\ \${ $unread __proto__ 0 ~ null é ( ) && .`.split(' ');
const noise = constantFrom('', ' ', '\n', '\t', '\u{1F600}', ...pieces, ...pieces.map((piece) => `${piece} `));

test('no text makes loading throw, and what is wrong has a place in its file', () => {
  const change = tuple(integer({ min: 0, max: 4000 }), integer({ min: 0, max: 12 }), noise);
  assert(
    property(constantFrom('policy' as const, 'tests' as const), change, change, (kind, first, second) => {
      let text = texts[kind];
      for (const [offset, length, inserted] of [first, second]) {
        const start = offset % text.length;
        text = text.slice(0, start) + inserted + text.slice(start + length);
      }
      const loaded = loadTexts(kind === 'policy' ? text : texts.policy, kind === 'tests' ? text : texts.tests);
      for (const it of loaded.diagnostics) {
        const line = loaded.sources.get(it.file)?.split('\n')[it.line - 1];
        expect(it.column).toBeGreaterThanOrEqual(1);
        expect(it.column).toBeLessThanOrEqual((line?.length ?? -1) + 1);
        expect(formatDiagnostics([it], (file) => loaded.sources.get(file))).not.toMatch(/\bundefined\b|\[object/);
      }
      const run = runTests(loaded);
      expect(hasErrors(loaded.diagnostics) || run.passed + run.failed > 0).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('no noise is read as a policy', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 60 }), (text) => {
      const loaded = loadTexts(text, text);
      expect(hasErrors(loaded.diagnostics)).toBe(true);
      expect(loaded.all).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
