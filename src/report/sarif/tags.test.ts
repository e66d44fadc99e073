import { expect, test } from 'vitest';
import { tagsOf } from './tags.js';

const controls = (framework: string, ...ids: readonly string[]) => ids.map((id) => ({ framework, id }));

test('every control is a tag where they all fit, the newest CIS first', () => {
  expect(
    tagsOf([...controls('nist-800-53-r5', 'AU-2'), ...controls('cis-3.0', '3.1'), ...controls('cis-5.0', '3.1')]),
  ).toEqual(['security', 'cloudtrail', 'aws', 'cis-5.0/3.1', 'cis-3.0/3.1', 'nist-800-53-r5/AU-2']);
});

test('a framework stands there whole or not at all, and the last tag says which do not', () => {
  const tags = tagsOf([
    ...controls('nist-800-53-r5', 'AU-2', 'AU-3', 'AU-10', 'AU-12'),
    ...controls('pci-dss-4.0.1', '10.2.1', '10.3.1'),
    ...controls('cis-10.0', '3.1'),
    ...controls('cis-3.0', '3.1'),
    ...controls('aws-fsbp', 'CloudTrail.1'),
  ]);
  expect(tags).toEqual([
    'security',
    'cloudtrail',
    'aws',
    'cis-10.0/3.1',
    'cis-3.0/3.1',
    'aws-fsbp/CloudTrail.1',
    'pci-dss-4.0.1/10.2.1',
    'pci-dss-4.0.1/10.3.1',
    'more in the help: nist-800-53-r5',
  ]);
  expect(tags.length).toBeLessThanOrEqual(10);
});

test('where none fits, the first is cut, and said to be', () => {
  const many = Array.from({ length: 9 }, (_, index) => `AU-${index}`);
  expect(tagsOf(controls('nist-800-53-r5', ...many)).slice(3)).toEqual([
    ...many.slice(0, 6).map((id) => `nist-800-53-r5/${id}`),
    'more in the help: nist-800-53-r5',
  ]);
});
