import { describe, expect, test } from 'vitest';
import { policyIndex } from './index-page.js';
import { naturally } from './natural-order.js';
import { policyPage } from './page.js';
import type { PolicyPage } from './page-data.js';

function aPage(given: Partial<PolicyPage> = {}): PolicyPage {
  return {
    id: 'trail-is-mine',
    title: 'Every trail is mine',
    severity: 'high',
    target: 'trail',
    description: 'It is mine.',
    rationale: 'It matters.',
    remediation: { text: 'Make it so.' },
    assertions: [{ id: 'mine', expr: 'trail.isLogging\n', severity: 'high' }],
    onNoTargets: 'NOT_APPLICABLE',
    parameters: [],
    controls: {},
    packs: [],
    references: [],
    examples: [],
    ...given,
  };
}

describe('a page', () => {
  test('says what, why, how it is decided and how to fix it, and has no empty sections', () => {
    expect(policyPage(aPage())).toBe(`<!-- Made by \`trailproof policies docs\`. Edit the policy instead. -->

# Every trail is mine

\`trail-is-mine\`: **high**, checked on each \`trail\`; packs: none

It is mine.

## Why it matters

It matters.

## How it is decided

\`mine\` must hold:

\`\`\`text
trail.isLogging
\`\`\`

Where there is no \`trail\` at all, the outcome is \`NOT_APPLICABLE\`.

## How to fix it

Make it so.
`);
  });

  test('shows what only some policies have', () => {
    const page = policyPage(
      aPage({
        when: 'trail.isLogging',
        assertions: [{ id: 'mine', expr: 'true', severity: 'critical', finding: 'Trail x is not mine.' }],
        parameters: [{ name: 'days', type: 'integer', default: 30, allowed: 'at least 1', description: 'How long' }],
        remediation: { text: 'Do.', console: 'Click.', cli: 'aws x', terraform: 'a = 1', cloudformation: 'A: 1' },
        controls: { 'cis-3.0': ['3.1', '3.11'] },
        packs: ['core'],
        references: ['https://docs.aws.amazon.com/x.html#y'],
        examples: [{ name: 'it is not', outcome: 'NON_COMPLIANT', failing: ['mine'] }],
      }),
    );
    for (const part of [
      'It applies where:\n\n```text\ntrail.isLogging\n```',
      '`mine` (**critical**) must hold:',
      '> Trail x is not mine.',
      '| `days` | integer | `30` | at least 1 | How long |',
      '### Console\n\nClick.',
      '### AWS CLI\n\n```sh\naws x\n```',
      '### Terraform\n\n```hcl\na = 1\n```',
      '### CloudFormation\n\n```yaml\nA: 1\n```',
      '| `cis-3.0` | 3.1, 3.11 |',
      '| it is not | `NON_COMPLIANT`: `mine` |',
      '- <https://docs.aws.amazon.com/x.html#y>',
    ]) {
      expect(page).toContain(part);
    }
  });

  test('takes no markup from a policy', () => {
    const hostile = '<img src=x> [a](javascript:b) | `c`\u001b[31m\n# d';
    const page = policyPage(
      aPage({
        title: hostile,
        description: hostile,
        rationale: hostile,
        remediation: { text: hostile, cli: '```\n<script>\n```' },
        parameters: [{ name: 'x', type: 'string', default: hostile, allowed: hostile, description: hostile }],
        controls: { x: [hostile] },
        references: ['javascript:alert(1)', 'https://x.example/>[a](b)'],
        examples: [{ name: hostile, outcome: hostile, failing: [hostile] }],
      }),
    );
    expect(page).not.toMatch(/<img|(?<!\\)\]\(|\u001b|<javascript/);
    expect(page.match(/^# /gm)).toHaveLength(1);
    expect(page).toContain('````sh\n```\n<script>\n```\n````');
  });
});

test('the index lists policies by severity and by control, 3.9 before 3.11', () => {
  const index = policyIndex([
    aPage({ id: 'b', title: 'B', severity: 'low', controls: { 'cis-3.0': ['3.11', '3.9'] }, packs: ['core'] }),
    aPage({ id: 'a', title: 'A', controls: { 'cis-1.4': ['3.9'], 'cis-3.0': ['3.9'] } }),
  ]);
  expect(index.match(/^#+ .*$/gm)).toEqual([
    '# Policies',
    '## By severity',
    '### High',
    '### Low',
    '## By control',
    '### cis-1.4',
    '### cis-3.0',
  ]);
  expect(index).toContain('| [B](b.md) | `trail` | `core` |');
  expect(index).toContain('| 3.9 | [A](a.md)<br>[B](b.md) |\n| 3.11 | [B](b.md) |\n');
});

test('the natural order tells apart what numbers do not', () => {
  expect(['3.11', '3.9', '3.09', 'AU-12', 'AU-2(1)', 'AU-2'].toSorted(naturally)).toEqual([
    '3.09',
    '3.9',
    '3.11',
    'AU-2',
    'AU-2(1)',
    'AU-12',
  ]);
  expect(naturally('3.09', '3.9')).not.toBe(0);
});
