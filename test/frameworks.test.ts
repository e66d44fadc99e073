import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readPolicies } from '../src/cli/policies/load-policies.js';
import { namedCalls } from '../src/facts/required-events/event-names.js';
import { standardPatterns } from '../src/facts/required-events/standard-patterns.js';
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

interface Prescribed {
  readonly in: readonly string[];
  readonly text: string;
}

interface Standards {
  readonly controls: Readonly<Record<string, readonly string[]>>;
  readonly cis: Readonly<Record<string, readonly string[]>>;
  readonly calls: Readonly<Record<string, readonly string[]>>;
  readonly 'calls since CIS 5.0': Readonly<Record<string, readonly string[]>>;
  readonly patterns: Readonly<Record<string, readonly Prescribed[]>>;
  readonly sources: Readonly<Record<string, string>>;
  readonly 'source in the audit text since CIS 4.0': Readonly<Record<string, string>>;
}

// Written for these tests alone.
const standards = parse(readFileSync('test/fixtures/standards.yaml', 'utf8')) as Standards;

function controlsOf(id: string) {
  const found = frameworks.find((it) => it.id === id);
  if (found === undefined) throw new Error(`There is no framework ${id}.`);
  return found.controls;
}

/** Without what does not count. */
function bare(text: string): string {
  return text.replaceAll(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '');
}

const cisSince = (first: string): readonly string[] =>
  ['1.2', '1.4', '1.5', '2.0', '3.0', '4.0', '5.0', '6.0', '7.0'].filter((it) => it >= first).map((it) => `cis-${it}`);

/** The patterns of a subject that lists calls, by the rules of the benchmarks. */
function fromCalls(subject: string): readonly Prescribed[] {
  const anyOf = (names: readonly string[]): string => names.map((it) => `($.eventName = ${it})`).join(' || ');
  const from = (source: string | undefined, names: readonly string[]): string =>
    source === undefined ? `{ ${anyOf(names)} }` : `{ ($.eventSource = ${source}) && (${anyOf(names)}) }`;
  const calls = standards.calls[subject] ?? [];
  const added = standards['calls since CIS 5.0'][subject];
  const audited = standards['source in the audit text since CIS 4.0'][subject];
  // There is no recommendation on changes of the organization in 1.2, and no control of Security Hub: in mode `literal`
  // the text of the benchmark stands for it.
  const all =
    subject === 'organizations-changes'
      ? [...cisSince('1.4'), 'security-hub']
      : [...cisSince('1.2').filter((it) => added === undefined || it < 'cis-5.0'), 'security-hub'];
  return [
    { in: all, text: from(standards.sources[subject], calls) },
    ...(added === undefined ? [] : [{ in: cisSince('5.0'), text: from(undefined, [...calls, ...added]) }]),
    ...(audited === undefined ? [] : [{ in: cisSince('4.0'), text: from(audited, calls) }]),
  ];
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

  test.each(Object.entries(standardPatterns))('the filter patterns of %s', (subject, own) => {
    const told = own.map(({ versions, isSecurityHub, text }) => ({
      in: [...versions, ...(isSecurityHub ? ['security-hub'] : [])],
      text: bare(text),
    }));
    const prescribed = standards.patterns[subject] ?? fromCalls(subject);
    expect(told).toEqual(prescribed.map((it) => ({ in: it.in, text: bare(it.text) })));
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
