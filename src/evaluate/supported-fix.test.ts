import { expect, test } from 'vitest';
import { supportedFix } from './supported-fix.js';

const target = (type: 'trail' | 'account' | 'log-bucket', id: string) => ({
  type,
  id,
  accountId: '111122223333',
  region: 'us-east-1',
});
const baseline = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/aws-controltower-BaselineCloudTrail';

test('a landing zone has its own way to change what it manages', () => {
  expect(supportedFix({ policyId: 'trail-encrypts-with-kms', target: target('trail', baseline) }, undefined)).toMatch(
    /^AWS Control Tower manages this trail\. Choose a KMS key in the landing zone settings/,
  );
  expect(supportedFix({ policyId: 'anything', target: target('trail', baseline) }, undefined)).toMatch(
    /^AWS Control Tower manages this trail\. Change it in the landing zone settings/,
  );
});

test('the bucket of Account Factory for Terraform has no input for a lock', () => {
  const bucket = target('log-bucket', 'arn:aws:s3:::aws-aft-logs-222233334444-us-east-1');
  expect(supportedFix({ policyId: 'log-bucket-is-locked', target: bucket }, undefined)).toMatch(
    /^Account Factory for Terraform manages this log bucket\. The module has no input for Object Lock/,
  );
});

test('what a StackSet made is changed in its template, for all accounts at once', () => {
  const made = `arn:aws:cloudtrail:us-east-1:444455556666:trail/StackSet-audit-8b0fb6a5-8a0a-4a3a-9d2c-0f3a2b1c5d4e-T`;
  expect(supportedFix({ policyId: 'trail-validates-log-files', target: target('trail', made) }, undefined)).toMatch(
    /^A CloudFormation StackSet manages this trail\. Change the template .* update the stack instances/,
  );
});

test('what is to be fixed counts, and not where it shows', () => {
  const cause = { targetType: 'trail' as const, id: baseline, field: 'eventSelectors' };
  const evaluation = { policyId: 'account-records-s3-read-events', target: target('account', '444455556666') };
  expect(supportedFix(evaluation, cause)).toMatch(
    /^AWS Control Tower manages this trail\. .* second organization trail/,
  );
  expect(supportedFix(evaluation, undefined)).toBeUndefined();
});

test('what no landing zone made, or what is not fixed there, has none', () => {
  expect(
    supportedFix({ policyId: 'log-bucket-is-locked', target: target('log-bucket', 'arn:aws:s3:::logs') }, undefined),
  ).toBeUndefined();
  expect(
    supportedFix({ policyId: 'organization-trail-is-not-severed', target: target('trail', baseline) }, undefined),
  ).toBeUndefined();
});
