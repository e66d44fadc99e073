import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readPolicies } from '../src/cli/policies/load-policies.js';
import { namedCalls } from '../src/facts/required-events/event-names.js';
import { frameworks } from '../src/model/frameworks.js';
import { servingPolicies } from '../src/model/serving-policies.js';

const policies = readPolicies({}, true).all;

test.each(frameworks.map((it) => [it.id, it] as const))(
  '%s: each control has a policy, or a reason why it has none',
  (id, { controls }) => {
    const mapped = new Set(policies.flatMap((it) => it.document.controls?.[id] ?? []));
    const wrong = controls.filter((it) => {
      const isSaid = it.manual !== undefined || it.inherited !== undefined;
      return isSaid === mapped.has(it.id);
    });
    expect(wrong.map((it) => it.id)).toEqual([]);
  },
);

interface Standards {
  readonly controls: Readonly<Record<string, readonly string[]>>;
  readonly cis: Readonly<Record<string, readonly string[]>>;
  readonly calls: Readonly<Record<string, readonly string[]>>;
  readonly 'calls since CIS 5.0': Readonly<Record<string, readonly string[]>>;
}

// Written for these tests alone.
const standards = parse(readFileSync('test/fixtures/standards.yaml', 'utf8')) as Standards;

function controlsOf(id: string) {
  const found = frameworks.find((it) => it.id === id);
  if (found === undefined) throw new Error(`There is no framework ${id}.`);
  return found.controls;
}

describe('the catalogue is as published tables say', () => {
  test('and none of its frameworks is missing among them', () => {
    const known = [...Object.keys(standards.controls), ...Object.keys(standards.cis)];
    expect(frameworks.map((it) => it.id).toSorted()).toEqual(known.toSorted());
  });

  test.each(Object.entries(standards.controls))('%s has a row for each control', (id, named) => {
    const own = new Set(controlsOf(id).map((it) => it.id));
    expect(named.filter((it) => !own.has(it))).toEqual([]);
  });

  test.each(Object.entries(standards.cis))('%s: ids, levels and assessments', (id, named) => {
    const own = controlsOf(id).map((it) => {
      const assessment = it.assessment === undefined ? '' : ` ${it.assessment}`;
      return `${it.id} L${it.level ?? '?'}${assessment}`;
    });
    expect(own).toEqual(named);
  });

  test.each(Object.entries(standards.calls))('the calls of %s', (subject, names) => {
    const own = Object.entries(namedCalls).find(([id]) => id === subject)?.[1];
    expect(own?.names).toEqual(names);
    expect(own?.sinceCis5).toEqual(standards['calls since CIS 5.0'][subject] ?? []);
  });

  test('and no other subject lists calls', () => {
    expect(Object.keys(namedCalls).toSorted()).toEqual(Object.keys(standards.calls).toSorted());
  });
});

test('what a framework’s own pack asks exists, and names controls that the framework has', () => {
  const ids = new Set(policies.map((it) => it.id));
  for (const [framework, { controls }] of Object.entries(servingPolicies)) {
    const own = new Set(controlsOf(framework).map((it) => it.id));
    expect(Object.keys(controls).filter((it) => !ids.has(it))).toEqual([]);
    expect(
      Object.values(controls)
        .flat()
        .filter((it) => !own.has(it)),
    ).toEqual([]);
  }
});

test('a policy that no published table ties to a control is not asked for it by the framework’s own pack', () => {
  const related = new Set(['account-records-lambda-invocations', 'account-records-network-activity']);
  const named = policies.filter((it) => related.has(it.id));
  expect(named.map((it) => Object.keys(it.document.controls ?? {}))).toEqual([['nist-800-53-r5'], ['nist-800-53-r5']]);
  expect(Object.keys(servingPolicies['nist-800-53-r5']?.controls ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^account-records-(lambda|network)/)]),
  );
});
