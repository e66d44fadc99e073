import { describe, expect, test } from 'vitest';
import { hostileOrganization, nothingReadable, organizationWithFindings } from '../../test/golden/scenarios.js';
import { aDisabledPolicy, aResults, anAccountTarget, anEvaluation } from '../../test/support/results-builders.js';
import { schemaCheck } from '../json-schema.js';
import { readPackageJson } from '../package-file.js';
import { json } from './json.js';

const validate = schemaCheck('schema/results.v1.json');

describe('results.json', () => {
  test.each([
    ['findings', organizationWithFindings],
    ['nothing readable', nothingReadable],
    ['hostile names', hostileOrganization],
  ])('of %s is valid and holds all that the results do', (_name, results) => {
    const parsed: unknown = JSON.parse([...json(results())].join(''));
    validate(parsed);
    expect(validate.errors).toBeNull();
    const { policies, evaluations, evidence, gaps, waivers = [], coverage, ...rest } = results();
    expect(parsed).toMatchObject(rest);
    expect(parsed).toMatchObject({ coverage: { apiCalls: coverage.apiCalls } });
    for (const [name, list] of Object.entries({ policies, evaluations, evidence, gaps, waivers })) {
      const written: unknown = Reflect.get(Object(parsed), name) ?? [];
      expect(written).toEqual(expect.arrayContaining([...list]));
      expect(written).toHaveLength(list.length);
    }
  });

  test('has its members in the order of the schema', () => {
    const previous = { sarifUploadable: true, reason: 'everything was evaluated', closed: [] };
    const text = [
      ...json({
        previous,
        accounts: [],
        attestations: [],
        recording: [],
        ...organizationWithFindings(),
        disabled: [aDisabledPolicy()],
      }),
    ].join('');
    const { properties } = Object(readPackageJson('schema/results.v1.json')) as { readonly properties: object };
    expect(Object.keys(Object(JSON.parse(text)))).toEqual(Object.keys(properties));
  });

  test('has one line for each evaluation, by account, target and policy', () => {
    const on = (account: string, policyId: string) => anEvaluation({ policyId, target: anAccountTarget(account, 'x') });
    const text = [...json(aResults({ evaluations: [on('2', 'b'), on('2', 'a'), on('1', 'b'), on('1', 'a')] }))].join(
      '',
    );
    const lines = text.split('\n').filter((line) => line.startsWith('    {"policyId":'));
    expect(
      lines.map((line) => /"policyId":"(.)".*"accountId":"(.)"/.exec(line)?.slice(1).toReversed().join('')),
    ).toEqual(['1a', '1b', '2a', '2b']);
  });

  test('keeps a name that means something to JavaScript', () => {
    const byOperation: Readonly<Record<string, number>> = JSON.parse('{"__proto__": 3, "constructor": 4}') as Record<
      string,
      number
    >; // a literal would set the prototype
    const parsed: unknown = JSON.parse([...json(aResults({ byOperation }))].join(''));
    const calls: unknown = Reflect.get(Object(Reflect.get(Object(parsed), 'coverage')), 'apiCalls');
    expect(JSON.stringify(calls)).toContain('"__proto__":3,"constructor":4');
  });
});
