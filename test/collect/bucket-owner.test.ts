import { expect, test } from 'vitest';
import { collectFrom, type Collected } from '../support/collect-from.js';
import {
  anOrganizationWithATrail,
  anOwnTrail,
  archiveBucket,
  dev,
  joined,
  logArchive,
  management,
  prod,
} from '../support/worlds.js';

function ownerGap({ inventory }: Collected) {
  const owner = inventory.buckets.find((bucket) => bucket.name === archiveBucket)?.owner;
  return owner?.state === 'unknown' ? inventory.gaps.find((gap) => gap.id === owner.gap) : undefined;
}

test('the account that the key names owns the bucket', async () => {
  const { inventory } = await collectFrom(anOrganizationWithATrail());
  expect(inventory.buckets[0]?.owner).toEqual({
    state: 'known',
    value: { accountId: logArchive, region: 'us-east-1' },
  });
});

test('a bucket that does not exist has no owner, and nothing about it is unknown', async () => {
  const { inventory } = await collectFrom(anOrganizationWithATrail({ buckets: [] }));
  expect(inventory.buckets[0]).toMatchObject({ owner: { state: 'absent' }, versioning: { state: 'absent' } });
});

test('an owner that was not found is unknown, not absent; the gap says who was asked and what each said', async () => {
  const collected = await collectFrom(
    anOrganizationWithATrail({ bucket: { accountId: prod }, trail: { KmsKeyId: undefined } }),
  );
  expect(ownerGap(collected)).toMatchObject({
    reason: 'access-denied',
    resource: archiveBucket,
    message: expect.stringContaining(
      'A bucket of this name exists. ' +
        `Asked: ${management}: refused by S3; ${logArchive}: refused by S3; ${management}: not among its buckets. Name the owner`,
    ),
  });
});

test('every account is asked with --deep', async () => {
  const world = anOrganizationWithATrail({ bucket: { accountId: prod }, trail: { KmsKeyId: undefined } });
  const { inventory } = await collectFrom(world, { deep: true });
  expect(inventory.buckets[0]?.owner).toMatchObject({ value: { accountId: prod } });
});

test('one refusal outweighs "no such bucket" from another account: the owner is unknown', async () => {
  // The bucket's name leads to prod, which is refused; the key leads to the log archive, which is told 404.
  const name = `logs-${prod}`;
  const world = anOrganizationWithATrail({ buckets: [], trail: { S3BucketName: name } });
  const { inventory } = await collectFrom(world, {
    aws: { faults: [{ match: { operation: 'HeadBucket', accountId: prod }, kind: 'denied' }] },
  });
  expect(inventory.buckets[0]?.owner.state).toBe('unknown');
});

test('an account that cannot be entered is told apart from one that is refused', async () => {
  const collected = await collectFrom(anOrganizationWithATrail({ bucket: { accountId: logArchive } }), {
    aws: { faults: [{ match: { operation: 'AssumeRole', accountId: logArchive }, kind: 'internal-error' }] },
  });
  expect(ownerGap(collected)).toMatchObject({
    reason: 'error',
    message: expect.stringContaining(`${logArchive}: not entered (error)`),
  });
});

test('a malformed list of buckets is a gap, not an empty list', async () => {
  const world = anOrganizationWithATrail({ bucket: { accountId: prod }, trail: { KmsKeyId: undefined } });
  const { inventory } = await collectFrom(world, {
    aws: { faults: [{ match: { operation: 'ListBuckets' }, kind: 'malformed-body' }] },
  });
  expect(inventory.gaps.find((gap) => gap.call === 's3:ListBuckets')).toMatchObject({ reason: 'error' });
});

test("a member's own bucket is found by its trail", async () => {
  const { inventory } = await collectFrom(joined(anOrganizationWithATrail(), anOwnTrail(dev)));
  expect(inventory.buckets.find((bucket) => bucket.name === `logs-of-${dev}`)?.owner).toMatchObject({
    value: { accountId: dev },
  });
});
