import { expect, test } from 'vitest';
import { collectFrom, type Collected } from '../support/collect-from.js';
import { aBucket, anAccount, type World } from '../support/fake-aws/index.js';
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

/** The log bucket is prod's, and nothing names prod. */
const unnamed = anOrganizationWithATrail({ bucket: { accountId: prod }, trail: { KmsKeyId: undefined } });

test('every account in scope is asked about a bucket whose owner nothing names', async () => {
  const { inventory, callsIn } = await collectFrom(unnamed);
  expect(inventory.buckets[0]?.owner).toMatchObject({ value: { accountId: prod } });
  expect(inventory.buckets[0]?.versioning).toMatchObject({ value: { status: 'Enabled' } });
  expect([management, logArchive, prod, dev].map((id) => callsIn(id)['s3:HeadBucket'])).toEqual([1, 1, 1, 1]);
});

test('an owner that was not found is unknown, not absent; the gap says who was asked and what each said', async () => {
  const collected = await collectFrom(unnamed, { scope: { excludedAccounts: [prod] } });
  expect(ownerGap(collected)).toMatchObject({
    // Not everyone was asked: whose it is, in the organization or not, is open.
    reason: 'not-collected',
    resource: archiveBucket,
    message: expect.stringContaining(
      'A bucket of this name exists. ' +
        `Asked: ${management}: refused by S3; ${logArchive}: refused by S3; ${management}: not among its buckets; ${dev}: refused by S3. Name the owner`,
    ),
  });
});

const stranger = '999988887777';

/** An account of its own beside the organization. */
function withStranger(world: World): World {
  return {
    ...world,
    accounts: [...world.accounts, anAccount({ id: stranger, name: 'stranger', parent: null, roles: [] })],
  };
}

test('a bucket that S3 refuses to all accounts of the organization is none of theirs', async () => {
  const world = anOrganizationWithATrail({ bucket: { accountId: stranger } });
  const collected = await collectFrom(withStranger(world));
  expect(ownerGap(collected)).toMatchObject({
    reason: 'access-denied',
    message: expect.stringContaining('No account of the organization owns it.'),
  });
  const { buckets, evidence } = collected.inventory;
  const proof = new Set(buckets.map((it) => it.evidence['s3:ListBuckets']));
  expect(evidence.filter((it) => proof.has(it.id)).map((it) => it.call)).toEqual(['s3:ListBuckets']);
  expect(collected.callsIn(stranger)).toEqual({});
});

test('the account that is declared as the log archive keeps it open, and is entered only if it is of the organization', async () => {
  const world = anOrganizationWithATrail({ bucket: { accountId: stranger } });
  const collected = await collectFrom(withStranger(world), { logArchiveAccount: stranger });
  const gap = ownerGap(collected);
  expect(gap).toMatchObject({
    reason: 'not-collected',
    message: expect.stringContaining(`Account ${stranger}, which`),
  });
  expect(gap?.message).not.toContain('No account of the organization owns it.');
  expect(collected.callsIn(stranger)).toEqual({});
});

test('a bucket whose policy denies everyone but others is found in the list of its account', async () => {
  const { inventory, callsIn } = await collectFrom(unnamed, {
    aws: { faults: [{ match: { operation: 'HeadBucket' }, kind: 'denied' }] },
  });
  expect(inventory.buckets[0]?.owner).toMatchObject({ value: { accountId: prod } });
  expect([management, logArchive, prod, dev].map((id) => callsIn(id)['s3:ListBuckets'])).toEqual([1, 1, 1, 1]);
});

test('while an account may not list its buckets, one that is refused to all may be its own', async () => {
  const collected = await collectFrom(withStranger(anOrganizationWithATrail({ bucket: { accountId: stranger } })), {
    aws: { faults: [{ match: { operation: 'ListBuckets', accountId: dev }, kind: 'denied' }] },
  });
  expect(ownerGap(collected)?.message).toContain(`${dev}: its buckets could not be listed`);
  expect(collected.inventory.gaps.some((gap) => gap.call === 's3:ListBuckets')).toBe(true);
});

test('no more than 20 buckets are asked about everywhere', async () => {
  const names = Array.from({ length: 23 }, (_, index) => `theirs-${index + 10}`);
  const own = names.map((name) => {
    const { trails } = anOwnTrail(dev, { Name: name, S3BucketName: name });
    return { trails, buckets: [aBucket({ name, accountId: stranger })] };
  });
  const { inventory, callsIn } = await collectFrom(withStranger(joined(anOrganizationWithATrail(), ...own)));
  expect(callsIn(prod)['s3:HeadBucket']).toBe(20);
  const reasons = inventory.buckets.flatMap(({ owner }) =>
    owner.state === 'unknown' ? inventory.gaps.filter((gap) => gap.id === owner.gap).map((gap) => gap.reason) : [],
  );
  expect(reasons).toEqual([
    ...Array.from({ length: 20 }, () => 'access-denied'),
    ...Array.from({ length: 3 }, () => 'not-collected'),
  ]);
});

test('the buckets of every account are listed with --deep', async () => {
  const { inventory } = await collectFrom(unnamed, {
    deep: true,
    aws: { faults: [{ match: { operation: 'HeadBucket' }, kind: 'internal-error' }] },
  });
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
  const { inventory } = await collectFrom(unnamed, {
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
