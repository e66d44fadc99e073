import { prose, visible, visibleJson } from '../../text/printable.js';
import { xmlAttribute, xmlText } from '../../text/xml.js';
import type { TestRun } from './run-tests.js';

/** The run in JUnit's XML, as CI systems read it: a test suite for each policy. */
export function junitTests(run: TestRun): string {
  const suites = run.policies.map(({ id, file, tests }) => {
    const failures = tests.filter((it) => !it.passed).length;
    const cases = tests.map(({ name, line, passed, expected, actual, details }) => {
      const open = `    <testcase classname=${xmlAttribute(id)} name=${xmlAttribute(name)} file=${xmlAttribute(file)} line="${line}"`;
      if (passed) return `${open}/>`;
      const text = [`expected ${expected}, but got ${actual}`, ...details].map(visible).join('\n');
      return `${open}>\n      <failure message=${xmlAttribute(`expected ${expected}, but got ${actual}`)}>${xmlText(text)}</failure>\n    </testcase>`;
    });
    const suite = `  <testsuite name=${xmlAttribute(id)} tests="${tests.length}" failures="${failures}"`;
    return cases.length === 0 ? `${suite}/>` : `${suite}>\n${cases.join('\n')}\n  </testsuite>`;
  });
  const total = `tests="${run.passed + run.failed}" failures="${run.failed}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="trailproof policies" ${total}>\n${suites.join('\n')}\n</testsuites>\n`;
}

/** The run in the Test Anything Protocol, version 14. */
export function tapTests(run: TestRun): string {
  const lines = ['TAP version 14', `1..${run.passed + run.failed}`];
  let number = 0;
  for (const { id, file, tests } of run.policies) {
    for (const { name, line, passed, expected, actual } of tests) {
      number += 1;
      lines.push(`${passed ? 'ok' : 'not ok'} ${number} - ${plain(`${id}: ${name}`)}`);
      if (passed) continue;
      const facts = { file: `${file}:${line}`, expected, actual };
      lines.push(
        '  ---',
        ...Object.entries(facts).map(([key, value]) => `  ${key}: ${visibleJson(JSON.stringify(value))}`),
        '  ...',
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** `#` begins a directive, a line break a line. */
function plain(text: string): string {
  return prose(text.replaceAll('\\', '\\\\').replaceAll('#', String.raw`\#`));
}
