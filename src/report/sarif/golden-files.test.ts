import { readdirSync, readFileSync } from 'node:fs';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { checkGitHubRules } from '../github-rules.js';
import { checkOasisSchema } from './oasis-schema.js';

const root = new URL('../../../', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const files = [
  ...readdirSync(new URL('test/golden/sarif', root)).map((name) => `test/golden/sarif/${name}`),
  'reports/results.sarif',
];

/** The schema as OASIS publishes it, read by a validator made for its draft. */
const isValid = (() => {
  const ajv = new draft04.default({ strict: false });
  formats.default(ajv);
  return ajv.compile(Object(read('schema/third-party/sarif-2.1.0.json')));
})();

describe.each(files)('%s', (file) => {
  test('is valid by the schema of OASIS', () => {
    const log = read(file);
    expect(isValid(log) ? [] : isValid.errors).toEqual([]);
    expect(checkOasisSchema(log)).toEqual([]);
  });

  test('breaks no rule of GitHub, unless it says itself that the run failed', () => {
    const saysSo = file.endsWith('/nothing-readable.sarif');
    const ofFailedRun = 'executionSuccessful is not true';
    const problems = checkGitHubRules(read(file));
    expect(problems.map((it) => (it.includes(ofFailedRun) ? ofFailedRun : it))).toEqual(saysSo ? [ofFailedRun] : []);
  });
});
