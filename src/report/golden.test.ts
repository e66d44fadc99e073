import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Results } from '../model/results.js';
import {
  hostileOrganization,
  nothingReadable,
  organizationWithFindings,
  organizationWithoutFindings,
} from '../../test/golden/scenarios.js';
import { fileNameOf, formatNames, render, type Format, type ReportOptions } from './index.js';

const suffixOf = (format: Format): string => fileNameOf(format)?.replace(/^.*\./, '') ?? 'txt';

const scenarios = {
  findings: organizationWithFindings,
  'no-findings': organizationWithoutFindings,
  'nothing-readable': nothingReadable,
  hostile: hostileOrganization,
} as const;

const cases = formatNames.flatMap((format) =>
  Object.entries(scenarios).map(([name, results]) => ({ format, name, results })),
);

function rendered(format: Format, results: Results, options: ReportOptions = {}): string {
  return [...render(format, results, options)].join('');
}

/** The file as it should be. `UPDATE_GOLDEN=1 npx vitest run src/report` rewrites it; the change is reviewed in the diff. */
function golden(file: string, actual: string): string {
  const url = new URL(`../../test/golden/${file}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(new URL('.', url), { recursive: true });
    writeFileSync(url, actual);
  }
  return readFileSync(url, 'utf8');
}

describe('golden reports', () => {
  test.each(cases)('$format: $name', ({ format, name, results }) => {
    const actual = rendered(format, results());
    expect(actual).toBe(golden(`${format}/${name}.${suffixOf(format)}`, actual));
  });

  test('text in color', () => {
    const actual = rendered('text', organizationWithFindings(), { color: true, columns: 80 });
    expect(actual).toBe(golden('text/findings-color.txt', actual));
  });
});

describe('bytes follow from the results alone', () => {
  test.each(cases)('$format: $name, whatever the order of the lists', ({ format, results }) => {
    const original = results();
    const expected = rendered(format, original);
    fc.assert(
      fc.property(shuffled(original), (it) => {
        expect(rendered(format, it)).toBe(expected);
      }),
      { numRuns: 5 },
    );
  });
});

function shuffled(results: Results): fc.Arbitrary<Results> {
  const order = <T>(list: readonly T[]) =>
    fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
  const { accounts, apiCalls } = results.coverage;
  return fc
    .record({
      policies: order(results.policies),
      evaluations: order(results.evaluations),
      evidence: order(results.evidence),
      gaps: order(results.gaps),
      waivers: order(results.waivers ?? []),
      outOfScope: order(accounts.outOfScope),
      unreadable: order(accounts.unreadable),
      byOperation: order(Object.entries(apiCalls.byOperation)),
    })
    .map(({ policies, evaluations, evidence, gaps, waivers, outOfScope, unreadable, byOperation }) =>
      Object.assign({}, results, {
        coverage: {
          accounts: { ...accounts, outOfScope, unreadable },
          apiCalls: { ...apiCalls, byOperation: Object.fromEntries(byOperation) },
        },
        policies,
        evaluations,
        evidence,
        gaps,
        ...(results.waivers === undefined ? {} : { waivers }),
      }),
    );
}
