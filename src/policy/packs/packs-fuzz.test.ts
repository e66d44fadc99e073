import { array, assert, constantFrom, dictionary, integer, option, property, record, tuple } from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { formatDiagnostics } from '../format-diagnostics.js';
import { loadPolicies } from '../load.js';
import { readConfig } from '../read-config.js';
import { readOneFile, type PolicyFile } from '../read-files.js';
import { combine } from './combine.js';
import type { Content } from './pack.js';
import type { Settings } from './settings.js';
import { byText } from '../../text/order.js';

const viewSchema: unknown = JSON.parse(readFileSync(new URL('../../../schema/view.v1.json', import.meta.url), 'utf8'));

const policy = `version: 1
id: a
title: T
severity: low
description: D
rationale: R
remediation: { text: T }
target: trail
controls: { pci: ["1"] }
params:
  days: { type: integer, default: 365, minimum: 1 }
assert:
  - { id: x, expr: trail.isLogging, message: no }
`;

const pack = `version: 1
id: p
title: P
extends: [q, "builtin:p", ./x, ./x.yaml, "npm:@a/b/c"]
policies: [a]
override:
  a: { severity: high, title: T, remediation: { text: T }, params: { days: 4 }, enabled: false, reason: R }
bindings:
  - ous: [ou-ab12-34cd56ef]
    accounts: ["012345678901"]
    override: { a: { params: { days: 3 }, enabled: true } }
select: { severity: ">=low", controls: ["pci:1"], targets: [trail] }
`;

const config = `version: 1
source: x.json
packs: [p]
accounts: ["012345678901"]
concurrency: 3
format: [text]
output: out
params:
  a: { days: 3 }
`;

const pieces = `: - [ ] { } ' " &a *a ! | > % @ ? , \\ p a q days null 0 ~ __proto__ constructor npm: ./ ../ é`.split(
  ' ',
);
const noise = constantFrom('', ' ', '\n', '\t', ...pieces, ...pieces.map((piece) => `${piece} `));
const change = tuple(integer({ min: 0, max: 1000 }), integer({ min: 0, max: 12 }), noise);

function changed(text: string, changes: readonly (readonly [number, number, string])[]): string {
  let result = text;
  for (const [offset, length, inserted] of changes) {
    const start = offset % result.length;
    result = result.slice(0, start) + inserted + result.slice(start + length);
  }
  return result;
}

test('no text of a pack or a configuration makes loading throw, and what is wrong has a place in its file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-fuzz-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'trailproof.yaml');
  assert(
    property(array(change, { minLength: 1, maxLength: 3 }), array(change, { maxLength: 3 }), (inPack, inConfig) => {
      writeFileSync(file, changed(config, inConfig));
      const read = readConfig(file);
      const files: readonly PolicyFile[] = [
        { kind: 'policy', file: join(folder, 'a.yaml'), text: policy, name: 'a', stem: 'a' },
        { kind: 'pack', file: join(folder, 'p.yaml'), text: changed(pack, inPack), name: undefined, stem: 'p' },
        { kind: 'pack', file: join(folder, 'q.yaml'), text: pack.replace('id: p', 'id: q'), name: 'q', stem: 'q' },
      ];
      const loaded = loadPolicies({
        builtin: folder,
        folders: [],
        packs: [],
        workingFolder: folder,
        configuration: read.config && {
          yaml: read.config.yaml,
          params: read.config.document.params ?? {},
          packs: new Map(),
        },
        functions: [],
        viewSchema,
        withoutTests: true,
        readFiles: (from) => (from === folder ? { files, diagnostics: [] } : readOneFile(from)),
      });
      const sources = new Map([...read.sources, ...loaded.sources]);
      for (const it of [...read.diagnostics, ...loaded.diagnostics]) {
        const line = sources.get(it.file)?.split('\n')[it.line - 1];
        expect(it.column).toBeGreaterThanOrEqual(1);
        // A folder has no text.
        expect(it.column).toBeLessThanOrEqual((line?.length ?? 0) + 1);
        expect(formatDiagnostics([it], (name) => sources.get(name))).not.toMatch(/\bundefined\b|\[object/);
      }
    }),
    { numRuns: 200 },
  );
});

const severity = constantFrom('critical' as const, 'high' as const, 'low' as const);
const chosen = record({ severity: option(severity, { nil: undefined }), days: option(integer(), { nil: undefined }) });

function settingsOf(it: {
  readonly severity: 'critical' | 'high' | 'low' | undefined;
  readonly days: number | undefined;
}): Settings {
  const params: Settings['params'] =
    it.days === undefined
      ? new Map()
      : new Map([['days', { value: { plain: it.days, value: it.days }, place: { file: 'f', line: 2 } }]]);
  if (it.severity === undefined) return { params };
  return { severity: { value: it.severity, place: { file: it.severity, line: 1 } }, params };
}

const content = dictionary(constantFrom('a', 'b', 'c'), chosen).map((byId): Content => {
  const policies = new Map(Object.entries(byId).map(([id, it]) => [id, settingsOf(it)]));
  return { policies, bindings: [], isPartial: false };
});

test('it does not matter in which steps packs are combined, and the last to set a value decides', () => {
  assert(
    property(content, content, content, (a, b, c) => {
      const whole = combine([a, b, c]).content;
      const sorted = (it: Content) => new Map([...it.policies].toSorted(([x], [y]) => byText(x, y)));
      expect(sorted(combine([combine([a, b]).content, c]).content)).toEqual(sorted(whole));
      expect(sorted(combine([a, combine([b, c]).content]).content)).toEqual(sorted(whole));
      for (const [id, { severity: set }] of whole.policies) {
        const last = [a, b, c].findLast((it) => it.policies.get(id)?.severity !== undefined);
        expect(set).toEqual(last?.policies.get(id)?.severity);
      }
    }),
  );
});

test('packs conflict just where they set different values', () => {
  assert(
    property(content, content, (a, b) => {
      expect(combine([a, a]).conflicts).toEqual([]);
      const told = combine([a, b]).conflicts.filter((it) => it.conflict.what === 'severity');
      const differing = [...b.policies].filter(([id, { severity: set }]) => {
        const other = a.policies.get(id)?.severity;
        return other !== undefined && set !== undefined && other.value !== set.value;
      });
      expect(told.map((it) => it.policyId)).toEqual(differing.map(([id]) => id));
    }),
  );
});
