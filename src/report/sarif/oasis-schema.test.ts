import { readFileSync } from 'node:fs';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import {
  hostileOrganization,
  nothingReadable,
  organizationWithFindings,
  organizationWithoutFindings,
} from '../../../test/golden/scenarios.js';
import { sarifLog } from './build.js';
import { checkOasisSchema } from './oasis-schema.js';

/** The schema as it is published, read by a validator made for its draft. */
function published(): (log: unknown) => boolean {
  const schema: unknown = JSON.parse(
    readFileSync(new URL('../../../schema/third-party/sarif-2.1.0.json', import.meta.url), 'utf8'),
  );
  const ajv = new draft04.default({ strict: false });
  formats.default(ajv);
  const validate = ajv.compile(Object(schema));
  return (log) => validate(log);
}

const log = sarifLog(organizationWithFindings(), 'baseline');
const [run] = log.runs;
const [result] = run?.results ?? [];

describe('the schema of OASIS', () => {
  const isValid = published();

  test.each([
    ['findings', organizationWithFindings],
    ['no findings', organizationWithoutFindings],
    ['nothing readable', nothingReadable],
    ['hostile names', hostileOrganization],
  ])('holds for %s', (_name, results) => {
    const actual = sarifLog(results(), 'baseline');
    expect(checkOasisSchema(actual)).toEqual([]);
    expect(isValid(actual)).toBe(true);
  });

  test.each<readonly [string, unknown]>([
    ['no version', { ...log, version: undefined }],
    ['another version', { ...log, version: '2.2' }],
    ['a member too many', { ...log, extra: 1 }],
    ['a run without a tool', { ...log, runs: [{ results: [] }] }],
    ['a kind of null', { ...log, runs: [{ ...run, results: [{ ...result, kind: null }] }] }],
    ['a level in words of ours', { ...log, runs: [{ ...run, results: [{ ...result, level: 'critical' }] }] }],
    ['a result without a message', { ...log, runs: [{ ...run, results: [{ ...result, message: undefined }] }] }],
    ['a line 0', { ...log, runs: [{ ...run, results: [{ ...result, locations: [region(0)] }] }] }],
    ['a path with a space', { ...log, runs: [{ ...run, results: [{ ...result, locations: [path('a b')] }] }] }],
    [
      'a time in words',
      { ...log, runs: [{ ...run, invocations: [{ executionSuccessful: true, startTimeUtc: 'now' }] }] },
    ],
    ['no object', null],
  ])('finds %s, as the validator of its draft does', (_name, broken) => {
    const parsed: unknown = JSON.parse(JSON.stringify(broken));
    expect(checkOasisSchema(parsed)).not.toEqual([]);
    expect(isValid(parsed)).toBe(false);
  });
});

function region(startLine: number): unknown {
  return { physicalLocation: { artifactLocation: { uri: 'a' }, region: { startLine } } };
}

function path(uri: string): unknown {
  return { physicalLocation: { artifactLocation: { uri } } };
}
