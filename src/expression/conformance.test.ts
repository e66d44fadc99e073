import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { celCases } from '../../test/support/cel-spec/cases.js';
import { leftOut } from '../../test/support/cel-spec/left-out.js';
import { wrongAnswer } from '../../test/support/cel-spec/wrong-answer.js';
import { byText } from '../text/order.js';

interface Conformance {
  readonly applicable: number;
  readonly holding: number;
  readonly failing: Readonly<Record<string, string>>;
  readonly leftOut: Readonly<Record<string, number>>;
}

const file = new URL('../../test/golden/cel-conformance.json', import.meta.url);
const committed = JSON.parse(readFileSync(file, 'utf8')) as Conformance;
const measured = measure();

function measure(): Conformance {
  const categories: Record<string, number> = {};
  const failing: Record<string, string> = {};
  let applicable = 0;
  for (const it of celCases()) {
    const category = leftOut(it);
    if (category !== undefined) {
      categories[category] = (categories[category] ?? 0) + 1;
      continue;
    }
    applicable += 1;
    const wrong = wrongAnswer(it);
    if (wrong !== undefined) failing[it.path] = `${it.expr}: ${wrong}`;
  }
  return {
    applicable,
    holding: applicable - Object.keys(failing).length,
    failing,
    leftOut: Object.fromEntries(Object.entries(categories).toSorted(([a], [b]) => byText(a, b))),
  };
}

test('answers as the specification of CEL wherever the language has what a case uses', () => {
  expect(measured.failing).toEqual(committed.failing);
  expect(measured.holding / measured.applicable).toBeGreaterThanOrEqual(0.98);
});

test('leaves out no more of CEL than before', () => {
  const grown = Object.entries(measured.leftOut).filter(([name, count]) => count > (committed.leftOut[name] ?? 0));
  expect(grown).toEqual([]);
});

// UPDATE_GOLDEN=1 writes what has become better; what has become worse fails above, before and after.
test('says just what is left out', () => {
  const isWorse = measured.holding < committed.holding || measured.applicable < committed.applicable;
  if (process.env['UPDATE_GOLDEN'] === '1' && !isWorse) {
    writeFileSync(file, `${JSON.stringify(measured, undefined, 2)}\n`);
    return;
  }
  expect(measured).toEqual(committed);
});
