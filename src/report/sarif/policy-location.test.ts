import { describe, expect, test } from 'vitest';
import { aPolicy } from '../../../test/support/results-builders.js';
import { policyLocation } from './policy-location.js';

describe('the place of a policy', () => {
  test.each([
    ['policies/mine/policy.yaml', 'policies/mine/policy.yaml'],
    ['./policies/mine/policy.yaml', 'policies/mine/policy.yaml'],
    [String.raw`policies\mine\policy.yaml`, 'policies/mine/policy.yaml'],
    ['my policies/[1]/ü.yaml', 'my%20policies/%5B1%5D/%C3%BC.yaml'],
    ['policies//mine.yaml', 'policies/mine.yaml'],
    ['half \ud800.yaml', 'half%20%EF%BF%BD.yaml'],
  ])('of %s is %s', (source, uri) => {
    expect(policyLocation(aPolicy({ source, line: 12 }))).toEqual({
      artifactLocation: { uri },
      region: { startLine: 12, startColumn: 1, endLine: 12, endColumn: 2 },
    });
  });

  test.each([
    'builtin',
    '/etc/policies/policy.yaml',
    '../shared/policy.yaml',
    'a/../../b.yaml',
    String.raw`C:\p.yaml`,
    '',
  ])('of %j is not in the repository', (source) => {
    expect(policyLocation(aPolicy({ source }))).toBeUndefined();
  });

  test('is its first line when none is given', () => {
    expect(policyLocation(aPolicy({ source: 'p.yaml' }))?.region.startLine).toBe(1);
  });
});
