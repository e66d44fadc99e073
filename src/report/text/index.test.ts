import { describe, expect, test } from 'vitest';
import { hostileOrganization, organizationWithFindings } from '../../../test/golden/scenarios.js';
import { aPolicy, aResults, anAccountTarget, anEvaluation } from '../../../test/support/results-builders.js';
import type { Results } from '../../model/results.js';
import type { ReportOptions } from '../options.js';
import { text } from './index.js';
import { displayWidth } from '../../text/wrap.js';

function lines(results: Results, options: ReportOptions = {}): readonly string[] {
  return [...text(results, options)].join('').split('\n');
}

function findings(count: number): Results {
  return aResults({
    evaluations: Array.from({ length: count }, (_, index) =>
      anEvaluation({ outcome: 'NON_COMPLIANT', target: anAccountTarget(`${100_000_000_000 + index}`, 'x') }),
    ),
  });
}

describe('the text report', () => {
  test.each([
    [80, 80],
    [100, 100],
    [500, 120],
    [undefined, 100],
    [20, 60],
  ])('for %s columns breaks its paragraphs at %i', (columns, width) => {
    const message = 'word '.repeat(100);
    const evaluations = [anEvaluation({ outcome: 'NON_COMPLIANT', message })];
    const paragraph = lines(aResults({ evaluations }), { columns }).filter((line) => line.includes('word word'));
    const widest = Math.max(...paragraph.map(displayWidth));
    expect(widest).toBeLessThanOrEqual(width);
    expect(widest).toBeGreaterThan(width - 'word '.length);
  });

  test('ends with the verdict', () => {
    expect(lines(organizationWithFindings()).slice(-2)).toEqual([
      expect.stringMatching(/^✖ NON_COMPLIANT {2}5 findings/),
      '',
    ]);
  });

  test('colored or not, says the same', () => {
    const colored = lines(organizationWithFindings(), { color: true }).join('\n');
    expect(colored).toContain('\u001b[');
    expect(colored.replaceAll(/\u001b\[[\d;]+m/g, '')).toBe(lines(organizationWithFindings()).join('\n'));
  });

  test('shows 25 findings and counts the rest by policy', () => {
    const shown = lines(findings(30));
    expect(shown.filter((line) => line.startsWith('  ✖ high'))).toEqual([
      '  ✖ high      trail-is-logging · 25 findings',
    ]);
    expect(shown.filter((line) => line.startsWith('  • '))).toHaveLength(25);
    expect(shown.join('\n')).toContain('5 more findings: 5 high trail-is-logging.');
    expect(lines(findings(25)).join('\n')).not.toContain('more finding');
  });

  test('shows a policy without a target', () => {
    expect(lines(aResults({ policies: [aPolicy({ id: 'kms-key-rotates' })] }))).toContain(
      '  kms-key-rotates       0 targets',
    );
  });

  test('leaves nothing to a terminal or a runner to obey', () => {
    for (const line of lines(hostileOrganization(), { columns: 60 })) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(line).not.toMatch(/^\s*::/);
      expect(line).not.toContain('##[');
    }
  });
});
