import { describe, expect, test } from 'vitest';
import { organizationWithFindings } from '../../test/golden/scenarios.js';
import { checkGitHubRules } from './github-rules.js';
import { sarif } from './sarif/index.js';

type Place = readonly (string | number)[];

const result: Place = ['runs', 0, 'results', 0];
const location: Place = [...result, 'locations', 0];
const uri: Place = [...location, 'physicalLocation', 'artifactLocation', 'uri'];
const rule: Place = ['runs', 0, 'tool', 'driver', 'rules', 3];

function sound(): unknown {
  return JSON.parse([...sarif(organizationWithFindings())].join(''));
}

/** A copy of parsed JSON with another value at a place; undefined takes the member away. */
function changed(value: unknown, place: Place, to: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return to;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? changed(item, rest, to) : item));
  }
  if (typeof value !== 'object' || value === null) throw new Error(`The file has no ${String(key)}.`);
  const members = Object.entries(value).filter(([name]) => name !== key);
  const member = changed(Object.entries(value).find(([name]) => name === key)?.[1], rest, to);
  return Object.fromEntries(member === undefined ? members : [...members, [String(key), member]]);
}

function at(value: unknown, place: Place): unknown {
  return place.reduce<unknown>(
    (it, key) => (typeof it === 'object' && it !== null ? Reflect.get(it, key) : undefined),
    value,
  );
}

test('a sound file has no problem', () => {
  expect(checkGitHubRules(sound())).toEqual([]);
});

describe('a broken file is found', () => {
  const one = at(sound(), result);
  const manyResults = Array.from({ length: 25_001 }, (_, index) =>
    changed(one, ['partialFingerprints', 'primaryLocationLineHash'], `${index}:1`),
  );
  test.each<readonly [name: string, place: Place, to: unknown, problem: string]>([
    ['no location', [...result, 'locations'], [], 'no location'],
    ['a logical location only', [...location, 'physicalLocation'], undefined, 'no artifactLocation.uri'],
    ['an ARN for a path', uri, 'arn:aws:s3:::logs/x', 'not a plain path'],
    ['a web address for a path', uri, 'https://example.com/a', 'not a plain path'],
    ['an empty path', uri, '', 'no artifactLocation.uri'],
    ['a space in the path', uri, 'aws/a b', 'not a plain path'],
    ['no region', [...location, 'physicalLocation', 'region'], undefined, 'no region.startLine'],
    ['no fingerprint', [...result, 'partialFingerprints'], undefined, 'primaryLocationLineHash'],
    ['a severity in words', [...rule, 'properties', 'security-severity'], 'high', 'security-severity'],
    ['25 tags', [...rule, 'properties', 'tags'], Array(25).fill('tag'), '25 tags'],
    ['25,001 results', ['runs', 0, 'results'], manyResults, '25001 results'],
    ['21 runs', ['runs'], Array(21).fill(at(sound(), ['runs', 0])), '21 runs'],
    ['a rule without help', [...rule, 'help'], undefined, 'help.text'],
    ['a rule without a short description', [...rule, 'shortDescription'], undefined, 'shortDescription.text'],
    ['suppressions', [...result, 'suppressions'], [{ kind: 'external' }], 'suppressions'],
    ['a failed run', ['runs', 0, 'invocations', 0, 'executionSuccessful'], false, 'executionSuccessful'],
    ['no category', ['runs', 0, 'automationDetails'], undefined, 'automationDetails.id'],
    ['no kind where one is', [...result, 'kind'], null, 'kind'],
    ['a category without a slash', ['runs', 0, 'automationDetails', 'id'], 'trailproof', 'automationDetails.id'],
    ['a result that passes', [...result, 'kind'], 'pass', 'kind'],
    ['a path out of the repository', uri, 'aws/../x', 'not a plain path'],
    ['a path from here', uri, './aws/x', 'not a plain path'],
    ['an empty segment', uri, 'aws//x', 'not a plain path'],
    ['a path from the root', uri, '/aws/x', 'not a plain path'],
    ['line 0', [...location, 'physicalLocation', 'region', 'startLine'], 0, 'no region.startLine'],
    ['a severity of 0', [...rule, 'properties', 'security-severity'], '0.0', 'security-severity'],
    ['a severity that is not a text', [...rule, 'properties', 'security-severity'], 8, 'security-severity'],
    ['a severity over 10', [...rule, 'properties', 'security-severity'], '10.1', 'security-severity'],
    ['an empty message', [...result, 'message', 'text'], ' ', 'message.text'],
    ['an unknown rule', [...result, 'ruleId'], 'no-such-rule', 'not among the rules'],
    ['a wrong rule index', [...result, 'ruleIndex'], 0, 'not among the rules'],
    ['an unknown level', [...result, 'level'], 'high', 'level'],
    ['a long name', [...rule, 'name'], 'x'.repeat(256), 'name'],
    ['a long description', [...rule, 'fullDescription', 'text'], 'x'.repeat(1_025), 'fullDescription.text'],
    ['no version', ['version'], undefined, 'version'],
    ['no schema', ['$schema'], undefined, '$schema'],
    ['no run', ['runs'], [], 'no run'],
    [
      'two runs of one category',
      ['runs'],
      [at(sound(), ['runs', 0]), at(sound(), ['runs', 0])],
      'the same tool and category',
    ],
    ['a base of paths', [...location, 'physicalLocation', 'artifactLocation', 'uriBaseId'], 'SRCROOT', 'uriBaseId'],
    ['bases of paths', ['runs', 0, 'originalUriBaseIds'], { SRCROOT: { uri: 'file:///x/' } }, 'originalUriBaseIds'],
    ['encoded dots', uri, 'aws/%2e%2E/x', 'not a plain path'],
    ['half encoded dots', uri, 'aws/.%2e/x', 'not a plain path'],
    ['an encoded slash', uri, 'aws/a%2Fb', 'not a plain path'],
    ['a percent sign alone', uri, 'aws/100%', 'not a plain path'],
    ['an end before the start', [...location, 'physicalLocation', 'region', 'endLine'], 0, 'endLine'],
    [
      'a column before the start',
      [...location, 'physicalLocation', 'region'],
      { startLine: 1, startColumn: 5, endLine: 1, endColumn: 2 },
      'ends before it starts',
    ],
    [
      'a line before the start',
      [...location, 'physicalLocation', 'region'],
      { startLine: 5, endLine: 3 },
      'ends before it starts',
    ],
    [
      'an end of the run before its start',
      ['runs', 0, 'invocations', 0],
      { executionSuccessful: true, startTimeUtc: '2026-01-02T00:00:00Z', endTimeUtc: '2026-01-01T00:00:00Z' },
      'ends before it starts',
    ],
    [
      'an id for two rules',
      ['runs', 0, 'tool', 'driver', 'rules', 2, 'id'],
      at(sound(), [...rule, 'id']),
      'two rules have one id',
    ],
    [
      'an id for two related locations',
      [...result, 'relatedLocations'],
      ['a', 'b'].map((it) => ({
        id: 1,
        physicalLocation: { artifactLocation: { uri: it }, region: { startLine: 1 } },
      })),
      'have one id',
    ],
    ['no artifact of that index', [...location, 'physicalLocation', 'artifactLocation', 'index'], 5, 'no artifact 5'],
    ['a link to no location', [...result, 'message', 'text'], 'See [it](7).', 'links to 7'],
    [
      '101 extensions',
      ['runs', 0, 'tool', 'extensions'],
      Array.from({ length: 101 }, () => ({ name: 'x' })),
      '101 extensions',
    ],
    [
      'a working folder in the web',
      ['runs', 0, 'invocations', 0, 'workingDirectory'],
      { uri: 'https://example.com/' },
      'workingDirectory.uri',
    ],
    ['null', ['runs', 0, 'properties', 'x'], null, 'runs[0].properties.x is null'],
    ['no tool', ['runs', 0, 'tool', 'driver', 'name'], undefined, 'driver has no name'],
  ])('%s', (_name, place, to, problem) => {
    const problems = checkGitHubRules(changed(sound(), place, to));
    expect(problems.filter((it) => it.includes(problem))).not.toEqual([]);
  });

  test.each([
    ['a link to the web', 'See [it](https://example.com/).'],
    ['brackets that are no link', String.raw`See \[it\](7).`],
  ])('%s is none', (_name, text) => {
    expect(checkGitHubRules(changed(sound(), [...result, 'message', 'text'], text))).toEqual([]);
  });

  test('two results with one identity', () => {
    const first = at(sound(), result);
    expect(checkGitHubRules(changed(sound(), ['runs', 0, 'results'], [first, first]))).toEqual([
      'runs[0].results[1]: same rule, path and fingerprint as one before.',
    ]);
  });

  test.each([null, undefined, 'text', 7, [], {}, { runs: 'many' }, { runs: [null] }])('%j is no SARIF', (value) => {
    expect(checkGitHubRules(value)).not.toEqual([]);
  });
});
