import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hostileOrganization,
  nothingReadable,
  organizationWithFindings,
  organizationWithoutFindings,
} from '../../../test/golden/scenarios.js';
import { aResults, anEvaluation, aTarget } from '../../../test/support/results-builders.js';
import { markdown } from './index.js';
import { leastBytes, shortMarkdown } from './short.js';

const scenarios = [organizationWithFindings, organizationWithoutFindings, nothingReadable, hostileOrganization].map(
  (it) => it(),
);
const many = aResults({
  evaluations: Array.from({ length: 400 }, (_, at) =>
    anEvaluation({
      outcome: 'NON_COMPLIANT',
      severity: at % 2 === 0 ? 'critical' : 'low',
      target: aTarget({ id: `trail/${at}`, name: `trail-${at}` }),
      message: `It is off ${'é'.repeat(at)}.`,
    }),
  ),
});

describe('never more bytes than it is given', () => {
  test.each([...scenarios, many].map((it, at) => [at, it] as const))('scenario %i', (_at, results) => {
    fc.assert(
      fc.property(fc.integer({ min: leastBytes, max: 200_000 }), (most) => {
        const text = [...markdown(results, { maxBytes: most })].join('');
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
        expect(text.endsWith('\n')).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

test('a report that has room is the whole one', () => {
  const [results] = scenarios;
  if (results === undefined) throw new Error('there is no scenario');
  const whole = [...markdown(results)].join('');
  expect([...markdown(results, { maxBytes: Buffer.byteLength(whole) })].join('')).toBe(whole);
  expect([...markdown(results, { maxBytes: Buffer.byteLength(whole) - 1 })].join('')).not.toBe(whole);
});

test('worst first, a line for each before the detail of any, and what is left out is counted', () => {
  const text = shortMarkdown(many, 20_000);
  const shown = [...text.matchAll(/^- \*\*(critical|low)\*\*/gm)].map(([, severity]) => severity);
  expect(shown.length).toBeGreaterThan(50);
  expect(shown.lastIndexOf('critical')).toBeLessThan(shown.includes('low') ? shown.indexOf('low') : shown.length);
  expect(text).toContain(`**${400 - shown.length} more findings** not shown here.`);
  expect(text).toMatch(/^# CloudTrail compliance\n\n\*\*NON_COMPLIANT\*\*/);
});

test('with room for it, a finding unfolds to what is wrong and how to fix it', () => {
  const text = shortMarkdown(organizationWithFindings(), 60_000);
  expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
  expect(text).toContain('Fix: Turn on log file validation.');
  expect(text).not.toContain('more finding');
});
