import { describe, expect, test } from 'vitest';
import { outcomeOf, scanWorld } from '../support/scan-world.js';
import { aBucket } from '../support/fake-aws/index.js';
import type { WorldBucket } from '../support/fake-aws/world/resources.js';
import { anOrganizationWithATrail, archiveBucket, joined, logArchive, prod } from '../support/worlds.js';

const name = 'access-logs';

function policyFor(service: string): string {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 's3:PutObject' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Resource: `arn:aws:s3:::${name}/*` }] });
}

const receiving = { name, accountId: logArchive, policy: policyFor('logging.s3.amazonaws.com') };

async function scanLoggingInto(target: Partial<WorldBucket> | undefined, TargetBucket = name) {
  const world = anOrganizationWithATrail({ bucket: { logging: { TargetBucket, TargetPrefix: 'trail/' } } });
  const buckets = target === undefined ? [] : [aBucket({ ...receiving, ...target })];
  return await scanWorld(joined(world, { buckets }));
}

async function outcome(target: Partial<WorldBucket> | undefined, TargetBucket = name) {
  const { results } = await scanLoggingInto(target, TargetBucket);
  return outcomeOf(results, 'log-bucket-logs-access', archiveBucket);
}

describe('server access logs of a log bucket hold where they are sent to', () => {
  test('another bucket that can take them', async () => {
    expect(await outcome({})).toBe('COMPLIANT');
  });

  test('one that lets the log delivery group write', async () => {
    const grants = [
      {
        Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' } as const,
        Permission: 'WRITE' as const,
      },
    ];
    const ownership = [{ ObjectOwnership: 'BucketOwnerPreferred' as const }];
    expect(await outcome({ policy: null, grants, ownership })).toBe('COMPLIANT');
    expect(await outcome({ policy: null, grants })).toBe('NON_COMPLIANT');
  });
});

describe('they do not where they are sent to', () => {
  test.each<[string, Partial<WorldBucket> | undefined]>([
    ['no bucket', undefined],
    ['a bucket in another Region', { region: 'eu-west-1' }],
    [
      'a bucket with a default retention',
      { objectLock: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } } },
    ],
    ['a bucket whose requesters pay', { payer: 'Requester' }],
    ['a bucket without a policy', { policy: null }],
    ['a bucket that lets another service write', { policy: policyFor('delivery.logs.amazonaws.com') }],
  ])('%s', async (_, target) => {
    expect(await outcome(target)).toBe('NON_COMPLIANT');
  });

  test('the log bucket itself', async () => {
    expect(await outcome(undefined, archiveBucket)).toBe('NON_COMPLIANT');
  });
});

test('S3 does not tell whose a bucket is that it refuses: that is open', async () => {
  expect(await outcome({ accountId: prod })).toBe('INSUFFICIENT_DATA');
});
