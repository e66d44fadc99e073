import { expect, test } from 'vitest';
import type { Target } from '../../model/results.js';
import { recipes } from './remediation.js';

const remediation = {
  text: 'Turn it on.',
  cli: 'aws cloudtrail update-trail --name TRAIL --kms-key-id KEY-ARN\naws s3api get-bucket-policy --bucket BUCKET',
};
const trail: Target = {
  type: 'trail',
  id: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main',
  accountId: '111122223333',
  region: 'us-east-1',
};
const cliFor = (...about: readonly Target[]) => recipes(remediation, about)[0]?.content;

test('a recipe about one resource names it', () => {
  expect(cliFor(trail)).toBe(
    `aws cloudtrail update-trail --name ${trail.id} --kms-key-id KEY-ARN\naws s3api get-bucket-policy --bucket BUCKET`,
  );
  expect(cliFor({ ...trail, type: 'log-bucket', id: 'arn:aws:s3:::logs', name: 'logs' })).toMatch(/--bucket logs$/);
});

test('a recipe about several, or about a name that is no name, keeps what stands for it', () => {
  expect(cliFor()).toBe(remediation.cli);
  expect(cliFor(trail, { ...trail, id: `${trail.id}2` })).toBe(remediation.cli);
  expect(cliFor({ ...trail, type: 'log-bucket', id: 'x', name: '$(rm -rf /)' })).toBe(remediation.cli);
});
