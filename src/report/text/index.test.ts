import { describe, expect, test } from 'vitest';
import { hostileOrganization, organizationWithFindings } from '../../../test/golden/scenarios.js';
import { aGap, aPolicy, aResults, anAccountTarget, anEvaluation } from '../../../test/support/results-builders.js';
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

  test('says what is the same of many once, with the first five targets and how many more', () => {
    const shown = lines(findings(30)).join('\n');
    expect(shown).toContain('  ✖ high      trail-is-logging · 30 findings');
    expect(shown).toMatch(/Also {5}Account 100000000001 \(x\), .* 100000000004\s+\(x\) and\s+25 more/s);
    expect(shown).not.toContain('100000000020');
    expect(lines(findings(30), { verbose: true }).join('\n')).toContain('100000000020');
    expect(shown).not.toContain('more finding');
  });

  test.each([{}, { columns: 80 }])('of a thousand findings, each severity has two screens at most: %j', (options) => {
    const evaluations = Array.from({ length: 1_000 }, (_, index) =>
      anEvaluation({
        outcome: 'NON_COMPLIANT',
        severity: index % 2 === 0 ? 'high' : 'low',
        policyId: `policy-${index % 7}`,
        message: `Text ${index}: ${'a long story '.repeat(index % 30)}`,
        target: anAccountTarget(`${100_000_000_000 + index}`, 'x'),
      }),
    );
    const results = aResults({ evaluations });
    const all = lines(results, options);
    const high = all.findIndex((line) => line.includes('✖ high'));
    const low = all.findIndex((line) => line.includes('✖ low'));
    const end = all.findIndex((line) => line === 'Policies');
    for (const height of [low - high, end - low]) expect(height).toBeLessThanOrEqual(48);
    expect(all.filter((line) => line.includes('more findings:'))).toHaveLength(2);
    const whole = lines(results, { ...options, verbose: true }).join('\n');
    expect(whole).not.toContain('more findings:');
    expect(whole).toContain('Text 999:');
  });

  test('what many policies could not be told by one refusal is said once', () => {
    const [denied, slow] = [aGap({ call: 'sts:AssumeRole' }), aGap({ call: 's3:GetBucketAcl', resource: 'b' })];
    const policies = ['trail-a', 'trail-b', 'trail-c'].map((id) => aPolicy({ id }));
    const unknown = policies.map(({ id }) =>
      anEvaluation({ policyId: id, outcome: 'INSUFFICIENT_DATA', gaps: [id === 'trail-c' ? slow.id : denied.id] }),
    );
    const all = lines(aResults({ policies, evaluations: unknown, gaps: [denied, slow] }));
    expect(all).toContain('  ? trail-a, trail-b');
    expect(all).toContain('  ? trail-c');
    expect(all.filter((line) => line.includes('1 target of each in'))).toHaveLength(1);
    expect(all.filter((line) => line.includes('1 target in'))).toHaveLength(1);
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
