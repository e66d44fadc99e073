import { logText } from '../../text/log-text.js';
import { visible } from '../../text/printable.js';
import type { PolicyTestResult, TestResult, TestRun } from './run-tests.js';
import { counted } from '../../text/plural.js';

export interface TestRunFormat {
  /** Lists the tests that pass, too. */
  readonly verbose?: boolean;
}

/** The run of tests as a terminal shows it: each policy a line, each test that fails with what came and why. */
export function formatTestRun(run: TestRun, { verbose = false }: TestRunFormat = {}): string {
  const lines = run.policies.flatMap((policy) => formatPolicy(policy, verbose));
  const missing = run.missing > 0 ? `, ${counted(run.missing, 'policy', 'policies')} without tests` : '';
  const summary = `${counted(run.passed, 'test')} passed, ${run.failed} failed${missing}`;
  return logText(`${[...lines, '', summary].map(visible).join('\n')}\n`);
}

function formatPolicy({ id, file, tests, missing }: PolicyTestResult, verbose: boolean): readonly string[] {
  if (missing) return [`no tests  ${id}`];
  const failed = tests.filter((it) => !it.passed);
  const count = failed.length === 0 ? counted(tests.length, 'test') : `${failed.length} of ${tests.length} fail`;
  return [
    `${failed.length === 0 ? 'pass' : 'FAIL'}  ${id} (${count})`,
    ...tests.flatMap((test) => (test.passed ? (verbose ? [`  pass  ${test.name}`] : []) : formatFailure(file, test))),
  ];
}

function formatFailure(file: string, test: TestResult): readonly string[] {
  return [
    `  FAIL  ${test.name}`,
    `        ${file}:${test.line}`,
    `        expected ${test.expected}`,
    `        but got  ${test.actual}`,
    ...test.details.map((line) => `          ${line}`),
  ];
}
