import { describe, expect, test } from 'vitest';
import { aTrail, known, MEMBER, unknown, type TrailParts } from '../../../test/support/inventory-builders.js';
import type { TargetType } from '../../model/results.js';
import { isTrigger } from './trigger-trail.js';
import { managerOf } from './index.js';

describe('who manages a resource', () => {
  const arn = (type: string, resource: string) =>
    ({ trail: `arn:aws:cloudtrail:us-east-1:${MEMBER}:trail/${resource}`, 'log-bucket': `arn:aws:s3:::${resource}` })[
      type
    ] ?? `arn:aws:logs:us-east-1:${MEMBER}:log-group:${resource}`;

  test.each<[TargetType, string, string]>([
    ['trail', 'aws-controltower-BaselineCloudTrail', 'control-tower'],
    ['log-bucket', 'aws-controltower-cloudtrail-logs-222233334444-abc-def', 'control-tower'],
    ['log-group', 'aws-controltower/CloudTrailLogs', 'control-tower'],
    ['trail', 'AWSAccelerator-Organizations-CloudTrail', 'landing-zone-accelerator'],
    ['log-bucket', 'aws-accelerator-central-logs-222233334444-us-east-1', 'landing-zone-accelerator'],
    ['log-group', 'aws-accelerator-cloudtrail-logs', 'landing-zone-accelerator'],
    ['trail', 'aws-aft-CustomizationsCloudTrail', 'account-factory-for-terraform'],
    ['log-bucket', 'aws-aft-logs-222233334444-us-east-1', 'account-factory-for-terraform'],
    ['trail', 'CustomControlTowerCloudTrailDataEvents', 'customizations-for-control-tower'],
    ['log-bucket', 'customcontroltower-cloudtraildataeventbucket-111122223333', 'customizations-for-control-tower'],
    ['trail', 'StackSet-audit-8b0fb6a5-8a0a-4a3a-9d2c-0f3a2b1c5d4e-Trail-1AB2CD3EF4GH', 'stack-set'],
    ['log-bucket', 'stackset-audit-8b0fb6a5-8a0a-4a3a-9d2c-0f3a-bucket-1ab2cd3ef4', 'stack-set'],
    ['trail', 'StackSet-AWSControlTowerBP-BASELINE-CLOUDTRAIL-8b0fb6a5-Trail', 'control-tower'],
  ])('shows by the name of %s %s', (type, resource, manager) => {
    expect(managerOf({ type, id: arn(type, resource) })).toBe(manager);
  });

  test('is not known of other names, and of what has no name of its own', () => {
    expect(managerOf({ type: 'trail', id: arn('trail', 'my-aws-controltower-trail') })).toBeUndefined();
    expect(managerOf({ type: 'log-bucket', id: 'arn:aws:s3:::logs' })).toBeUndefined();
    expect(managerOf({ type: 'trail', id: arn('trail', 'my-StackSet-trail') })).toBeUndefined();
    expect(managerOf({ type: 'account', id: 'aws-controltower-x' })).toBeUndefined();
  });
});

describe('the trail that starts a pipeline', () => {
  const selecting = (value: string, more: object = {}) => ({
    basic: [
      {
        readWriteType: 'WriteOnly',
        includeManagementEvents: false,
        excludeManagementEventSources: [],
        dataResources: [{ type: 'AWS::S3::Object', values: [value] }],
        ...more,
      },
    ],
    advanced: [],
  });
  const own = 'arn:aws:s3:::custom-control-tower-configuration-111111111111-eu-central-1/';
  const trigger = (it: TrailParts = {}) =>
    aTrail({
      name: 'CustomControlTowerCloudTrailDataEvents',
      description: { isOrganizationTrail: false, s3BucketName: 'customcontroltower-cloudtraildataeventbucket-1' },
      eventSelectors: selecting(own),
      ...it,
    });

  test('takes the writes to the configuration of its solution', () => {
    expect(isTrigger(trigger())).toEqual(known(true));
  });

  test.each<[string, TrailParts]>([
    ['has another name', { name: 'main' }],
    ['takes another bucket, too', { eventSelectors: selecting('arn:aws:s3:::') }],
    ['records management events', { eventSelectors: selecting(own, { includeManagementEvents: true }) }],
    ['has the selector that AWS gives to new trails', { eventSelectors: { basic: [], advanced: [] } }],
    [
      'takes other resources',
      { eventSelectors: selecting(own, { dataResources: [{ type: 'AWS::Lambda::Function', values: [own] }] }) },
    ],
    ['delivers to a bucket of its maker', { description: { isOrganizationTrail: false, s3BucketName: 'mine' } }],
    ['is of the organization', { description: { s3BucketName: 'customcontroltower-x' } }],
    ['has advanced selectors', { eventSelectors: { ...selecting(own), advanced: [{ fieldSelectors: [] }] } }],
  ])('is none that %s', (_, parts) => {
    expect(isTrigger(trigger(parts))).toEqual(known(false));
  });

  test('stays open where its selectors could not be read', () => {
    expect(isTrigger(trigger({ eventSelectors: unknown('e') }))).toEqual({ state: 'unknown', gaps: ['e'] });
  });
});
