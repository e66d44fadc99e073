import { describe, expect, test } from 'vitest';
import { hostileOrganization } from '../../../test/golden/scenarios.js';
import { aResults, anAccountTarget, anEvaluation, fingerprintOf } from '../../../test/support/results-builders.js';
import { markdown } from './index.js';

function lines(results: Parameters<typeof markdown>[0]): readonly string[] {
  return [...markdown(results)].join('').split('\n');
}

/** Lines outside of fenced blocks, without their code spans. */
function prose(all: readonly string[]): readonly string[] {
  let fence: string | undefined;
  const kept: string[] = [];
  for (const line of all) {
    const [mark] = /^`{3,}/.exec(line) ?? [];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence === undefined) kept.push(line.replaceAll(/(?<!\\)`[^`]*`/g, ''));
  }
  return kept;
}

describe('the markdown report', () => {
  test('of hostile names has no link, HTML, mention or command', () => {
    for (const line of prose(lines(hostileOrganization()))) {
      expect(line).not.toMatch(/(?<!\\)[[\]]|<(?!!-- -->)|@|:\/\/|::|\bwww\./);
    }
  });

  test('keeps the rows of each table as wide as its head', () => {
    const cells = (line: string) => line.split('|').length;
    const text = lines(hostileOrganization()).join('\n');
    const tables = [...text.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) => table.trimEnd().split('\n'));
    expect(tables).toHaveLength(8);
    for (const rows of tables) expect(new Set(rows.map(cells)).size).toBe(1);
  });

  test('names fifty accounts of a finding and counts the rest', () => {
    const cause = anAccountTarget('100000000000', '');
    const others = Array.from({ length: 60 }, (_, index) =>
      anEvaluation({
        outcome: 'NON_COMPLIANT',
        target: anAccountTarget(`${100_000_000_001 + index}`, ''),
        causedBy: fingerprintOf('trail-is-logging', cause),
      }),
    );
    const evaluations = [anEvaluation({ outcome: 'NON_COMPLIANT', target: cause }), ...others];
    const line = lines(aResults({ evaluations })).find((it) => it.startsWith('- Touches'));
    expect(line).toMatch(
      /^- Touches 61 accounts: `100000000000`.* and 11 more accounts; 60 more evaluations follow from it$/,
    );
  });
});
