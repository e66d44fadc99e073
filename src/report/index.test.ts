import { describe, expect, test } from 'vitest';
import { organizationWithFindings } from '../../test/golden/scenarios.js';
import { UsageError } from '../model/errors.js';
import { fileNameOf, formatNames, parseFormat, render } from './index.js';

test('each format has its file', () => {
  expect(formatNames.map((format) => [format, fileNameOf(format)])).toEqual([
    ['text', undefined],
    ['json', 'results.json'],
    ['sarif', 'results.sarif'],
    ['markdown', 'report.md'],
    ['html', 'report.html'],
    ['junit', 'junit.xml'],
    ['csv', 'findings.csv'],
    ['framework', 'framework.md'],
    ['framework-text', undefined],
    ['framework-json', 'framework.json'],
    ['framework-csv', 'framework.csv'],
    ['ocsf', 'ocsf.json'],
    ['asff', 'asff.jsonl'],
    ['oscal', 'oscal.json'],
  ]);
});

describe('a format by its name', () => {
  test.each(formatNames)('%s', (name) => {
    expect(parseFormat(name)).toBe(name);
  });

  test.each(['', 'JSON', 'xml', '__proto__'])('%j is unknown', (name) => {
    expect(() => parseFormat(name)).toThrow(UsageError);
    expect(() => parseFormat(name)).toThrow('There is no format');
  });
});

test.each(formatNames)('%s ends with a line break and does not change the results', (format) => {
  const results = organizationWithFindings();
  const before = JSON.stringify(results);
  expect([...render(format, results)].join('')).toMatch(/[^\n]\n$/);
  expect(JSON.stringify(results)).toBe(before);
});
