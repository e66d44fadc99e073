// `npm test`: the unit and acceptance tests, then the tests of the shipped policies. The last line adds up what the
// runners counted.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'trailproof-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
let ok = true;
try {
  const report = join(folder, 'vitest.json');
  run(process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ]);
  add(readVitest(report));
  const counts = join(folder, 'policies.json');
  run(process.execPath, ['dist/cli/main.js', 'policies', 'test', '--counts', counts]);
  add(readCounts(counts));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const { passed, failed, skipped } = total;
if (process.env.TRAILPROOF_TEST_COUNTS) writeFileSync(process.env.TRAILPROOF_TEST_COUNTS, JSON.stringify(total));
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = ok && failed === 0 ? 0 : 1;

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) ok = false;
}

function add(counts) {
  for (const key of Object.keys(total)) total[key] += counts[key];
}

/** A test file that could not even be loaded has no tests to count: it counts as one that failed. */
function readVitest(file) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  const broken = result.testResults.filter((it) => it.status === 'failed' && it.assertionResults.length === 0).length;
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function readCounts(file) {
  return { skipped: 0, ...JSON.parse(readFileSync(file, 'utf8')) };
}
