import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { viewFunctions } from '../../view/index.js';
import { loadPolicies } from '../load.js';
import { readPolicyFiles } from '../read-files.js';
import { prepareFiles } from './prepare-files.js';
import { PreparedFiles } from './prepared-files.js';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-prepared-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const shipped = readPolicyFiles('policies', true).files;
const files = shipped.flatMap(({ kind, ...it }) => (kind === 'tests' ? [] : [{ ...it, kind }]));
const file = join(folder, 'policies.json');
writeFileSync(file, prepareFiles(shipped));
const prepared = new PreparedFiles(file);
const viewSchema: unknown = JSON.parse(readFileSync('schema/view.v1.json', 'utf8'));
const load = (packs: readonly string[], given?: PreparedFiles) =>
  loadPolicies({
    builtin: 'policies',
    folders: [],
    packs,
    functions: viewFunctions,
    viewSchema,
    withoutTests: true,
    prepared: given,
  });

const read = load([]);

describe('shipped files that were prepared', () => {
  test('all of them are found', () => {
    expect(files.length).toBeGreaterThan(100);
    const missing = files.filter(({ kind, file: name, text }) => prepared.find(kind, name, text) === undefined);
    expect(missing.map((it) => it.file)).toEqual([]);
  });

  test('give the policies and packs that their texts give', () => {
    const ids = read.packs.map((it) => it.id);
    expect(ids.length).toBeGreaterThan(20);
    expect(plain(load(ids, prepared))).toEqual(plain(load(ids)));
  });

  test('give the same places', () => {
    const places = files.map(({ kind, file: name, text }) => {
      const yaml = prepared.find(kind, name, text)?.yaml;
      return { name, kept: yaml?.lineOf(['id']), found: yaml?.source.position(yaml.keyRange(['id']).start).line };
    });
    expect(places.map((it) => it.kept)).toEqual(places.map((it) => it.found));
    expect(places.filter((it) => it.kept === undefined)).toEqual([]);
  });

  test('a file that was changed since is read as it is', () => {
    const policy = shipped.find((it) => it.kind === 'policy');
    expect(prepared.find('policy', 'policy.yaml', `${policy?.text}# changed\n`)).toBeUndefined();
    expect(prepared.find('pack', 'policy.yaml', policy?.text ?? '')).toBeUndefined();
  });

  test('where the build wrote nothing, nothing is prepared', () => {
    const policy = shipped.find((it) => it.kind === 'policy');
    const none = new PreparedFiles(join(folder, 'none.json'));
    expect(none.find('policy', 'policy.yaml', policy?.text ?? '')).toBeUndefined();
  });

  test('a mistake in a file keeps it from being prepared', () => {
    const wrong = { kind: 'policy', file: 'x/policy.yaml', text: 'id: 5\n', name: 'x', stem: 'x' } as const;
    expect(() => prepareFiles([wrong])).toThrow('x/policy.yaml has a mistake');
  });
});

/** What a run reads of loaded policies, without functions. */
function plain({ policies, all, diagnostics, packs }: ReturnType<typeof load>): unknown {
  return {
    policies: JSON.parse(JSON.stringify(policies)) as unknown,
    lines: policies.map((it) => [it.line, [...it.lines]]),
    diagnostics,
    packs,
    all: all.map((it) => [it.file, it.line]),
  };
}
