import { array, assert, constantFrom, property } from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ABSENT, Timestamp, Unknown, type Value, type ViewObject } from '../expression/values.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { evaluatePolicy } from './evaluate-policy.js';
import { loadPolicies } from './load.js';

const viewSchema: unknown = JSON.parse(readFileSync(new URL('../../schema/view.v1.json', import.meta.url), 'utf8'));

function aPolicy(rest: string): CompiledPolicy {
  const text = `version: 1\nid: a\ntitle: T\nseverity: low\ndescription: D\nrationale: R\nremediation: { text: T }\ntarget: trail\n${rest}`;
  const file = { kind: 'policy', file: 'a.yaml', text, name: undefined, stem: 'a' } as const;
  const { all, diagnostics } = loadPolicies({
    builtin: 'b',
    folders: [],
    packs: [],
    functions: [],
    viewSchema,
    withoutTests: true,
    readFiles: () => ({ files: [file], diagnostics: [] }),
  });
  const [policy] = all;
  if (policy === undefined) throw new Error(JSON.stringify(diagnostics));
  return policy;
}

function aTrail(fields: Readonly<Record<string, Value>>): ViewObject {
  return { type: 'Trail', label: 'main', get: (field) => fields[field] ?? ABSENT, evidence: () => [] };
}

function decideOn(policy: CompiledPolicy, trail: ViewObject, options?: { explainAll: boolean }) {
  const scope = { get: (name: string): Value => (name === 'trail' ? trail : new Timestamp(0)) };
  return evaluatePolicy(policy, policy.params, scope, options);
}

const gate = aPolicy(`when: trail.isMultiRegionTrail
assert:
  - { id: first, expr: trail.isLogging, message: "one \${trail.name}" }
  - { id: second, severity: high, expr: trail.logFileValidationEnabled, message: "two \${trail.name}" }
`);

const denied = new Unknown(['gap-1']);
const throttled = new Unknown(['gap-2']);
const yes = { isMultiRegionTrail: true, name: 'main' };

test.each([
  ['all hold', true, true, 'COMPLIANT', []],
  ['one fails', true, false, 'NON_COMPLIANT', []],
  ['one fails, one is unknown: fail beats unknown', denied, false, 'NON_COMPLIANT', ['gap-1']],
  ['one holds, one is unknown: unknown beats pass', true, throttled, 'INSUFFICIENT_DATA', ['gap-2']],
  ['both are unknown', throttled, denied, 'INSUFFICIENT_DATA', ['gap-1', 'gap-2']],
])('%s', (_, isLogging, logFileValidationEnabled, outcome, gaps) => {
  const decision = decideOn(gate, aTrail({ ...yes, isLogging, logFileValidationEnabled }));
  expect([decision.outcome, decision.gaps]).toEqual([outcome, gaps]);
});

test.each([
  ['it does not hold', false, 'NOT_APPLICABLE', []],
  ['it is unknown', denied, 'INSUFFICIENT_DATA', ['gap-1']],
])('`when` decides before the assertions, although they fail: %s', (_, isMultiRegionTrail, outcome, gaps) => {
  const decision = decideOn(gate, aTrail({ isMultiRegionTrail, isLogging: false, logFileValidationEnabled: false }));
  expect([decision.outcome, decision.gaps, decision.assertions]).toEqual([outcome, gaps, []]);
  expect(decision.when?.because.map((it) => it.expr)).toEqual(['trail.isMultiRegionTrail']);
});

test('an assertion that does not hold has its message, severity and reason; one that holds has none', () => {
  const { assertions } = decideOn(gate, aTrail({ ...yes, isLogging: false, logFileValidationEnabled: true }));
  expect(assertions.slice(0, 1)).toMatchObject([
    {
      id: 'first',
      severity: 'low',
      result: 'fails',
      message: 'one main',
      gaps: [],
      explanation: { because: [{ expr: 'trail.isLogging', value: false }] },
    },
  ]);
  expect(assertions.slice(1)).toEqual([{ id: 'second', severity: 'high', result: 'holds', gaps: [] }]);
});

test('everything is explained on demand', () => {
  const trail = aTrail({ ...yes, isLogging: true, logFileValidationEnabled: true });
  const { when, assertions } = decideOn(gate, trail, { explainAll: true });
  expect([when, ...assertions.map((it) => it.explanation)].map((it) => it?.because)).toEqual([
    [{ expr: 'trail.isMultiRegionTrail', value: true }],
    [{ expr: 'trail.isLogging', value: true }],
    [{ expr: 'trail.logFileValidationEnabled', value: true }],
  ]);
});

test('each field that was read is evidence, once, also where all is well', () => {
  const trail = aTrail({ ...yes, isLogging: true, logFileValidationEnabled: true });
  expect(decideOn(gate, trail).reads).toEqual([
    { object: trail, field: 'isMultiRegionTrail' },
    { object: trail, field: 'isLogging' },
    { object: trail, field: 'logFileValidationEnabled' },
  ]);
});

test('parameters in force are what expressions see, and are no evidence', () => {
  const policy = aPolicy(`params: { name: { type: string, default: main } }
assert:
  - { id: named, expr: trail.name == params.name, message: "\${params.name}" }
`);
  const trail = aTrail({ name: 'main' });
  expect(decideOn(policy, trail).outcome).toBe('COMPLIANT');
  expect(decideOn(policy, trail).reads.map((it) => it.field)).toEqual(['name']);
  const scope = { get: (): Value => trail };
  const { outcome, assertions } = evaluatePolicy(policy, new Map([['name', 'other']]), scope);
  expect([outcome, assertions[0]?.message]).toEqual(['NON_COMPLIANT', 'other']);
});

test('never a verdict from what is not known, in whatever order assertions stand', () => {
  const truth = constantFrom<Value>(true, false, denied);
  assert(
    property(truth, array(truth, { minLength: 2, maxLength: 2 }), (applies, [first, second]) => {
      const fields: Record<string, Value> = {
        name: 'main',
        isMultiRegionTrail: applies,
        isLogging: first ?? true,
        logFileValidationEnabled: second ?? true,
      };
      const { outcome, gaps } = decideOn(gate, aTrail(fields));
      const each = new Set([first, second]);
      const expected =
        applies === denied
          ? 'INSUFFICIENT_DATA'
          : applies === false
            ? 'NOT_APPLICABLE'
            : each.has(false)
              ? 'NON_COMPLIANT'
              : each.has(denied)
                ? 'INSUFFICIENT_DATA'
                : 'COMPLIANT';
      expect(outcome).toBe(expected);
      expect(outcome === 'INSUFFICIENT_DATA' && gaps.length === 0).toBe(false);
      expect(outcome === 'COMPLIANT' && gaps.length > 0).toBe(false);
    }),
  );
});
